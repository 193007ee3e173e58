"""Conversation guides: each fits on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from zwerm.scans.library.texts import Text, load


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a talk and its minutes."""

    minutes: int
    text: Text


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide for one situation."""

    id: str
    when: Text
    purpose: Text
    group: Text
    duration_minutes: int
    steps: list[Step]
    questions: list[Text]
    avoid: list[Text]


@dataclass(frozen=True, slots=True)
class Guides:
    """All guides, and what holds for every talk."""

    before: list[Text]
    rules: list[Text]
    after: list[Text]
    guides: list[Guide]


@cache
def load_guides() -> Guides:
    """The guides that ship."""
    content = load("guide.yaml")
    every = content["for_every_talk"]
    return Guides(
        before=texts(every["before"]),
        rules=texts(every["rules"]),
        after=texts(every["after"]),
        guides=[read_guide(one) for one in content["guides"]],
    )


def read_guide(one: dict[str, Any]) -> Guide:
    return Guide(
        id=one["id"],
        when=Text.of(one["when"]),
        purpose=Text.of(one["purpose"]),
        group=Text.of(one["group"]),
        duration_minutes=one["duration_minutes"],
        steps=[Step(step["minutes"], Text.of(step)) for step in one["steps"]],
        questions=texts(one["questions"]),
        avoid=texts(one["avoid"]),
    )


def texts(pairs: list[dict[str, Any]]) -> list[Text]:
    return [Text.of(pair) for pair in pairs]
