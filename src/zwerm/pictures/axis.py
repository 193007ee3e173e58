"""A value's place on a line: the solid step, the soft band of doubt, and the words beside it."""

from dataclasses import dataclass

from zwerm.pictures.figures import WORDS, Level, Shown, doubt, next_week, reach
from zwerm.pictures.lettering import width
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import Sheet


@dataclass(frozen=True)
class Axis:
    """A line from `start` at `left` to `end` at `right`; `start` may be the higher value."""

    left: float
    right: float
    start: float
    end: float
    cuts: tuple[float, float]

    @property
    def least(self) -> float:
        """The lowest value the line reaches."""
        return min(self.start, self.end)

    @property
    def most(self) -> float:
        """The highest value the line reaches."""
        return max(self.start, self.end)

    def x(self, value: float) -> float:
        """Where a value stands; values beyond the line stand at its end."""
        share = (value - self.start) / (self.end - self.start)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def stretch(self, figure: Shown) -> tuple[float, float]:
        """From left to right, the part of the line that a published figure covers."""
        return self._ordered(reach(figure, self.least, self.most, self.cuts))

    def band(self, figure: Shown) -> tuple[float, float] | None:
        """From left to right, the part of the line that the interval covers."""
        ends = doubt(figure, self.least, self.most)
        return None if ends is None else self._ordered(ends)

    def haze(self, figure: Shown) -> tuple[float, float] | None:
        """From left to right, the part of the line where the figure lies next week."""
        ends = next_week(figure, self.least, self.most)
        return None if ends is None else self._ordered(ends)

    def edges(self) -> list[float]:
        """Left edges and the right edge of the three zones, from left to right."""
        return sorted(self.x(value) for value in (self.least, *self.cuts, self.most))

    def _ordered(self, ends: tuple[float, float]) -> tuple[float, float]:
        first, second = self.x(ends[0]), self.x(ends[1])
        return min(first, second), max(first, second)


def thirds(start: float, end: float) -> tuple[float, float]:
    """Cuts for a line of which no cuts are known."""
    low, high = min(start, end), max(start, end)
    return low + (high - low) / 3, low + (high - low) * 2 / 3


def round_wide(ends: tuple[float, float], thick: float) -> tuple[float, float]:
    """At least as wide as it is thick: a narrow step is drawn as a round."""
    short = max(0.0, thick - (ends[1] - ends[0])) / 2
    return ends[0] - short, ends[1] + short


def draw_now(
    sheet: Sheet, axis: Axis, figure: Shown, y: float, thick: float
) -> tuple[float, float]:
    """The published figure, solid, on its bands; the answer is what it covers, left to right."""
    if isinstance(figure, Level):
        return _draw_zones(sheet, axis, figure, y, thick)
    covered = solid = round_wide(axis.stretch(figure), thick)
    for ends, wider, fill in reversed(_bands(axis, figure)):
        around = min(ends[0], solid[0]), max(ends[1], solid[1])
        band = round_wide(around, thick + wider)
        sheet.bar(*band, y, thick + wider, fill)
        covered = min(covered[0], band[0]), max(covered[1], band[1])
    sheet.bar(*solid, y, thick, "teal")
    return covered


def _bands(axis: Axis, figure: Shown) -> list[tuple[tuple[float, float], float, str]]:
    """The bands of doubt, the inner one first: where, how much thicker, and in which colour."""
    band, haze = axis.band(figure), axis.haze(figure)
    inner = "band" if haze is None else "doubt"
    # The outer one is thicker as well: where both end at one place it is seen all the same.
    found = ((band, 10.0 if haze is None else 6.0, inner), (haze, 14.0, "band"))
    return [(ends, wider, fill) for ends, wider, fill in found if ends is not None]


def _draw_zones(
    sheet: Sheet, axis: Axis, level: Level, y: float, thick: float
) -> tuple[float, float]:
    edges = axis.edges()
    ordered = WORDS if axis.start < axis.end else WORDS[::-1]
    for place, word in enumerate(ordered):
        chosen = word == level.word
        sheet.bar(
            edges[place] + 1.5,
            edges[place + 1] - 1.5,
            y,
            thick if chosen else thick - 2,
            "teal" if chosen else "doubt" if word in level.also else "sunk",
            stroke=None if chosen else colour("edge"),
            stroke_width=None if chosen else 1.0,
        )
    place = ordered.index(level.word)
    return edges[place], edges[place + 1]


def draw_before(sheet: Sheet, axis: Axis, figure: Shown, y: float) -> tuple[float, float]:
    """The figure of last time: an open shape on a quiet band."""
    open_shape = round_wide(axis.stretch(figure), 10)
    band = axis.band(figure)
    if band is not None:
        sheet.bar(*round_wide(band, 12), y, 12, "line", opacity="0.75")
    sheet.bar(*open_shape, y, 10, "paper", stroke=colour("context"), stroke_width=2.0)
    return open_shape


def middle(ends: tuple[float, float]) -> float:
    """Half-way between two places."""
    return (ends[0] + ends[1]) / 2


def clamp_middle(x: float, words: str, size: float, left: float, right: float) -> float:
    """A place for centred words near x that keeps them between left and right."""
    half = width(words, size) / 2
    if 2 * half >= right - left:
        return (left + right) / 2
    return min(max(x, left + half), right - half)
