"""Many networks of the same people as pairs, and the seven figures of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Mask, Numbers, Ties

Reals = npt.NDArray[np.float64]

FIGURES = (
    "mean_named",
    "reciprocity",
    "centralization",
    "gini",
    "coupling",
    "across",
    "unnamed_share",
)


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Some pairs of people, first before second: shape (p,) each."""

    first: Numbers
    second: Numbers
    same: npt.NDArray[np.float32]
    """1 for two of one group."""

    def only(self, kept: Numbers) -> Ends:
        """Those with these numbers."""
        return Ends(self.first[kept], self.second[kept], self.same[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """All pairs of n people: everything that the draws of one network share."""

    people: int
    ends: Ends
    kinds: npt.NDArray[np.float32]
    """(p, 3): 1; 1 where both have a group; 1 where these are two groups."""
    spot: Numbers
    """(n * n,): where the arc from row to column stands in arcs there, arcs back, and nothing."""
    leader: Mask | None


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Who names whom in w networks: shape (w, p) each, true where there is an arc."""

    there: npt.NDArray[np.bool_]
    """From the first to the second of the pair."""
    back: npt.NDArray[np.bool_]


def pairs_of(people: int, group: Numbers | None, leader: Mask | None) -> Pairs:
    """The pairs of `people` persons; `group` is -1 for who has none."""
    first, second = np.triu_indices(people, 1)
    size = len(first)
    spot = np.full((people, people), 2 * size)
    spot[first, second], spot[second, first] = np.arange(size), size + np.arange(size)
    groups = np.full(people, -1) if group is None else group
    placed = (groups[first] >= 0) & (groups[second] >= 0)
    same = groups[first] == groups[second]
    kinds = np.column_stack([np.ones(size), placed, placed & ~same]).astype(np.float32)
    return Pairs(
        people=people,
        ends=Ends(first, second, (placed & same).astype(np.float32)),
        kinds=kinds,
        spot=spot.ravel(),
        leader=leader,
    )


def arcs_in(pairs: Pairs, ties: Ties) -> Arcs:
    """One network as pairs: shape (1, p)."""
    first, second = pairs.ends.first, pairs.ends.second
    return Arcs(ties[None, first, second], ties[None, second, first])


def figures_of(pairs: Pairs, arcs: Arcs) -> Reals:
    """The figures of w networks in which everybody answered: shape (w, 7), in order of `FIGURES`.

    NaN where a figure does not exist: without arcs, groups or leaders.
    """
    people, named = pairs.people, indegrees(pairs, arcs)
    total, placed, crossing = _counts(pairs, arcs).T
    mutual = 2 * np.count_nonzero(arcs.there & arcs.back, axis=1)
    return np.column_stack(
        [
            total / people,
            _shares(mutual, total),
            (named.max(1) * people - total) / (people - 1) ** 2,
            _ginis(named, total),
            _couplings(named, pairs.leader),
            _shares(crossing, placed),
            (named == 0).mean(1),
        ]
    )


def indegrees(pairs: Pairs, arcs: Arcs) -> Numbers:
    """How many name each person: shape (w, n)."""
    nothing = np.zeros((len(arcs.there), 1), dtype=bool)
    row = np.concatenate([arcs.there, arcs.back, nothing], axis=1)
    table = row.take(pairs.spot, axis=1).reshape(-1, pairs.people, pairs.people)
    named: Numbers = table.sum(1, dtype=np.int32).astype(np.int64)
    return named


def _counts(pairs: Pairs, arcs: Arcs) -> Reals:
    """Shape (w, 3): how many arcs, between people with a group, between groups."""
    counts = arcs.there.astype(np.float32) + arcs.back
    found: Reals = (counts @ pairs.kinds).astype(np.float64)
    return found


def _shares(part: Reals | Numbers, whole: Reals) -> Reals:
    found: Reals = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return found


def _ginis(named: Numbers, total: Reals) -> Reals:
    people = named.shape[1]
    weights = 2 * np.arange(1, people + 1) - people - 1
    return _shares(np.sort(named, axis=1) @ weights, people * total)


def _couplings(named: Numbers, leader: Mask | None) -> Reals:
    """As `zwerm.analysis.coupling.coupling`, of many networks."""
    if leader is None or leader.all() or not leader.any():
        return np.full(len(named), np.nan)
    lead = named[:, leader, None] - named[:, None, ~leader]
    wins: Reals = (lead > 0).mean((1, 2)) + (lead == 0).mean((1, 2)) / 2
    return wins
