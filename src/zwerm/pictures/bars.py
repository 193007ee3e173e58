"""One bar of three shares: disagree, between and agree, each on its published grid."""

from dataclasses import dataclass
from typing import Literal

from zwerm.pictures.figures import Level, Shown
from zwerm.pictures.lettering import width
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import Sheet

_GAP = 2.0
_SIZE = 15.0
# Room for a share that is only a word, in proportion to the others.
_WEIGHTS = {"low": 0.15, "middle": 0.4, "high": 0.7}


@dataclass(frozen=True)
class Part:
    """One share, with what to write in it: the full words where they fit, else the short ones."""

    figure: Shown
    label: str
    short: str = ""


@dataclass(frozen=True)
class Shares:
    """The three shares of a scale. Published apart from each other, so they need not add up."""

    disagree: Part
    between: Part
    agree: Part

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """The three in the order in which they are drawn."""
        return self.disagree, self.between, self.agree


@dataclass(frozen=True)
class _Paint:
    fill: str
    text: str
    edge: str | None


_GOOD = (
    _Paint("sunk", "ink", "edge"),
    _Paint("band", "ink", "band-edge"),
    _Paint("teal", "on-teal", None),
)
# No good side: the two ends differ from the middle, not from each other.
_NONE = (
    _Paint("teal-wash", "ink", "teal"),
    _Paint("paper", "ink", "edge"),
    _Paint("teal-wash", "ink", "teal"),
)


def draw_shares_bar(
    sheet: Sheet,
    shares: Shares,
    ends: tuple[float, float],
    y: float,
    thick: float,
    side: Literal["good", "none"],
) -> None:
    """The bar from one end to the other, each share as long as its part of the three together."""
    paints = _GOOD if side == "good" else _NONE
    present = [
        (part, paint, weight)
        for part, paint in zip(shares.parts, paints, strict=True)
        if (weight := _weight(part.figure)) > 0
    ]
    if not present:
        return
    room = ends[1] - ends[0] - _GAP * (len(present) - 1)
    unit = room / sum(weight for _, _, weight in present)
    left = ends[0]
    for part, paint, weight in present:
        _segment(sheet, part, paint, (left, left + unit * weight), y, thick)
        left += unit * weight + _GAP


def _weight(figure: Shown) -> float:
    """How much of the bar a share takes; a merged end band takes the middle of what it covers."""
    if isinstance(figure, Level):
        return _WEIGHTS[figure.word]
    if figure.end == "low":
        return max(figure.value, 0.0) / 2
    if figure.end == "high":
        return (min(figure.value, 1.0) + 1) / 2
    return min(max(figure.value, 0.0), 1.0)


def _segment(
    sheet: Sheet, part: Part, paint: _Paint, ends: tuple[float, float], y: float, thick: float
) -> None:
    inset = 0.5 if paint.edge else 0.0
    sheet.bar(
        ends[0] + inset,
        ends[1] - inset,
        y,
        thick - 2 * inset,
        paint.fill,
        rx=min(5.0, (ends[1] - ends[0]) / 2),
        stroke=colour(paint.edge) if paint.edge else None,
        stroke_width=1.0 if paint.edge else None,
    )
    label = _fitting(part, ends[1] - ends[0] - 8)
    if label:
        x = (ends[0] + ends[1]) / 2
        sheet.text(x, y + 5.3, label, _SIZE, paint.text, "middle", 600)


def _fitting(part: Part, room: float) -> str:
    """The longest of the two labels that fits; the table below the picture has them all."""
    fitting = [said for said in (part.label, part.short) if said and width(said, _SIZE) <= room]
    return fitting[0] if fitting else ""
