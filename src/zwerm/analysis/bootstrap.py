"""The vertex bootstrap: how figures would differ had other people been at the same kind of school.

People are drawn with replacement, and ties come with them. Between two copies of one person there
is no tie to take over: there a pair of people is drawn from all pairs, with both its arcs. This
answers another question than asking the same people again; see docs/methods/bootstrap.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Numbers, Ties, arcs_of
from zwerm.analysis.memory import keep_memory

Values = npt.NDArray[np.float64]
Counts = npt.NDArray[np.float32]
"""Whole numbers far below 2^24, which these hold exactly, and multiply fast."""

AT_ONCE = 2**17
"""About how many copies of people are looked at together: what a processor keeps close by."""
FEWEST = 3
MOST_IN_TABLE = 400
"""Of more people than this the arcs are added one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """Figures of each resample, all of shape (resamples,).

    NaN where a resample has no arcs, or nobody in it answered.
    """

    density: Values
    mean_named: Values
    reciprocity: Values
    indegree_centralization: Values
    gini_indegree: Values

    def standard_error(self, figure: str) -> float:
        """The standard deviation over the resamples that have this figure.

        Raises:
            ValueError: fewer than two have it.
        """
        values = getattr(self, figure)
        there = values[~np.isnan(values)]
        if len(there) < 2:
            raise ValueError(f"{figure} is defined in {len(there)} resamples; it needs 2 or more")
        return float(there.std(ddof=1))


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What was drawn for some resamples.

    `times` says how often each person was drawn, shape (people, resamples). The others have one
    number for every two copies of one person that get a tie: `cell`, the place of the person in
    `times`; `first` and `second`, which of the copies, from 0; `towards`, whether the first names
    the second (1), is named by the second (-1), or both (0).
    """

    times: Counts
    cell: Numbers
    first: Numbers
    second: Numbers
    towards: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What is resampled.

    `one` and `other` are the two of each pair that ask each other. Of all ordered `pairs` of
    respondents, `mutual` do so; in `one_way` only the first asks, and in as many only the second.
    """

    arcs: Arcs
    one: Numbers
    other: Numbers
    pairs: int
    mutual: int
    one_way: int


def bootstrap(
    ties: Ties | Arcs,
    respondents: Mask | None = None,
    *,
    rng: np.random.Generator,
    resamples: int = 2000,
) -> Bootstrap:
    """Resample people and compute the main figures of each resample.

    Args:
        ties: shape (m, m), `ties[i, j]` when i named j; or arcs.
        respondents: shape (m,), who answered; copies of the others name nobody, and do not count
            as people who answered.
        rng: the source of chance.
        resamples: how many.

    Raises:
        ValueError: there are fewer than three people, fewer than two answered, nobody is named,
            or no resample is asked for.

    Source: Snijders & Borgatti (1999), Connections 22(2).

    Example:
        >>> ring = np.roll(np.eye(30, dtype=bool), 1, axis=1)
        >>> found = bootstrap(ring, rng=np.random.default_rng(1), resamples=200)
        >>> bool(0.9 < found.mean_named.mean() < 1.1)
        True
    """
    arcs = arcs_of(ties, respondents)
    _check(arcs, resamples)
    keep_memory()
    pool = pool_of(arcs)
    size = max(1, AT_ONCE // arcs.people)
    parts = [
        figures_of(pool, draw(pool, min(size, resamples - done), rng))
        for done in range(0, resamples, size)
    ]
    return Bootstrap(*np.concatenate(parts, axis=1))


def _check(arcs: Arcs, resamples: int) -> None:
    answered = int(arcs.respondents.sum())
    if resamples < 1:
        raise ValueError(f"resamples must be at least 1, got {resamples}; 2000 is usual")
    if arcs.people < FEWEST or answered < 2:
        raise ValueError(
            f"the bootstrap needs {FEWEST} people of whom 2 answered, got {arcs.people} and "
            f"{answered}"
        )
    if not len(arcs):
        raise ValueError("nobody is named, so every resample is empty; there is nothing to learn")


def pool_of(arcs: Arcs) -> Pool:
    """Make arcs ready for resampling."""
    is_mutual = arcs.is_answered
    once = is_mutual & (arcs.source < arcs.target)
    answered = int(arcs.respondents.sum())
    return Pool(
        arcs,
        arcs.source[once],
        arcs.target[once],
        answered * (answered - 1),
        int(is_mutual.sum()),
        int((arcs.respondents[arcs.target] & ~is_mutual).sum()),
    )


def draw(pool: Pool, resamples: int, rng: np.random.Generator) -> Drawn:
    """Draw people, and a pair for every two copies of one person who answered."""
    many, answered = pool.arcs.people, pool.arcs.respondents
    people = rng.integers(
        0, many, (many, resamples), dtype=np.uint16 if many <= 2**16 else np.int64
    )
    places = np.multiply(people, resamples, dtype=np.int64)
    places += np.arange(resamples)
    times = np.bincount(places.ravel(), minlength=many * resamples)
    (again,) = np.nonzero(times > 1)
    if not answered.all():
        again = again[answered[again // resamples]]
    copies = times[again]
    twos = (copies * (copies - 1)) >> 1
    tied = 2 * pool.one_way + pool.mutual
    hits = happening(int(twos.sum()), tied / pool.pairs, rng)
    which = np.repeat(np.arange(len(again), dtype=np.int32), twos)[hits]
    first, second = two_of(hits - (np.cumsum(twos) - twos)[which])
    kind = rng.integers(0, max(tied, 1), len(hits))
    towards = np.where(kind < pool.mutual, 0, 2 * (kind < pool.mutual + pool.one_way) - 1)
    return Drawn(times.reshape(many, -1).astype(np.float32), again[which], first, second, towards)


def happening(many: int, chance: float, rng: np.random.Generator) -> Numbers:
    """Which of `many` things happen that each have the same chance: their numbers."""
    found = np.zeros(0, dtype=np.int64)
    last = -1
    while chance and last < many:
        # From one that happens to the next: so none that does not happen is drawn.
        more = last + np.cumsum(rng.geometric(chance, int(many * chance) + 16))
        found, last = np.concatenate([found, more]), int(more[-1])
    return found[found < many]


def two_of(number: Numbers) -> tuple[Numbers, Numbers]:
    """The two of a pair by its number, in the order 0 1, 0 2, 1 2, 0 3, ...

    >>> [one.tolist() for one in two_of(np.arange(4))]
    [[0, 0, 1, 0], [1, 2, 2, 3]]
    """
    second = ((1 + np.sqrt(1 + 8 * number)) / 2).astype(np.int64)
    return number - second * (second - 1) // 2, second


def figures_of(pool: Pool, drawn: Drawn) -> Values:
    """The figures of each resample: shape (figures, resamples), in the order of `Bootstrap`."""
    times, people = drawn.times, pool.arcs.people
    asked = _asked_by(pool.arcs, times)
    answered = 2 * np.einsum("pb,pb->b", times[pool.one], times[pool.other])
    answered += 2 * np.bincount(
        drawn.cell[drawn.towards == 0] % len(answered), minlength=len(answered)
    )
    spread = _spread_of(asked, drawn)
    values = np.arange(len(spread))
    total = values @ spread
    rows = people - times[~pool.arcs.respondents].sum(axis=0)
    # Row by row, since a running sum over columns is slow; from here on: at most so many.
    below = spread
    for lower, higher in pairwise(below):
        higher += lower
    highest = (below < people).sum(axis=0, dtype=np.int32)
    apart = people * below.sum(axis=0) - np.einsum("vb,vb->b", below, below)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.stack(
            [
                total / (rows * (people - 1)),
                total / rows,
                answered / total,
                (people * highest - total) / (people - 1) ** 2,
                apart / (people * total),
            ]
        )
    return found.astype(float)


def _asked_by(arcs: Arcs, times: Counts) -> Counts:
    """By how many copies of others a copy of each person is asked: shape (people, resamples)."""
    if arcs.people <= MOST_IN_TABLE:
        table = np.zeros((arcs.people, arcs.people), dtype=np.float32)
        table[arcs.target, arcs.source] = 1
        return np.asarray(table @ times)
    order = np.argsort(arcs.target, kind="stable")
    asked, start = np.unique(arcs.target[order], return_index=True)
    found = np.zeros_like(times)
    found[asked] = np.add.reduceat(times[arcs.source[order]], start)
    return found


def _spread_of(asked: Counts, drawn: Drawn) -> Values:
    """How many copies are asked by so many: shape (highest in-degree + 1, resamples).

    Everybody has what their arcs give; then the copies with a tie among themselves move up.
    """
    resamples = asked.shape[1]
    place = asked * np.float32(resamples)
    place += np.arange(resamples, dtype=np.float32)
    places = place.astype(np.int64).ravel()
    copies = int(drawn.times.max())
    named = np.concatenate(
        [
            (drawn.cell * copies + drawn.second)[drawn.towards >= 0],
            (drawn.cell * copies + drawn.first)[drawn.towards <= 0],
        ]
    ).astype(np.int32)
    named.sort()
    turn = np.arange(len(named))
    is_again = np.append(False, named[1:] == named[:-1])
    # A copy that moves up twice does so step by step.
    step = turn - np.maximum.accumulate(np.where(is_again, 0, turn))
    cells = (int(asked.max()) + int(step.max(initial=0)) + 2) * resamples
    before = places[named // copies] + step * resamples
    ones = np.ones(len(named))
    spread = np.bincount(
        np.concatenate([places, before, before + resamples]),
        np.concatenate([drawn.times.ravel(), -ones, ones]),
        cells,
    )
    return np.asarray(spread.reshape(-1, resamples), dtype=float)
