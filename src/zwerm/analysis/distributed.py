"""The profile of distributed leadership in 14 Dutch school teams, as published.

Source: De Jong e.a. (2022), thesis Utrecht, chapter 4 (facts of the published table). These were
teams of 6 to 16 people: a set to compare with, never a norm for one school.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Class = Literal["low", "middle", "high"]


@dataclass(frozen=True, slots=True)
class Team:
    """One published team."""

    name: str
    respondents: int
    members: int
    density: float
    reciprocity: float
    centralization: float
    central: int
    published: Class


TEAMS = (
    Team("A", 13, 16, 0.405, 0.456, 0.289, 1, "low"),
    Team("B", 12, 14, 0.718, 0.589, 0.166, 4, "middle"),
    Team("C", 10, 12, 0.464, 0.588, 0.273, 2, "low"),
    Team("D", 11, 12, 0.636, 0.659, 0.207, 3, "middle"),
    Team("E", 11, 12, 0.521, 0.444, 0.273, 1, "low"),
    Team("F", 11, 12, 0.678, 0.659, 0.214, 2, "middle"),
    Team("G", 9, 11, 0.611, 0.618, 0.110, 3, "middle"),
    Team("H", 10, 10, 0.800, 0.861, 0.099, 4, "high"),
    Team("I", 9, 9, 0.764, 0.800, 0.125, 1, "high"),
    Team("J", 7, 8, 0.551, 0.593, 0.265, 1, "low"),
    Team("K", 7, 8, 0.857, 0.762, 0.122, 2, "high"),
    Team("L", 7, 8, 0.857, 0.810, 0.122, 5, "high"),
    Team("M", 5, 8, 0.686, 0.417, 0.163, 1, "middle"),
    Team("N", 6, 6, 0.833, 0.800, 0.200, 3, "high"),
)
"""Reciprocity and centralization of team D fit no network of its size: not used in tests."""


def classify(
    density: npt.NDArray[np.float64],
    reciprocity: npt.NDArray[np.float64],
    centralization: npt.NDArray[np.float64],
) -> list[Class]:
    """The class of each team within the compared set: thirds of the range per measure.

    A class needs two of the three measures, otherwise it is middle. Low centralization counts
    as high (dynamic). All arrays have shape (t,).

    Example:
        >>> classify(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 0.0]))
        ['low', 'high']
    """
    measures = [thirds(density), thirds(reciprocity), thirds(-centralization)]
    return [agreed([one[team] for one in measures]) for team in range(len(density))]


def thirds(values: npt.NDArray[np.float64]) -> list[Class]:
    """In which third of the range each value lies. The cuts belong to the middle."""
    low, high = float(values.min()), float(values.max())
    first, second = low + (high - low) / 3, low + 2 * (high - low) / 3
    return ["low" if one < first else "high" if one > second else "middle" for one in values]


def agreed(words: list[Class]) -> Class:
    """The word that two of three measures share; else middle."""
    for word in ("low", "high"):
        if words.count(word) >= 2:
            return word
    return "middle"
