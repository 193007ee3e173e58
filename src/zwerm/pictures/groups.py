"""The group map: who asks whom across the walls, by groups and never by people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zwerm.pictures.bending import Curve, bend_lines
from zwerm.pictures.layout import Strength, Tie
from zwerm.pictures.lettering import widest, wrap
from zwerm.pictures.palette import colour
from zwerm.pictures.placing import (
    SIZES_NARROW,
    SIZES_WIDE,
    Box,
    Group,
    Placed,
    Sizes,
    depth,
    place_groups,
)
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words, number

__all__ = ["Group", "Key", "Tie", "draw_groups"]

_HATCH = 7.0
_KEY_SIZE = 15.0


@dataclass(frozen=True)
class Key:
    """Words written once beside a line of each kind, where there is room for them."""

    strong: str = ""
    some: str = ""
    few: str = ""
    hidden: str = ""


def draw_groups(groups: Sequence[Group], ties: Sequence[Tie], key: Key, words: Words) -> Picture:
    """Circles by size; a thick line is strong, a thin one some, none few; hatched is not shown.

    A tie names two groups by their place in `groups`. Ties of a hidden group are not drawn: its
    hatching says that nothing is known.
    """
    _check(groups, ties)
    between = [tie for tie in ties if _is_drawn(groups, tie)]
    return Picture(
        _drawing(groups, between, key, words, SIZES_WIDE),
        _drawing(groups, between, key, words, SIZES_NARROW),
    )


def _check(groups: Sequence[Group], ties: Sequence[Tie]) -> None:
    for tie in ties:
        if not (0 <= tie.a < len(groups) and 0 <= tie.b < len(groups)):
            raise ValueError(f"a tie names groups {tie.a} and {tie.b} of {len(groups)} groups")


def _is_drawn(groups: Sequence[Group], tie: Tie) -> bool:
    return tie.a != tie.b and groups[tie.a].is_shown and groups[tie.b].is_shown


def _drawing(
    groups: Sequence[Group], ties: Sequence[Tie], key: Key, words: Words, sizes: Sizes
) -> str:
    sheet = Sheet(WIDE if sizes is SIZES_WIDE else NARROW)
    places = place_groups(groups, ties, sizes)
    sheet.grow(depth(places) + 6)
    curves = bend_lines(places, ties, sheet.height - 4)
    for curve in curves:
        _line(sheet, curve)
    for group, place in zip(groups, places, strict=True):
        _circle(sheet, group, place)
    for group, place in zip(groups, places, strict=True):
        _name(sheet, group, place, curves)
    _key(sheet, key, ties, places, curves)
    return sheet.svg(words)


def _line(sheet: Sheet, curve: Curve) -> None:
    if curve.tie.strength == "hidden":
        _hatched_line(sheet, curve)
        return
    is_strong = curve.tie.strength == "strong"
    path = (
        f"M{number(curve.x1)} {number(curve.y1)}Q{number(curve.cx)} {number(curve.cy)} "
        f"{number(curve.x2)} {number(curve.y2)}"
    )
    thin, broad = (3.0, 11.0) if sheet.is_wide else (2.4, 9.0)
    sheet.add(
        "path",
        d=path,
        fill="none",
        stroke=colour("teal" if is_strong else "teal-mid"),
        stroke_width=broad if is_strong else thin,
        stroke_linecap="round",
    )


def _hatched_line(sheet: Sheet, curve: Curve) -> None:
    """A row of strokes slanted across the way: here is something that may not be shown."""
    length = max(1.0, ((curve.x2 - curve.x1) ** 2 + (curve.y2 - curve.y1) ** 2) ** 0.5)
    count = max(2, round(length / 8))
    strokes = "".join(_stroke_across(curve, step / count) for step in range(1, count))
    sheet.add("path", d=strokes, fill="none", stroke=colour("edge"), stroke_width=1.3)


def _stroke_across(curve: Curve, t: float) -> str:
    """A short stroke at share t of the way, at a third of a turn from it, so never along it."""
    x, y = curve.at(t)
    (x1, y1), (x2, y2) = curve.at(t - 0.01), curve.at(t + 0.01)
    angle = math.atan2(y2 - y1, x2 - x1) + math.pi / 3
    dx, dy = 5.0 * math.cos(angle), 5.0 * math.sin(angle)
    return f"M{number(x - dx)} {number(y - dy)}L{number(x + dx)} {number(y + dy)}"


def _circle(sheet: Sheet, group: Group, place: Placed) -> None:
    sheet.circle(place.x, place.y, place.r + 5, "paper")
    if group.is_shown:
        sheet.circle(
            place.x, place.y, place.r, "teal-wash", stroke=colour("teal"), stroke_width=2.0
        )
    else:
        _hatched_circle(sheet, place)
    if group.is_shown:
        y = place.y + place.text * 0.35
        sheet.text(place.x, y, str(group.members), place.text, anchor="middle", weight=600)


def _hatched_circle(sheet: Sheet, place: Placed) -> None:
    """Slanted lines inside a broken edge, computed so that no pattern needs a name."""
    steps = int(2 * place.r / _HATCH)
    chords = []
    for step in range(1, steps + 1):
        off = -place.r + step * 2 * place.r / (steps + 1)
        half = (place.r**2 - off**2) ** 0.5 * 0.96
        # Each chord runs from lower left to upper right, `off` away from the middle.
        x, y = place.x + off * 0.7071, place.y + off * 0.7071
        along = half * 0.7071
        chords.append(
            f"M{number(x - along)} {number(y + along)}L{number(x + along)} {number(y - along)}"
        )
    sheet.add("path", d="".join(chords), fill="none", stroke=colour("edge"), stroke_width=1.2)
    sheet.add(
        "circle",
        cx=place.x,
        cy=place.y,
        r=place.r,
        fill="none",
        stroke=colour("edge"),
        stroke_width=2.0,
        stroke_dasharray="5 4",
    )


def _name(sheet: Sheet, group: Group, place: Placed, curves: Sequence[Curve]) -> None:
    box = place.label
    if _is_run_over(box, curves):
        _clear(sheet, box)
    soft = len(wrap(group.hidden_label, place.text, 1e9)) if not group.is_shown else 0
    for line_number, line in enumerate(place.lines):
        y = box.top + place.text * (0.95 + 1.2 * line_number)
        is_soft = soft > 0 and line_number >= len(place.lines) - soft
        sheet.text(
            place.label_x,
            y,
            line,
            place.text,
            "ink-soft" if is_soft or not group.is_shown else "ink",
            "middle",
            None if is_soft else 600,
        )


def _is_run_over(box: Box, curves: Sequence[Curve]) -> bool:
    wider = box.grown(6)
    return any(curve.runs_under(wider) for curve in curves)


def _clear(sheet: Sheet, box: Box) -> None:
    """Paper behind words that a line runs under."""
    sheet.add(
        "rect",
        x=box.left - 4,
        y=box.top,
        width=box.right - box.left + 8,
        height=box.bottom - box.top + 2,
        rx=5.0,
        fill=colour("paper"),
        opacity="0.88",
    )


def _key(
    sheet: Sheet,
    key: Key,
    ties: Sequence[Tie],
    places: Sequence[Placed],
    curves: Sequence[Curve],
) -> None:
    """Each word once, at the first place beside a line of its kind that is free."""
    taken = [box for place in places for box in (place.circle.grown(4), place.label.grown(4))]
    said: tuple[tuple[Strength, str], ...] = (
        ("strong", key.strong),
        ("some", key.some),
        ("hidden", key.hidden),
        ("few", key.few),
    )
    for strength, word in said:
        lines = wrap(word, _KEY_SIZE, 120)
        spots = _spots(strength, ties, places, curves)
        # "Few" means no line: said too near to one, it would seem to name that line.
        clear = 24.0 if strength == "few" else 9.0
        box = _first_free(lines, spots, taken, _Room(curves, clear, sheet))
        if lines and box is not None:
            taken.append(box.grown(6))
            _write(sheet, lines, box, "teal" if strength in ("strong", "some") else "ink-soft")


def _spots(
    strength: Strength, ties: Sequence[Tie], places: Sequence[Placed], curves: Sequence[Curve]
) -> list[tuple[float, float]]:
    """Middles to try: along the lines of this kind, or between two groups without a line."""
    if strength == "few":
        pairs = [(places[tie.a], places[tie.b]) for tie in ties if tie.strength == "few"]
        return [
            (a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))
            for a, b in pairs
            for share in (0.5, 0.4, 0.6)
        ]
    along = [curve for curve in curves if curve.tie.strength == strength]
    return [curve.at(t) for t in (0.5, 0.42, 0.58, 0.34, 0.66) for curve in along]


@dataclass(frozen=True)
class _Room:
    """The sheet with its lines, and how far words keep from them."""

    curves: Sequence[Curve]
    clear: float
    sheet: Sheet

    def has(self, box: Box) -> bool:
        """Whether a rectangle is on the sheet and off the lines."""
        page = Box(0, 0, self.sheet.width, self.sheet.height)
        inside = page.holds(box.left, box.top) and page.holds(box.right, box.bottom)
        grown = box.grown(self.clear)
        return inside and not any(curve.runs_under(grown) for curve in self.curves)


def _first_free(
    lines: Sequence[str], spots: Sequence[tuple[float, float]], taken: Sequence[Box], room: _Room
) -> Box | None:
    half, deep = widest(lines, _KEY_SIZE) / 2, 19.0 * len(lines)
    for x, y in spots:
        for dx, dy in _beside(half):
            box = Box(x + dx - half, y + dy - deep / 2, x + dx + half, y + dy + deep / 2)
            if not any(box.meets(other) for other in taken) and room.has(box):
                return box
    return None


def _beside(half: float) -> list[tuple[float, float]]:
    """From a place on a line, where to try words of this half width: on it, over it, beside it."""
    level = [(0.0, 0.0), (0.0, -22.0), (0.0, 22.0), (half + 16, 0.0), (-half - 16, 0.0)]
    slanted = [(side * (half + 14), up) for up in (-16.0, 16.0) for side in (1, -1)]
    return level + slanted


def _write(sheet: Sheet, lines: Sequence[str], box: Box, fill: str) -> None:
    for place, line in enumerate(lines):
        x, y = (box.left + box.right) / 2, box.top + 14.5 + 19 * place
        sheet.text(x, y, line, _KEY_SIZE, fill, "middle", 600)
