"""The sixteen kinds of threes, each as a small drawing with its code and how many there are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words, number

Point = npt.NDArray[np.float64]

# The arcs of each kind among a (above), b (left below) and c (right below).
KINDS: dict[str, str] = {
    "003": "",
    "012": "bc",
    "102": "bc cb",
    "021D": "ab ac",
    "021U": "ba ca",
    "021C": "ba ac",
    "111D": "ab ba ca",
    "111U": "ab ba ac",
    "030T": "ba ac bc",
    "030C": "ba ac cb",
    "201": "ab ba ac ca",
    "120D": "ab ac bc cb",
    "120U": "ba ca bc cb",
    "120C": "ba ac bc cb",
    "210": "ba ac ca bc cb",
    "300": "ab ba ac ca bc cb",
}

SPOTS = {
    "a": np.array([0.0, -17.0]),
    "b": np.array([-20.0, 15.0]),
    "c": np.array([20.0, 15.0]),
}
DOT = 4.2
HEAD = 6.5
CELL = 112.0


def draw_triads(census: Mapping[str, str], words: Words) -> Picture:
    """`census` gives for each code the number as it should be read."""
    return Picture(_drawing(census, words, WIDE, 8), _drawing(census, words, NARROW, 4))


def _drawing(census: Mapping[str, str], words: Words, page: float, a_row: int) -> str:
    sheet = Sheet(page)
    pitch = page / a_row
    for place, (code, arcs) in enumerate(KINDS.items()):
        x, y = pitch * (place % a_row + 0.5), CELL * (place // a_row) + 28
        is_there = census[code] != "0"
        _three(sheet, arcs.split(), np.array([x, y]), "teal" if is_there else "context")
        sheet.text(x, y + 40, code, 13, "ink-soft", "middle")
        sheet.text(x, y + 58, census[code], 15, "ink" if is_there else "ink-soft", "middle", 600)
    sheet.grow(CELL * (-(-len(KINDS) // a_row)) - 18)
    return sheet.svg(words)


def _three(sheet: Sheet, arcs: list[str], middle: Point, paint: str) -> None:
    lines, heads = "", ""
    for arc in arcs:
        start, end = middle + SPOTS[arc[0]], middle + SPOTS[arc[1]]
        way = (end - start) / float(np.hypot(*(end - start)))
        across = np.array([-way[1], way[0]]) * HEAD * 0.4
        tip = end - way * (DOT + 1.5)
        back = tip - way * HEAD
        lines += f"M{_at(start + way * DOT)}L{_at(back)}"
        heads += f"M{_at(tip)}L{_at(back + across)}L{_at(back - across)}Z"
    if lines:
        sheet.add("path", d=lines, fill="none", stroke=colour(paint), stroke_width=1.5)
        sheet.add("path", d=heads, fill=colour(paint))
    for spot in SPOTS.values():
        x, y = middle + spot
        sheet.circle(float(x), float(y), DOT, "ink" if paint == "teal" else "context")


def _at(point: Point) -> str:
    return f"{number(float(point[0]))} {number(float(point[1]))}"
