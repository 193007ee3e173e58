"""Agreement within a group: rwg and rwg(j), against answers spread evenly over the points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.scales.answers import Answers, Unfit, as_table, check_groups


@dataclass(frozen=True, slots=True)
class Agreement:
    """rwg(j) of each group of people, and their mean."""

    values: tuple[float | None, ...]
    """In the order of the group numbers; None under two people who answered every item."""
    people: tuple[int, ...]
    """How many answered every item."""
    mean: float | None
    """Over the groups that have a value, each counting the same; None without any."""


def uniform_variance(points: int) -> float:
    """The variance when every one of `points` is chosen equally often: (points^2 - 1) / 12.

    Example:
        >>> uniform_variance(5)
        2.0
    """
    if points < 2:
        raise Unfit("no_points", f"agreement needs a scale of two points or more, got {points}")
    return (points**2 - 1) / 12


def rwg(values: npt.NDArray[np.float64], points: int = 5) -> float:
    """Agreement on one item: 1 when all answer the same, 0 when no more than by spreading evenly.

    1 - variance (n - 1) / uniform variance; a larger variance counts as 0.

    Args:
        values: shape (people,), NaN where missing.
        points: how many points the scale has.

    Raises:
        Unfit: fewer than two people answered.

    Source: James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98, equation 1.

    Example:
        >>> rwg(np.array([3.0, 4.0, 3.0, 4.0])) == 1 - 1 / 3 / 2
        True
    """
    return rwgj(np.asarray(values, dtype=np.float64)[:, None], points)


def rwgj(answers: Answers, points: int = 5) -> float:
    """Agreement on the items of one scale together, over who answered all of them (listwise).

    With s the mean variance of the j items over the uniform variance, at most 1:
    j (1 - s) / (j (1 - s) + s).

    Args:
        answers: shape (people, items), keyed; NaN where missing.
        points: how many points the scale has.

    Raises:
        Unfit: no item, or fewer than two people answered all.

    Source: James, Demaree & Wolf (1984), equation 2.

    Example:
        >>> rwgj(np.array([[3.0, 4.0], [4.0, 4.0], [4.0, 5.0]])) == 2 * 5 / 6 / (2 * 5 / 6 + 1 / 6)
        True
    """
    table, null = as_table(answers), uniform_variance(points)
    items = table.shape[1]
    whole = table[np.isfinite(table).all(axis=1)]
    if not items or len(whole) < 2:
        text = f"agreement needs two people who answered every item, got {len(whole)}"
        raise Unfit("few_whole", text)
    spread = min(float(whole.var(axis=0, ddof=1).mean()) / null, 1.0)
    agreed = float(items * (1 - spread))
    return agreed / (agreed + spread)


def agreement_by_group(
    answers: Answers, group: npt.NDArray[np.int64], points: int = 5
) -> Agreement:
    """rwg(j) of each group, and the mean over the groups.

    Args:
        answers: shape (people, items), keyed; NaN where missing.
        group: shape (people,): each one's group from 0, -1 for none.
        points: how many points the scale has.

    Raises:
        Unfit: `group` has another length.

    Example:
        >>> answers = np.array([[3.0], [3.0], [1.0], [5.0], [4.0]])
        >>> agreement_by_group(answers, np.array([0, 0, 1, 1, 2])).values
        (1.0, 0.0, None)
    """
    table = as_table(answers)
    check_groups(len(table), group)
    whole = np.isfinite(table).all(axis=1)
    rows = [table[whole & (group == number)] for number in range(int(group.max(initial=-1)) + 1)]
    values = tuple(rwgj(one, points) if len(one) > 1 else None for one in rows)
    known = [one for one in values if one is not None]
    return Agreement(
        values, tuple(len(one) for one in rows), float(np.mean(known)) if known else None
    )
