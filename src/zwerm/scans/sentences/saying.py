"""How people say a published number: about three, a quarter, at most two in ten."""

from __future__ import annotations

import math
from typing import Any

Figure = dict[str, Any]
TINY = "tiny"


def say(name: str, figure: Figure, language: str, size: str = "") -> str:
    """A shown figure in words, beside a picture. `size` tiny: no "in ten"."""
    if figure["kind"] == "word":
        return LEVELS[language][figure["word"]]
    if name == "mean_named":
        return colleagues(figure, language)
    if name == "centralization":
        return LEVELS[language][figure["word"]]
    return share(figure, language, size)


LEVELS = {
    "nl": {"low": "laag", "middle": "ertussenin", "high": "hoog"},
    "en": {"low": "low", "middle": "in between", "high": "high"},
}


def count(figure: Figure, language: str) -> str:
    """Mean named without its noun, to the nearest half: "3", "3 à 4", "minder dan 1"."""
    half = round(2 * figure["value"]) / 2
    if figure["end"] == "low":
        words = {"nl": "hoogstens {n}", "en": "at most {n}"}[language]
        return words.format(n=max(1, math.ceil(figure["value"])))
    if half < 1:
        return {"nl": "minder dan 1", "en": "fewer than 1"}[language]
    whole = int(half)
    if half == whole:
        return str(whole)
    return {"nl": f"{whole} à {whole + 1}", "en": f"{whole} or {whole + 1}"}[language]


def colleagues(figure: Figure, language: str) -> str:
    """Mean named with its noun."""
    words = count(figure, language)
    one = words.endswith("dan 1") or words in {"1", "hoogstens 1", "at most 1", "fewer than 1"}
    noun = {"nl": ("collega", "collega's"), "en": ("colleague", "colleagues")}[language][not one]
    about = {"nl": "ongeveer ", "en": "about "}[language] if words.isdigit() else ""
    return f"{about}{words} {noun}"


def share(figure: Figure, language: str, size: str = "") -> str:
    """A share: "ongeveer 3 van de 10", "hoogstens een kwart", "ongeveer de helft"."""
    value, end = figure["value"], figure["end"]
    tenths = 10 * value
    if size == TINY:
        return tiny_share(value, language)
    if end == "low":
        return AT_MOST[language].format(x=part(math.ceil(tenths - 1e-9), value, language))
    if end == "high":
        return AT_LEAST[language].format(x=part(math.floor(tenths + 1e-9), value, language))
    return named_share(figure, language) or in_ten(tenths, language)


def named_share(figure: Figure, language: str) -> str:
    """Half and, on a grid of quarters, a quarter: shares that have a name of their own."""
    if abs(figure["value"] - 0.5) < 1e-9:
        return {"nl": "ongeveer de helft", "en": "about half"}[language]
    if abs(figure["value"] - 0.25) < 1e-9 and figure["step"] > 0.2:
        return {"nl": "ongeveer een kwart", "en": "about a quarter"}[language]
    return ""


def in_ten(tenths: float, language: str) -> str:
    """So many in ten; between two of them when it lies on the half."""
    if abs(tenths - round(tenths)) < 1e-9:
        return {"nl": "ongeveer ", "en": "about "}[language] + part(round(tenths), None, language)
    low, high = math.floor(tenths), math.ceil(tenths)
    return {"nl": f"{low} à {high} van de 10", "en": f"{low} to {high} in 10"}[language]


AT_MOST = {"nl": "hoogstens {x}", "en": "at most {x}"}
AT_LEAST = {"nl": "minstens {x}", "en": "at least {x}"}


def part(tenths: int, value: float | None, language: str) -> str:
    """So many in ten; a quarter and three quarters by name."""
    if value == 0.25:
        return {"nl": "een kwart", "en": "a quarter"}[language]
    if value == 0.75:
        return {"nl": "driekwart", "en": "three quarters"}[language]
    return {"nl": f"{tenths} van de 10", "en": f"{tenths} in 10"}[language]


def tiny_share(value: float, language: str) -> str:
    """With fewer than 20 answers no "in ten": a smaller part, about half, most."""
    if value < 0.4:
        return {"nl": "een kleiner deel", "en": "a smaller part"}[language]
    if value <= 0.6:
        return {"nl": "ongeveer de helft", "en": "about half"}[language]
    return {"nl": "het grootste deel", "en": "most"}[language]


def times(figure: Figure, language: str, size: str) -> str:
    """A share of the times something happens: "3 à 4 van de 10 keer"."""
    words = share(figure, language, size)
    if language == "en":
        return f"{words} times" if words.endswith("10") else f"{words} of the time"
    return f"{words} keer" if words.endswith("10") else f"{words} van de keren"


def begin(words: str) -> str:
    """The same words with a capital, for the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def exact(figure: Figure, language: str) -> str:
    """The published value for the table, with its comma in Dutch."""
    if figure["kind"] == "word":
        return LEVELS[language][figure["word"]]
    value = figure["value"]
    number = f"{100 * value:.0f} %" if figure["kind"] == "share" else f"{value:.10g}"
    if language == "nl":
        number = number.replace(".", ",")
    sign = {
        "low": {"nl": "hoogstens ", "en": "at most "},
        "high": {"nl": "minstens ", "en": "at least "},
    }
    return sign.get(figure["end"] or "", {}).get(language, "") + number


def step(figure: Figure, language: str) -> str:
    """The step on which a value was rounded, for the table."""
    if figure["kind"] == "word":
        return "-"
    value = figure["step"]
    number = f"{100 * value:.0f}" if figure["kind"] == "share" else f"{value:.10g}"
    if language == "nl":
        number = number.replace(".", ",")
    unit = {"nl": " punten", "en": " points"}[language] if figure["kind"] == "share" else ""
    return number + unit
