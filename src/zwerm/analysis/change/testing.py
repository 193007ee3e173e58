"""Which of several differences are larger than swaps make them, at one error for all together.

Source: Westfall & Young (1993), Resampling-Based Multiple Testing, algorithm 2.8 (step-down
max-T); docs/methods/change.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Name = TypeVar("Name", bound=str)
Values = npt.NDArray[np.float64]

NEARLY = 1e-9
"""Swaps that give the same difference may differ in its last digits."""


def spread_of(differences: Values) -> float:
    """The standard deviation of a difference without change, from differences of shape (k,).

    Exchanging everybody turns a difference round, so without change its mean is zero. What was
    seen (the first) is one of the ways to exchange, and counts.
    """
    return float(np.sqrt(np.mean(np.nan_to_num(differences) ** 2)))


def studentised(differences: Values) -> Values:
    """Differences in units of their own spread, 0 when nothing differs; shape (k,)."""
    spread = spread_of(differences)
    return np.nan_to_num(differences) / spread if spread else np.zeros(len(differences))


def p_of(statistic: Values) -> float:
    """The share of `statistic`, shape (k,), at least as large as the first, which was seen.

    With the seen one among them this is (1 + extreme) / (1 + swaps).
    """
    return float(np.mean(statistic >= statistic[0] - NEARLY))


def step_down(statistics: Mapping[Name, Values]) -> dict[Name, float]:
    """A p-value for each statistic, such that all together err as often as one would.

    The largest is compared with the largest of all under each swap, the next with the largest of
    the rest, and none is said to be surer than the one before it.

    Args:
        statistics: each of shape (k,), larger is more extreme, the first is what was seen.

    Example:
        >>> one, other = np.array([3.0, 1, 2, 0]), np.array([1.0, 2, 0, 0])
        >>> step_down({"one": one, "other": other})
        {'one': 0.25, 'other': 0.5}
    """
    order = sorted(statistics, key=lambda name: -statistics[name][0])
    found: dict[Name, float] = {}
    surest = 0.0
    for place, name in enumerate(order):
        largest = np.max([statistics[other] for other in order[place:]], axis=0)
        largest[0] = statistics[name][0]
        surest = found[name] = max(surest, p_of(largest))
    return {name: found[name] for name in statistics}
