"""Everything that is known of one person, from every room: for their page and for their file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils.translation import get_language

from zwerm.core import clock
from zwerm.people.borrowed import SESSION
from zwerm.people.models import Account
from zwerm.people.rights import (
    Person,
    Record,
    declared,
    facts_of,
    person_of,
    privacy_of,
    record,
    records_of,
    sessions_of,
)
from zwerm.people.scope import crossing_schools
from zwerm.scans.kept import BY_ADDRESS, SEALED
from zwerm.scans.models import AnswerBlob, Invitation, Mirror
from zwerm.scans.queries.own import OwnAnswers, invitations_of, own_answers

SCHEMA = "zwerm-about-me/1"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody on one day."""

    person: Person
    on: dt.date
    records: list[Record]
    sealed: list[Record]
    """What is held under seal, without what is in it."""
    answers: list[OwnAnswers]


def known_of(account: Account, *, with_answers: bool) -> Known:
    """Everything that is known of the person of this account.

    `with_answers` opens what they answered in scans: only for the file that they take away.
    """
    person = person_of(account)
    found = [*records_of(person), *special_records(person)]
    return Known(
        person,
        clock.today(),
        found,
        [record(model, found_privacy(model), []) for model in (AnswerBlob, Mirror)],
        answers_of(person) if with_answers else [],
    )


def found_privacy(model: type[Model]) -> Any:
    privacy = privacy_of(model)
    assert privacy is not None
    return privacy


def answers_of(person: Person) -> list[OwnAnswers]:
    language = "en" if get_language() == "en" else "nl"
    with crossing_schools("somebody takes away what they answered, at every school"):
        return own_answers(person.account, person.members, language)


def special_records(person: Person) -> list[Record]:
    """What no query finds, model by model, by the way that its declaration names."""
    found = []
    for model, privacy in declared():
        for way in privacy.own:
            rows = SPECIAL[way](person) if way in SPECIAL else []
            if rows:
                facts = [facts_of(row, privacy.own[way], privacy, person) for row in rows]
                found.append(record(model, privacy, facts))
    return found


def invitations(person: Person) -> list[Invitation]:
    with crossing_schools("somebody reads what is known of them, at every school"):
        return invitations_of(person.account, person.members)


SPECIAL: dict[str, Callable[[Person], list[Session] | list[Invitation]]] = {
    SESSION: sessions_of,
    BY_ADDRESS: invitations,
}
"""How the rows are found to which no query leads. What is under seal is no row: `answers_of`."""

OPENED = {SEALED: answers_of}


def as_json(known: Known) -> str:
    """The file for machines. Names of fields are those of the database, in English."""
    content = {
        "schema": SCHEMA,
        "made_on": known.on.isoformat(),
        "account": known.person.account.email,
        "records": [record_as_json(one) for one in known.records],
        "answers": [answers_as_json(one) for one in known.answers],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def record_as_json(one: Record) -> dict[str, Any]:
    return {
        "model": one.model,
        "what": one.what,
        "why": one.why,
        "kept": one.kept,
        "rows": [{fact.name: fact.value for fact in row} for row in one.rows],
        "left_out": list(one.left_out),
    }


def answers_as_json(one: OwnAnswers) -> dict[str, Any]:
    return {
        "school": one.scan.school.name,
        "scan": one.scan.title,
        "closes_on": one.scan.closes_on.isoformat() if one.scan.closes_on else None,
        "is_finished": one.is_finished,
        "answers": [
            {"question": line.id, "text": line.question, "answer": line.words}
            for line in one.answers
        ],
        "may_know": [
            {
                "question": line.id,
                "names": [who.name for who in line.named if who.number in line.knows],
            }
            for line in one.known
        ],
        "named": one.band,
        "is_let_known": one.is_let_known,
    }
