"""Every pair that has an answer, one by one: for ties of which some pairs are missing.

Slower than by structure, and right for whatever is missing. A pair keeps its place, and each order
of the people brings the predictors of two others to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Numbers
from zwerm.analysis.design import Design
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import Values

MOST = 3_000
"""More people than this make tables that do not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairwise:
    """The predictors as tables, shape (predictors, people x people), and the pairs with a y."""

    people: int
    tables: Values
    source: Numbers
    target: Numbers
    y: Values

    @property
    def pairs(self) -> int:
        return len(self.source)

    def moved(self, order: Order) -> Values:
        """The predictors that each order brings to a pair: shape (predictors, pairs, orders)."""
        moved: Values = self.tables[:, order[self.source] * self.people + order[self.target]]
        return moved

    def still(self) -> Values:
        """The predictors of the pairs as they are, and y: shape (predictors + 1, pairs)."""
        return np.vstack([self.tables[:, self.source * self.people + self.target], self.y])


def pairwise_of(design: Design) -> Pairwise:
    """Lay out the pairs with a value of y in rows that are known.

    Raises:
        ValueError: there are too many people for tables.
    """
    people, y = design.people, design.y
    if people > MOST:
        raise ValueError(
            f"{people} people are too many when single pairs have no value (at most {MOST:,}); "
            "fill these pairs in, or leave out whole rows"
        )
    is_there = design.known[:, None] & ~np.eye(people, dtype=bool)
    is_there[y.missing] = False
    source, target = np.nonzero(is_there)
    one, other = np.divmod(np.arange(people**2), people)
    tables = np.stack([predictor.at(one, other) for predictor in design.predictors])
    return Pairwise(people, tables, source, target, y.at(source, target))
