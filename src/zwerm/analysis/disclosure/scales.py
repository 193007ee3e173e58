"""What people think of sentences, as three shares: rule R5b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.disclosure.figures import HALVES, share_on_grid
from zwerm.analysis.disclosure.grid import Shown, Withheld, Word

DISAGREE_UNDER, AGREE_OVER = 2.5, 3.5
WORDS_ONLY_UNDER = 20
TENTHS_FROM = 50
GAP_CUTS = (0.5, 1.0)


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
    values: npt.NDArray[np.float64], *, rng: np.random.Generator, floor: int = 5
) -> ShownScale | Withheld:
    """Three shares of the people with a value on one scale.

    Args:
        values: shape (n,), from 1 to 5; people without a value are left out.
        rng: draws of the random rounding.
        floor: fewest people (rule R1; a school may raise it).
    """
    answered = len(values)
    if answered < floor:
        return Withheld("few_answers")
    disagree = int((values < DISAGREE_UNDER).sum())
    agree = int((values > AGREE_OVER).sum())
    counts = (disagree, answered - disagree - agree, agree)
    if answered < WORDS_ONLY_UNDER:
        word = most(disagree / answered, agree / answered)
        return ShownScale(word, *(Shown("word", share_word(one / answered)) for one in counts))
    step = 0.25 if answered < TENTHS_FROM else 0.10
    shares = [
        share_on_grid(one / answered, answered, step, answered, HALVES, rng) for one in counts
    ]
    shown = [one for one in shares if isinstance(one, Shown)]
    if len(shown) < len(shares):
        return Withheld("few_answers")
    return ShownScale(most(shown[0].value or 0.0, shown[2].value or 0.0), *shown)


def most(disagree: float, agree: float) -> Word:
    """The word of a scale: whether at least half agree, or at least half disagree."""
    if agree >= 0.5 and agree > disagree:
        return "high"
    return "low" if disagree >= 0.5 and disagree > agree else "middle"


def share_word(share: float) -> Word:
    low, high = HALVES
    return "low" if share < low else "high" if share >= high else "middle"


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
