"""What a member reads before, during and after a scan: screens, promises, mails, poster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from zwerm.scans.library.texts import Text, fill, load

RULES = {
    "own_nominations": "privacy 3: one's own nominations",
    "who_named_me": "privacy 3: who named me; may know",
    "own_band": "privacy 3: how often I was named",
    "responded": "privacy 3: responded or not",
    "participation": "privacy 3: participation in bands",
    "same_report": "privacy 3: the same report for everybody",
    "comments": "privacy 3: comments beside the report",
    "never_persons": "privacy 3: never, at any size",
    "board": "privacy 3 and 5: what a board sees",
    "objection": "privacy 3: objecting to being named",
    "two_worlds": "privacy 1: two worlds that never join",
    "sealed": "privacy 1: sealed answers",
    "retention": "privacy 1: the end of retention",
    "opening": "privacy 1: what a scan cannot open without",
    "log": "privacy 3: the log of settings",
    "modes": "privacy 2: privacy modes",
    "R1": "privacy 4: floors",
    "R2": "privacy 4: one partition with neighbours",
    "R3": "privacy 4: dominance",
    "R4": "privacy 4: no nobody and no everybody",
    "R5": "privacy 4: one number on one grid",
    "R6": "privacy 4: thresholds frozen at opening",
    "R7": "privacy 4: change",
    "R8": "privacy 4: immutable snapshots",
    "auditor": "privacy 4: the auditor",
    "under_ten": "privacy 4: fewer than ten",
    "not_defended": "privacy: what is not defended",
    "rights": "privacy 6: the rights of the law",
    "contract": "methods 4: the response contract",
    "instruments": "methods 1: nothing is compulsory",
    "no_appraisal": "product: never a source for appraisal",
    "agreements": "product: taking part is free",
}
"""Every rule that a promise may rest on, with its place in the design."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise as it is shown: its question and its answer."""

    id: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Promises:
    """All promises of a scan, the choices people have, and the facts in a row."""

    intro: str
    items: list[Promise]
    choices_title: str
    choices: list[str]
    facts_title: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What stands before the first question; readable in half a minute."""

    title: str
    lines: dict[str, str]
    heading: str
    who_sees_what: list[str]
    kept: str
    """Empty as long as nothing proves it; `council` too."""
    council: str
    buttons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, filled in."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the staff council's page."""

    id: str
    heading: str
    points: list[str]


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """What the staff council consents to, in words."""

    title: str
    lead: str
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class Poster:
    """The poster in the staff room."""

    headline: str
    lines: list[str]
    qr_note: str
    small: str


def is_built(line: dict[str, Any]) -> bool:
    """A promise is shown only when a test proves it, or when people and not software keep it.

    A line that rests on no rule promises nothing.
    """
    return "needs" not in line and ("rules" not in line or "proof" in line or "agreement" in line)


def every_promise() -> list[dict[str, Any]]:
    """Each line of agreements.yaml that rests on a rule, shown or not, as it stands there."""
    return list(lines_with_rules(load("agreements.yaml")))


def lines_with_rules(content: Any) -> Iterator[dict[str, Any]]:
    parts: Iterable[Any] = ()
    if isinstance(content, dict):
        if "rules" in content:
            yield content
        parts = content.values()
    elif isinstance(content, list):
        parts = content
    for part in parts:
        yield from lines_with_rules(part)


def first_screen(language: str, **given: str) -> FirstScreen:
    screen = load("agreements.yaml")["first_screen"]
    say = Speaker(language, given)
    who = screen["who_sees_what"]
    return FirstScreen(
        title=say(screen["title"]),
        lines={one["id"]: say(one) for one in screen["lines"]},
        heading=say(who["heading"]),
        who_sees_what=[say(one) for one in who["lines"] if is_built(one)],
        kept=say(screen["kept"]) if is_built(screen["kept"]) else "",
        council=say(screen["council"]) if is_built(screen["council"]) else "",
        buttons={name: say(one) for name, one in screen["buttons"].items()},
    )


def promises(language: str, **given: str) -> Promises:
    """Every promise that is built, with its words filled in."""
    content = load("agreements.yaml")["promises"]
    say = Speaker(language, given)
    choices, facts = content["your_choices"], content["facts"]
    return Promises(
        intro=say(content["intro"]),
        items=[
            Promise(one["id"], say(one["title"]), say(one))
            for one in content["items"]
            if is_built(one)
        ],
        choices_title=say(choices["title"]),
        choices=[say(one) for one in choices["items"] if is_built(one)],
        facts_title=say(facts["title"]),
        facts=[(say(row["label"]), say(row["value"])) for row in facts["rows"]],
    )


def mail(name: str, language: str, **given: str) -> Mail:
    """The mail `name` (invitation, reminder_1, reminder_2, extended, cancelled, report_ready)."""
    content = load("agreements.yaml")["mails"][name]
    say = Speaker(language, given)
    return Mail(say(content["subject"]), say(content["body"]))


def thanks_screen(language: str, **given: str) -> tuple[str, list[str]]:
    content = load("agreements.yaml")["thanks_screen"]
    say = Speaker(language, given)
    return say(content["title"]), [say(one) for one in content["lines"]]


def poster(language: str, **given: str) -> Poster:
    content = load("agreements.yaml")["poster"]
    say = Speaker(language, given)
    lines = [say(one) for one in content["lines"]]
    return Poster(say(content["headline"]), lines, say(content["qr_note"]), say(content["small"]))


def council_page(language: str, **given: str) -> CouncilPage:
    content = load("agreements.yaml")["staff_council"]
    say = Speaker(language, given)
    sections = [
        Section(
            one["id"],
            say(one["heading"]),
            [say(point) for point in one["points"] if is_built(point)],
        )
        for one in content["sections"]
    ]
    return CouncilPage(say(content["title"]), say(content["lead"]), sections)


def roster_texts(language: str, **given: str) -> dict[str, str]:
    """The small words around a roster question. `{count}` is left for the page to fill in."""
    content = load("instruments.yaml")["roster_texts"]
    say = Speaker(language, {"count": "{count}", **given})
    return {name: say(pair) for name, pair in content.items()}


class Speaker:
    """Says a pair of texts in one language, with the words of one scan filled in."""

    def __init__(self, language: str, given: dict[str, str]) -> None:
        self.language = language
        self.given = given

    def __call__(self, pair: dict[str, Any]) -> str:
        return fill(Text.of(pair).in_(self.language), **self.given)
