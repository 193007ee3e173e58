"""The words for what may lie behind a tie: from a term as it is written to a predictor.

| term | value of the arc from i to j |
| --- | --- |
| `receiver(COLUMN)`, `sender(COLUMN)` | the number of j, of i |
| `receiver(COLUMN=VALUE)`, `sender(COLUMN=VALUE)` | 1 when j, or i, has this word; empty: 0 |
| `same(COLUMN)` | 1 when both have the same word; an empty cell is like nobody's |
| `absdiff(COLUMN)` | how far their two numbers lie apart |
| `dyad(NAME)` | the value of the pair in a column of dyads.csv, 0 when the pair is not there |
| `tie(RELATION)` | the value of the arc in another relation, 0 without one |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs
from zwerm.analysis.predictors import (
    NO_GROUP,
    Predictor,
    Tied,
    Values,
    absdiff,
    predictor_of,
    receiver,
    same,
    sender,
)

Kind = Literal["receiver", "sender", "same", "absdiff", "dyad", "tie"]
KINDS: tuple[Kind, ...] = get_args(Kind)

SHAPE = re.compile(r"(?P<kind>[a-z]+)\s*\(\s*(?P<inside>.+?)\s*\)")
BETWEEN = re.compile(r"\+(?=\s*[a-z]+\s*\()")
SHOWN = 9
"""How many words a message names."""
WITH_VALUE = ("receiver", "sender")


@dataclass(frozen=True, slots=True)
class Wording:
    """A term taken apart: `receiver(post=leader)` is receiver, post, leader."""

    text: str
    kind: Kind
    column: str
    value: str | None = None


class Columns(Protocol):
    """What is known of the people of one network, by the names that a term may use.

    Each method raises an error of its own when there is no such column.
    """

    def numbers(self, column: str) -> Values:
        """Shape (people,), NaN where the cell is empty."""
        ...

    def words(self, column: str) -> Sequence[str]:
        """One word a person, "" where the cell is empty."""
        ...

    def dyads(self, name: str) -> Tied:
        """The pairs of a column of dyads.csv, both ways."""
        ...

    def ties(self, relation: str) -> Arcs | Tied:
        """The arcs of another relation, with who answered."""
        ...


def parse(text: str) -> Wording:
    """Take one term apart.

    Raises:
        ValueError: it is none of the terms; says which there are.

    Example:
        >>> parse("receiver(post = leader)")
        Wording(text='receiver(post = leader)', kind='receiver', column='post', value='leader')
    """
    text = text.strip()
    found = SHAPE.fullmatch(text)
    kind = next((kind for kind in KINDS if found and kind == found["kind"]), None)
    if found is None or kind is None:
        known = ", ".join(f"{kind}(...)" for kind in KINDS)
        raise ValueError(f"{text!r} is not a term; a term is one of {known}, such as same(team)")
    if kind not in WITH_VALUE:
        return Wording(text, kind, found["inside"])
    column, is_asked, value = map(str.strip, found["inside"].partition("="))
    return Wording(text, kind, column, value if is_asked else None)


def parse_sum(text: str) -> tuple[Wording, ...]:
    """Take apart terms with plus signs between them; no term may be there twice.

    Raises:
        ValueError: one of them is not a term, or is there twice.

    Example:
        >>> [one.text for one in parse_sum("same(team) + tie(friendship)")]
        ['same(team)', 'tie(friendship)']
    """
    found = tuple(parse(part) for part in BETWEEN.split(text))
    texts = [one.text for one in found]
    for one in texts:
        if texts.count(one) > 1:
            raise ValueError(f"{one!r} stands there twice; once is enough")
    return found


def predictor_from(wording: Wording, columns: Columns) -> Predictor:
    """The predictor that a term asks for, from what is known of the people."""
    match wording.kind:
        case "receiver":
            return receiver(_of_person(wording, columns))
        case "sender":
            return sender(_of_person(wording, columns))
        case "same":
            return same(_groups_of(columns.words(wording.column)))
        case "absdiff":
            return absdiff(columns.numbers(wording.column))
        case "dyad":
            return columns.dyads(wording.column)
        case _:
            return predictor_of(columns.ties(wording.column))


def _of_person(wording: Wording, columns: Columns) -> Values:
    """Each one's number; 1 or 0 when the term asks for one word of a column."""
    if wording.value is None:
        return columns.numbers(wording.column)
    words = columns.words(wording.column)
    if wording.value not in words:
        there = ", ".join(repr(word) for word in list(dict.fromkeys(filter(None, words)))[:SHOWN])
        raise ValueError(
            f"{wording.text}: nobody has {wording.value!r} in {wording.column}; there is {there}"
        )
    return np.array([word == wording.value for word in words], dtype=float)


def _groups_of(words: Sequence[str]) -> npt.NDArray[np.int64]:
    """The number of each one's word, in order of appearance; -1 for an empty one.

    >>> _groups_of(["b", "", "a", "b"]).tolist()
    [0, -1, 1, 0]
    """
    numbers = {word: place for place, word in enumerate(dict.fromkeys(filter(None, words)))}
    return np.array([numbers.get(word, NO_GROUP) for word in words], dtype=np.int64)
