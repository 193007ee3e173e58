"""What the screens of answering read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import Account, Member
from zwerm.scans.library import answer_words
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.sealed import Answers

MAIN_RELATION = "advice"
"""Who answered this question is a respondent."""

Question = dict[str, Any]


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


def invitation_for(scan: Scan, account: Account) -> Invitation | None:
    """The invitation of who signed in: their member is on the roster; at most two queries.

    A member whom nobody joined to an account yet is found by the address on the roster: who
    can sign in under it receives its mail.
    """
    rows = Invitation.objects.filter(scan=scan).select_related("entry__member")
    found = (
        rows.filter(entry__member__account=account).first()
        or rows.filter(entry__member__account=None, address__iexact=account.email).first()
    )
    member = found.entry.member if found else None
    return found if member is not None and is_here(member) else None


def is_here(member: Member) -> bool:
    """They still work at the school today."""
    return member.left_on is None or member.left_on > clock.today()


def questions_for(scan: Scan, entry: RosterEntry) -> list[Question]:
    """What `entry` is asked. Who may not be named names nobody either."""
    questions: list[Question] = (scan.questionnaire or {}).get("questions", [])
    return [one for one in questions if entry.may_be_named or one["kind"] != "roster"]


def require_roster_address(through_roster_address: bool) -> None:
    """Only the mail address of the frozen roster opens anything of a scan (R1).

    Nothing depends on whether something was answered: whoever puts an address of their own on the
    staff list must not learn that from what they get.
    """
    if not through_roster_address:
        raise Refused(
            _(
                "This scan was sent under another mail address. From here nothing of it can be "
                "read, answered or erased. Open the personal link in that mail."
            )
        )


def is_respondent(entry: RosterEntry, answers: Answers) -> bool:
    """They named somebody, or chose nobody. Who may not be named is asked only the rest."""
    if entry.may_be_named:
        return answers.answer(MAIN_RELATION) is not None
    return any(given.answer is not None for given in answers.given.values())


def place_of(questions: list[Question], question: str, colleagues: int) -> Place:
    """Where `question` stands, and how many minutes are left from there."""
    ids = [one["id"] for one in questions]
    at = ids.index(question)
    by_roster = 0.6 + 0.4 * colleagues / 40
    left = sum(
        one["seconds"] * (by_roster if one["kind"] == "roster" else 1) for one in questions[at:]
    )
    return Place(
        number=at + 1,
        of=len(ids),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        percent=round(100 * at / len(ids)),
        minutes_left=max(1, round(left / 60)),
    )


def place_in_family(questions: list[Question], question: Question) -> tuple[int, int]:
    """Which sentence of its family this is, and how many that family has."""
    ids = [one["id"] for one in questions if one.get("family") == question.get("family")]
    return ids.index(question["id"]) + 1, len(ids)


def first_open(questions: list[Question], answers: Answers | None) -> str | None:
    """The first question without an answer: where one goes on. None when all have one."""
    for question in questions:
        if answers is None or answers.answer(question["id"]) is None:
            return str(question["id"])
    return None


def colleagues_of(scan: Scan, entry: RosterEntry) -> list[RosterEntry]:
    """Everybody who can be named by `entry`, in the order of names; one query."""
    others = RosterEntry.objects.filter(scan=scan, may_be_named=True).exclude(pk=entry.pk)
    return list(others)


def tiles(colleagues: list[RosterEntry], answer: dict[str, Any] | None) -> list[Tile]:
    """A tile for each colleague; those in `answer` are chosen."""
    chosen = set((answer or {}).get("named", ()))
    return [Tile(one.number, one.name, one.team_name, one.number in chosen) for one in colleagues]


@dataclass(frozen=True, slots=True)
class Said:
    """One question with what this person answered, in words. No words: nobody."""

    id: str
    question: str
    words: list[str]


def said(
    scan: Scan, questions: list[Question], answers: Answers | None, language: str
) -> list[Said]:
    """Everything this person answered, in words; one query."""
    rows = RosterEntry.objects.filter(scan=scan, may_be_named=True)
    names = dict(rows.values_list("number", "name"))
    points = answer_words(language)
    lines = []
    for question in questions:
        answer = answers.answer(question["id"]) if answers else None
        if answer is None:
            continue
        words = in_words(question, answer, names, points, language)
        lines.append(Said(question["id"], question["text"][language], words))
    return lines


def in_words(
    question: Question,
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


@dataclass(frozen=True, slots=True)
class Known:
    """The colleagues named in one question, and who of them may know it."""

    id: str
    question: str
    named: list[Tile]
    knows: set[int]


def may_know(
    questions: list[Question],
    answers: Answers | None,
    colleagues: list[RosterEntry],
    language: str,
) -> list[Known]:
    """For each question that allows it, the colleagues named and who may know."""
    found = []
    for question in questions:
        answer = answers.answer(question["id"]) if answers else None
        if question.get("may_know") and answer:
            named = [one for one in tiles(colleagues, answer) if one.is_chosen]
            words = question["text"][language]
            found.append(Known(question["id"], words, named, set(answer["may_know"])))
    return [one for one in found if one.named]
