"""How numbers are said: tenths, quarters and halves, never more exact than they were published."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from zwerm.scans.sentences.wording import phrase, worded

ABOUT = 1e-6
"""Published values are decimal steps kept as floats: 0.30000000000000004 is three tenths."""

FEW = frozenset({"none", "tiny"})
"""Size classes with fewer than 20 answers: no "in 10" in any sentence."""

Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """A share in words, and whether a verb with it stands in the plural."""

    words: str
    is_plural: bool


def share_in_words(figure: Figure, noun: str, language: str, *, in_few: bool) -> Share:
    """A published share of `noun` (people, times, questions).

    Quarters are said as quarters and finer steps in tenths. In a report of fewer than 20
    answers there is no number at all: most, about half, a smaller part.
    """
    if figure["kind"] == "word" or in_few:
        return Rough(noun, language).said(figure)
    if is_at(figure["step"], 0.25):
        return in_quarters(figure, noun, language)
    return in_tenths(figure, noun, language)


class Rough:
    """Says shares of few answers, without any number."""

    def __init__(self, noun: str, language: str) -> None:
        self.noun = noun
        self.language = language

    def said(self, figure: Figure) -> Share:
        place = rough_place(figure)
        if place == "high":
            return Share(phrase(f"numbers.most.{self.noun}", self.language), is_plural=True)
        of_the = phrase(f"numbers.of_the.{self.noun}", self.language)
        if place == "low":
            words = phrase("numbers.smaller", self.language, of_the=of_the)
            return Share(words, is_plural=False)
        half = phrase("numbers.part.half", self.language)
        words = phrase("numbers.about_part", self.language, part=half, of_the=of_the)
        return Share(words, is_plural=self.language == "en")


def rough_place(figure: Figure) -> str:
    """Whether a share is a smaller part, about half, or most."""
    if figure["kind"] == "word":
        return str(figure["word"])
    if figure.get("end"):
        return str(figure["end"])
    value = figure["value"]
    return "low" if value < 0.4 - ABOUT else "high" if value > 0.6 + ABOUT else "middle"


def in_quarters(figure: Figure, noun: str, language: str) -> Share:
    """About a quarter, at most half, at least three quarters."""
    name = {1: "quarter", 2: "half", 3: "three_quarters"}[round(4 * inside(figure["value"], 0.25))]
    pattern = {"low": "at_most_part", "high": "at_least_part", None: "about_part"}[figure["end"]]
    return part_in_words(pattern, name, noun, language)


def part_in_words(pattern: str, name: str, noun: str, language: str) -> Share:
    words = phrase(
        f"numbers.{pattern}",
        language,
        part=phrase(f"numbers.part.{name}", language),
        of_the=phrase(f"numbers.of_the.{noun}", language),
    )
    return Share(words, is_plural=language == "en")


def in_tenths(figure: Figure, noun: str, language: str) -> Share:
    """About 3 in 10; 3 to 4 in 10; about half; at most 1 in 10; at least 9 in 10."""
    said = phrase(f"numbers.noun.{noun}", language)
    tenths = 10 * inside(figure["value"], 0.05)
    if figure["end"] == "low":
        return at_edge("at_most", math.ceil(tenths - ABOUT), noun, language)
    if figure["end"] == "high":
        return at_edge("at_least", math.floor(tenths + ABOUT), noun, language)
    if abs(tenths - 5) < 1 - ABOUT:
        return part_in_words("about_part", "half", noun, language)
    below = math.floor(tenths + ABOUT)
    if is_at(tenths, below):
        words = phrase("numbers.tenth", language, n=str(below), noun=said)
        return Share(words, is_plural=below > 1 or language == "en")
    words = phrase("numbers.between", language, n=str(below), m=str(below + 1), noun=said)
    return Share(words, is_plural=True)


def at_edge(pattern: str, tenths: int, noun: str, language: str) -> Share:
    """An end band, widened to whole tenths: never claims more than was published."""
    if tenths == 5:
        return part_in_words(f"{pattern}_part", "half", noun, language)
    said = phrase(f"numbers.noun.{noun}", language)
    words = phrase(f"numbers.{pattern}", language, n=str(tenths), noun=said)
    return Share(words, is_plural=tenths > 1 or language == "en")


def band_in_words(low: float, high: float, language: str, *, in_few: bool) -> Share:
    """The share of people who answered, from the edges of its published band."""
    if in_few:
        middle = {"kind": "share", "value": (low + high) / 2, "end": None}
        return Rough("people", language).said(middle)
    people = phrase("numbers.noun.people", language)
    first, last = math.floor(10 * low + ABOUT), math.ceil(10 * high - ABOUT)
    if first <= 0:
        return at_edge("at_most", last, "people", language)
    if last >= 10:
        return at_edge("at_least", first, "people", language)
    pattern = "numbers.between" if last - first == 1 else "numbers.range"
    words = phrase(pattern, language, n=str(first), m=str(last), noun=people)
    return Share(words, is_plural=True)


def answered_in_words(low: float, high: float, language: str, *, in_few: bool) -> str:
    """How many answered, as a sentence, from the edges of the published band."""
    share = band_in_words(low, high, language, in_few=in_few)
    return worded("response.band", language, is_plural=share.is_plural, share=share.words)


def mean_in_words(figure: Figure, language: str) -> str:
    """A mean number of colleagues, spoken to the nearest half."""
    halves = math.floor(2 * figure["value"] + 0.5 + ABOUT)
    whole, is_between = divmod(halves, 2)
    if figure.get("end") and halves >= 2:
        edge = whole + is_between if figure["end"] == "low" else whole
        one = "_one" if figure["end"] == "low" and edge == 1 else ""
        pattern = ("at_most" if figure["end"] == "low" else "at_least") + one
        return phrase(f"numbers.mean.{pattern}", language, n=str(edge))
    if halves < 2:
        return phrase("numbers.mean.under_one", language)
    if is_between:
        return phrase("numbers.mean.between", language, n=str(whole), m=str(whole + 1))
    pattern = "one" if whole == 1 else "about"
    return phrase(f"numbers.mean.{pattern}", language, n=str(whole))


def inside(value: float, step: float) -> float:
    """The value, kept a step away from none and from all: those are never said (rule R4)."""
    return min(max(value, step), 1 - step)


def is_at(value: float, place: float) -> bool:
    return math.isclose(value, place, abs_tol=ABOUT)
