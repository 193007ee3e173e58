"""QAP: whether two relations among the same people go together more than by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.design import Relation, check_people, check_respondents
from zwerm.analysis.pairwise import pairwise_of
from zwerm.analysis.permuting import (
    ROUNDING,
    Order,
    Progress,
    chance,
    check_permutations,
    in_portions,
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
from zwerm.analysis.products import Column, column_of, products_of
from zwerm.analysis.regression import COLLINEAR

Correlate = Callable[[Order], Values]

SAME = "{} is the same for every pair of people, so it goes with nothing; leave it out"


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
    known = known_of(moved) & known_of(still)
    check_respondents(known)
    look = by_pair if lacks_pairs(moved, still, known) else by_structure
    r_in, cells = look(moved, still, known)
    r = float(r_in(nobody_moves(len(known)))[0])
    found = np.concatenate(list(in_portions(r_in, known, permutations, cells, rng, progress)))
    return counted(r, found)


def lacks_pairs(moved: Predictor, still: Predictor, known: Mask) -> bool:
    """Whether single pairs have no value in rows that are known."""
    return any(bool(known[one.missing[0]].any()) for one in (moved, still) if isinstance(one, Tied))


def by_structure(moved: Predictor, still: Predictor, known: Mask) -> tuple[Correlate, int]:
    """How to find r where whole rows are missing or none: only the sum of products moves."""
    pairs = int(known.sum()) * (len(known) - 1)
    columns = [column_of(one, known) for one in (moved, still)]
    products = products_of(columns[:1], columns[1:], known)
    totals = np.array([column.margins[1].sum() for column in columns])
    spread = np.array([squares(column, known) for column in columns]) - totals**2 / pairs
    for name, column, left in zip("xy", columns, spread, strict=True):
        if left <= COLLINEAR * squares(column, known):
            raise ValueError(SAME.format(name))
    even, scale = totals.prod() / pairs, np.sqrt(spread.prod())
    return (lambda order: (products.cross(order)[0, 0] - even) / scale), products.cells


def squares(column: Column, known: Mask) -> float:
    """The sum of squares over the pairs that count."""
    if isinstance(column.predictor, Tied):
        return float((column.arcs.weights**2).sum())
    return float(products_of([column], [column], known).cross(nobody_moves(len(known)))[0, 0, 0])


def by_pair(moved: Predictor, still: Predictor, known: Mask) -> tuple[Correlate, int]:
    """How to find r where single pairs are missing: each order leaves out its own."""
    pairwise = pairwise_of([moved], still, known)
    for name, values in (("x", pairwise.columns[0]), ("y", pairwise.y)):
        if not np.nanstd(values) > 0:
            raise ValueError(SAME.format(name))
    return (lambda order: correlations(pairwise.moved(order)[0], pairwise.y)), pairwise.cells


def correlations(moved: Values, y: Values) -> Values:
    """The correlation of each column of `moved`, shape (pairs, orders), with y, where it has one.

    NaN where nothing varies.
    """
    has_both = ~np.isnan(moved)
    x = np.where(has_both, moved, 0.0)
    many = has_both.sum(axis=0)
    sum_x, sum_y = x.sum(axis=0), y @ has_both
    both = y @ x - sum_x * sum_y / many
    spread_x = (x**2).sum(axis=0) - sum_x**2 / many
    spread_y = y**2 @ has_both - sum_y**2 / many
    room = spread_x * spread_y
    return np.where(room > 0, both / np.sqrt(np.where(room > 0, room, 1.0)), np.nan)


def counted(r: float, found: Values) -> Qap:
    """An order in which nothing varies counts as extreme: it speaks for nothing."""
    slack = ROUNDING * max(abs(r), ROUNDING)
    less = (abs(found) < abs(r) - slack, found < r - slack, found > r + slack)
    both, above, below = (chance(int((~one).sum()), len(found)) for one in less)
    return Qap(r, both, above, below, len(found))
