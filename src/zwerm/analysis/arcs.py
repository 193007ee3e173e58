"""Who names whom as a list of arcs, so that many thousands of people fit as well as a school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Ties = npt.NDArray[np.bool_]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


Found = TypeVar("Found")


class once(Generic[Found]):  # noqa: N801  # used as a decorator, as `property` is
    """A property that is worked out when it is first asked for, and kept.

    As `functools.cached_property`, without its lock: in Python 3.11 that takes longer than most of
    what is kept here.
    """

    def __init__(self, work: Callable[[Any], Found]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, holder: Any, _kind: type | None = None) -> Found:
        # The next time it is found in the holder itself, and nobody comes here.
        found = holder.__dict__[self.name] = self.work(holder)
        return found


@dataclass(frozen=True, eq=False)
class Arcs:
    """The arcs among `people` persons, each once, without loops, of respondents only.

    Arc a runs from the asker `source[a]` to the one asked, `target[a]`; both are numbers from 0
    below `people`, in the order of the askers and then of the ones asked. `respondents` has shape
    (people,) and says whose rows are real. What many figures need is worked out once and kept.
    """

    people: int
    source: Numbers
    target: Numbers
    respondents: Mask

    def __len__(self) -> int:
        return len(self.source)

    @once
    def keys(self) -> Numbers:
        """One number per arc that no other arc has, from low to high."""
        return self.source * self.people + self.target

    @once
    def is_answered(self) -> Mask:
        """Shape (arcs,): whether the reverse arc is there too."""
        if not len(self):
            return np.zeros(0, dtype=bool)
        reverse = self.target * self.people + self.source
        place = self.keys.searchsorted(reverse)
        place[place == len(self)] = 0
        is_answered: Mask = self.keys[place] == reverse
        return is_answered

    @once
    def mutual(self) -> int:
        """How many pairs of people name each other."""
        # Such a pair is two arcs, and one tie of the skeleton: with that at hand we need not look.
        if "skeleton" in self.__dict__:
            return len(self) - int(self.skeleton.ecount())
        return int(np.count_nonzero(self.is_answered)) // 2

    @once
    def indegree(self) -> Numbers:
        """Shape (people,): how many people name each person."""
        return np.bincount(self.target, minlength=self.people)

    @once
    def outdegree(self) -> Numbers:
        """Shape (people,): how many colleagues each person names."""
        return np.bincount(self.source, minlength=self.people)

    @once
    def named(self) -> list[int]:
        """`indegree` as a list: for as few people as a school has that is quicker."""
        named: list[int] = self.indegree.tolist()
        return named

    @once
    def naming(self) -> list[int]:
        """`outdegree` as a list."""
        naming: list[int] = self.outdegree.tolist()
        return naming

    @once
    def answered(self) -> int:
        """How many people responded."""
        return int(np.count_nonzero(self.respondents))

    @once
    def edges(self) -> list[tuple[int, int]]:
        """The arcs as pairs of numbers."""
        return list(zip(self.source.tolist(), self.target.tolist(), strict=True))

    @once
    def graph(self) -> Any:
        """The network as igraph knows it, directed."""
        return self.graph_of(is_directed=True)

    @once
    def triads(self) -> tuple[int, ...]:
        """How many sets of three people there are of each of the sixteen kinds."""
        # Fewer than three people have no triads; igraph says NaN there.
        return tuple(self.graph.triad_census()) if self.people >= 3 else (0,) * 16

    @once
    def skeleton(self) -> Any:
        """The same without direction: two people are tied once when either named the other."""
        return self.graph_of(is_directed=False).simplify()

    def graph_of(self, *, is_directed: bool) -> Any:
        """A graph of igraph. Its base class is filled at once: for a school, twice as quick."""
        # Loaded here: a school's report needs no graph, and igraph is slow to load.
        import igraph  # noqa: PLC0415

        graph = igraph.Graph.__new__(igraph.Graph)
        igraph.GraphBase.__init__(graph, self.people, self.edges, is_directed)
        return graph

    def only(self, kept: Mask) -> Arcs:
        """The arcs for which `kept`, of shape (arcs,), is true."""
        return Arcs(self.people, self.source[kept], self.target[kept], self.respondents)


def arcs_between(
    people: int, source: Numbers, target: Numbers, respondents: Mask | None = None
) -> Arcs:
    """The arcs of two lists of equal length. Loops, repeats and rows of the silent are left out.

    Args:
        people: m, how many members there are.
        source: shape (l,), the number of who asks.
        target: shape (l,), the number of who is asked.
        respondents: shape (m,), who answered; everybody when not given.

    Raises:
        ValueError: the lists differ in length, or a number is not one of the members.

    Example:
        >>> len(arcs_between(3, np.array([0, 0, 1]), np.array([1, 1, 1])))
        1
    """
    mask = mask_of(people, respondents)
    if source.shape != target.shape or source.ndim != 1:
        raise ValueError(f"source and target must match, got {source.shape} and {target.shape}")
    ends = np.concatenate([source, target])
    if ends.size and not 0 <= ends.min() <= ends.max() < people:
        raise ValueError(f"an arc names somebody outside the {people} members")
    source, target = source.astype(np.int64), target.astype(np.int64)
    kept = (source != target) & mask[source]
    keys = np.unique(source[kept] * people + target[kept])
    return Arcs(people, keys // max(people, 1), keys % max(people, 1), mask)


def arcs_of(ties: Ties | Arcs, respondents: Mask | None = None) -> Arcs:
    """The arcs of a square table, `ties[i, j]` when i named j. Arcs stay as they are.

    Raises:
        ValueError: `ties` is not square or holds numbers, or `respondents` is not of its length.

    Example:
        >>> arcs_of(np.array([[1, 1], [0, 0]], dtype=bool)).target
        array([1])
    """
    if isinstance(ties, Arcs):
        if respondents is None:
            return ties
        return arcs_between(ties.people, ties.source, ties.target, respondents)
    if ties.ndim != 2 or ties.shape[0] != ties.shape[1]:
        raise ValueError(f"ties must be square, got shape {ties.shape}")
    if ties.dtype != np.bool_:
        raise ValueError(f"ties must be true or false, got {ties.dtype}; write ties != 0")
    mask = mask_of(len(ties), respondents)
    source, target = np.nonzero(ties & ~np.eye(len(ties), dtype=bool) & mask[:, None])
    return Arcs(len(ties), source, target, mask)


def both_ways(ties: Ties | Arcs) -> Arcs:
    """Every tie in both directions: the arcs of a relation that has none, such as marriage.

    Example:
        >>> len(both_ways(np.array([[0, 1], [0, 0]], dtype=bool)))
        2
    """
    arcs = arcs_of(ties)
    source = np.concatenate([arcs.source, arcs.target])
    target = np.concatenate([arcs.target, arcs.source])
    return arcs_between(arcs.people, source, target)


def mask_of(people: int, respondents: Mask | None) -> Mask:
    """Who responded, everybody when not given; shape (people,).

    Raises:
        ValueError: `respondents` has another length.
    """
    if respondents is None:
        return np.ones(people, dtype=bool)
    if respondents.shape != (people,):
        raise ValueError(f"respondents must have shape ({people},), got {respondents.shape}")
    return respondents
