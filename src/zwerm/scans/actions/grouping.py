"""Dividing the school into groups for its report, while the scan is a draft."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core.errors import Refused
from zwerm.people.models import Account, Team
from zwerm.scans.actions.drafting import lock_draft, log_change
from zwerm.scans.models import Group, Partition, Scan
from zwerm.scans.queries.groups import group_sizes


@transaction.atomic
def begin_partition(scan: Scan) -> Partition:
    """The partition of a draft: the last scan's while it still fits, else one group a team."""
    lock_draft(scan)
    if scan.partition and fits(scan.partition):
        return scan.partition
    partition = Partition.objects.create(school=scan.school)
    teams = Team.objects.filter(memberships__is_home=True).distinct()
    for order, team in enumerate(teams):
        group = Group.objects.create(
            school=scan.school, partition=partition, name=team.name, order=order
        )
        group.teams.add(team)
    scan.partition = partition
    scan.save(update_fields=["partition"])
    choose_neighbours(scan)
    return partition


def fits(partition: Partition) -> bool:
    """Every team that is somebody's home stands in exactly one of its groups."""
    home_teams = set(Team.objects.filter(memberships__is_home=True).values_list("pk", flat=True))
    placed = list(partition.groups.values_list("teams", flat=True))
    return len(placed) == len(set(placed)) and home_teams <= set(placed)


@transaction.atomic
def merge_groups(
    scan: Scan, *, group: Group, into: Group, name: str, by: Account, by_name: str
) -> None:
    """Let `group` join `into`, in the report and in everything computed for it."""
    lock_draft(scan)
    partition = own_partition(scan)
    group = partition.groups.get(name=group.name)
    into = partition.groups.get(name=into.name)
    before = f"{group.name} + {into.name}"
    into.teams.add(*group.teams.all())
    group.delete()
    into.name = name
    into.save(update_fields=["name"])
    choose_neighbours(scan)
    log_change(scan, by=by, by_name=by_name, setting="partition", before=before, after=name)


@transaction.atomic
def start_groups_again(scan: Scan, *, by: Account, by_name: str) -> None:
    """Back to one group for each team."""
    lock_draft(scan)
    scan.partition = None
    scan.save(update_fields=["partition"])
    begin_partition(scan)
    log_change(scan, by=by, by_name=by_name, setting="partition", before="", after=_("by team"))


@transaction.atomic
def choose_neighbour(scan: Scan, *, group: Group, neighbour: Group) -> None:
    """Say which group `group` joins when too few of its members answer."""
    lock_draft(scan)
    if group.pk == neighbour.pk:
        raise Refused(_("A group cannot be its own neighbour. Choose another group."))
    partition = own_partition(scan)
    group = partition.groups.get(name=group.name)
    group.neighbour = partition.groups.get(name=neighbour.name)
    group.save(update_fields=["neighbour"])


def choose_neighbours(scan: Scan) -> None:
    """Give each group without a neighbour the smallest other one."""
    sizes = group_sizes(scan)
    groups = sorted(sizes, key=lambda group: (sizes[group], group.name))
    for group in groups:
        others = [other for other in groups if other.pk != group.pk]
        if others and (group.neighbour_id is None or group.neighbour not in others):
            group.neighbour = others[0]
            group.save(update_fields=["neighbour"])


def own_partition(scan: Scan) -> Partition:
    """The partition to change: a copy when an opened scan rests on the present one."""
    present = scan.partition or begin_partition(scan)
    if not present.is_fixed:
        return present
    copy = Partition.objects.create(school=scan.school)
    copies: dict[object, Group] = {}
    for group in present.groups.all():
        copies[group.pk] = Group.objects.create(
            school=scan.school, partition=copy, name=group.name, order=group.order
        )
        copies[group.pk].teams.set(group.teams.all())
    for group in present.groups.exclude(neighbour=None):
        copies[group.pk].neighbour = copies[group.neighbour_id]
        copies[group.pk].save(update_fields=["neighbour"])
    scan.partition = copy
    scan.save(update_fields=["partition"])
    return copy
