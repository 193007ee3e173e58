"""Change since last time: each figure then and now, joined by a slope only if it clearly moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from zwerm.pictures.axis import Axis
from zwerm.pictures.dials import Verdict, draw_verdict
from zwerm.pictures.figures import Shown
from zwerm.pictures.lettering import wrap
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words, number

THICK = 12.0
"""How thick a value is drawn; a step that is smaller becomes a round."""
_SMALL = 14.0
_LINE = 1.35 * _SMALL
_MOVES: dict[Verdict, int] = {"risen": 1, "fallen": -1}


@dataclass(frozen=True)
class Slope:
    """One figure at two scans. `least` and `most` are the ends of what can be drawn.

    The slope is drawn when the verdict says that the figure moved and the published values
    moved the same way. No clear change is one level band that holds both; of what cannot be
    said the two values stand apart.
    """

    name: str
    least: float
    most: float
    cuts: tuple[float, float]
    then: Shown
    then_label: str
    now: Shown
    now_label: str
    verdict: Verdict
    verdict_label: str


@dataclass(frozen=True)
class _Look:
    """Where things stand in one panel, from its left side."""

    width: float
    then: float
    now: float
    high: float
    head: float


_WIDE = _Look(430, 126, 300, 132, 25)
_NARROW = _Look(NARROW, 120, 248, 124, 23)
_GAP = 34.0


def draw_change(slopes: Sequence[Slope], then_word: str, now_word: str, words: Words) -> Picture:
    """The panels beside each other on a broad page, and under each other on a phone."""
    drawn = [_drawing(slopes, (then_word, now_word), words, page) for page in (WIDE, NARROW)]
    return Picture(*drawn)


def _drawing(slopes: Sequence[Slope], days: tuple[str, str], words: Words, page: float) -> str:
    sheet = Sheet(page)
    look, columns = (_WIDE, 2) if sheet.is_wide else (_NARROW, 1)
    for start in range(0, len(slopes), columns):
        top = sheet.height + (_GAP if start else 0)
        row = slopes[start : start + columns]
        line = max(_title(None, slope, look, 0, top) for slope in row)
        for place, slope in enumerate(row):
            left = place * (WIDE - look.width)
            _title(sheet, slope, look, left, top)
            sheet.grow(_panel(sheet, slope, look, (left, line), days))
    return sheet.svg(words)


def _title(sheet: Sheet | None, slope: Slope, look: _Look, left: float, top: float) -> float:
    """The name and the verdict; the answer is where they end. Without a sheet it only measures."""
    y = top + look.head * 0.1
    for line in wrap(slope.name, look.head, look.width - 8, head=True):
        y += look.head
        if sheet:
            sheet.head(left, y, line, look.head)
    y += _SMALL * 1.8
    room = look.width - 28
    if sheet:
        return draw_verdict(sheet, slope.verdict, slope.verdict_label, left, y, room) + 14
    return y + 20 * (len(wrap(slope.verdict_label, 15, room)) - 1) + 14


def _panel(
    sheet: Sheet, slope: Slope, look: _Look, corner: tuple[float, float], days: tuple[str, str]
) -> float:
    """Both values on their upright lines, with what joins them; the answer is the bottom."""
    left, top = corner
    # An upright line: the highest value stands at the top.
    axis = Axis(top + 10, top + look.high - 10, slope.most, slope.least, slope.cuts)
    places = (left + look.then, left + look.now)
    is_apart = not _joined(sheet, slope, axis, places)
    for x, day in zip(places, days, strict=True):
        sheet.line(x, top, x, top + look.high)
        _centred(sheet, x, top + look.high + 20, day, look)
    for x, figure in zip(places, (slope.then, slope.now), strict=True):
        _value(sheet, axis, figure, x, is_now=x == places[1], has_band=is_apart)
    rooms = (look.then - 20, look.width - look.now - 20)
    _label(sheet, axis, slope.then, (places[0] - 16, rooms[0], "end"), slope.then_label)
    _label(sheet, axis, slope.now, (places[1] + 16, rooms[1], "start"), slope.now_label)
    return top + look.high + 26


def _centred(sheet: Sheet, x: float, y: float, words: str, look: _Look) -> None:
    sheet.text(x, y, words, 13.5, "ink-soft", "middle")


def _joined(sheet: Sheet, slope: Slope, axis: Axis, places: tuple[float, float]) -> bool:
    """The ribbon of doubt between then and now, and the slope in it; whether there is one."""
    then, now = (_doubt(axis, one) for one in (slope.then, slope.now))
    if slope.verdict == "no clear change":
        both = (min(then[0], now[0]), max(then[1], now[1]))
        _ribbon(sheet, places, both, both)
        return True
    if not _moves_along(slope, axis):
        return False
    _ribbon(sheet, places, then, now)
    ends = [_middle(axis.stretch(one)) for one in (slope.then, slope.now)]
    sheet.line(places[0], ends[0], places[1], ends[1], stroke=colour("teal-mid"), stroke_width=2.5)
    return True


def _moves_along(slope: Slope, axis: Axis) -> bool:
    """Whether the published values moved as the verdict says."""
    then, now = (_middle(axis.stretch(one)) for one in (slope.then, slope.now))
    return (then - now) * _MOVES.get(slope.verdict, 0) > 0


def _ribbon(
    sheet: Sheet,
    places: tuple[float, float],
    then: tuple[float, float],
    now: tuple[float, float],
) -> None:
    corners = (
        (places[0], then[0]), (places[1], now[0]), (places[1], now[1]), (places[0], then[1]),
    )  # fmt: skip
    path = "L".join(f"{number(x)} {number(y)}" for x, y in corners)
    sheet.add("path", d=f"M{path}Z", fill=colour("band"))


def _value(
    sheet: Sheet, axis: Axis, figure: Shown, x: float, *, is_now: bool, has_band: bool
) -> None:
    """One published value: solid now, open then, on the band of its own doubt."""
    if has_band and axis.band(figure):
        _upright(sheet, x, _doubt(axis, figure), THICK + 10, "band" if is_now else "line")
    solid = _high_enough(axis.stretch(figure), THICK)
    if is_now:
        _upright(sheet, x, solid, THICK, "teal")
    else:
        _upright(sheet, x, solid, THICK - 2, "paper", stroke=colour("context"), stroke_width=2.0)


def _upright(
    sheet: Sheet,
    x: float,
    ends: tuple[float, float],
    thick: float,
    fill: str,
    **look: str | float | None,
) -> None:
    sheet.add(
        "rect",
        x=x - thick / 2,
        y=ends[0],
        width=thick,
        height=ends[1] - ends[0],
        rx=thick / 2,
        fill=colour(fill),
        **look,
    )


def _doubt(axis: Axis, figure: Shown) -> tuple[float, float]:
    """From top to bottom, the stretch of doubt: the interval, or else the published step."""
    own = axis.stretch(figure)
    band = axis.band(figure) or own
    return _high_enough((min(band[0], own[0]), max(band[1], own[1])), THICK + 4)


def _high_enough(ends: tuple[float, float], least: float) -> tuple[float, float]:
    short = max(0.0, least - (ends[1] - ends[0])) / 2
    return ends[0] - short, ends[1] + short


def _middle(ends: tuple[float, float]) -> float:
    return (ends[0] + ends[1]) / 2


def _label(
    sheet: Sheet, axis: Axis, figure: Shown, where: tuple[float, float, str], words: str
) -> None:
    """The value in words beside its line, as high as the value stands."""
    x, room, anchor = where
    lines = wrap(words, _SMALL, room)
    is_now = anchor == "start"
    y = _middle(axis.stretch(figure)) + 5 - _LINE * (len(lines) - 1) / 2
    y = min(max(y, axis.left + 2), axis.right + 8 - _LINE * (len(lines) - 1))
    for place, line in enumerate(lines):
        sheet.text(
            x, y + place * _LINE, line, _SMALL, "teal" if is_now else "ink-soft", anchor,
            650 if is_now else None,
        )  # fmt: skip
