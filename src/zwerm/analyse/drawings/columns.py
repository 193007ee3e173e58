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
TOP = 26.0
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
    """`axis` is the word below the columns, `people` the one above the highest."""
    return Picture(
        _drawing(columns_of(named), axis, people, words, WIDE),
        _drawing(columns_of(named, 11), axis, people, words, NARROW),
    )


def _drawing(columns: list[Column], axis: str, people: str, words: Words, page: float) -> str:
    sheet = Sheet(page)
    pitch = min(64.0, (page - 8) / max(len(columns), 1))
    most = max((one.people for one in columns), default=1) or 1
    floor = TOP + HIGH
    for place, one in enumerate(columns):
        middle = 4 + pitch * (place + 0.5)
        high = HIGH * one.people / most
        if one.people:
            thick = pitch * 0.74
            sheet.add(
                "rect",
                x=middle - thick / 2,
                y=floor - high,
                width=thick,
                height=high,
                rx=min(3.0, high / 2),
                fill=colour("teal"),
            )
            _count(sheet, one, middle, floor - high - 7, pitch, people if high == HIGH else "")
        if width(one.name, SIZE) <= pitch - 2 or place % 2 == 0:
            sheet.text(middle, floor + 20, one.name, SIZE, "ink-soft", "middle")
    sheet.line(2, floor + 0.5, 6 + pitch * len(columns), floor + 0.5, stroke=colour("edge"))
    sheet.text(4, floor + 42, axis, SIZE, "ink-soft")
    sheet.grow(floor + 50)
    return sheet.svg(words)


def _count(sheet: Sheet, one: Column, middle: float, y: float, pitch: float, word: str) -> None:
    """The number above its column; the highest also says what is counted, where that fits."""
    written = str(one.people)
    said = f"{written} {word}".strip()
    half = width(said, SIZE) / 2
    if word and middle - half >= 0 and middle + half <= sheet.width and half <= pitch * 0.95:
        written = said
    if width(written, SIZE) <= pitch * 2:
        sheet.text(middle, y, written, SIZE, "ink", "middle", 600)
