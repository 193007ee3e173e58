"""Scans that people answered: open, closed or released, with a known network behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from django.test import Client

from tests.factories import make_member, make_team
from tests.scans.pages import words
from zwerm.analysis.simulation import Temper, bonds, occasion
from zwerm.core import clock
from zwerm.core.jobs import Steps
from zwerm.core.models import Work
from zwerm.people.models import Member, School
from zwerm.scans import library, sealed
from zwerm.scans.actions import closing, releasing
from zwerm.scans.actions.opening import freeze_roster
from zwerm.scans.library.texts import Text
from zwerm.scans.models import Group, Partition, RosterEntry, Scan
from zwerm.scans.sealed import Answers, Given

OPENED_ON = dt.date(2026, 11, 2)
CLOSES_ON = dt.date(2026, 11, 20)
REPORT_ON = dt.date(2026, 11, 27)
DAY = dt.timedelta(days=1)

Ties = npt.NDArray[np.bool_]


def make_people(school: School, sizes: Iterable[int], **fields: Any) -> list[Member]:
    """So many people in each new team."""
    people: list[Member] = []
    for size in sizes:
        team = make_team(school)
        people += [make_member(school, team=team, language="en", **fields) for _ in range(size)]
    return people


def make_scan(
    school: School,
    people: list[Member],
    *,
    leaders: int = 0,
    form: str = "short",
    opened_on: dt.date = OPENED_ON,
    key: bytes | None = None,
    **fields: Any,
) -> Scan:
    """An open scan of `people`, a group for each team; so many formal leaders, spread out."""
    defaults: dict[str, Any] = {
        "title": "Scan autumn",
        "asker": "the team",
        "topic_nl": "taal",
        "topic_en": "language",
        "form": form,
        "legal_basis": "legitimate interest",
        "dpia_reference": "DPIA 1",
        "status": Scan.Status.OPEN,
        "closes_on": opened_on + (CLOSES_ON - OPENED_ON),
        "report_on": opened_on + (REPORT_ON - OPENED_ON),
    }
    if leaders:
        defaults |= {"post_group_nl": "teamleiders", "post_group_en": "team leaders"}
    scan = Scan(school=school, **(defaults | fields))
    if scan.partition is None:
        scan.partition = make_partition(school, people)
    topic = Text(scan.topic_nl, scan.topic_en)
    questions = library.questionnaire(form, topic=topic, has_comment=scan.has_comment)
    with clock.at(opened_on):
        scan.opened_at = clock.now()
    scan.questionnaire = questions.to_json()
    scan.box_bytes = questions.box_bytes(len(people))
    scan.save()
    sealed.make_key(scan, key)
    step = max(1, len(people) // leaders) if leaders else 1
    scan.leaders.set(people[: leaders * step : step] if leaders else [])
    freeze_roster(scan)
    return scan


def make_partition(school: School, people: list[Member]) -> Partition:
    """A group for each team; each one's neighbour is the next."""
    partition = Partition.objects.create(school=school)
    teams = sorted({one.teams.get() for one in people}, key=lambda team: team.name)
    groups = []
    for order, team in enumerate(teams):
        group = Group.objects.create(
            school=school, partition=partition, name=team.name, order=order
        )
        group.teams.add(team)
        groups.append(group)
    if len(groups) > 1:
        for number, group in enumerate(groups):
            group.neighbour = groups[(number + 1) % len(groups)]
            group.save(update_fields=["neighbour"])
    return partition


def roster(scan: Scan, people: list[Member]) -> list[RosterEntry]:
    """The roster in the order of `people`."""
    entries = {entry.member_id: entry for entry in RosterEntry.objects.filter(scan=scan)}
    return [entries[member.pk] for member in people]


def choices(people: int, teams: npt.NDArray[np.int64], seed: int, mean: float = 4.0) -> Ties:
    """Who would name whom in an invented school."""
    rng = np.random.default_rng(seed)
    nobody = np.zeros(people, dtype=bool)
    return occasion(bonds(people, rng), teams, nobody, Temper(mean), rng)


def give(
    scan: Scan,
    entry: RosterEntry,
    *,
    named: Iterable[RosterEntry] = (),
    may_know: Iterable[RosterEntry] = (),
    item: int = 4,
    through: bool = True,
    **more: Any,
) -> None:
    """Seal complete answers of `entry`: it names `named` everywhere, and answers every item."""
    numbers = [one.number for one in named]
    knows = [one.number for one in may_know]
    answers: dict[str, Any] = {}
    for question in (scan.questionnaire or {})["questions"]:
        if question["kind"] == "roster" and entry.may_be_named:
            answers[question["id"]] = {"named": numbers, "may_know": knows}
        elif question["kind"] == "kinds":
            answers[question["id"]] = [question["kinds"][0]["id"]]
        elif question["kind"] == "item":
            answers[question["id"]] = 6 - item if question["reversed"] else item
    given = {name: Given(1, one) for name, one in (answers | more).items()}
    sealed.write_answers(scan, entry, Answers(given, through, is_finished=True))


def answer_all(
    scan: Scan, people: list[Member], *, answered: int | None = None, seed: int = 1, **more: Any
) -> Ties:
    """The first `answered` of `people` (all when not given) answer, by an invented school."""
    entries = roster(scan, people)
    teams = np.array([entry.group.order if entry.group else 0 for entry in entries])
    ties = choices(len(entries), teams, seed, more.pop("mean", 4.0))
    answered = len(people) if answered is None else answered
    ties[answered:] = False
    rng = np.random.default_rng([seed, 1])
    for row, entry in enumerate(entries[:answered]):
        named = [entries[i] for i in np.flatnonzero(ties[row])]
        give(scan, entry, named=named, item=int(rng.integers(2, 6)), **more)
    return ties


def small_scan(school: School, people: int = 12, **fields: Any) -> Scan:
    """A scan that everybody of one team answered."""
    staff = make_people(school, [people])
    scan = make_scan(school, staff, **fields)
    answer_all(scan, staff)
    return scan


def close(scan: Scan, *, printed: bool = False) -> Scan:
    """Close `scan` on the day after its last, and make its report.

    Printing takes seconds: where the PDFs are not the matter they are left out.
    """
    assert scan.closes_on
    with clock.at(scan.closes_on + DAY, hour=1):
        closing.close_scan(scan)
        scan.work = Work.objects.create()
        if printed:
            scan.save(update_fields=["work"])
            closing.make_report(scan)
        elif closing.compute(scan, Steps(scan.work)):
            scan.is_printed = True
            scan.save(update_fields=["is_printed"])
    scan.refresh_from_db()
    return scan


def release(scan: Scan) -> Scan:
    """Let the report of `scan` appear on its day."""
    assert scan.report_on
    with clock.at(scan.report_on, hour=8):
        releasing.release_scan(scan)
    scan.refresh_from_db()
    return scan


def read(client: Client, address: str) -> str:
    """What the page at this address says, without its tags."""
    answer: Any = client.get(address)
    return words(answer)
