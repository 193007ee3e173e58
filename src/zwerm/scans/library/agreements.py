"""What a member reads before, during and after a scan: screens, promises, mails, poster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zwerm.scans.library.texts import Text, fill, load


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


def is_built(promise: dict[str, Any]) -> bool:
    """A promise is shown only when what it needs is built and a test proves it."""
    return "needs" not in promise


def first_screen(language: str, **given: str) -> FirstScreen:
    screen = load("agreements.yaml")["first_screen"]
    say = Speaker(language, given)
    who = screen["who_sees_what"]
    return FirstScreen(
        title=say(screen["title"]),
        lines={one["id"]: say(one) for one in screen["lines"]},
        heading=say(who["heading"]),
        who_sees_what=[say(one) for one in who["lines"] if is_built(one)],
        kept=say(screen["kept"]),
        council=say(screen["council"]),
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
    """The mail `name` (invitation, reminder_1, reminder_2, extended, report_ready)."""
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
