"""Position beside influence: coupling as a place on a line, and two shares of ten."""

from dataclasses import dataclass

from zwerm.pictures.axis import Axis, clamp_middle, draw_now, middle
from zwerm.pictures.figures import Figure, Step, Withheld
from zwerm.pictures.lettering import wrap
from zwerm.pictures.palette import colour
from zwerm.pictures.shares import draw_ten
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words

# Methods section 2: under .55 position says little, over .7 it says much.
COUPLING_CUTS = (0.55, 0.7)
_SHARE_CUTS = (0.2, 0.5)


@dataclass(frozen=True)
class Coupling:
    """How far being asked follows position; 0.5 says that position says nothing.

    `chance` is how far 0.5 may be off by chance alone, if that is known.
    """

    figure: Figure
    label: str
    start_word: str
    middle_word: str
    end_word: str
    chance: tuple[float, float] | None = None
    chance_label: str = ""


@dataclass(frozen=True)
class Share:
    """One share with its name: of the staff (`is_staff`, drawn in ink), or of the questions."""

    name: str
    figure: Figure
    label: str = ""
    is_staff: bool = False


@dataclass(frozen=True)
class _Look:
    left: float
    right: float
    edge: float
    size: float
    shares_left: float
    shares_right: float


_WIDE = _Look(20, 900, WIDE, 16, 250, 710)
_NARROW = _Look(8, 348, NARROW, 15, 0, 350)


def draw_position(coupling: Coupling | None, shares: tuple[Share, ...], words: Words) -> Picture:
    """The line on top, the shares below it; without coupling only the shares."""
    drawn = [_drawing(coupling, shares, words, page) for page in (WIDE, NARROW)]
    return Picture(*drawn)


def _drawing(
    coupling: Coupling | None, shares: tuple[Share, ...], words: Words, page: float
) -> str:
    sheet = Sheet(page)
    look = _WIDE if sheet.is_wide else _NARROW
    if coupling is not None:
        _coupling(sheet, coupling, look)
    for share in shares:
        _share(sheet, share, look)
    return sheet.svg(words)


def _coupling(sheet: Sheet, coupling: Coupling, look: _Look) -> None:
    if isinstance(coupling.figure, Withheld):
        _withheld(sheet, coupling.figure.reason, look)
        return
    axis = Axis(look.left, look.right, 0.0, 1.0, COUPLING_CUTS)
    y = 62.0
    if coupling.chance is not None:
        _chance(sheet, coupling, axis, y)
    sheet.line(axis.left, y, axis.right, y)
    sheet.line(axis.x(0.5), y - 24, axis.x(0.5), y + 24, stroke=colour("edge"), stroke_width=1.5)
    covered = draw_now(sheet, axis, coupling.figure, y, 18)
    x = clamp_middle(middle(covered), coupling.label, 18, 0, look.edge)
    sheet.text(x, y - 34, coupling.label, 18, "teal", "middle", 650)
    sheet.grow(_ends(sheet, coupling, axis, look, y + 44) + 22)


def _chance(sheet: Sheet, coupling: Coupling, axis: Axis, y: float) -> None:
    assert coupling.chance is not None
    low, high = (axis.x(value) for value in coupling.chance)
    look = {"stroke": colour("edge"), "stroke_dasharray": "1 5", "stroke_linecap": "round"}
    sheet.bar(low, high, y, 38, "sunk", **look)


def _ends(sheet: Sheet, coupling: Coupling, axis: Axis, look: _Look, y: float) -> float:
    """The words at the two ends and in the middle, and what chance may do; where they end."""
    room = (axis.right - axis.left) / 3 - 8
    centre = axis.x(0.5)
    places = (
        (axis.left, coupling.start_word, "start"),
        (centre, coupling.middle_word, "middle"),
        (axis.right, coupling.end_word, "end"),
    )
    deepest = y
    for x, said, anchor in places:
        for place, line in enumerate(wrap(said, 13.5, room)):
            sheet.text(x, y + 17 * place, line, 13.5, "ink-soft", anchor)
            deepest = max(deepest, y + 17 * place)
    if coupling.chance is not None and coupling.chance_label:
        deepest += 20
        x = clamp_middle(centre, coupling.chance_label, 13.5, 0, look.edge)
        sheet.text(x, deepest, coupling.chance_label, 13.5, "ink-soft", "middle")
    return deepest


def _withheld(sheet: Sheet, reason: str, look: _Look) -> None:
    y = 20.0
    for line in wrap(reason, 14.5, look.right - look.left):
        sheet.text(look.left, y, line, 14.5, "ink-soft")
        y += 21
    _dotted(sheet, look.left, look.right, y)
    sheet.grow(y + 18)


def _dotted(sheet: Sheet, left: float, right: float, y: float) -> None:
    look = {"stroke": colour("edge"), "stroke_dasharray": "1 7", "stroke_linecap": "round"}
    sheet.line(left, y, right, y, **look)


def _share(sheet: Sheet, share: Share, look: _Look) -> None:
    if sheet.is_wide:
        _share_wide(sheet, share, look)
    else:
        _share_narrow(sheet, share, look)


def _share_wide(sheet: Sheet, share: Share, look: _Look) -> None:
    y = sheet.height + 34
    lines = wrap(share.name, look.size, look.shares_left - 16)
    first = y + 5.5 - 10 * (len(lines) - 1)
    for place, line in enumerate(lines):
        sheet.text(0, first + 20 * place, line, look.size)
    below = _share_mark(sheet, share, look, y)
    if not isinstance(share.figure, Withheld):
        for place, line in enumerate(wrap(share.label, look.size, 198)):
            sheet.text(722, y + 5.5 + 20 * place, line, look.size, _tint(share), weight=600)
    sheet.grow(max(y + 24, below))


def _share_narrow(sheet: Sheet, share: Share, look: _Look) -> None:
    y = sheet.height + 20
    for line in wrap(share.name, look.size, NARROW):
        sheet.text(0, y, line, look.size)
        y += 20
    if not isinstance(share.figure, Withheld):
        for line in wrap(share.label, look.size, NARROW):
            sheet.text(0, y, line, look.size, _tint(share), weight=600)
            y += 20
    sheet.grow(_share_mark(sheet, share, look, y + 8))


def _tint(share: Share) -> str:
    return "ink" if share.is_staff else "teal"


def _share_mark(sheet: Sheet, share: Share, look: _Look, y: float) -> float:
    """The rounds, the zones or the reason; the answer is where they end."""
    left, right = look.shares_left, look.shares_right
    if isinstance(share.figure, Withheld):
        lines = wrap(share.figure.reason, 14, right - left)
        for place, line in enumerate(lines):
            sheet.text(left, y + 5 + 19 * place, line, 14, "ink-soft")
        return y + 19 * len(lines)
    if isinstance(share.figure, Step):
        draw_ten(sheet, share.figure, left, right, y, _tint(share))
    else:
        draw_now(sheet, Axis(left, right, 0, 1, _SHARE_CUTS), share.figure, y, 18)
    return y + 26
