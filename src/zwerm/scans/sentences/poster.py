"""The three large lines on the poster of a report, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.scans.sentences.numbers import mean_in_words
from zwerm.scans.sentences.opinions import Line, is_shown, place, recognised
from zwerm.scans.sentences.telling import Telling, joined
from zwerm.scans.sentences.wording import capital, phrase

LINES = 3


@dataclass(frozen=True, slots=True)
class Big:
    """One large line: a few words to see from afar, and the rest of the sentence under them."""

    value: str
    words: str


def three(tell: Telling) -> tuple[Big, ...]:
    """At most three: how many are asked, whether they ask back, and what is recognised most."""
    found: list[Big] = []
    mean, mutual = tell.figure("mean_named"), tell.figure("reciprocity")
    if mean["shown"]:
        found.append(big(tell, mean_in_words(mean, tell.language), "mean"))
    if mutual["shown"]:
        found.append(big(tell, tell.share(mutual, "times").words, "reciprocity"))
    lines = [most_recognised(tell, family) for family in ("conditions", "drives")]
    found += [big(tell, line["label"][tell.language], "scale") for line in lines if line]
    return tuple(found[:LINES])


def sure(tell: Telling) -> str:
    """Who only sees the poster reads there too that its figures are not exact."""
    return joined(tell.band(), tell.say("poster.sure")) if three(tell) else ""


def big(tell: Telling, value: str, name: str) -> Big:
    return Big(capital(value), phrase(f"poster.{name}", tell.language))


def most_recognised(tell: Telling, family: str) -> Line | None:
    """The scale of a family that most people recognise, if there is one."""
    lines = [
        line
        for line in tell.snapshot["scales"]
        if line["family"] == family and line["kind"] == "scale" and is_shown(line)
    ]
    high = [line for line in lines if recognised(line) == "high"]
    return max(high, key=place) if high else None
