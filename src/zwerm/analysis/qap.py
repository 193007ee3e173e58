"""QAP: whether two relations among the same people go together more than by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.design import Relation, design_of
from zwerm.analysis.pairwise import pairwise_of
from zwerm.analysis.permuting import (
    ROUNDING,
    Progress,
    chance,
    check_permutations,
    orders,
    portions,
)

AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Qap:
    """The correlation of two relations over all pairs with a value of both, and its chance.

    `p` is two-sided: how often people in a random order give |r| at least as large. `p_above` and
    `p_below` count r itself, at least as high and at most as low.
    """

    r: float
    p: float
    p_above: float
    p_below: float
    permutations: int


def qap(
    y: Relation,
    x: Relation,
    *,
    rng: np.random.Generator,
    permutations: int = 2000,
    progress: Progress | None = None,
) -> Qap:
    """Correlate two relations, and let the people of one change places.

    Args:
        y: arcs, a square table (NaN: no value), or a predictor.
        x: the same, about the same people in the same order.
        rng: the source of chance.
        permutations: how many random orders.
        progress: is told the share that is done.

    Raises:
        ValueError: one of the two is the same everywhere, or there are too few people.

    Source: Krackhardt (1988), Social Networks 10(4), 359-381.
    """
    check_permutations(permutations)
    pairwise = pairwise_of(design := design_of(y, {"x": x}))
    _one, first, second = pairwise.still()
    for name, values in (("y", second), ("x", first)):
        if not values.size or np.ptp(values) == 0:
            raise ValueError(f"{name} is the same for every pair of people: it goes with nothing")
    r = float(np.corrcoef(first, second)[0, 1])
    centred = (second - second.mean()) / second.std() / len(second)
    found = []
    for count in portions(permutations, pairwise.pairs, AT_ONCE):
        moved = pairwise.moved(orders(design.known, count, rng))[1]
        found.append((centred @ moved) / moved.std(axis=0))
        if progress:
            progress(sum(map(len, found)) / permutations)
    return counted(r, np.concatenate(found))


def counted(r: float, found: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Qap:
    slack = ROUNDING * max(abs(r), ROUNDING)
    counts = (abs(found) >= abs(r) - slack, found >= r - slack, found <= r + slack)
    both, above, below = (chance(int(count.sum()), len(found)) for count in counts)
    return Qap(r, both, above, below, len(found))
