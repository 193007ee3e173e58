"""Who is on the roster of a draft, and how large its groups are."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import QuerySet

from zwerm.people.models import Member, Membership
from zwerm.scans.models import Group, Scan


def people_asked(scan: Scan) -> QuerySet[Member]:
    """Everybody on the staff list who was not left out of this draft."""
    asked: QuerySet[Member] = Member.objects.filter(left_on__isnull=True)
    return asked.exclude(scans_left_out_of=scan)


def home_teams(scan: Scan) -> dict[UUID, UUID]:
    """The home team of everybody asked, by member; one query."""
    rows = Membership.objects.filter(is_home=True, member__in=people_asked(scan))
    home: dict[UUID, UUID] = dict(rows.values_list("member_id", "team_id"))
    return home


def group_sizes(scan: Scan) -> dict[Group, int]:
    """How many people of each group are asked, in the order of the groups; three queries."""
    if scan.partition is None:
        return {}
    groups = list(scan.partition.groups.prefetch_related("teams").select_related("neighbour"))
    of_team = Counter(home_teams(scan).values())
    return {group: sum(of_team[team.pk] for team in group.teams.all()) for group in groups}
