"""The sums of a network regression by structure, where whole rows are missing or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.permuting import Order, inverse_of, nobody_moves
from zwerm.analysis.predictors import Predictor, Values
from zwerm.analysis.regression.algebra import Sums
from zwerm.analysis.regression.products import Products, column_of, products_of
from zwerm.analysis.regression.rows import row_products


@dataclass(frozen=True, slots=True, eq=False)
class Structured:
    """Columns over the rows that are known.

    `rows` holds what each row of the moved columns adds to the sums of their products. It is None
    when each order looks at the same rows: then these sums do not move.
    """

    products: Products
    still: Values
    known: Mask
    rows: Values | None
    whole: Values

    @property
    def pairs(self) -> int:
        return int(self.known.sum()) * (len(self.known) - 1)

    @property
    def cells(self) -> int:
        return self.products.cells

    def sums(self, order: Order) -> Sums:
        """The sums of products in each order."""
        own = self.still[:-1, :-1, None]
        if self.rows is not None:
            own = self.rows @ self.known[inverse_of(order)].astype(float)
        return Sums(self.still, self.products.cross(order), own, self.whole)


def structured(
    predictors: Sequence[Predictor], y: Predictor, known: Mask, alike: Mask, *, beside: bool
) -> Structured:
    """Make columns ready.

    Args:
        predictors: the columns that move, the intercept first.
        y: the ties, around their rest.
        known: whose rows count.
        alike: who change places among themselves; the others do so too.
        beside: whether moved columns are also wanted with predictors that stay, not with y only.
    """
    columns = [column_of(one, known) for one in (*predictors, y)]
    as_it_is = products_of(columns, columns, known).cross(nobody_moves(len(known)))
    rows = None if np.array_equal(known, alike) else row_products(predictors)
    return Structured(
        products_of(columns[:-1], columns if beside else columns[-1:], known),
        as_it_is[:, :, 0],
        known,
        rows,
        as_it_is[:-1, :-1, 0] if rows is None else rows @ alike.astype(float),
    )
