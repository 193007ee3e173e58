"""Sums over all pairs of people of two predictors without direction, in many orders at once.

`order` has shape (people, orders); `order[i]` takes the place of i. Every sum runs over ordered
pairs of different people. No pair is ever looked at: groups are counted, numbers are sorted.
"""

from __future__ import annotations

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.falling import LEAF, falling
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import Apart, Same, Values, same


def between_rows(
    moved: Same | Apart, still: Same | Apart, order: Order, inverse: Order, known: Mask
) -> Values:
    """The same over the pairs whose first is known: shape (orders,).

    Both are the same both ways. So these are half of all pairs, with the pairs inside the known
    counted once more and those inside the others once less.
    """
    everybody = between(moved, still, order, inverse)
    if known.all():
        return everybody
    inside, outside = (
        between(
            among(moved, some), among(still, some), place_in(order, some), place_in(inverse, some)
        )
        for some in (known, ~known)
    )
    return np.asarray((everybody + inside - outside) / 2)


def among(predictor: Same | Apart, some: Mask) -> Same | Apart:
    if isinstance(predictor, Same):
        return same(predictor.group[some])
    return Apart(predictor.values[some])


def place_in(order: Order, some: Mask) -> Order:
    """An order in which only `some` people change places, among themselves."""
    return (np.cumsum(some) - 1)[order[some]].astype(np.int32)


def between(moved: Same | Apart, still: Same | Apart, order: Order, inverse: Order) -> Values:
    """The sum of `moved` in each order times `still`: shape (orders,)."""
    if isinstance(moved, Same):
        if isinstance(still, Same):
            return groups_and_groups(moved, still, order)
        return numbers_in_groups(moved, still.values[inverse])
    if isinstance(still, Same):
        return numbers_in_groups(still, moved.values[order])
    return numbers_and_numbers(moved, still, order)


def groups_and_groups(moved: Same, still: Same, order: Order) -> Values:
    """How many ordered pairs share a group in both: by counting who is in which two groups."""
    height, width = int(moved.group.max()) + 1, int(still.group.max()) + 1
    count = order.shape[1]
    cells = moved.group[order] * width + still.group[:, None] + np.arange(count) * (height * width)
    both = np.bincount(cells.ravel(), minlength=count * height * width)
    together = both.reshape(count, -1).astype(float)
    return np.asarray(np.einsum("bc,bc->b", together, together) - len(order))


def numbers_in_groups(groups: Same, values: Values) -> Values:
    """How far people lie apart within their groups; `values` of shape (people, orders)."""
    total = np.zeros(values.shape[1])
    for number in np.flatnonzero(np.bincount(groups.group) > 1):
        ordered = np.sort(values[groups.group == number].T, axis=1)
        size = ordered.shape[1]
        total += ordered @ (4.0 * np.arange(size) - 2 * (size - 1))
    return total


def numbers_and_numbers(moved: Apart, still: Apart, order: Order) -> Values:
    """The sum of |a_i - a_j| |b_i - b_j|, without looking at pairs.

    In the order of b, a pair of which a falls counts against the covariance; twice the sum over
    those pairs puts it right.

    Source: Huo & Szekely (2016), Technometrics 58(4), 435-447.
    """
    people, count = order.shape
    a, b = moved.values - moved.values.mean(), still.values - still.values.mean()
    along, upward = np.argsort(b, kind="stable"), np.argsort(a, kind="stable")
    rank = np.empty(people, dtype=np.int64)
    rank[upward] = np.arange(people)
    size = 2 * LEAF
    while size < people:
        size *= 2
    # Who is added to make halves even stands last in both: never in a pair that falls.
    ranks = np.tile(np.arange(size), (count, 1))
    ranks[:, :people] = rank[order[along]].T
    heights, places = np.full(size, a.max()), np.full(size, b.max())
    heights[:people], places[:people] = a[upward], b[along]
    even = people * (b @ a[order])
    return np.asarray(2 * even + 4 * falling(ranks, heights, np.tile(places, (count, 1))))
