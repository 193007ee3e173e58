"""Sums over all pairs of people of two predictors without direction, in many orders at once.

Every sum runs over ordered pairs of different people. No pair is ever looked at: groups are
counted, numbers are sorted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Mask, Numbers
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import Apart, Same, Values
from zwerm.analysis.regression.falling import LEAF, falling

Groups = npt.NDArray[np.int64]


def between(moved: Same | Apart, still: Same | Apart, order: Order, known: Mask) -> Values:
    """The sum of `moved` in each order times `still`: shape (orders,).

    It runs over pairs of which the first is known. Both are the same both ways, so these are half
    of all pairs, with the pairs inside the known counted once more and those inside the others
    once less.
    """
    everybody = _within(moved, still, order, np.arange(len(order)))
    if known.all():
        return everybody
    inside, outside = (
        _within(moved, still, order[some], np.flatnonzero(some)) for some in (known, ~known)
    )
    return np.asarray((everybody + inside - outside) / 2)


def _within(moved: Same | Apart, still: Same | Apart, order: Order, here: Numbers) -> Values:
    """The sum over ordered pairs of the people `here`, in whose places `order` puts others."""
    if isinstance(still, Same):
        if isinstance(moved, Same):
            return _groups_and_groups(moved.group[order], still.group[here])
        return _numbers_in_groups(still.group[here], moved.values[order])
    if isinstance(moved, Same):
        return _groups_over_numbers(moved.group[order], still.values[here])
    return _numbers_and_numbers(moved, still.values[here], order)


def _groups_and_groups(moved: Groups, still: Groups) -> Values:
    """How many ordered pairs share a group in both: by counting who is in which two groups.

    `moved` has shape (people, orders), `still` (people,).
    """
    height, width = int(moved.max(initial=0)) + 1, int(still.max(initial=0)) + 1
    count = moved.shape[1]
    cells = moved * width + still[:, None] + np.arange(count) * (height * width)
    both = np.bincount(cells.ravel(), minlength=count * height * width)
    together = both.reshape(count, -1).astype(float)
    return np.asarray(np.einsum("bc,bc->b", together, together) - len(moved))


def _numbers_in_groups(group: Groups, values: Values) -> Values:
    """How far people lie apart within groups; `values` has shape (people, orders)."""
    total = np.zeros(values.shape[1])
    for number in np.flatnonzero(np.bincount(group) > 1):
        ordered = np.sort(values[group == number].T, axis=1)
        size = ordered.shape[1]
        total += ordered @ (4.0 * np.arange(size) - 2 * (size - 1))
    return total


def _groups_over_numbers(group: Groups, values: Values) -> Values:
    """The same when groups move and numbers stay; `group` has shape (people, orders)."""
    people, count = group.shape
    upward = np.argsort(values)
    keys = np.sort(group[upward].T * people + np.arange(people), axis=1)
    which, rank = np.divmod(keys, max(people, 1))
    many = int(group.max(initial=0)) + 1
    which += np.arange(count)[:, None] * many
    size = np.bincount(which.ravel(), minlength=count * many)
    first = np.cumsum(size) - size
    turn = np.arange(people * count).reshape(count, people) - first[which]
    return np.asarray((values[upward][rank] * (4 * turn - 2 * (size[which] - 1))).sum(axis=1))


def _numbers_and_numbers(moved: Apart, still: Values, order: Order) -> Values:
    """The sum of |a_i - a_j| |b_i - b_j|; `still` has shape (people,), `order` (people, orders).

    In the order of b, a pair of which a falls counts against the covariance; twice the sum over
    those pairs puts it right.

    Source: Huo & Szekely (2016), Technometrics 58(4), 435-447.
    """
    people, count = order.shape
    a = (moved.values - moved.values.mean())[order]
    b = still - still.mean() if people else still
    along = np.argsort(b, kind="stable")
    size = 2 * LEAF
    while size < people:
        size *= 2
    # Who is added to make halves even stands last in both: never in a pair that falls.
    ranks = np.tile(np.arange(size), (count, 1))
    ranks[:, :people] = _ranks_of(moved.values, order)[along].T
    heights = np.full((count, size), a.max(initial=0.0))
    places = np.full((count, size), b.max(initial=0.0))
    heights[:, :people], places[:, :people] = a[along].T, b[along]
    even = people * (b @ a) - b.sum() * a.sum(axis=0)
    return np.asarray(2 * even + 4 * falling(ranks, heights, places))


def _ranks_of(values: Values, order: Order) -> Groups:
    """The rank of each value within its order: shape (people, orders)."""
    if len(order) < len(values):
        return np.argsort(np.argsort(values[order], axis=0), axis=0)
    rank = np.empty(len(values), dtype=np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank[order]
