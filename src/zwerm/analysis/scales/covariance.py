"""How items vary together, over everybody who answered: pairwise or listwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from zwerm.analysis.scales.answers import Answers, Unfit, as_table

Missing = Literal["pairwise", "listwise"]
"""Pairwise: two items over everybody who answered both. Listwise: over who answered all."""

SMALLEST = 1e-12
"""A variance below this part of the answers' own size is rounding, and no variance."""


@dataclass(frozen=True, slots=True, eq=False)
class Covariance:
    """Covariances of the items (with n - 1), and over how many people."""

    matrix: npt.NDArray[np.float64]
    """Shape (items, items)."""
    people: int
    """Pairwise: who answered at least one item. Listwise: who answered all."""
    is_complete: bool
    """Whether all these people answered all items: then both ways are the same."""

    @property
    def sd(self) -> npt.NDArray[np.float64]:
        """Shape (items,): the standard deviation of each item."""
        found: npt.NDArray[np.float64] = np.sqrt(np.diag(self.matrix))
        return found

    @property
    def correlations(self) -> npt.NDArray[np.float64]:
        """Shape (items, items)."""
        found: npt.NDArray[np.float64] = self.matrix / np.outer(self.sd, self.sd)
        return found


def covariance(answers: Answers, missing: Missing = "pairwise") -> Covariance:
    """The covariances of the items of one scale.

    Args:
        answers: shape (people, items), keyed; NaN where missing.
        missing: whom to leave out, see `Missing`.

    Raises:
        Unfit: fewer than two items, fewer than two people who answered two of the same items,
            or an item to which everybody gave the same answer.

    Example:
        >>> covariance(np.array([[1.0, 1.0], [2.0, 3.0]])).matrix
        array([[0.5, 1. ],
               [1. , 2. ]])
    """
    table = as_table(answers)
    if table.shape[1] < 2:
        text = f"a scale needs two items or more to hang together, got {table.shape[1]}"
        raise Unfit("few_items", text)
    answered = np.isfinite(table)
    kept = answered.any(axis=1) if missing == "pairwise" else answered.all(axis=1)
    table, answered = table[kept], answered[kept]
    _check_people(answered, missing)
    matrix = _pairwise(table, answered)
    _check_spread(table, matrix)
    return Covariance(matrix, len(table), bool(answered.all()))


def _check_people(answered: npt.NDArray[np.bool_], missing: Missing) -> None:
    """Two people at least must have answered each two items."""
    together = answered.T.astype(np.int64) @ answered.astype(np.int64)
    if len(answered) >= 2 and together.min() >= 2:
        return
    first, second = (int(one) for one in np.unravel_index(together.argmin(), together.shape))
    both = f"items {first} and {second}" if first != second else f"item {first}"
    hint = "; try pairwise" if missing == "listwise" else "; leave such an item out"
    text = f"{both}: answered by {together.min()} of the people that count, two are needed{hint}"
    raise Unfit("few_people", text, (first, second))


def _pairwise(
    table: npt.NDArray[np.float64], answered: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Each two items over who answered both, about the means of those people."""
    there = answered.astype(np.float64)
    # About the item's own mean first: else the digits of a large mean drown the small spread.
    middle = np.where(answered, table, 0.0).sum(axis=0) / there.sum(axis=0)
    moved = np.where(answered, table - middle, 0.0)
    number = there.T @ there
    total = moved.T @ there
    matrix: npt.NDArray[np.float64] = (moved.T @ moved - total * total.T / number) / (number - 1)
    return matrix


def _check_spread(table: npt.NDArray[np.float64], matrix: npt.NDArray[np.float64]) -> None:
    """An item that everybody answered alike says nothing about how items hang together."""
    size = np.nanmax(np.abs(table), axis=0)
    same = np.flatnonzero(np.diag(matrix) <= SMALLEST * np.maximum(size**2, SMALLEST))
    if len(same):
        text = f"item {same[0]} has the same answer from everybody; leave it out of the scale"
        raise Unfit("same_answers", text, tuple(same.tolist()))
