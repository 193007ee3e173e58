"""What people think of sentences, as three shares: rule R5b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.disclosure.figures import HALVES, share_on_grid
from zwerm.analysis.disclosure.grid import (
    COUNTS_IN_END_BAND,
    Shown,
    Withheld,
    Word,
    on_grid,
    word_of,
)

DISAGREE_UNDER, AGREE_OVER = 2.5, 3.5
WORDS_ONLY_UNDER = 20
TENTHS_FROM = 50
GAP_CUTS = (0.5, 1.0)
COEFFICIENTS_FROM = 50
COEFFICIENT_STEP = 0.1
COEFFICIENT_CUTS = (0.5, 0.7)
APART_FROM = 0.3
"""Answers lie apart when so large a share agrees and so large a share disagrees."""


@dataclass(frozen=True, slots=True)
class ShownScale:
    """One scale: three published shares and a word, or the word alone for few answers."""

    word: Word
    disagree: Shown
    between: Shown
    agree: Shown

    def to_json(self) -> dict[str, Any]:
        shares = {name: getattr(self, name).to_json() for name in ("disagree", "between", "agree")}
        return {"word": self.word, **shares}

    @property
    def place(self) -> float:
        """Where the published answer lies between 1 and 5; from published values only."""
        if self.agree.value is None or self.disagree.value is None:
            return {"low": 2.0, "middle": 3.0, "high": 4.0}[self.word]
        return 3 + 2 * (self.agree.value - self.disagree.value)


def show_scale(
    values: npt.NDArray[np.float64],
    *,
    rng: np.random.Generator,
    floor: int = 5,
    from_people: int = 0,
) -> ShownScale | Withheld:
    """Three shares of the people with a value on one scale.

    Args:
        values: shape (n,), from 1 to 5; people without a value are left out.
        rng: draws of the random rounding.
        floor: fewest people (rule R1; a school may raise it).
        from_people: a higher floor that belongs to this scale.
    """
    answered = len(values)
    if answered < max(floor, from_people):
        return Withheld("few_answers")
    disagree = int((values < DISAGREE_UNDER).sum())
    agree = int((values > AGREE_OVER).sum())
    counts = (disagree, answered - disagree - agree, agree)
    if answered < WORDS_ONLY_UNDER:
        return in_words(*(share_word(count, answered) for count in counts))
    step = 0.25 if answered < TENTHS_FROM else 0.10
    shares = [
        share_on_grid(one / answered, answered, step, answered, HALVES, rng) for one in counts
    ]
    # From 20 answers on there is room between the two ends: none of the three is held back.
    left, middle, right = (one for one in shares if isinstance(one, Shown))
    return ShownScale(most(left.value or 0.0, right.value or 0.0), left, middle, right)


def most(disagree: float, agree: float) -> Word:
    """The word of a scale: whether at least half agree, or at least half disagree."""
    if agree >= 0.5 and agree > disagree:
        return "high"
    return "low" if disagree >= 0.5 and disagree > agree else "middle"


def show_coefficient(
    value: float, people: int, *, rng: np.random.Generator, floor: int = 0
) -> Shown | Withheld:
    """Alpha, omega, rwg(j) or an ICC to one decimal, from 50 people; both ends are merged.

    At .1 and below, also below zero, it says "at most"; at .9 "at least". It goes up or down at
    random for any number of people: with three such figures on one scale, whoever knows all
    other answers would else learn about twice as much of the last one.

    Args:
        value: the coefficient, at most 1.
        people: over how many people it was computed.
        rng: draws of the random rounding.
        floor: fewest people when a school raised its floor above 50.
    """
    if people < max(COEFFICIENTS_FROM, floor):
        return Withheld("few_answers")
    step = COEFFICIENT_STEP
    rounded = on_grid(value, step, respondents=0, rng=rng)
    if rounded <= step:
        return Shown("number", "low", step, step, "low")
    top = round(1 - step, 10)
    if rounded >= top:
        return Shown("number", "high", top, step, "high")
    return Shown("number", word_of(rounded, step, None, COEFFICIENT_CUTS), rounded, step)


def lies_apart(scale: ShownScale, agreement: Shown | Withheld) -> bool:
    """Whether an average would say little, from published values only.

    Either the published rwg(j) is low, or both those who agree and those who disagree are three
    in ten or more; in words: neither of the two is "a smaller part".
    """
    if isinstance(agreement, Shown) and agreement.word == "low":
        return True
    return _is_large(scale.disagree) and _is_large(scale.agree)


def _is_large(share: Shown) -> bool:
    return share.word != "low" if share.value is None else share.value >= APART_FROM


def in_words(disagree: Word, between: Word, agree: Word) -> ShownScale:
    """A scale of few answers. Its word follows from the words of its shares, never from counts."""
    word = most(ROUGHLY[disagree], ROUGHLY[agree])
    return ShownScale(word, *(Shown("word", one) for one in (disagree, between, agree)))


ROUGHLY: dict[Word, float] = {"low": 0.0, "middle": 0.5, "high": 1.0}


def share_word(count: int, answered: int) -> Word:
    """A smaller part, about half, or most: thirds, with ends that cover at least four counts.

    With eight answers or fewer there is no room for three such bands: then two, or two with the
    middle count between them; with five or six answers each end is as wide as it can be.

    Example:
        >>> [share_word(count, 10) for count in (3, 4, 6, 7)]
        ['low', 'middle', 'middle', 'high']
        >>> [share_word(count, 7) for count in (0, 3, 4, 7)]
        ['low', 'low', 'high', 'high']
    """
    thirds = -(-answered // 3) - 1
    widest = (answered - 1) // 2
    end = max(thirds, min(COUNTS_IN_END_BAND - 1, widest))
    return "low" if count <= end else "high" if answered - count <= end else "middle"


@dataclass(frozen=True, slots=True)
class Fit:
    """How far the conditions lie apart: from the highest to the lowest, as published."""

    word: Word
    highest: str
    lowest: str

    def to_json(self) -> dict[str, Any]:
        return {
            "shown": True,
            "word": self.word,
            "highest": self.highest,
            "lowest": self.lowest,
        }


def show_fit(conditions: dict[str, ShownScale | Withheld]) -> Fit | Withheld:
    """The gap between the conditions, computed from published values only."""
    places: dict[str, float] = {}
    for name, scale in conditions.items():
        if isinstance(scale, Withheld):
            return scale
        places[name] = scale.place
    if len(places) < 2:
        return Withheld("not_asked")
    highest = max(places, key=lambda name: places[name])
    lowest = min(places, key=lambda name: places[name])
    gap = places[highest] - places[lowest]
    low, high = GAP_CUTS
    return Fit("low" if gap < low else "high" if gap >= high else "middle", highest, lowest)
