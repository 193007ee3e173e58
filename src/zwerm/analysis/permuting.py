"""People who change places at random: many orders at once, and how extreme the real one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Mask

Order = npt.NDArray[np.int64]
Progress = Callable[[float], None]

ROUNDING = 1e-9
"""Two values that differ by less than this share of them are the same but for rounding."""


def orders(known: Mask, count: int, rng: np.random.Generator) -> Order:
    """Random orders in which people change places: shape (people, count), one order a column.

    `order[i]` takes the place of i. People whose row is known change places among themselves, and
    so do the others: each order then looks at the same pairs.
    """
    found = np.tile(np.arange(len(known))[:, None], (1, count))
    for kind in (True, False):
        (members,) = np.nonzero(known == kind)
        if len(members) > 1:
            keys = rng.random((count, len(members)))
            found[members] = members[keys.argsort(axis=1)].T
    return found


def portions(count: int, cells: int, at_once: int) -> Iterator[int]:
    """How many of `count` orders to take each time, so that all their cells fit in `at_once`.

    >>> list(portions(10, 25, 100))
    [4, 4, 2]
    """
    size = max(1, at_once // max(1, cells))
    for start in range(0, count, size):
        yield min(size, count - start)


def check_permutations(permutations: int) -> None:
    if permutations < 1:
        raise ValueError(f"permutations must be at least 1, got {permutations}; 2000 is usual")


def chance(extreme: int, permutations: int) -> float:
    """The exact p of counting: the real order is one of all that were looked at.

    Source: Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology
    9(1), article 39.

    >>> chance(0, 999)
    0.001
    """
    return (1 + extreme) / (1 + permutations)
