"""QAP: whether two relations among the same people go together more than by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.design import Relation, check_people, check_respondents
from zwerm.analysis.permuting import (
    ROUNDING,
    Order,
    Progress,
    chance,
    check_permutations,
    in_portions,
    inverse_of,
    nobody_moves,
)
from zwerm.analysis.predictors import (
    Predictor,
    Tied,
    Values,
    centred,
    check_numbers,
    known_of,
    predictor_of,
)
from zwerm.analysis.regression.algebra import COLLINEAR
from zwerm.analysis.regression.pairwise import pairwise_of
from zwerm.analysis.regression.products import Column, column_of, products_of
from zwerm.analysis.regression.rows import row_products

Correlate = Callable[[Order], Values]

SAME = "one of the two is the same for every pair of people, so it goes with nothing; leave it out"


@dataclass(frozen=True, slots=True)
class Qap:
    """The correlation of two relations over all pairs with a value of both, and its chance.

    `p` is two-sided: how often people in a random order give |r| at least as large. `p_above` and
    `p_below` count r itself: at least as high, and at most as low.
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
        y: arcs (rows of the silent are left out), a square table (NaN: no value), or a predictor.
        x: the same, about the same people in the same order.
        rng: the source of chance.
        permutations: how many random orders.
        progress: is told the share that is done.

    Raises:
        ValueError: one of the two is the same for every pair, or there are too few people.

    Source: Krackhardt (1988), Social Networks 10(4), 359-381.

    Example:
        >>> ring = np.roll(np.eye(6), 1, axis=1)
        >>> qap(ring, ring.T, rng=np.random.default_rng(1), permutations=99).r
        -0.25
    """
    check_permutations(permutations)
    relations = {"x": predictor_of(x), "y": predictor_of(y)}
    check_people(relations)
    for name, one in relations.items():
        check_numbers(name, one)
    moved, still = (centred(one)[0] for one in relations.values())
    # What is complete can move everybody; of what is not, the silent stay among themselves.
    if known_of(still).all():
        moved, still = still, moved
    alike = known_of(moved)
    check_respondents(alike & known_of(still))
    look = _by_pair if _lacks_pairs(moved) or _lacks_pairs(still) else _by_structure
    r_in, cells = look(moved, still)
    r = float(r_in(nobody_moves(len(alike)))[0])
    found = np.concatenate(list(in_portions(r_in, alike, permutations, cells, rng, progress)))
    return _counted(r, found)


def _lacks_pairs(relation: Predictor) -> bool:
    """Whether single pairs have no value."""
    return isinstance(relation, Tied) and len(relation.missing[0]) > 0


def _by_structure(moved: Predictor, still: Predictor) -> tuple[Correlate, int]:
    """How to find r where whole rows are missing or none."""
    alike = known_of(moved)
    known = alike & known_of(still)
    pairs = int(known.sum()) * (len(known) - 1)
    columns = [column_of(one, known) for one in (moved, still)]
    products = products_of(columns[:1], columns[1:], known)
    sums = [float(column.kept[0].sum()) for column in columns]
    squared = [_squares(column, known) for column in columns]
    rooms = [square - total**2 / pairs for square, total in zip(squared, sums, strict=True)]
    if min(room - COLLINEAR * square for room, square in zip(rooms, squared, strict=True)) <= 0:
        raise ValueError(SAME)
    if np.array_equal(known, alike):
        # Each order looks at the same pairs, so that only the sum of products moves.
        even, scale = sums[0] * sums[1] / pairs, np.sqrt(rooms[0] * rooms[1])
        return (lambda order: (products.cross(order)[0, 0] - even) / scale), products.cells
    rows = np.stack([columns[0].margins[0], row_products([moved])[0, 0]])

    def look(order: Order) -> Values:
        total, square = rows @ known[inverse_of(order)].astype(float)
        both = products.cross(order)[0, 0] - total * sums[1] / pairs
        return _ratio(both, (square - total**2 / pairs) * rooms[1], square * squared[1])

    return look, products.cells


def _ratio(both: Values, room: Values, whole: Values | float) -> Values:
    """A correlation from sums; NaN where nothing varies."""
    varies = room > COLLINEAR * whole
    return np.where(varies, both / np.sqrt(np.where(varies, room, 1.0)), np.nan)


def _squares(column: Column, known: Mask) -> float:
    """The sum of squares over the pairs that count."""
    if isinstance(column.predictor, Tied):
        return float((column.arcs.weights[0] ** 2) @ known[column.arcs.source])
    return float(products_of([column], [column], known).cross(nobody_moves(len(known)))[0, 0, 0])


def _by_pair(moved: Predictor, still: Predictor) -> tuple[Correlate, int]:
    """How to find r where single pairs are missing: each order leaves out its own."""
    pairwise = pairwise_of([moved], still, known_of(moved) & known_of(still))
    found = _correlations(pairwise.columns[:1].T, pairwise.y)
    if np.isnan(found).any():
        raise ValueError(SAME)
    return (lambda order: _correlations(pairwise.moved(order)[0], pairwise.y)), pairwise.cells


def _correlations(moved: Values, y: Values) -> Values:
    """The correlation of each column of `moved`, shape (pairs, orders), with y, where it has one.

    NaN where nothing varies.
    """
    has_both = ~np.isnan(moved)
    x, many = np.where(has_both, moved, 0.0), np.maximum(has_both.sum(axis=0), 1)
    sum_x, sum_y = x.sum(axis=0), y @ has_both
    square_x, square_y = (x**2).sum(axis=0), y**2 @ has_both
    room = (square_x - sum_x**2 / many) * (square_y - sum_y**2 / many)
    return _ratio(y @ x - sum_x * sum_y / many, room, square_x * square_y)


def _counted(r: float, found: Values) -> Qap:
    """An order in which nothing varies counts as extreme: it speaks for nothing."""
    slack = ROUNDING * max(abs(r), ROUNDING)
    less = (abs(found) < abs(r) - slack, found < r - slack, found > r + slack)
    both, above, below = (chance(int((~one).sum()), len(found)) for one in less)
    return Qap(r, both, above, below, len(found))
