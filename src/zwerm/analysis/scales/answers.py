"""Answers to the items of one scale: keys, a value for each person, and what was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.largest import LARGEST

Answers = npt.NDArray[np.float64]
"""Shape (people, items); NaN where somebody did not answer."""

MOST_POINTS = 101


class Unfit(ValueError):
    """The answers do not allow a figure. The text says why and what to try.

    `reason` is one word for who says it in another language; `items` are the items it is about.
    """

    def __init__(self, reason: str, text: str, items: tuple[int, ...] = ()) -> None:
        super().__init__(text)
        self.reason = reason
        self.items = items


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it was answered, after its key."""

    answered: int
    missing: int
    mean: float | None
    """None when nobody answered."""
    sd: float | None
    """With n - 1; None when fewer than two answered."""
    counts: tuple[int, ...] | None
    """How many chose each point, from the lowest; None when somebody answered between points."""


@dataclass(frozen=True, slots=True)
class Described:
    """One scale as it was answered: people with a value, their mean, and each item."""

    people: int
    answered: int
    """People with a value: they answered enough of the items."""
    missing: int
    mean: float | None
    sd: float | None
    items: tuple[Item, ...]


def keyed(
    answers: Answers, *, lowest: float = 1, highest: float = 5, reverse: Collection[int] = ()
) -> Answers:
    """The answers with every reversed item turned: lowest + highest - answer.

    Args:
        answers: shape (people, items), NaN where missing.
        lowest: the lowest point of the scale; minus infinity when it has none.
        highest: the highest point; infinity when it has none.
        reverse: which items are reversed, from 0.

    Raises:
        Unfit: the points are no scale, an answer lies outside it, or there is no such item.

    Example:
        >>> keyed(np.array([[1.0, 2.0]]), reverse=[1])
        array([[1., 4.]])
    """
    table = as_table(answers)
    if not lowest < highest or (reverse and not np.isfinite(highest - lowest)):
        text = f"a scale runs from a lower to a higher point, got {lowest:g} to {highest:g}"
        hint = "; without ends nothing can be reversed" if reverse else ""
        raise Unfit("no_points", text + hint)
    if unknown := sorted(set(reverse) - set(range(table.shape[1]))):
        text = f"there is no item {unknown[0]} to reverse: items run from 0 to {table.shape[1] - 1}"
        raise Unfit("no_item", text, tuple(unknown))
    is_outside = (table < lowest) | (table > highest)
    if is_outside.any():
        person, item = (int(one) for one in np.argwhere(is_outside)[0])
        raise Unfit(
            "outside",
            f"person {person}, item {item}: {table[person, item]:g} lies outside the scale of "
            f"{lowest:g} to {highest:g}; correct it, or make it missing",
            (item,),
        )
    turned = table.copy()
    places = list(reverse)
    turned[:, places] = lowest + highest - turned[:, places]
    return turned


def as_table(answers: Answers) -> Answers:
    """The same as numbers, refused when it is not people by items or a number is too large."""
    table = np.asarray(answers, dtype=np.float64)
    if table.ndim != 2:
        text = f"answers are a table of people by items, got {table.ndim} dimension(s)"
        raise Unfit("no_table", text)
    check_size(table)
    return table


def check_size(answers: Answers) -> None:
    """No answer is infinite, or too large to compute with."""
    if (np.abs(answers) > LARGEST).any():
        text = f"an answer is infinite, or larger than {LARGEST:g}"
        raise Unfit("outside", f"{text}; correct it, or make it missing")


def check_groups(people: int, group: npt.NDArray[np.int64]) -> None:
    """There is a group, or -1, for everybody."""
    if group.shape != (people,):
        text = f"group must have shape ({people},), got {group.shape}: one for each of the people"
        raise Unfit("no_table", text)


def enough_of(items: int) -> int:
    """How many of the items somebody must answer for a value: two of three, else three quarters.

    Example:
        >>> [enough_of(items) for items in (1, 2, 3, 4, 5, 8)]
        [1, 2, 2, 3, 4, 6]
    """
    return 2 if items == 3 else -(-3 * items // 4)


def person_values(answers: Answers, enough: int | None = None) -> npt.NDArray[np.float64]:
    """Each person's mean over the items answered: shape (people,), NaN under `enough` items.

    Example:
        >>> person_values(np.array([[1.0, 2.0, np.nan], [1.0, np.nan, np.nan]]))
        array([1.5, nan])
    """
    table = as_table(answers)
    needed = enough_of(table.shape[1]) if enough is None else enough
    if not 1 <= needed <= table.shape[1]:
        text = f"a value needs from 1 to {table.shape[1]} answers, not {needed}"
        raise Unfit("few_items", text)
    answered = np.isfinite(table)
    number = answered.sum(axis=1)
    total = np.where(answered, table, 0.0).sum(axis=1)
    return np.where(number >= needed, total / np.maximum(number, 1), np.nan)


def describe(
    answers: Answers, *, lowest: float = 1, highest: float = 5, enough: int | None = None
) -> Described:
    """How many answered, their mean and spread, and how often each point was chosen.

    Args:
        answers: shape (people, items) after `keyed`, NaN where missing.
        lowest: the lowest point; counts run from it in steps of one.
        highest: the highest point. Points are counted up to `MOST_POINTS` of them.
        enough: answers that somebody needs for a value; `enough_of` when not given.
    """
    table = as_table(answers)
    values = person_values(table, enough)
    known = values[np.isfinite(values)]
    items = tuple(_item_of(column, lowest, highest) for column in table.T)
    mean, sd = _mean_and_sd(known)
    return Described(len(table), len(known), len(table) - len(known), mean, sd, items)


def _item_of(column: npt.NDArray[np.float64], lowest: float, highest: float) -> Item:
    known = column[np.isfinite(column)]
    counts = _counts(known - lowest, highest - lowest + 1)
    return Item(len(known), len(column) - len(known), *_mean_and_sd(known), counts)


def _counts(place: npt.NDArray[np.float64], points: float) -> tuple[int, ...] | None:
    """How often each point was chosen; None when these are no countable points."""
    if points > MOST_POINTS or points % 1 or (place % 1).any():
        return None
    return tuple(np.bincount(place.astype(np.int64), minlength=int(points)).tolist())


def _mean_and_sd(values: npt.NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Mean and standard deviation (n - 1); None where there are too few values for one."""
    mean = float(values.mean()) if len(values) else None
    return mean, float(values.std(ddof=1)) if len(values) > 1 else None
