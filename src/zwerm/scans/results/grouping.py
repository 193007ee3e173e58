"""The groups of a report as they are at close: those with too few answers join their neighbour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.disclosure import merge_small_groups
from zwerm.scans.models import Group, RosterEntry
from zwerm.scans.results.arrays import Relation

NO_TEAM = "Geen team / No team"
"""Who stands in no team is a group like the others: the remainder is never under the floor."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Groups after rule R2, in the order of the partition."""

    names: list[str]
    number: npt.NDArray[np.int64]
    """Shape (m,): the group of each member of the relation."""
    of: dict[object, int]
    """The number in which each group of the partition ended up, by its key; None: no team."""

    def sizes(self, entries: Iterable[RosterEntry]) -> list[int]:
        """How many people of the roster stand in each group.

        Where nobody of a group may be named, its people count with its neighbour, else with the
        smallest group: with them left out, the map would tell that they objected.
        """
        everybody = list(entries)
        numbers = [self.of[entry.group_id] for entry in everybody if entry.group_id in self.of]
        found = [numbers.count(one) for one in range(len(self.names))]
        for entry in everybody:
            if entry.group_id not in self.of:
                neighbour = entry.group.neighbour_id if entry.group else None
                smallest = found.index(min(found))
                found[self.of.get(neighbour, smallest) if neighbour else smallest] += 1
        return found


def merged_groups(one: Relation, floor: int) -> Merged:
    """Let each group with fewer than `floor` respondents join its neighbour, repeatedly."""
    groups = groups_of(one.entries)
    keys = [group.pk if group else None for group in groups]
    place = {key: i for i, key in enumerate(keys)}
    number = np.array([place[entry.group_id] for entry in one.entries], dtype=np.int64)
    sizes = [int(((number == i) & one.counted).sum()) for i in range(len(groups))]
    neighbours = [place.get(group.neighbour_id, -1) if group else -1 for group in groups]
    joined = merge_small_groups(sizes, neighbours, floor) if groups else []
    kept = sorted(set(joined))
    final = [kept.index(into) for into in joined]
    return Merged(
        names=[joined_name(groups, final, k) for k in range(len(kept))],
        number=np.array([final[int(i)] for i in number], dtype=np.int64),
        of=dict(zip(keys, final, strict=True)),
    )


def groups_of(entries: list[RosterEntry]) -> list[Group | None]:
    """The groups in the order of the partition; last of all None, if somebody has no team."""
    found = {entry.group for entry in entries if entry.group}
    placed: list[Group | None] = [*sorted(found, key=lambda group: group.order)]
    return [*placed, None] if any(entry.group is None for entry in entries) else placed


def joined_name(groups: list[Group | None], final: list[int], number: int) -> str:
    """The names of the groups that joined. Those without a team are not named beside a group."""
    names = [group.name for group, k in zip(groups, final, strict=True) if k == number and group]
    return " + ".join(names) or NO_TEAM
