"""How a network hangs together: parts, triads, closure, cores and communities.

`ties[i, j]` is true when i named j; `Arcs` are taken as well. Everybody counts, also who did not
answer: their arcs are missing. Definitions and sources: docs/methods/structure.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import igraph
import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Ties, arcs_of
from zwerm.analysis.network import share

Numbers = npt.NDArray[np.int64]

TRIADS = (
    "003",
    "012",
    "102",
    "021D",
    "021U",
    "021C",
    "111D",
    "111U",
    "030T",
    "030C",
    "201",
    "120D",
    "120U",
    "120C",
    "210",
    "300",
)
"""The sixteen kinds of triads, in the order of Davis & Leinhardt."""

PATHS = dict(zip(TRIADS, (0, 0, 0, 0, 0, 1, 1, 1, 1, 3, 2, 2, 2, 3, 4, 6), strict=True))
"""In how many ways a triad of each kind holds a -> b -> c."""

CLOSED = dict(zip(TRIADS, (0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 2, 1, 3, 6), strict=True))
"""How many of these also hold a -> c."""

MOST_WORK = 200_000
"""Communities are sought until about this many ties have been looked at, 2 to 100 times."""


@dataclass(frozen=True, slots=True, eq=False)
class Communities:
    """A division of everybody: `member_of` has shape (m,), 1 is the largest community."""

    member_of: Numbers
    modularity: float

    def __len__(self) -> int:
        return int(self.member_of.max(initial=0))


def isolates(ties: Ties | Arcs) -> int:
    """How many people name nobody and are named by nobody.

    Example:
        >>> isolates(np.array([[0, 1, 0], [0, 0, 0], [0, 0, 0]], dtype=bool))
        1
    """
    arcs = arcs_of(ties)
    return arcs.people - len(np.union1d(arcs.source, arcs.target))


def weak_components(ties: Ties | Arcs) -> int:
    """How many parts there are when arcs may be walked both ways; an isolate is a part.

    Source: Wasserman & Faust (1994), Social Network Analysis, section 4.3.
    """
    return len(graph_of(ties).connected_components(mode="weak"))


def strong_components(ties: Ties | Arcs) -> int:
    """How many parts there are within which everybody can be reached from everybody.

    Source: Wasserman & Faust (1994), Social Network Analysis, section 4.3.
    """
    return len(graph_of(ties).connected_components(mode="strong"))


def triad_census(ties: Ties | Arcs) -> dict[str, int]:
    """How many sets of three people there are of each of the sixteen kinds.

    Source: Davis & Leinhardt (1972); Holland & Leinhardt (1970), AJS 76(3), 492-513.

    Example:
        >>> triad_census(np.zeros((4, 4), dtype=bool))["003"]
        4
    """
    arcs = arcs_of(ties)
    # Fewer than three people have no triads; igraph says NaN there.
    counts = tuple(graph_of(arcs).triad_census()) if arcs.people >= 3 else (0,) * len(TRIADS)
    return {kind: int(count) for kind, count in zip(TRIADS, counts, strict=True)}


def transitivity_weak(ties: Ties | Arcs) -> float:
    """The share of a -> b -> c with three people in which a -> c is there too; NaN without any.

    Directed; the "weak" measure of R's sna::gtrans.

    Source: Wasserman & Faust (1994), Social Network Analysis, section 6.4.

    Example:
        >>> transitivity_weak(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=bool))
        1.0
    """
    census = triad_census(ties)
    closed = sum(CLOSED[kind] * count for kind, count in census.items())
    return share(closed, sum(PATHS[kind] * count for kind, count in census.items()))


def transitivity_undirected(ties: Ties | Arcs) -> float:
    """Three times the triangles over the connected triples, direction left out; NaN without any.

    Source: Newman, Watts & Strogatz (2002), PNAS 99, 2566-2572 (igraph's "global").
    """
    return float(skeleton_of(ties).transitivity_undirected(mode="nan"))


def degree_centralization(ties: Ties | Arcs) -> float:
    """0 when everybody is tied to equally many, 1 when all are tied to one person only.

    sum(max - d_i) / ((m - 1) (m - 2)), direction left out; NaN under 3 people.

    Source: Freeman (1978), Social Networks 1(3), 215-239.

    Example:
        >>> degree_centralization(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]], dtype=bool))
        1.0
    """
    degrees = np.array(skeleton_of(ties).degree(), dtype=np.int64)
    people = len(degrees)
    if people < 3:
        return float("nan")
    return float((degrees.max() - degrees).sum() / ((people - 1) * (people - 2)))


def coreness(ties: Ties | Arcs) -> Numbers:
    """The largest k for which each person is in a k-core: shape (m,); direction left out.

    In a k-core everybody has a tie, in whatever direction, with at least k others of it.

    Source: Seidman (1983), Social Networks 5(3), 269-287.

    Example:
        >>> coreness(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=bool)).tolist()
        [2, 2, 2]
    """
    return np.array(skeleton_of(ties).coreness(), dtype=np.int64)


def communities(
    ties: Ties | Arcs, seed: int = 1, progress: Callable[[float], None] | None = None
) -> Communities:
    """The best division found by Leiden: many ties inside, few between; direction left out.

    A search by chance: the same seed gives the same division, another one may do better. An
    isolate is a community of its own. Modularity is NaN without ties. `progress` is called with
    the share that is done.

    Source: Traag, Waltman & van Eck (2019), Scientific Reports 9, 5233; modularity: Newman &
    Girvan (2004), Physical Review E 69, 026113.
    """
    skeleton = skeleton_of(ties)
    if not skeleton.ecount():
        return Communities(np.arange(1, skeleton.vcount() + 1), float("nan"))
    runs = min(100, max(2, MOST_WORK // skeleton.ecount()))
    found = []
    with Seeded(seed):
        for run in range(runs):
            found.append(skeleton.community_leiden("modularity", n_iterations=-1))
            if progress:
                progress((run + 1) / runs)
    best = max(found, key=lambda division: division.modularity)
    return Communities(_by_size(np.array(best.membership)), float(best.modularity))


def graph_of(ties: Ties | Arcs) -> Any:
    """The network as igraph knows it, directed."""
    arcs = arcs_of(ties)
    edges = np.column_stack([arcs.source, arcs.target])
    return igraph.Graph(n=arcs.people, edges=edges, directed=True)


def skeleton_of(ties: Ties | Arcs) -> Any:
    """The same without direction: two people are tied once when either named the other."""
    return graph_of(ties).as_undirected(mode="collapse")


def _by_size(membership: Numbers) -> Numbers:
    """Numbers from 1 for communities, the largest first; among equals who comes first."""
    _names, first, number, sizes = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(1, len(order) + 1)
    return rank[number]


class Seeded:
    """`with Seeded(1):` igraph draws from a chance of our own as long as this lasts."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # no secret

    def __enter__(self) -> None:
        igraph.set_random_number_generator(self.chance)

    def __exit__(self, *_fault: object) -> None:
        igraph.set_random_number_generator(random)
