"""The patterns that ship, in one language."""

from __future__ import annotations

from typing import Any

from zwerm.scans.library.texts import Text, fill, load


class Patterns:
    """Says a pattern of sentences.yaml in one language, with its words filled in."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.content = load("sentences.yaml")

    def say(self, figure: str, part: str, **words: str) -> str:
        return self._fill(self.content["figures"][figure][part], words)

    def maybe(self, figure: str, part: str, **words: str) -> str:
        """The same, or nothing when there is no such pattern."""
        found = self.content["figures"].get(figure, {}).get(part)
        return self._fill(found, words) if found else ""

    def change(self, part: str, **words: str) -> str:
        return self._fill(self.content["change"][part], words)

    def withheld(self, reason: str) -> str:
        return self._fill(self.content["withheld"][reason], {})

    def questions(self) -> list[str]:
        return [self._fill(one, {}) for one in self.content["questions"]]

    def _fill(self, pair: dict[str, Any], words: dict[str, str]) -> str:
        return fill(Text.of(pair).in_(self.language), **words)
