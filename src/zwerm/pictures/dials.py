"""Three dials: how collective, how relational and how dynamic, each as a place on a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from zwerm.pictures.axis import Axis, clamp_middle, draw_before, draw_now, middle, thirds
from zwerm.pictures.figures import Figure, Level, Shown, Withheld
from zwerm.pictures.lettering import width, wrap
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words

Verdict = Literal["risen", "fallen", "no clear change", "cannot say"]

_MARKS: dict[Verdict, tuple[tuple[float, float], ...]] = {
    "risen": ((0, 8), (5, 0), (10, 8)),
    "fallen": ((0, 0), (5, 8), (10, 0)),
    "no clear change": ((0, 4), (11, 4)),
}


@dataclass(frozen=True)
class Dial:
    """One row. `start` stands at the left and may be the higher value.

    `now_label` and `before_label` say the figures as people do; `cuts` are the edges between
    low, middle and high, for figures that are only a word (thirds of the line when not given).
    """

    name: str
    question: str
    start: float
    end: float
    start_word: str
    end_word: str
    now: Figure
    now_label: str = ""
    before: Shown | None = None
    before_label: str = ""
    verdict: Verdict | None = None
    verdict_label: str = ""
    teams: tuple[float, ...] = ()
    teams_label: str = ""
    cuts: tuple[float, float] | None = None
    is_joined: bool = True
    """Whether a slope runs from then to now: it would suggest one where none can be told."""


@dataclass(frozen=True)
class _Look:
    """Sizes that differ between the two drawings."""

    left: float
    right: float
    edge: float
    room: float
    head: float
    small: float
    label: float
    team: float


_WIDE = _Look(300, 900, WIDE, 288, 27, 14.5, 17, 4.2)
_NARROW = _Look(8, 348, NARROW, 356, 23, 14, 16, 4)


def draw_dials(dials: Sequence[Dial], words: Words) -> Picture:
    """The dials under each other."""
    return Picture(_drawing(dials, words, WIDE), _drawing(dials, words, NARROW))


def _drawing(dials: Sequence[Dial], words: Words, page: float) -> str:
    sheet = Sheet(page)
    look = _WIDE if sheet.is_wide else _NARROW
    for dial in dials:
        _row(sheet, dial, look)
        sheet.grow(sheet.height + (34 if sheet.is_wide else 40))
    sheet.height = max(1.0, sheet.height - 28)
    return sheet.svg(words)


def _row(sheet: Sheet, dial: Dial, look: _Look) -> None:
    top = sheet.height
    below_words = _name(sheet, dial, look, top)
    line = top if sheet.is_wide else below_words + 6
    if isinstance(dial.now, Withheld):
        bottom = _not_shown(sheet, dial.now, look, line)
    else:
        bottom = _figure(sheet, dial, dial.now, look, line)
    sheet.grow(max(below_words, bottom))


def _name(sheet: Sheet, dial: Dial, look: _Look, top: float) -> float:
    """The name, the question and the verdict; the answer is where they end."""
    y = top + look.head * 0.6
    for line in wrap(dial.name, look.head, look.room, head=True):
        y += look.head
        sheet.head(0, y, line, look.head)
    for line in wrap(dial.question, look.small, look.room):
        y += look.small * 1.6
        sheet.text(0, y, line, look.small, "ink-soft")
    if dial.verdict_label:
        top = y + look.small * 2
        y = draw_verdict(sheet, dial.verdict, dial.verdict_label, 0, top, look.room)
    return y + 8


def draw_verdict(
    sheet: Sheet, verdict: Verdict | None, label: str, left: float, y: float, room: float
) -> float:
    """The mark and the words of a verdict; the answer is the last baseline."""
    corners = _MARKS.get(verdict) if verdict else None
    indent = 20.0 if corners else 0.0
    if corners:
        points = " ".join(f"{left + 1 + x:g},{y - 9 + dy:g}" for x, dy in corners)
        sheet.add(
            "polyline",
            points=points,
            fill="none",
            stroke=colour("teal"),
            stroke_width=2.2,
            stroke_linecap="round",
            stroke_linejoin="round",
        )
    colour_name = "teal" if corners else "ink-soft"
    lines = wrap(label, 15, room - indent)
    for place, line in enumerate(lines):
        sheet.text(left + indent, y + place * 20, line, 15, colour_name, weight=600)
    return y + 20 * (len(lines) - 1)


def _not_shown(sheet: Sheet, now: Withheld, look: _Look, top: float) -> float:
    y = top + 30
    for line in wrap(now.reason, look.small, look.right - look.left):
        sheet.text(look.left, y, line, look.small, "ink-soft")
        y += look.small * 1.5
    sheet.line(
        look.left,
        y + 2,
        look.right,
        y + 2,
        stroke=colour("edge"),
        stroke_dasharray="1 7",
        stroke_linecap="round",
    )
    return y + 14


def _figure(sheet: Sheet, dial: Dial, now: Shown, look: _Look, top: float) -> float:
    cuts = dial.cuts or thirds(dial.start, dial.end)
    axis = Axis(look.left, look.right, dial.start, dial.end, cuts)
    beneath = _needs_room_beneath(axis, now, dial.now_label, look)
    now_y = top + (78 if dial.before else 34)
    if dial.before is not None:
        _before(sheet, axis, dial, now, look, top + 34, now_y)
    covered = draw_now(sheet, axis, now, now_y, 14)
    _now_label(sheet, covered, dial.now_label, now_y, look, beneath)
    return _line(sheet, axis, dial, look, now_y + (62 if beneath else 42))


def _before(
    sheet: Sheet, axis: Axis, dial: Dial, now: Shown, look: _Look, y: float, now_y: float
) -> None:
    assert dial.before is not None
    if dial.is_joined:
        _slope(sheet, [middle(axis.stretch(figure)) for figure in (dial.before, now)], y, now_y)
    shape = draw_before(sheet, axis, dial.before, y)
    x = clamp_middle(middle(shape), dial.before_label, 13.5, look.left, look.edge)
    sheet.text(x, y - 14, dial.before_label, 13.5, "ink-soft", "middle")


def _slope(sheet: Sheet, places: list[float], y: float, now_y: float) -> None:
    sheet.line(
        round(places[0], 1),
        y,
        round(places[1], 1),
        now_y,
        stroke=colour("teal-mid"),
        stroke_width=1.6,
        stroke_dasharray="1 5",
        stroke_linecap="round",
    )


def _needs_room_beneath(axis: Axis, now: Shown, label: str, look: _Look) -> bool:
    """Whether the words beside the figure would fall off the line at both sides."""
    if isinstance(now, Level):
        return True
    ends = axis.band(now) or axis.stretch(now)
    room = max(look.edge - ends[1], ends[0] - look.left) - 26
    return width(label, look.label) > room


def _now_label(
    sheet: Sheet,
    covered: tuple[float, float],
    label: str,
    y: float,
    look: _Look,
    beneath: bool,
) -> None:
    wide = width(label, look.label)
    if beneath:
        x = clamp_middle(middle(covered), label, look.label, look.left, look.edge)
        sheet.text(x, y + 30, label, look.label, "teal", "middle", 650)
    elif covered[1] + 12 + wide <= look.edge:
        sheet.text(covered[1] + 12, y + 5.5, label, look.label, "teal", weight=650)
    else:
        sheet.text(covered[0] - 12, y + 5.5, label, look.label, "teal", "end", 650)


def _line(sheet: Sheet, axis: Axis, dial: Dial, look: _Look, y: float) -> float:
    """The line itself, the teams on it and the words at its ends."""
    sheet.line(axis.left, y, axis.right, y)
    for team in sorted(dial.teams):
        sheet.circle(
            axis.x(team), y, look.team, "paper", stroke=colour("context"), stroke_width=1.5
        )
    if dial.teams and dial.teams_label:
        sheet.text(axis.right, y - 13, dial.teams_label, 13, "ink-soft", "end")
    room = (axis.right - axis.left) / 2 - 8
    starts, ends = wrap(dial.start_word, 13.5, room), wrap(dial.end_word, 13.5, room)
    for place, word in enumerate(starts):
        sheet.text(axis.left, y + 24 + 17 * place, word, 13.5, "ink-soft")
    for place, word in enumerate(ends):
        sheet.text(axis.right, y + 24 + 17 * place, word, 13.5, "ink-soft", "end")
    return y + 24 + 17 * (max(len(starts), len(ends), 1) - 1) + 6
