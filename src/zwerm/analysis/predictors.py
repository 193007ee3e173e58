"""What may lie behind a tie between two people, kept by its structure and never as a table.

Each is a number for every ordered pair of different people, `at(one, other)`: who asks and who is
asked. One number a person (`Ends`), one group (`Same`), one difference (`Apart`), or a list of
arcs that differ from the rest (`Tied`) say it all, so that two thousand people need no table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Numbers
from zwerm.analysis.largest import LARGEST

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]

NO_GROUP = -1


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """A number of who asks plus a number of who is asked; both of shape (people,)."""

    sender: Values
    receiver: Values

    @property
    def people(self) -> int:
        return len(self.sender)

    def at(self, one: Places, other: Places) -> Values:
        """The value of each pair; `one` and `other` of equal shape."""
        values: Values = self.sender[one] + self.receiver[other]
        return values


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """1 when both are in the same group; shape (people,), groups numbered from 0 without gaps.

    Who has no group is alone in one.
    """

    group: Numbers

    @property
    def people(self) -> int:
        return len(self.group)

    def at(self, one: Places, other: Places) -> Values:
        """The value of each pair; `one` and `other` of equal shape."""
        is_shared: Mask = self.group[one] == self.group[other]
        return is_shared.astype(float)


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """How far the numbers of two people lie apart; `values` of shape (people,)."""

    values: Values

    @property
    def people(self) -> int:
        return len(self.values)

    def at(self, one: Places, other: Places) -> Values:
        """The value of each pair; `one` and `other` of equal shape."""
        return np.abs(self.values[one] - self.values[other])


@dataclass(frozen=True, slots=True, eq=False)
class Tied:
    """Arcs with a value, without loops or repeats; every other pair has the value `rest`.

    `extra` is what an arc has more than the rest. `known` has shape (people,): whose rows are
    there. `missing` lists further pairs without a value, as two arrays of equal length.
    """

    people: int
    source: Numbers
    target: Numbers
    extra: Values
    known: Mask
    rest: float = 0.0
    missing: tuple[Numbers, Numbers] = field(
        default_factory=lambda: (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    )

    def at(self, one: Places, other: Places) -> Values:
        """The value of each pair; `one` and `other` of equal shape."""
        keys = self.source * self.people + self.target
        order = np.argsort(keys)
        asked = np.asarray(one, dtype=np.int64) * self.people + other
        place = np.searchsorted(keys, asked, sorter=order)
        found = np.append(order, 0)[place]
        if not len(keys):
            return np.full(asked.shape, self.rest)
        return self.rest + np.where(keys[found] == asked, self.extra[found], 0.0)


Predictor = Ends | Same | Apart | Tied


def receiver(values: npt.ArrayLike) -> Ends:
    """What somebody has who is asked: the value of i -> j is `values[j]`.

    Example:
        >>> receiver([5, 7]).at(np.array([0]), np.array([1]))
        array([7.])
    """
    numbers = np.asarray(values, dtype=float)
    return Ends(np.zeros(len(numbers)), numbers)


def sender(values: npt.ArrayLike) -> Ends:
    """What somebody has who asks: the value of i -> j is `values[i]`."""
    numbers = np.asarray(values, dtype=float)
    return Ends(numbers, np.zeros(len(numbers)))


def same(group: npt.NDArray[np.int64]) -> Same:
    """1 for two people of one group, else 0. Who has no group (-1) shares it with nobody.

    Example:
        >>> same(np.array([7, -1, 7, -1])).group
        array([0, 1, 0, 2])
    """
    numbers = np.array(group, dtype=np.int64)
    alone = np.flatnonzero(numbers == NO_GROUP)
    numbers[alone] = numbers.max(initial=0) + 1 + np.arange(len(alone))
    return Same(np.unique(numbers, return_inverse=True)[1])


def absdiff(values: npt.ArrayLike) -> Apart:
    """|values[i] - values[j]|."""
    return Apart(np.asarray(values, dtype=float))


def tied(
    people: int, source: Numbers, target: Numbers, values: npt.ArrayLike | None = None
) -> Tied:
    """Arcs with a value, 1 when none is given; every other pair has 0.

    Raises:
        ValueError: the lists differ in length, name a stranger, or hold a loop or a pair twice.
    """
    extra = np.ones(len(source)) if values is None else np.asarray(values, dtype=float)
    if not len(source) == len(target) == len(extra):
        raise ValueError(
            f"source, target and values must match, got {len(source)}, {len(target)}, {len(extra)}"
        )
    _check_ends(people, source, target)
    # Where every pair has a value, sums stay exact only around the middle of them.
    rest = float(np.median(extra)) if 0 < len(extra) == people * (people - 1) else 0.0
    return Tied(people, source, target, extra - rest, np.ones(people, dtype=bool), rest)


def _check_ends(people: int, source: Numbers, target: Numbers) -> None:
    ends = np.concatenate([source, target])
    if ends.size and not 0 <= ends.min() <= ends.max() < people:
        raise ValueError(f"an arc names somebody outside the {people} people")
    if loops := int((source == target).sum()):
        raise ValueError(f"{loops} arcs run from somebody to the same person; leave them out")
    twice = len(source) - len(np.unique(source * people + target))
    if twice:
        raise ValueError(f"{twice} arcs stand there twice; add them up or leave one out")


def predictor_of(x: Predictor | Arcs | npt.NDArray[Any]) -> Predictor:
    """A structured form of arcs or of a square table, NaN where a pair has no value.

    The diagonal of a table means nothing and is left out.

    Raises:
        ValueError: a table is not square, or is empty.
    """
    if isinstance(x, Arcs):
        return Tied(x.people, x.source, x.target, np.ones(len(x)), x.respondents)
    if isinstance(x, Ends | Same | Apart | Tied):
        return x
    table = np.asarray(x, dtype=float)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise ValueError(f"a table of pairs must be square, got shape {table.shape}")
    return tied_of(table)


def tied_of(table: Values) -> Tied:
    """The pairs of a table that differ from its middle value, which most often is 0."""
    is_there: Mask = ~np.isnan(table)
    np.fill_diagonal(is_there, False)
    known: Mask = np.asarray(is_there.any(axis=1))
    rest = float(np.median(table[is_there])) if known.any() else 0.0
    source, target = np.nonzero(is_there & (table != rest))
    extra = table[source, target] - rest
    one, other = np.nonzero(known[:, None] & ~is_there)
    missing = (one[one != other], other[one != other])
    return Tied(len(table), source, target, extra, known, rest, missing)


def known_of(predictor: Predictor) -> Mask:
    """Whose rows are there: shape (people,)."""
    if isinstance(predictor, Tied):
        return predictor.known
    return np.ones(predictor.people, dtype=bool)


def check_numbers(name: str, predictor: Predictor) -> None:
    """Every person and every arc has a number, and none is too large or too small to compute with.

    Raises:
        ValueError: says how many have none, or an infinite one, and who is the first; or the
            number that is too large, or the largest when all are too small.
    """
    if isinstance(predictor, Same):
        return
    numbers = _numbers_of(predictor)
    lacking = np.flatnonzero(~np.isfinite(numbers).all(axis=0))
    if len(lacking):
        who = "arcs" if isinstance(predictor, Tied) else "people"
        raise ValueError(
            f"{name} has no number for {len(lacking)} {who}, the first at place {lacking[0]}; fill "
            "it in, or leave them out"
        )
    largest = float(np.abs(numbers).max(initial=0.0))
    if largest and not 1 / LARGEST <= largest <= LARGEST:
        raise ValueError(
            f"the largest number of {name} is {largest:g}; take another unit, so that it lies "
            f"between {1 / LARGEST:g} and {LARGEST:g}"
        )


def _numbers_of(predictor: Ends | Apart | Tied) -> Values:
    """All that it holds, a column for each person or arc."""
    if isinstance(predictor, Tied):
        return np.stack([predictor.extra, np.full(len(predictor.extra), predictor.rest)])
    if isinstance(predictor, Ends):
        return np.stack([predictor.sender, predictor.receiver])
    return predictor.values[None]


def centred(predictor: Predictor) -> tuple[Predictor, float]:
    """The same predictor around its middle, and how much was taken away."""
    if isinstance(predictor, Tied):
        return replace(predictor, rest=0.0), predictor.rest
    if isinstance(predictor, Ends):
        down, across = float(predictor.sender.mean()), float(predictor.receiver.mean())
        return Ends(predictor.sender - down, predictor.receiver - across), down + across
    return predictor, 0.0
