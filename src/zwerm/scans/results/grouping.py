"""The groups of a report as they are at close: those with too few answers join their neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from zwerm.analysis.disclosure import merge_small_groups
from zwerm.scans.results.arrays import Relation


@dataclass(frozen=True, slots=True)
class Merged:
    """Groups after rule R2, in the order of the partition."""

    names: list[str]
    number: npt.NDArray[np.int64]
    """Shape (m,): the group of each member of the relation; -1 without a group."""
    of_respondents: npt.NDArray[np.int64]
    """The same for respondents only."""


def merged_groups(one: Relation, floor: int) -> Merged:
    """Let each group with fewer than `floor` respondents join its neighbour, repeatedly."""
    groups = sorted(
        {entry.group for entry in one.entries if entry.group}, key=lambda group: group.order
    )
    places = {group.pk: i for i, group in enumerate(groups)}

    def place_of(group: UUID | None) -> int:
        return places.get(group, -1) if group else -1

    number = np.array([place_of(entry.group_id) for entry in one.entries], dtype=np.int64)
    sizes = [int(((number == i) & one.respondents).sum()) for i in range(len(groups))]
    neighbours = [place_of(group.neighbour_id) for group in groups]
    joined = merge_small_groups(sizes, neighbours, floor)
    kept = sorted(set(joined))
    final = {group: kept.index(into) for group, into in enumerate(joined)}
    moved = np.array([final.get(int(one), -1) for one in number], dtype=np.int64)
    names = [
        " + ".join(group.name for i, group in enumerate(groups) if final[i] == k)
        for k in range(len(kept))
    ]
    return Merged(names, moved, moved[one.respondents])
