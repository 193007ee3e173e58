"""How often people are named: a column per number of times, as high as the number of people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.pictures.lettering import width
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words

Numbers = npt.NDArray[np.int64]

HIGH = 170.0
TOP = 46.0
SIZE = 14.0


@dataclass(frozen=True, slots=True)
class Column:
    """From `low` to `high` times named, by so many people."""

    low: int
    high: int
    people: int

    @property
    def name(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def columns_of(named: Numbers, most: int = 21) -> list[Column]:
    """At most `most` columns, all equally wide.

    >>> [(one.name, one.people) for one in columns_of(np.array([0, 2, 2]))]
    [('0', 1), ('1', 0), ('2', 2)]
    """
    highest = int(named.max(initial=0))
    wide = -(-(highest + 1) // most)
    counts = np.bincount(named // wide, minlength=highest // wide + 1)
    return [
        Column(place * wide, place * wide + wide - 1, int(people))
        for place, people in enumerate(counts)
    ]


def draw_columns(named: Numbers, axis: str, people: str, words: Words) -> Picture:
    """`axis` is the word below the columns, `people` the one above them."""
    return Picture(
        _drawing(columns_of(named), axis, people, words, WIDE),
        _drawing(columns_of(named, 11), axis, people, words, NARROW),
    )


def _drawing(columns: list[Column], axis: str, people: str, words: Words, page: float) -> str:
    sheet = Sheet(page)
    pitch = min(64.0, (page - 8) / max(len(columns), 1))
    most = max((one.people for one in columns), default=1) or 1
    floor = TOP + HIGH
    sheet.text(4, SIZE, people, SIZE, "ink-soft")
    for place, one in enumerate(columns):
        middle = 4 + pitch * (place + 0.5)
        high = HIGH * one.people / most
        if one.people:
            _column(sheet, middle, pitch * 0.74, high, floor)
            sheet.text(middle, floor - high - 7, str(one.people), SIZE, "ink", "middle", 600)
    _names(sheet, columns, pitch, floor + 20)
    sheet.line(2, floor + 0.5, 6 + pitch * len(columns), floor + 0.5, stroke=colour("edge"))
    sheet.text(4, floor + 42, axis, SIZE, "ink-soft")
    sheet.grow(floor + 50)
    return sheet.svg(words)


def _column(sheet: Sheet, middle: float, thick: float, high: float, floor: float) -> None:
    sheet.add(
        "rect",
        x=middle - thick / 2,
        y=floor - high,
        width=thick,
        height=high,
        rx=min(3.0, high / 2),
        fill=colour("teal"),
    )


def _names(sheet: Sheet, columns: list[Column], pitch: float, y: float) -> None:
    """Below each column what it counts, or below every second or third where they would touch."""
    widest = max((width(one.name, SIZE) for one in columns), default=0)
    every = max(1, -(-int(widest + 8) // int(pitch)))
    for place, one in list(enumerate(columns))[::every]:
        half = width(one.name, SIZE) / 2
        x = min(max(4 + pitch * (place + 0.5), half), sheet.width - half)
        sheet.text(x, y, one.name, SIZE, "ink-soft", "middle")
