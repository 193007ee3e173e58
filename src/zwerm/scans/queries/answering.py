"""What the screens of answering read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zwerm.scans.library import Questionnaire, answer_words
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.sealed import Answers


@dataclass(frozen=True, slots=True)
class Place:
    """Where one question stands among the others."""

    number: int
    of: int
    before: str | None
    after: str | None
    percent: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A colleague who can be chosen."""

    number: int
    name: str
    team: str
    is_chosen: bool


def place_of(questionnaire: Questionnaire, question: str, colleagues: int) -> Place:
    """Where `question` stands, and how many minutes are left from there."""
    ids = [one["id"] for one in questionnaire.questions]
    at = ids.index(question)
    by_roster = 0.6 + 0.4 * colleagues / 40
    left = sum(
        one["seconds"] * (by_roster if one["kind"] == "roster" else 1)
        for one in questionnaire.questions[at:]
    )
    return Place(
        number=at + 1,
        of=len(ids),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        percent=round(100 * at / len(ids)),
        minutes_left=max(1, round(left / 60)),
    )


def first_open(questionnaire: Questionnaire, answers: Answers | None) -> str | None:
    """The first question without an answer: where one goes on. None when all have one."""
    given = answers.given if answers else {}
    for question in questionnaire.questions:
        if question["id"] not in given:
            return str(question["id"])
    return None


def tiles(scan: Scan, entry: RosterEntry, answer: dict[str, Any] | None) -> list[Tile]:
    """Everybody who can be named by `entry`, in the order of names; one query."""
    chosen = set((answer or {}).get("named", ()))
    others = RosterEntry.objects.filter(scan=scan, may_be_named=True).exclude(pk=entry.pk)
    return [Tile(one.number, one.name, one.team_name, one.number in chosen) for one in others]


@dataclass(frozen=True, slots=True)
class Said:
    """One question with what this person answered, in words."""

    id: str
    question: str
    words: list[str]


def said(
    scan: Scan, questionnaire: Questionnaire, answers: Answers | None, language: str
) -> list[Said]:
    """Everything this person answered, in words; one query."""
    names = dict(RosterEntry.objects.filter(scan=scan).values_list("number", "name"))
    points = answer_words(language)
    lines = []
    for question in questionnaire.questions:
        answer = answers.answer(question["id"]) if answers else None
        if answer is None:
            continue
        words = in_words(question, answer, names, points, language)
        lines.append(Said(question["id"], question["text"][language], words))
    return lines


def in_words(
    question: dict[str, Any],
    answer: Any,
    names: dict[int, str],
    points: dict[int, str],
    language: str,
) -> list[str]:
    """One answer in words; an empty list of names means nobody."""
    if question["kind"] == "roster":
        return sorted(names[number] for number in answer["named"] if number in names)
    if question["kind"] == "kinds":
        return [one[language] for one in question["kinds"] if one["id"] in answer]
    return [points[answer]] if question["kind"] == "item" else [answer]
