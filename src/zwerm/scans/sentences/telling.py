"""What every section needs: one snapshot, one language, and the words for its figures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from zwerm.scans.sentences.numbers import ABOUT, FEW, Share, answered_in_words, share_in_words
from zwerm.scans.sentences.wording import worded

Snapshot = dict[str, Any]
Figure = dict[str, Any]

NOT_ASKED: Figure = {"shown": False, "reason": "not_asked"}


@dataclass(frozen=True, slots=True)
class Section:
    """One finding: what we see, how sure, what it does not mean, and a question to talk about."""

    id: str
    part: str
    lead: str
    lines: tuple[str, ...] = ()
    doubt: str = ""
    not_said: str = ""
    talk: str = ""


class Telling:
    """Tells one snapshot in one language."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.snapshot = snapshot
        self.language = "en" if language.startswith("en") else "nl"
        self.in_few = snapshot["response"]["size"] in FEW
        self.intervals: dict[str, dict[str, Any]] = snapshot.get("intervals", {})
        """By figure; empty in a report from before there were intervals."""

    def say(self, key: str, *, is_plural: bool = True, **words: str) -> str:
        return worded(key, self.language, is_plural=is_plural, **words)

    def figure(self, name: str) -> Figure:
        """One published figure; as not asked when the snapshot has none of that name."""
        found: Figure = self.snapshot["figures"].get(name, NOT_ASKED)
        return found

    def is_shown(self, name: str) -> bool:
        return bool(self.figure(name)["shown"])

    def share(self, figure: Figure, noun: str) -> Share:
        return share_in_words(figure, noun, self.language, in_few=self.in_few)

    def say_share(self, key: str, figure: Figure, noun: str) -> str:
        """A sentence around one share, with the verb that fits it."""
        share = self.share(figure, noun)
        return self.say(key, is_plural=share.is_plural, share=share.words)

    def band(self) -> str:
        """How many answered, from the published band; empty under ten invited people."""
        response = self.snapshot["response"]
        if response["low"] is None or response["high"] is None:
            return ""
        return answered_in_words(
            response["low"], response["high"], self.language, in_few=self.in_few
        )

    def doubt(self) -> str:
        """How sure, of a figure without an interval: only what the response allows."""
        return joined(self.band(), self.say("response.others"))

    def decimal(self, value: float) -> str:
        """A number with as few decimals as it needs, with a comma in Dutch."""
        said = f"{round(value, 2):g}"
        return said.replace(".", ",") if self.language == "nl" else said

    def topic(self) -> str:
        return str(self.snapshot["scan"]["topic"][self.language])


def halves(value: float, rounding: Any) -> float:
    """A value moved outward to a half."""
    nudge = ABOUT if rounding is math.floor else -ABOUT
    return float(rounding(2 * value + nudge) / 2)


def joined(*sentences: str) -> str:
    """Sentences after each other, without those that say nothing."""
    return " ".join(one for one in sentences if one)
