"""How a network hangs together: parts, triads, closure, cores and communities.

`ties[i, j]` is true when i named j; `Arcs` are taken as well. Everybody counts, also who did not
answer: their arcs are missing. Definitions and sources: docs/methods/structure.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from operator import add, mul
from typing import Literal

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
    return list(map(add, arcs.named, arcs.naming)).count(0)


def weak_components(ties: Ties | Arcs) -> int:
    """How many parts there are when arcs may be walked both ways; an isolate is a part.

    Source: Wasserman & Faust (1994), Social Network Analysis, section 4.3.
    """
    return _parts(arcs_of(ties), "weak")


def strong_components(ties: Ties | Arcs) -> int:
    """How many parts there are within which everybody can be reached from everybody.

    Source: Wasserman & Faust (1994), Social Network Analysis, section 4.3.
    """
    return _parts(arcs_of(ties), "strong")


def _parts(arcs: Arcs, mode: Literal["weak", "strong"]) -> int:
    # The base class gives the number of each one's part; the other makes an object of it.
    member_of = igraph.GraphBase.connected_components(arcs.graph, mode=mode)
    return max(member_of, default=-1) + 1


def triad_census(ties: Ties | Arcs) -> dict[str, int]:
    """How many sets of three people there are of each of the sixteen kinds.

    Source: Davis & Leinhardt (1972); Holland & Leinhardt (1970), AJS 76(3), 492-513.

    Example:
        >>> triad_census(np.zeros((4, 4), dtype=bool))["003"]
        4
    """
    return dict(zip(TRIADS, arcs_of(ties).triads, strict=True))


def transitivity_weak(ties: Ties | Arcs) -> float:
    """The share of a -> b -> c with three people in which a -> c is there too; NaN without any.

    Directed; the "weak" measure of R's sna::gtrans.

    Source: Wasserman & Faust (1994), Social Network Analysis, section 6.4.

    Example:
        >>> transitivity_weak(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=bool))
        1.0
    """
    triads = arcs_of(ties).triads
    return share(sum(map(mul, CLOSED.values(), triads)), sum(map(mul, PATHS.values(), triads)))


def transitivity_undirected(ties: Ties | Arcs) -> float:
    """Three times the triangles over the connected triples, direction left out; NaN without any.

    Source: Newman, Watts & Strogatz (2002), PNAS 99, 2566-2572 (igraph's "global").
    """
    return float(arcs_of(ties).skeleton.transitivity_undirected(mode="nan"))


def degree_centralization(ties: Ties | Arcs) -> float:
    """0 when everybody is tied to equally many, 1 when all are tied to one person only.

    sum(max - d_i) / ((m - 1) (m - 2)), direction left out; NaN under 3 people.

    Source: Freeman (1978), Social Networks 1(3), 215-239.

    Example:
        >>> degree_centralization(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]], dtype=bool))
        1.0
    """
    degrees = np.array(arcs_of(ties).skeleton.degree(), dtype=np.int64)
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
    return np.array(arcs_of(ties).skeleton.coreness(), dtype=np.int64)


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
    skeleton = arcs_of(ties).skeleton
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
