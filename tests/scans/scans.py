"""Ready-made scans: open ones, with a frozen roster, a key and few questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories import make_account, make_member, make_team
from zwerm.core import clock
from zwerm.people.models import Account, Member, School
from zwerm.scans import sealed
from zwerm.scans.actions import drafting, grouping
from zwerm.scans.actions.opening import freeze_roster
from zwerm.scans.library import Questionnaire
from zwerm.scans.library.instruments import load_instruments
from zwerm.scans.library.questionnaire import ask_comment, ask_relation
from zwerm.scans.library.texts import Text
from zwerm.scans.models import AnswerBlob, Consent, Invitation, RosterEntry, Scan

ITEM: dict[str, Any] = {
    "id": "culture_1",
    "kind": "item",
    "family": "conditions",
    "family_label": {"nl": "Voorwaarden", "en": "Conditions"},
    "intro": {"nl": "Denk aan de hele school.", "en": "Think of the whole school."},
    "text": {"nl": "Bij ons kun je het oneens zijn.", "en": "Here you can disagree."},
    "reversed": False,
    "seconds": 7,
}


def few_questions() -> Questionnaire:
    """One of each kind: advice (roster), outside (kinds), culture_1 (item), comment."""
    library = load_instruments()
    topic = Text("taal", "language")
    relations = [one for one in library.relations if one.id in {"advice", "outside"}]
    questions = [ask_relation(one, topic) for one in relations]
    return Questionnaire([*questions, ITEM, ask_comment(library.comment)], [])


def make_open_scan(
    school: School, *, members: int = 5, questions: Questionnaire | None = None, **fields: Any
) -> Scan:
    """An open scan of a school with so many new members, who may all be named."""
    make_people(school, members)
    questionnaire = questions or few_questions()
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": "Scan autumn",
        "asker": "the team",
        "topic_nl": "taal",
        "topic_en": "language",
        "legal_basis": "legitimate interest",
        "dpia_reference": "DPIA 1",
        "has_comment": True,
        "status": Scan.Status.OPEN,
        "opened_at": clock.now(),
        "closes_on": today + dt.timedelta(days=20),
        "report_on": today + dt.timedelta(days=30),
        "questionnaire": questionnaire.to_json(),
        "box_bytes": questionnaire.box_bytes(members),
    }
    scan = Scan(school=school, **(defaults | fields))
    scan.save()
    sealed.make_key(scan)
    freeze_roster(scan)
    return scan


def make_people(school: School, *sizes: int) -> list[Member]:
    """So many people in each new team, who read English."""
    people = []
    for size in sizes:
        team = make_team(school)
        people += [make_member(school, team=team, language="en") for _ in range(size)]
    return people


def make_ready_draft(school: School, *sizes: int, by: Account | None = None, **fields: Any) -> Scan:
    """A draft that lacks nothing, of people in teams of these sizes."""
    make_people(school, *(sizes or (12,)))
    who: dict[str, Any] = {"by": by or make_account(), "by_name": "Farah"}
    scan = drafting.start_scan(school, title="Scan autumn", **who)
    grouping.begin_partition(scan)
    today = clock.today()
    settings: dict[str, Any] = {
        "asker": "the team",
        "topic_nl": "taal",
        "topic_en": "language",
        "dpia_reference": "DPIA 1",
        "legal_basis": "legitimate interest",
        "closes_on": today + dt.timedelta(days=20),
        "report_on": today + dt.timedelta(days=30),
    }
    drafting.change_scan(scan, **who, **(settings | fields))
    consent(scan, who["by"])
    return scan


def consent(scan: Scan, by: Account, decision: str = "agree", conditions: str = "") -> Consent:
    """The decision of the staff council on a draft as it stands now."""
    return drafting.record_consent(
        scan,
        by=by,
        decision=decision,
        conditions=conditions,
        decided_on=clock.today(),
        document="PMR 3",
    )


def entries_of(scan: Scan) -> list[Any]:
    """The roster in the order of names. Each entry has its member: nobody was erased."""
    return list(RosterEntry.objects.filter(scan=scan).order_by("name", "pk"))


def invitation_of(entry: RosterEntry) -> Invitation:
    return Invitation.objects.select_related("entry", "scan").get(entry=entry)


def answers_of(scan: Scan, entry: RosterEntry) -> Any:
    """What somebody answered, who is known to have answered something."""
    answers = sealed.read_answers(scan, entry)
    assert answers is not None
    return answers


def box_sizes(scan: Scan) -> set[int]:
    return {len(bytes(blob.box)) for blob in AnswerBlob.objects.filter(scan=scan)}
