"""How many answered: never finer than the published band, beside what was agreed before."""

from collections.abc import Sequence
from dataclasses import dataclass

from zwerm.pictures.lettering import widest, wrap
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words


@dataclass(frozen=True)
class Agreement:
    """A line agreed before the scan opened, and what is reported from there on."""

    share: float
    words: str


@dataclass(frozen=True)
class Participation:
    """The edges of the published band, as shares of those invited, and the band in words."""

    low: float
    high: float
    label: str
    agreements: Sequence[Agreement] = ()


def draw_participation(participation: Participation, words: Words) -> Picture:
    """A track filled up to the low edge of the band; the band itself is soft."""
    return Picture(*[_drawing(participation, words, page) for page in (WIDE, NARROW)])


def _drawing(participation: Participation, words: Words, page: float) -> str:
    sheet = Sheet(page)
    label = wrap(participation.label, 18, page)
    for place, line in enumerate(label):
        sheet.text(0, 20 + 23 * place, line, 18, "teal", weight=650)
    y = 20 + 23 * len(label) + 8
    _track(sheet, participation, y)
    sheet.grow(y + 16)
    ordered = sorted(participation.agreements, key=lambda agreed: agreed.share)
    for agreed in ordered:
        _agreement(sheet, agreed, y)
    return sheet.svg(words)


def _track(sheet: Sheet, participation: Participation, y: float) -> None:
    left, right = 0.5, sheet.width - 0.5
    low, high = (_x(sheet, share) for share in (participation.low, participation.high))
    sheet.bar(left, right, y, 22, "sunk", stroke=colour("edge"), stroke_width=1.0)
    if high > left + 1:
        sheet.bar(left, high, y, 22, "band", stroke=colour("band-edge"), stroke_width=1.0)
    if low > left + 1:
        sheet.bar(left, low, y, 22, "teal")


def _x(sheet: Sheet, share: float) -> float:
    return 0.5 + min(max(share, 0.0), 1.0) * (sheet.width - 1)


def _agreement(sheet: Sheet, agreed: Agreement, y: float) -> None:
    """A mark on the track; its words end at the mark, lower than those of the mark before."""
    x = _x(sheet, agreed.share)
    lines = wrap(agreed.words, 14, max(x - 10, sheet.width / 2))
    first = sheet.height + 22
    last = first + 19 * (len(lines) - 1)
    sheet.line(x, y - 15, x, last + 4, stroke=colour("edge"), stroke_width=1.5)
    right = max(x - 10, widest(lines, 14))
    for place, line in enumerate(lines):
        sheet.text(right, first + 19 * place, line, 14, "ink-soft", "end")
    sheet.grow(last + 6)
