"""A published figure lies on a grid: rules R4 and R5."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Word = Literal["low", "middle", "high"]
End = Literal["low", "high"]

ROUNDED_AT_RANDOM_UNDER = 50
"""Under this many respondents a value goes up or down at random, by its distance."""
COUNTS_IN_END_BAND = 4


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that is not shown, and why."""

    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"shown": False, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is published: a value on its grid with its word, or the word alone.

    `end` marks a merged end band: "low" reads "at most value", "high" "at least value".
    """

    kind: Literal["number", "share", "word"]
    word: Word
    value: float | None = None
    step: float | None = None
    end: End | None = None

    def to_json(self) -> dict[str, Any]:
        if self.kind == "word":
            word = {"shown": True, "kind": "word", "word": self.word}
            return word | {"end": self.end} if self.end else word
        return {
            "shown": True,
            "kind": self.kind,
            "value": self.value,
            "step": self.step,
            "end": self.end,
            "word": self.word,
        }


def on_grid(value: float, step: float, respondents: int, rng: np.random.Generator) -> float:
    """`value` moved to a multiple of `step`: the nearest, or at random for few respondents.

    At random means up with the probability of the distance already gone: the expected
    published value is the value itself, and no threshold betrays one answer.
    """
    steps = value / step
    below = math.floor(steps + 1e-9)
    if respondents < ROUNDED_AT_RANDOM_UNDER:
        up = rng.random() < steps - below
    else:
        up = steps - below >= 0.5
    return round((below + up) * step, 10)


def end_edge(step: float, possible: int) -> float | None:
    """The edge of the low end band of a share: it covers at least four possible counts.

    None when the two ends would meet: then nothing can be published.
    """
    steps = max(1, math.ceil((COUNTS_IN_END_BAND - 1) / possible / step - 1e-9))
    edge = round(steps * step, 10)
    return edge if 2 * edge < 1 else None


def word_of(value: float, step: float, end: End | None, cuts: tuple[float, float]) -> Word:
    """The word for a published value: cuts are first moved to the nearest published step."""
    low, high = (round(cut / step) * step for cut in cuts)
    place = value + {"low": -step / 2, "high": step / 2, None: 0.0}[end]
    if place < low - 1e-9:
        return "low"
    return "high" if place >= high - 1e-9 else "middle"
