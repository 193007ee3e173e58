"""Exact figures with their intervals, as the pictures of the report want them."""

from __future__ import annotations

import math

from zwerm.analyse.inference.sure import Sure
from zwerm.analyse.words import Words
from zwerm.pictures.figures import Figure, Step, Withheld

EXACT = 1e-9
"""An exact figure has no step worth drawing: it is drawn as a round."""


def exact(value: float | None, words: Words, sure: Sure | None = None, name: str = "") -> Figure:
    """A figure with its two soft bands; the reason where it is not defined.

    `name` is what `zwerm.analysis.intervals` calls the figure.
    """
    if value is None or math.isnan(value):
        return Withheld(words("says_nothing"))
    whole = None if sure is None else sure.found.completion.get(name)
    again = None if sure is None else sure.found.remeasurement.get(name)
    return Step(
        value,
        EXACT,
        low=None if whole is None else whole.low,
        high=None if whole is None else whole.high,
        again=None if again is None else (again.low, again.high),
    )
