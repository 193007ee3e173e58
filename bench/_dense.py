"""Permutation and bootstrap as one writes them first: whole tables, one order after another.

The quick ways of `zwerm.analysis` are measured beside these, and tests hold that both say the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]


def qap(y: Table, x: Table, rng: np.random.Generator, permutations: int) -> tuple[float, float]:
    """The correlation of two tables without their diagonals, and its two-sided p."""
    is_pair = ~np.eye(len(y), dtype=bool)
    still = x[is_pair]
    observed = np.corrcoef(y[is_pair], still)[0, 1]
    extreme = 0
    for _ in range(permutations):
        order = rng.permutation(len(y))
        moved = y[np.ix_(order, order)][is_pair]
        extreme += abs(np.corrcoef(moved, still)[0, 1]) >= abs(observed) - 1e-12
    return float(observed), (1 + extreme) / (1 + permutations)


def mrqap(
    y: Table, xs: list[Table], rng: np.random.Generator, permutations: int
) -> tuple[Table, Table, Table]:
    """Coefficients, t and p of the intercept and each predictor: double semi-partialling."""
    is_pair = ~np.eye(len(y), dtype=bool)
    columns = np.column_stack([np.ones(is_pair.sum()), *(x[is_pair] for x in xs)])
    ties = y[is_pair]
    b, t = least_squares(columns, ties)
    p = np.empty(len(b))
    for place in range(len(b)):
        others = np.delete(columns, place, axis=1)
        weights = np.linalg.lstsq(others, columns[:, place], rcond=None)[0]
        rest = np.zeros(y.shape)
        rest[is_pair] = columns[:, place] - others @ weights
        extreme = 0
        for _ in range(permutations):
            order = rng.permutation(len(y))
            moved = rest[np.ix_(order, order)][is_pair]
            again = least_squares(np.column_stack([others, moved]), ties)[1][-1]
            extreme += abs(again) >= abs(t[place]) - 1e-12
        p[place] = (1 + extreme) / (1 + permutations)
    return b, t, p


def least_squares(columns: Table, ties: Table) -> tuple[Table, Table]:
    """Coefficients, and each divided by its standard error."""
    inverse = np.linalg.inv(columns.T @ columns)
    b = inverse @ (columns.T @ ties)
    left = ties - columns @ b
    variance = left @ left / (len(ties) - len(b))
    return b, b / np.sqrt(variance * np.diag(inverse))


def bootstrap(table: Table, rng: np.random.Generator, resamples: int) -> Table:
    """Density, mean named, reciprocity, centralization and Gini of people drawn again and again.

    Shape (figures, resamples). Two copies of one person get the ties of a random pair.
    """
    people = len(table)
    figures = np.empty((5, resamples))
    for resample in range(resamples):
        drawn = rng.integers(people, size=people)
        ties = table[np.ix_(drawn, drawn)]
        first, second = np.nonzero(np.triu(drawn[:, None] == drawn, 1))
        one = rng.integers(people, size=len(first))
        other = (one + rng.integers(1, people, size=len(first))) % people
        ties[first, second] = table[one, other]
        ties[second, first] = table[other, one]
        named = ties.sum(axis=0)
        total = named.sum()
        weights = 2 * np.arange(1, people + 1) - people - 1
        figures[:, resample] = (
            total / (people * (people - 1)),
            total / people,
            (ties * ties.T).sum() / total,
            (named.max() - named).sum() / (people - 1) ** 2,
            (weights * np.sort(named)).sum() / (people * total),
        )
    return figures
