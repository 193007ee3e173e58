"""What this room says, in Dutch and English: `words.yaml`, and numbers as each language writes."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Language = Literal["en", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "nl")
FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to say later, in the language of the reader: a key of words.yaml, filled in."""

    key: str
    values: Mapping[str, object]


def sentence(key: str, **values: object) -> Sentence:
    """`sentence("no_file", file="ties.csv")`."""
    return Sentence(key, values)


class Fault(Exception):
    """The work cannot be done. Says which file, row and column, and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.sentence = Sentence(key, values)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. Call it with a key: `words("no_file", file="ties.csv")`."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        return catalogue()[key][self.language].format(**values)

    def say(self, said: Sentence) -> str:
        return self(said.key, **said.values)

    def number(self, value: float, digits: int = 3) -> str:
        """A number for the eye; a dash where there is none.

        >>> Words("nl").number(0.25), Words("en").number(1234), Words("en").number(float("nan"))
        ('0,250', '1,234', '–')
        """
        if isinstance(value, float) and math.isnan(value):
            return "–"
        written = f"{value:,.{digits}f}" if isinstance(value, float) else f"{value:,}"
        return written if self.language == "en" else written.translate(DUTCH_MARKS)

    def hundredths(self, share: float) -> str:
        """A share as so many of every hundred, the same as in its two digits.

        >>> Words("en").number(0.975, 2), Words("en").hundredths(0.975)
        ('0.97', '97')
        """
        return self.number(round(100 * round(share, 2)))

    def count(self, key: str, number: int) -> str:
        """One or many: `key_one` or `key_many`, with the number filled in."""
        return self(f"{key}_one" if number == 1 else f"{key}_many", n=self.number(number))


DUTCH_MARKS = str.maketrans(",.", ".,")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every word of this room by its key and language."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    words: dict[str, dict[str, str]] = yaml.load(FILE.read_text("utf-8"), Loader=loader)  # noqa: S506  # safe, and in C where it can
    return words


def language_here(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of this machine; English when it is not Dutch.

    >>> language_here({"LANG": "nl_NL.UTF-8"}), language_here({"LANG": "C.UTF-8"})
    ('nl', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if found := environment.get(name):
            return "nl" if found.startswith("nl") else "en"
    return "en"
