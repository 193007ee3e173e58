"""Who is on the roster of a draft, and how large its groups are."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from zwerm.core import clock
from zwerm.people.models import Member, Membership, Post, Role, Team
from zwerm.scans.models import Group, RosterEntry, Scan


def people_asked(scan: Scan) -> QuerySet[Member]:
    """Everybody on the staff list who was not left out of this draft."""
    asked: QuerySet[Member] = Member.objects.filter(left_on__isnull=True)
    return asked.exclude(scans_left_out_of=scan)


def leaders_asked(scan: Scan) -> QuerySet[Member]:
    """Who is asked and counts as formal leader in this draft."""
    return people_asked(scan).filter(scans_as_leader=scan)


def people_with_posts(scan: Scan) -> QuerySet[Member]:
    """Everybody asked, with the posts and roles they have today; three queries."""
    now = Q(until_on__isnull=True) | Q(until_on__gt=clock.today())
    return people_asked(scan).prefetch_related(
        Prefetch("posts", Post.objects.filter(now)), Prefetch("roles", Role.objects.filter(now))
    )


def home_teams(scan: Scan) -> dict[UUID, UUID]:
    """The home team of everybody asked, by member; one query."""
    rows = Membership.objects.filter(is_home=True, member__in=people_asked(scan))
    home: dict[UUID, UUID] = dict(rows.values_list("member_id", "team_id"))
    return home


def unplaced_teams(scan: Scan) -> list[Team]:
    """The teams that are somebody's home and stand in no group of `scan` yet; one query."""
    at_home = Membership.objects.filter(is_home=True, member__in=people_asked(scan))
    teams = Team.objects.filter(pk__in=at_home.values("team"))
    return list(teams.exclude(groups__partition=scan.partition) if scan.partition else teams)


def group_sizes(scan: Scan) -> dict[Group, int]:
    """How many people of each group are asked, in the order of the groups; three queries."""
    if scan.partition is None:
        return {}
    groups = list(scan.partition.groups.prefetch_related("teams").select_related("neighbour"))
    of_team = Counter(home_teams(scan).values())
    return {group: sum(of_team[team.pk] for team in group.teams.all()) for group in groups}


def to_join_next_time(scan: Scan) -> tuple[str, str] | None:
    """The smallest group of an opened scan and the next one up. One query.

    It says nothing of who answered: sizes are those of the roster.
    """
    rows = RosterEntry.objects.filter(scan=scan, group__isnull=False)
    sizes = rows.values_list("group__name").annotate(people=Count("pk"))
    names = [name for name, _people in sizes.order_by("people", "group__name")[:2]]
    return (names[0], names[1]) if len(names) == 2 else None
