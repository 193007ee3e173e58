"""The bands of doubt in the pictures of a report: where they lie, and how they are read aloud."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from zwerm.pictures.figures import Figure, Level, Withheld, Word
from zwerm.scans.sentences import Telling, intervals

CANNOT_SAY = frozenset({"too_wide", "much_asked_silent"})
"""Reasons for which a figure is not held back: it is not known."""


def banded(tell: Telling, name: str, figure: Figure) -> Figure:
    """A published figure with its bands; as it is where it has none."""
    if isinstance(figure, Withheld):
        return figure
    if isinstance(figure, Level):
        return replace(figure, also=also(tell, name, figure.word))
    inner = intervals.ends(tell, name, intervals.COMPLETION)
    if inner is None:
        return figure
    outer = intervals.ends(tell, name, intervals.REMEASUREMENT)
    return replace(figure, low=inner[0], high=inner[1], again=outer)


def has_bands(snapshot: dict[str, Any], name: str) -> bool:
    """Whether a figure is drawn with bands."""
    return intervals.ends(Telling(snapshot, "en"), name, intervals.COMPLETION) is not None


def soft_zones(snapshot: dict[str, Any], name: str) -> tuple[Word, ...] | None:
    """The softer zones of a figure that is drawn as three; None where it is not."""
    tell = Telling(snapshot, "en")
    figure = tell.figure(name)
    is_word = figure["shown"] and figure["kind"] == "word"
    return also(tell, name, figure["word"]) if is_word else None


def also(tell: Telling, name: str, word: Word) -> tuple[Word, ...]:
    """The words that a published word may be as well, had everybody answered."""
    found = intervals.reach(tell, name, intervals.COMPLETION) or ()
    return tuple(one for one in found if one != word)


def spoken(tell: Telling, name: str) -> str:
    """What the bands of a figure show, for who does not see them."""
    if not intervals.has_intervals(tell) or name not in tell.intervals:
        return ""
    if name == "centralization":
        return intervals.of_words(tell, name, otherwise="")
    return intervals.between(tell, name)
