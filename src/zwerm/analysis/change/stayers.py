"""Who stands on both rosters; and how much of a difference is who came, went or was silent."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Numbers, Ties, arcs_between, arcs_of
from zwerm.analysis.change.verdicts import Change, Figure
from zwerm.analysis.coupling import coupling
from zwerm.analysis.network import (
    indegree,
    indegree_centralization,
    mean_named,
    reciprocity_among_respondents,
)

Marking = Mask | Numbers | npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stayers:
    """The people on both rosters, in the order of the earlier one.

    Attributes:
        before: the earlier arcs among them.
        after: the later arcs among them, the people in the same order.
        place_before: shape (stayers,), the number of each one on the earlier roster.
        place_after: shape (stayers,), the number of each one on the later roster.
        came: how many stand on the later roster only.
        went: how many stand on the earlier roster only.
    """

    before: Arcs
    after: Arcs
    place_before: Numbers
    place_after: Numbers
    came: int
    went: int


def stayers_of(
    before: Ties | Arcs,
    after: Ties | Arcs,
    who_before: Sequence[Hashable],
    who_after: Sequence[Hashable],
) -> Stayers:
    """The two networks as far as they are about the same people.

    Args:
        before: the earlier network, with who answered.
        after: the later network.
        who_before: the name of each person of the earlier network, in its order.
        who_after: the same of the later network.

    Raises:
        ValueError: the names are not as many as the people, somebody stands twice on a roster,
            or nobody stands on both.

    Example:
        >>> ring = np.roll(np.eye(3, dtype=bool), 1, axis=1)
        >>> found = stayers_of(ring, ring, ["ann", "bo", "cy"], ["cy", "dee", "bo"])
        >>> found.place_before.tolist(), found.place_after.tolist(), found.came, found.went
        ([1, 2], [2, 0], 1, 1)
    """
    earlier, later = arcs_of(before), arcs_of(after)
    first, second = _numbered(earlier, who_before), _numbered(later, who_after)
    shared = [name for name in first if name in second]
    if not shared:
        raise ValueError(
            f"the two scans share nobody: none of {len(first)} and {len(second)} names is on "
            "both rosters; check that people are named the same way"
        )
    place_before = np.array([first[name] for name in shared], dtype=np.int64)
    place_after = np.array([second[name] for name in shared], dtype=np.int64)
    return Stayers(
        before=among(earlier, place_before),
        after=among(later, place_after),
        place_before=place_before,
        place_after=place_after,
        came=len(second) - len(shared),
        went=len(first) - len(shared),
    )


def _numbered(arcs: Arcs, who: Sequence[Hashable]) -> dict[Hashable, int]:
    numbered = {name: number for number, name in enumerate(who)}
    if len(who) != arcs.people:
        raise ValueError(f"{len(who)} names were given for {arcs.people} people: one for each")
    if len(numbered) != len(who):
        raise ValueError(
            f"{len(who) - len(numbered)} of {len(who)} names stand twice on one roster: each "
            "person needs a name of their own"
        )
    return numbered


def among(arcs: Arcs, places: Numbers) -> Arcs:
    """The arcs among these people only, who are numbered anew in this order.

    Args:
        arcs: a network.
        places: the numbers of the people that are kept, each once.
    """
    number = np.full(arcs.people, -1)
    number[places] = np.arange(len(places))
    source, target = number[arcs.source], number[arcs.target]
    kept = (source >= 0) & (target >= 0)
    return arcs_between(len(places), source[kept], target[kept], arcs.respondents[places])


@dataclass(frozen=True, slots=True)
class Parts:
    """A difference between two scans in two parts; for one's own data, never for a report.

    Attributes:
        whole: the later figure less the earlier one, each over all who answered then.
        behaviour: the difference over the people who answered both times.
        composition: the rest, which is who came, went or was silent. It has no interval.
    """

    whole: float
    behaviour: float

    @property
    def composition(self) -> float:
        return self.whole - self.behaviour


def composition_of(
    before: Ties | Arcs,
    after: Ties | Arcs,
    change: Change,
    *,
    leader_before: Marking | None = None,
    leader_after: Marking | None = None,
) -> dict[Figure, Parts]:
    """How much of each difference is behaviour, and how much is who came, went or was silent.

    Args:
        before: the whole earlier network, with who answered.
        after: the whole later network.
        change: the comparison of the people on both rosters.
        leader_before: the formal places of all people of the earlier network.
        leader_after: those of the later network.

    Returns:
        The figures that exist in both networks and among those who answered both times.
    """
    earlier, later = _whole(before, leader_before), _whole(after, leader_after)
    found: dict[Figure, Parts] = {}
    for name, verdict in change.verdicts.items():
        whole = later.get(name, np.nan) - earlier.get(name, np.nan)
        if verdict.difference is not None and not np.isnan(whole):
            found[name] = Parts(whole, verdict.difference)
    return found


def _whole(ties: Ties | Arcs, leader: Marking | None) -> Mapping[Figure, float]:
    arcs = arcs_of(ties)
    found: dict[Figure, float] = {
        "mean_named": mean_named(arcs),
        "reciprocity": reciprocity_among_respondents(arcs),
        "centralization": indegree_centralization(arcs),
    }
    if leader is not None and len(np.unique(leader[leader == leader])) > 1:
        found["coupling"] = coupling(indegree(arcs), leader)
    return found
