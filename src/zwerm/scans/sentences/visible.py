"""From which size a school would see a change, in the words of people."""

from __future__ import annotations

import math
from collections.abc import Mapping

from zwerm.scans.sentences.numbers import ABOUT
from zwerm.scans.sentences.wording import phrase, worded

SMALL, A_WORD = 0.1, 0.2
"""Centralization: up to half a word of the report, and a whole one."""


def visible_lines(sizes: Mapping[str, float], language: str) -> list[str]:
    """A sentence for each figure; `sizes` are the smallest changes that are mostly seen.

    Sizes are rounded up: never does a school seem to see more than it can.
    """
    return [visible_line(name, size, language) for name, size in sizes.items()]


def visible_line(name: str, size: float, language: str, text: str = "visible") -> str:
    """One of them; `text` is where its sentences stand."""
    if name == "centralization":
        word = "small" if size <= SMALL else "word" if size <= A_WORD else "large"
        return worded(f"{text}.centralization.{word}", language)
    said = colleagues(size, language) if name == "mean_named" else tenths(size, language)
    return worded(f"{text}.{name}", language, size=said)


def colleagues(size: float, language: str) -> str:
    """A number of colleagues, up to the next half, and above two to the next whole."""
    halves = max(1, math.ceil(2 * size - ABOUT))
    if halves <= 3:
        name = ("half", "one", "one_and_half")[halves - 1]
        return phrase(f"visible.size.{name}", language)
    return phrase("visible.size.more", language, n=str(math.ceil(halves / 2)))


def tenths(size: float, language: str) -> str:
    """A share of ten times, up to the next half of a tenth and at least one in ten."""
    halves = min(max(2, math.ceil(20 * size - ABOUT)), 20)
    whole, is_between = divmod(halves, 2)
    if is_between:
        return phrase("visible.size.between", language, n=str(whole), m=str(whole + 1))
    return phrase("visible.size.tenth", language, n=str(whole))
