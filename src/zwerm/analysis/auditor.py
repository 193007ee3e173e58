"""The auditor: can a sum over a few people be worked out from everything published?

Each published sum over a set of people is a row of zeros and ones. Whatever can be derived by
adding and subtracting published sums is a linear combination of rows. If such a combination is
itself a row of zeros and ones over fewer than k people, a few people's answers could be learnt,
and the report may not appear. All arithmetic is exact.

Why it is complete: bring the rows to reduced echelon form. A vector of the row space is fixed by
its values in the pivot columns, and a set has 0 or 1 there. So it is enough to try every choice of
pivots, and to see whether the vector that follows is a set of fewer than k people. People with the
same column are one atom and are counted together, so a choice is cut off as soon as it holds k.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

MOST_CHOICES = 2_000_000
"""More choices than this are not tried: what cannot be proved does not pass."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What the auditor found. `smallest` is the fewest people in a derivable set, at most k."""

    passed: bool
    sets: int
    smallest: int
    offending: tuple[int, ...] = ()
    """The people of one derivable set that is too small (column numbers)."""
    was_complete: bool = True


def audit(rows: npt.NDArray[np.int64], k: int) -> Audit:
    """Check that no set of fewer than `k` people follows from the published `rows`.

    Args:
        rows: shape (s, n) of zeros and ones: s published sums over n people.
        k: fewest people in any derivable set.

    Raises:
        ValueError: something else than zeros and ones.

    Example:
        >>> whole, part = [1] * 12, [1] * 10 + [0] * 2
        >>> audit(np.array([whole, part]), 10).offending
        (10, 11)
    """
    if rows.ndim != 2 or not np.isin(rows, (0, 1)).all():
        raise ValueError("rows must be a table of zeros and ones")
    if not rows.size or not rows.any():
        return Audit(True, len(rows), k)
    atoms, atom_of = np.unique(rows, axis=1, return_inverse=True)
    sizes = np.bincount(atom_of.ravel(), minlength=atoms.shape[1])
    echelon, pivots = reduced(atoms)
    smallest, offending, tried = k, None, 0
    for chosen in choices([int(sizes[one]) for one in pivots], k):
        tried += 1
        if tried > MOST_CHOICES:
            return Audit(False, len(rows), 0, was_complete=False)
        found = combine(echelon, chosen)
        if found is None:
            continue
        people = int(sizes[found].sum())
        if people < smallest:
            smallest, offending = people, found
    if offending is None:
        return Audit(True, len(rows), k)
    columns = tuple(int(one) for one in np.flatnonzero(np.isin(atom_of.ravel(), offending)))
    return Audit(False, len(rows), smallest, columns)


def reduced(atoms: npt.NDArray[np.int64]) -> tuple[list[list[Fraction]], list[int]]:
    """The reduced echelon form in exact fractions, and its pivot columns."""
    table = [[Fraction(int(cell)) for cell in row] for row in atoms]
    pivots: list[int] = []
    for column in range(atoms.shape[1]):
        top = len(pivots)
        row = next((i for i in range(top, len(table)) if table[i][column]), None)
        if row is None:
            continue
        table[top], table[row] = table[row], table[top]
        first = table[top][column]
        table[top] = [cell / first for cell in table[top]]
        for i, other in enumerate(table):
            if i != top and other[column]:
                factor = other[column]
                table[i] = [a - factor * b for a, b in zip(other, table[top], strict=True)]
        pivots.append(column)
    return table[: len(pivots)], pivots


def choices(sizes: list[int], k: int) -> Iterator[tuple[int, ...]]:
    """Every nonempty choice of pivots that together hold fewer than `k` people."""
    stack: list[tuple[int, tuple[int, ...], int]] = [(0, (), 0)]
    while stack:
        start, chosen, people = stack.pop()
        if chosen:
            yield chosen
        stack.extend(
            (one + 1, (*chosen, one), people + sizes[one])
            for one in range(start, len(sizes))
            if people + sizes[one] < k
        )


def combine(echelon: list[list[Fraction]], chosen: tuple[int, ...]) -> npt.NDArray[np.int64] | None:
    """The atoms of the sum of the chosen rows, if that sum is a set; else None."""
    total = [sum(cells) for cells in zip(*(echelon[one] for one in chosen), strict=True)]
    if any(cell not in (0, 1) for cell in total):
        return None
    return np.array([i for i, cell in enumerate(total) if cell], dtype=np.int64)
