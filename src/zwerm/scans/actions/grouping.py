"""Dividing the school into groups for its report, while the scan is a draft."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core.errors import Refused
from zwerm.people.models import Account
from zwerm.scans.actions.drafting import lock_draft, log_change
from zwerm.scans.models import Group, Partition, Scan
from zwerm.scans.queries.groups import group_sizes, unplaced_teams

BY_ITSELF = "Zwerm"
"""Who stands in the log for what the program did without anybody choosing it."""


@transaction.atomic
def begin_partition(scan: Scan) -> Partition:
    """The partition of a draft. A team that is in no group yet becomes a group of its own."""
    lock_draft(scan)
    unplaced = unplaced_teams(scan)
    if scan.partition and not unplaced:
        return scan.partition
    partition = own_partition(scan)
    for order, team in enumerate(unplaced, start=partition.groups.count()):
        group = Group.objects.create(
            school=scan.school,
            partition=partition,
            name=free_name(partition, team.name),
            order=order,
        )
        group.teams.add(team)
    choose_neighbours(scan)
    added = " · ".join(team.name for team in unplaced)
    log_change(scan, by=None, by_name=BY_ITSELF, setting="partition", before="", after=added)
    return partition


def free_name(partition: Partition, name: str) -> str:
    """`name`, with a number behind it when a joined group was given that name."""
    taken = set(partition.groups.values_list("name", flat=True))
    number = 2
    free = name
    while free in taken:
        free = f"{name} ({number})"
        number += 1
    return free


@transaction.atomic
def merge_groups(
    scan: Scan, *, group: Group, into: Group, name: str, by: Account, by_name: str
) -> None:
    """Let `group` join `into`, in the report and in everything computed for it."""
    lock_draft(scan)
    partition = own_partition(scan)
    group = partition.groups.get(name=group.name)
    into = partition.groups.get(name=into.name)
    if partition.groups.exclude(pk__in=[group.pk, into.pk]).filter(name=name).exists():
        raise Refused(_("Another group is called %(name)s. Choose another name.") % {"name": name})
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
    left = scan.partition
    scan.partition = None
    scan.save(update_fields=["partition"])
    forget_partition(left)
    log_change(scan, by=by, by_name=by_name, setting="partition", before="", after=_("by team"))
    begin_partition(scan)


def forget_partition(partition: Partition | None) -> None:
    """Delete a partition that no scan uses."""
    if partition and not partition.is_fixed and not partition.scans.exists():
        partition.delete()


@transaction.atomic
def choose_neighbour(
    scan: Scan, *, group: Group, neighbour: Group, by: Account, by_name: str
) -> None:
    """Say which group `group` joins when too few of its members answer."""
    lock_draft(scan)
    if group.pk == neighbour.pk:
        raise Refused(_("A group cannot be its own neighbour. Choose another group."))
    if group.neighbour_id == neighbour.pk:
        return
    partition = own_partition(scan)
    group = partition.groups.get(name=group.name)
    before = group.neighbour.name if group.neighbour else ""
    group.neighbour = partition.groups.get(name=neighbour.name)
    group.save(update_fields=["neighbour"])
    log_change(
        scan,
        by=by,
        by_name=by_name,
        setting="neighbour",
        before=f"{group.name} > {before}",
        after=f"{group.name} > {group.neighbour.name}",
    )


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
    present = scan.partition
    if present and not present.is_fixed:
        return present
    own = Partition.objects.create(school=scan.school)
    if present:
        copy_groups(present, own)
    scan.partition = own
    scan.save(update_fields=["partition"])
    return own


def copy_groups(present: Partition, own: Partition) -> None:
    """Put every group of `present` in `own`, with its teams and its neighbour."""
    copies: dict[object, Group] = {}
    for group in present.groups.all():
        copies[group.pk] = Group.objects.create(
            school=own.school, partition=own, name=group.name, order=group.order
        )
        copies[group.pk].teams.set(group.teams.all())
    for group in present.groups.exclude(neighbour=None):
        copies[group.pk].neighbour = copies[group.neighbour_id]
        copies[group.pk].save(update_fields=["neighbour"])
