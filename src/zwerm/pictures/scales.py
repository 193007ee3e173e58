"""Scales as three shares: conditions and how they fit, drives, and places without a good side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from zwerm.pictures.axis import Axis, draw_now, thirds
from zwerm.pictures.bars import Shares, draw_shares_bar
from zwerm.pictures.figures import Level, Withheld
from zwerm.pictures.lettering import widest, wrap
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words

Side = Literal["good", "none"]


@dataclass(frozen=True)
class Scale:
    """One row: its name, what was asked, and its shares, its word, or why it is not shown.

    With `ends` (the words for disagree, between and agree on this row) the row carries its own
    ends, as a place on a line needs; without them the words below the family hold.
    """

    id: str
    name: str
    result: Shares | Level | Withheld
    question: str = ""
    word: str = ""
    ends: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Fit:
    """The widest gap in a family: from the scale that is highest to the one that is lowest."""

    highest: str
    lowest: str
    label: str


@dataclass(frozen=True)
class Family:
    """Scales that belong together, under one heading (which may be empty)."""

    heading: str
    scales: Sequence[Scale]
    fit: Fit | None = None


@dataclass(frozen=True)
class _Look:
    left: float
    right: float
    names: float
    name: float
    thick: float


_WIDE = _Look(330, 900, 306, 19, 32)
_WIDE_FIT = _Look(330, 764, 306, 19, 32)
_NARROW = _Look(0, 356, 356, 18, 32)
_NARROW_FIT = _Look(0, 332, 332, 18, 32)


def draw_conditions(
    families: Sequence[Family], ends: tuple[str, str, str], words: Words
) -> Picture:
    """Conditions: one bar of three shares each, and a bracket from the highest to the lowest.

    `ends` are the words below the bars: disagree, between, agree.
    """
    return _draw(families, ends, words, "good")


def draw_drives(scales: Sequence[Scale], ends: tuple[str, str, str], words: Words) -> Picture:
    """Drives, or any other family without a fit."""
    return _draw([Family("", scales)], ends, words, "good")


def draw_lines(scales: Sequence[Scale], words: Words) -> Picture:
    """Places between two ends of which neither is better: both ends weigh the same."""
    return _draw([Family("", scales)], ("", "", ""), words, "none")


def _draw(
    families: Sequence[Family], ends: tuple[str, str, str], words: Words, side: Side
) -> Picture:
    drawn = [_drawing(families, ends, words, side, page) for page in (WIDE, NARROW)]
    return Picture(*drawn)


def _drawing(
    families: Sequence[Family],
    ends: tuple[str, str, str],
    words: Words,
    side: Side,
    page: float,
) -> str:
    sheet = Sheet(page)
    look = _look(sheet, any(family.fit for family in families))
    for family in families:
        _family(sheet, family, look, side)
    if any(_is_shown(scale) for family in families for scale in family.scales):
        _end_words(sheet, ends, look)
    for family in families:
        if family.fit and not sheet.is_wide:
            _beneath(sheet, family.fit.label, look.right + 20)
    return sheet.svg(words)


def _is_shown(scale: Scale) -> bool:
    return not isinstance(scale.result, Withheld)


def _look(sheet: Sheet, has_fit: bool) -> _Look:
    if sheet.is_wide:
        return _WIDE_FIT if has_fit else _WIDE
    return _NARROW_FIT if has_fit else _NARROW


def _family(sheet: Sheet, family: Family, look: _Look, side: Side) -> None:
    if family.heading:
        _heading(sheet, family.heading)
    middles = {scale.id: _scale(sheet, scale, look, side) for scale in family.scales}
    if family.fit and family.fit.highest in middles and family.fit.lowest in middles:
        places = middles[family.fit.highest], middles[family.fit.lowest]
        _bracket(sheet, family.fit.label, min(places), max(places), look)


def _heading(sheet: Sheet, heading: str) -> None:
    top = sheet.height + (16 if sheet.height else 0)
    size = 23.0 if sheet.is_wide else 21.0
    for line in wrap(heading, size, sheet.width, head=True):
        top += size * 1.2
        sheet.head(0, top, line, size)
    sheet.grow(top + 16)


def _scale(sheet: Sheet, scale: Scale, look: _Look, side: Side) -> float:
    """One row; the answer is the middle of its bar."""
    top = sheet.height + 6
    bottom = _name(sheet, scale, look, top)
    y = top + 18 if sheet.is_wide else bottom + 20
    sheet.grow(max(bottom, _result(sheet, scale, look, side, y)) + 12)
    return y


def _name(sheet: Sheet, scale: Scale, look: _Look, top: float) -> float:
    y = top + 2
    for line in wrap(scale.name, look.name, look.names, head=True):
        y += look.name * 1.12
        sheet.head(0, y, line, look.name)
    for line in wrap(scale.question, 14, look.names):
        y += 19
        sheet.text(0, y, line, 14, "ink-soft")
    return y + 6


def _result(sheet: Sheet, scale: Scale, look: _Look, side: Side, y: float) -> float:
    """The bar, the zones or the reason; the answer is where they end."""
    if isinstance(scale.result, Withheld):
        return _not_shown(sheet, scale.result, look, y)
    if isinstance(scale.result, Level):
        bottom = _level(sheet, scale, scale.result, look, y)
    else:
        draw_shares_bar(sheet, scale.result, (look.left, look.right), y, look.thick, side)
        bottom = y + look.thick / 2
    return _own_ends(sheet, scale.ends, look, bottom) if scale.ends else bottom


def _level(sheet: Sheet, scale: Scale, level: Level, look: _Look, y: float) -> float:
    axis = Axis(look.left, look.right, 0, 1, thirds(0, 1))
    covered = draw_now(sheet, axis, level, y - 4, 18)
    lines = wrap(scale.word, 15, (look.right - look.left) / 3)
    for place, line in enumerate(lines):
        x = (covered[0] + covered[1]) / 2
        sheet.text(x, y + 24 + 18 * place, line, 15, "teal", "middle", 600)
    return y + 12 + 18 * len(lines)


def _not_shown(sheet: Sheet, withheld: Withheld, look: _Look, y: float) -> float:
    lines = wrap(withheld.reason, 14, look.right - look.left)
    for place, line in enumerate(lines):
        sheet.text(look.left, y + 2 + 19 * place, line, 14, "ink-soft")
    below = y + 19 * len(lines)
    sheet.line(
        look.left,
        below,
        look.right,
        below,
        stroke=colour("edge"),
        stroke_dasharray="1 7",
        stroke_linecap="round",
    )
    return below + 4


def _own_ends(sheet: Sheet, ends: tuple[str, str, str], look: _Look, y: float) -> float:
    room = (look.right - look.left) / (3 if ends[1] else 2) - 8
    middle = (look.left + look.right) / 2
    places = ((look.left, "start"), (middle, "middle"), (look.right, "end"))
    deepest = y
    for (x, anchor), said in zip(places, ends, strict=True):
        for place, line in enumerate(wrap(said, 13.5, room)):
            deepest = max(deepest, y + 19 + 17 * place)
            sheet.text(x, y + 19 + 17 * place, line, 13.5, "ink-soft", anchor)
    return deepest + 8


def _end_words(sheet: Sheet, ends: tuple[str, str, str], look: _Look) -> None:
    if any(ends):
        sheet.grow(_own_ends(sheet, ends, look, sheet.height - 6))


def _bracket(sheet: Sheet, label: str, top: float, bottom: float, look: _Look) -> None:
    x = look.right + 20
    sheet.add(
        "path",
        d=f"M{x - 8:.1f} {top:.1f}h8v{bottom - top:.1f}h-8",
        fill="none",
        stroke=colour("ink"),
        stroke_width=1.6,
        stroke_linejoin="round",
        stroke_linecap="round",
    )
    if sheet.is_wide:
        _beside(sheet, label, x + 12, (top + bottom) / 2)


def _beside(sheet: Sheet, label: str, x: float, y: float) -> None:
    lines = wrap(label, 15, WIDE - x)
    first = y + 5 - 9.5 * (len(lines) - 1)
    for place, line in enumerate(lines):
        sheet.text(x, first + 19 * place, line, 15, weight=600)


def _beneath(sheet: Sheet, label: str, x: float) -> None:
    lines = wrap(label, 14.5, x)
    start = sheet.height + 12
    right = max(x, widest(lines, 14.5))
    for place, line in enumerate(lines):
        sheet.text(right, start + 19 * place, line, 14.5, anchor="end", weight=600)
    sheet.grow(start + 19 * (len(lines) - 1) + 8)
