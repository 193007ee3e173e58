"""How far people of one group answer alike: ICC(1) and ICC(2) by one-way analysis of variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.scales.answers import Unfit, check_groups, check_size
from zwerm.analysis.scales.covariance import SMALLEST
from zwerm.analysis.scales.tails import f_tail


@dataclass(frozen=True, slots=True)
class Icc:
    """What groups have to do with the answers: of one person, and of a group's mean."""

    one: float
    """ICC(1): the part of the differences between people that lies between groups."""
    two: float | None
    """ICC(2): how far the means of groups can be told apart; None when all means are equal."""
    f: float
    """Mean square between over mean square within; infinite when nobody differs in a group."""
    p: float
    between: float
    """Mean square between groups."""
    within: float
    """Mean square within groups."""
    groups: int
    people: int
    group_size: float
    """The mean number of people of a group."""


def icc(values: npt.NDArray[np.float64], group: npt.NDArray[np.int64]) -> Icc:
    """ICC(1) and ICC(2) from the mean squares B between and W within groups of mean size k.

    ICC(1) = (B - W) / (B + (k - 1) W) and ICC(2) = (B - W) / B, with k = people / groups also
    when groups differ in size, as R `multilevel` has it. Both can be negative: then people of
    one group differ more than people of two.

    Args:
        values: shape (people,), one value for each person; who has NaN is left out.
        group: shape (people,): each one's group; who has -1 is left out.

    Raises:
        Unfit: one group only, no group with two people, everybody has the same value, a value
            is infinite, or `group` has another length.

    Source: Bliese (2000), in Klein & Kozlowski, Multilevel theory, research, and methods in
    organizations, 349-381; Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428.

    Example:
        >>> found = icc(np.array([1.0, 2.0, 4.0, 5.0]), np.array([0, 0, 1, 1]))
        >>> found.between, found.within, round(found.one, 3), round(found.two, 3)
        (9.0, 0.5, 0.895, 0.944)
    """
    values = np.asarray(values, dtype=np.float64)
    check_groups(len(values), group)
    check_size(values)
    kept = np.isfinite(values) & (group >= 0)
    known = values[kept]
    names, place = np.unique(group[kept], return_inverse=True)
    people, groups = len(known), len(names)
    if groups < 2:
        text = f"groups cannot be compared: answers come from {groups} group(s), two are needed"
        raise Unfit("one_group", text)
    if people == groups:
        text = "every group has one person with a value; some need two or more"
        raise Unfit("single_members", text)
    between, within = _mean_squares(known, place, groups)
    if between == within == 0:
        raise Unfit("same_answers", "everybody has the same value, so groups cannot differ")
    size = people / groups
    f = between / within if within else float("inf")
    return Icc(
        one=(between - within) / (between + (size - 1) * within),
        two=(between - within) / between if between else None,
        f=f,
        p=f_tail(f, groups - 1, people - groups),
        between=between,
        within=within,
        groups=groups,
        people=people,
        group_size=size,
    )


def _mean_squares(
    values: npt.NDArray[np.float64], place: npt.NDArray[np.int64], groups: int
) -> tuple[float, float]:
    """The mean squares between and within groups; what is only rounding counts as 0."""
    moved = values - values.mean()
    size = np.bincount(place, minlength=groups)
    mean = np.bincount(place, moved, minlength=groups) / size
    between = float(size @ mean**2) / (groups - 1)
    within = float(((moved - mean[place]) ** 2).sum()) / (len(values) - groups)
    smallest = SMALLEST * max(float((values**2).max()), SMALLEST)
    return (between if between > smallest else 0.0, within if within > smallest else 0.0)
