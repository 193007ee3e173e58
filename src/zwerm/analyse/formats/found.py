"""What any file may hold: ties, perhaps people, and whether its ties have a direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zwerm.analyse.reading import Row, Table
from zwerm.analyse.words import Fault

MOST_PEOPLE = 200_000
"""A file that announces more is refused before any room is made for them."""


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of one file. `is_undirected` is None where the file does not say."""

    ties: Table
    people: Table | None = None
    dyads: Table | None = None
    is_undirected: bool | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie and the line on which it stands; `is_both` when the file gives it no direction."""

    line: int
    source: str
    target: str
    value: str = "1"
    relation: str = ""
    is_both: bool = False


def found_of(name: str, people: Sequence[Row], ties: Sequence[Tie]) -> Found:
    """Tables of people (a cell each, their id) and ties, as if they had been two CSV files."""
    is_undirected = bool(ties) and all(tie.is_both for tie in ties)
    several = len({tie.relation for tie in ties}) > 1
    headings = ("source", "target", "value", *(["relation"] if several else []))
    rows = [row for tie in ties for row in rows_of(tie, several, is_undirected)]
    return Found(
        Table(name, headings, rows),
        Table(name, ("id",), list(people)),
        is_undirected=is_undirected,
    )


def rows_of(tie: Tie, several: bool, is_undirected: bool) -> Iterator[Row]:
    """A tie without direction among ties that have one runs both ways."""
    rest = (tie.value, *([tie.relation] if several else []))
    yield Row(tie.line, (tie.source, tie.target, *rest))
    if tie.is_both and not is_undirected and tie.source != tie.target:
        yield Row(tie.line, (tie.target, tie.source, *rest))


def people_in(name: str, line: int, word: str, least: int = 0) -> int:
    """How many people a file announces.

    Raises:
        Fault: that is no number, or more than any file could hold.
    """
    if not word.isdecimal() or not least <= int(word[:9]) or len(word) > 9:
        raise Fault("not_a_count", file=name, row=line, found=word)
    if int(word) > MOST_PEOPLE:
        raise Fault("too_many_people", file=name, row=line, found=word, most=MOST_PEOPLE)
    return int(word)


def person_in(name: str, line: int, column: str, word: str, ids: Sequence[str]) -> str:
    """The id of a person whom the file gives by number, from 1.

    Raises:
        Fault: there is no such number.
    """
    number = int(word) if word.isdecimal() and len(word) < 9 else 0
    if not 1 <= number <= len(ids):
        raise Fault(
            "no_such_number", file=name, row=line, column=column, found=word, people=len(ids)
        )
    return ids[number - 1]


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, without the spaces around it."""
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))


def is_zero(word: str) -> bool:
    """Whether a cell of a matrix says that there is no tie.

    >>> is_zero("0"), is_zero("0.0"), is_zero("1"), is_zero("x")
    (True, True, False, False)
    """
    try:
        return float(word) == 0
    except ValueError:
        return False
