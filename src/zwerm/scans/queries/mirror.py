"""What one respondent may see of themselves after the report appeared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from zwerm.core import clock
from zwerm.scans import library, sealed
from zwerm.scans.models import RosterEntry, Scan

MIRROR_DAYS = 30
"""How long one's own answers and mirror can be read after the report appeared."""


@dataclass(frozen=True, slots=True)
class Named:
    """A colleague whom this person named, and whether that colleague may know."""

    number: int
    name: str
    may_know: bool


@dataclass(frozen=True, slots=True)
class Mirror:
    """One's own overview. `band` is None when too few others answered."""

    band: str | None
    known: list[str]
    named: list[Named]
    answers: list[tuple[str, str]]
    until: dt.date


def mirror_is_readable(scan: Scan) -> bool:
    """The report has appeared, at most 30 days ago, and the answers still exist."""
    return (
        scan.released_at is not None
        and scan.wrapped_key is not None
        and clock.now() <= scan.released_at + dt.timedelta(days=MIRROR_DAYS)
    )


def mirror_of(scan: Scan, entry: RosterEntry, language: str) -> Mirror | None:
    """The overview of `entry`; None when there is none, or no longer. Five queries."""
    if not mirror_is_readable(scan):
        return None
    answers = sealed.read_answers(scan, entry)
    content = sealed.read_mirror(scan, entry)
    if answers is None or content is None or scan.released_at is None:
        return None
    names = dict(RosterEntry.objects.filter(scan=scan).values_list("number", "name"))
    advice = answers.answer("advice") or {}
    knows = set(advice.get("may_know", ()))
    named = [Named(one, names[one], one in knows) for one in advice.get("named", ())]
    return Mirror(
        band=content["band"],
        known=content["known"],
        named=sorted(named, key=lambda one: one.name),
        answers=list(said(scan, answers, language)),
        until=(scan.released_at + dt.timedelta(days=MIRROR_DAYS)).date(),
    )


def said(scan: Scan, answers: sealed.Answers, language: str) -> list[tuple[str, str]]:
    """Each sentence with what this person thought of it, in words."""
    questionnaire: dict[str, Any] = scan.questionnaire or {}
    points = library.answer_words(language)
    return [
        (question["text"][language], points[answers.answer(question["id"])])
        for question in questionnaire.get("questions", ())
        if question["kind"] == "item" and answers.answer(question["id"]) is not None
    ]
