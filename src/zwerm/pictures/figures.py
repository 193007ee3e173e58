"""The three ways in which a figure may come in: a step on a grid, a word, or not at all."""

from dataclasses import dataclass
from typing import Literal

Word = Literal["low", "middle", "high"]
End = Literal["low", "high"]

WORDS: tuple[Word, ...] = ("low", "middle", "high")


@dataclass(frozen=True)
class Step:
    """A published value on its grid.

    `end` marks a merged end band: "low" reads "at most value", "high" reads "at least value".
    `low` and `high` are the ends of the interval had everybody answered, if there is one; `again`
    those of next week.
    """

    value: float
    step: float
    end: End | None = None
    low: float | None = None
    high: float | None = None
    again: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.step <= 0:
            raise ValueError(f"a step must be above 0, got {self.step}")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval needs both ends")


@dataclass(frozen=True)
class Level:
    """A figure that is only published as a word, with the words that it may be as well."""

    word: Word
    also: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Withheld:
    """A figure that is not shown, and why not, in words for the reader."""

    reason: str


Shown = Step | Level
Figure = Step | Level | Withheld


def reach(
    figure: Shown, least: float, most: float, cuts: tuple[float, float]
) -> tuple[float, float]:
    """The stretch between `least` and `most` that a published figure covers.

    >>> reach(Step(0.3, 0.1, end="low"), 0, 1, (0.2, 0.5))
    (0, 0.3)
    >>> reach(Level("middle"), 0, 1, (0.2, 0.5))
    (0.2, 0.5)
    """
    if isinstance(figure, Level):
        edges = (least, *cuts, most)
        place = WORDS.index(figure.word)
        return edges[place], edges[place + 1]
    if figure.end is not None:
        low, high = (least, figure.value) if figure.end == "low" else (figure.value, most)
    else:
        low, high = figure.value - figure.step / 2, figure.value + figure.step / 2
    return _within(low, least, most), _within(high, least, most)


def doubt(figure: Shown, least: float, most: float) -> tuple[float, float] | None:
    """The stretch of the interval, or nothing when the figure has none."""
    if isinstance(figure, Level) or figure.low is None or figure.high is None:
        return None
    return _within(figure.low, least, most), _within(figure.high, least, most)


def next_week(figure: Shown, least: float, most: float) -> tuple[float, float] | None:
    """The stretch where the figure lies next week, or nothing when that is not known."""
    if isinstance(figure, Level) or figure.again is None:
        return None
    return _within(figure.again[0], least, most), _within(figure.again[1], least, most)


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)
