"""Pairs that fall: sums over all pairs in the wrong order, without looking at each of them.

Ranks are halved, again and again, and the order of places is kept within each half. Whoever of the
upper half stands before one of the lower half makes a pair with a falling rank; running sums
give what all of them add up to. Where halves have become short, pairs are looked at one by one.

Source: counting inversions while merging, Knuth (1998), The Art of Computer Programming 3, 5.1.1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.predictors import Values

Ranks = npt.NDArray[np.int64]

LEAF = 16
"""Halves shorter than this are quicker one by one."""


def falling(ranks: Ranks, heights: Values, places: Values) -> Values:
    """The sum over pairs with a falling rank of (a_i - a_j)(b_j - b_i): shape (orders,).

    Args:
        ranks: shape (orders, size), each row an order of 0 .. size - 1; size is a power of two.
        heights: shape (orders, size), a, whose ranks these are.
        places: shape (orders, size), b, upwards.

    Example:
        >>> ranks = np.arange(32)[None, [1, 0, *range(2, 32)]]
        >>> falling(ranks, ranks.astype(float), np.arange(0, 64.0, 2)[None])
        array([2.])
    """
    count, size = ranks.shape
    total = np.zeros(count)
    rank, height, place, half = ranks.ravel(), heights.ravel(), places.ravel(), size // 2
    while half >= LEAF:
        is_upper = (rank & half) != 0
        lower, upper = np.flatnonzero(~is_upper), np.flatnonzero(is_upper)
        low, up, after, before = height[lower], height[upper], place[lower], place[upper]
        total += _falls(low, after, up, before, lower, half).reshape(count, -1).sum(axis=1)
        rank = _beside(rank[lower], rank[upper], half)
        height, place = _beside(low, up, half), _beside(after, before, half)
        half //= 2
    stretches = (-1, 2 * half)
    rest = _one_by_one(height.reshape(stretches), place.reshape(stretches))
    return np.asarray(total + rest.reshape(count, -1).sum(axis=1))


def _falls(
    low: Values, after: Values, up: Values, before: Values, lower: Ranks, half: int
) -> Values:
    """What each of the lower half makes with those of the upper half that stand before it.

    `low` and `after` are a and b of the lower half, `up` and `before` those of the upper half;
    `lower` says where the lower half stands.
    """
    turn = np.arange(len(low))
    start = turn // half * half
    end = lower - turn
    sum_up, sum_before, sum_both = (_stretch(one, start, end) for one in (up, before, up * before))
    return sum_up * after - sum_both + low * (sum_before - after * (end - start))


def _stretch(values: Values, start: Ranks, end: Ranks) -> Values:
    """Sums of `values` from each start to its end."""
    running = np.zeros(len(values) + 1)
    np.cumsum(values, out=running[1:])
    return np.asarray(running[end] - running[start])


def _beside(lower: npt.NDArray[Any], upper: npt.NDArray[Any], half: int) -> npt.NDArray[Any]:
    """The lower and the upper half of each stretch beside each other."""
    shape = (-1, 1, half)
    return np.concatenate([lower.reshape(shape), upper.reshape(shape)], axis=1).ravel()


def _one_by_one(a: Values, b: Values) -> Values:
    """The same for short stretches, shape (stretches, size): pair by pair."""
    heights, places = np.ascontiguousarray(a.T), np.ascontiguousarray(b.T)
    total = np.zeros(len(a))
    for first in range(len(heights) - 1):
        down = np.maximum(heights[first] - heights[first + 1 :], 0)
        total += np.einsum("ij,ij->j", down, places[first + 1 :] - places[first])
    return total
