"""A text in two languages, and filling in its placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class MissingWord(KeyError):
    """A text has a placeholder for which no word was given."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Dutch and in English."""

    nl: str
    en: str

    def in_(self, language: str | None) -> str:
        """The words in `language`; Dutch for every other language than English."""
        return self.en if (language or "").startswith("en") else self.nl

    @classmethod
    def of(cls, pair: dict[str, Any]) -> Text:
        return cls(pair["nl"], pair["en"])

    def to_json(self) -> dict[str, str]:
        return {"nl": self.nl, "en": self.en}


def fill(words: str, **given: str) -> str:
    """`words` with each `{name}` filled in.

    Raises:
        MissingWord: a placeholder for which no word was given.

    Example:
        >>> fill("Praat over {topic}.", topic="taal")
        'Praat over taal.'
    """

    def word(found: re.Match[str]) -> str:
        if found[1] not in given:
            raise MissingWord(found[1])
        return given[found[1]]

    return PLACEHOLDER.sub(word, words)


@cache
def load(name: str) -> dict[str, Any]:
    """One of the content files that ship, parsed once."""
    text = files("zwerm.scans").joinpath("content", name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
