"""Every pair that has an answer, one by one: for ties of which some pairs are missing.

Slower than by structure, and right for whatever is missing. A pair keeps its place, and each order
of the people brings the predictors of two others to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask, Numbers
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import Predictor, Tied, Values
from zwerm.analysis.regression.algebra import Sums
from zwerm.analysis.regression.rows import laid_out

MOST = 2_000
"""More people than this make tables that do not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairwise:
    """Predictors as tables, shape (predictors, people x people), and the pairs that have a y.

    `whole` are the sums of products of the predictors over all pairs, also without a y.
    """

    people: int
    tables: Values
    source: Numbers
    target: Numbers
    y: Values
    whole: Values

    @property
    def pairs(self) -> int:
        return len(self.source)

    @property
    def cells(self) -> int:
        """How many numbers one order takes."""
        return len(self.tables) * self.pairs

    @property
    def columns(self) -> Values:
        """The predictors of the pairs as they are, and y: shape (predictors + 1, pairs)."""
        here = self.tables[:, self.source * self.people + self.target]
        return np.vstack([here, self.y])

    @property
    def still(self) -> Values:
        """The sums of products of the columns as they are."""
        return self.columns @ self.columns.T

    def moved(self, order: Order) -> Values:
        """The predictors that each order brings to a pair: shape (predictors, pairs, orders)."""
        # Orders come as small numbers, which would run over.
        wide = order.astype(np.int64)
        place = wide[self.source] * self.people + wide[self.target]
        return np.asarray(self.tables[:, place])

    def sums(self, order: Order) -> Sums:
        """The sums of products in each order."""
        moved = self.moved(order)
        own = np.einsum("kdb,ldb->klb", moved, moved)
        return Sums(self.still, np.matmul(self.columns, moved), own, self.whole)


def pairwise_of(predictors: Sequence[Predictor], y: Predictor, known: Mask) -> Pairwise:
    """Lay out the pairs with a value of y in rows that are known.

    Raises:
        ValueError: there are too many people for tables.
    """
    if y.people > MOST:
        raise ValueError(
            f"{y.people} people are too many when single pairs have no value (at most {MOST:,}); "
            "fill these pairs in, or leave out whole rows"
        )
    tables = np.stack([_with_holes(predictor) for predictor in predictors])
    ties = _with_holes(y)
    source, target = np.nonzero(known[:, None] & ~np.isnan(ties))
    every = tables[:, ~np.isnan(tables).any(axis=0)]
    return Pairwise(
        y.people,
        tables.reshape(len(tables), -1),
        source,
        target,
        ties[source, target],
        every @ every.T,
    )


def _with_holes(predictor: Predictor) -> Values:
    """Shape (people, people), NaN where a pair has no value and on the diagonal."""
    table = laid_out(predictor, np.arange(predictor.people))
    np.fill_diagonal(table, np.nan)
    if isinstance(predictor, Tied):
        table[predictor.missing] = np.nan
        table[~predictor.known] = np.nan
    return table
