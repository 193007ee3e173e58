"""The scans of the demo: three years of the large school, one of each other, one open now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from zwerm.analysis.simulation import Temper
from zwerm.core import clock, sealing
from zwerm.core.models import Work
from zwerm.home.demo import SEED
from zwerm.home.demo.answering import Mood
from zwerm.home.demo.answering import School as Crowd
from zwerm.home.demo.schools import LEADERS, holder
from zwerm.people.models import Mandate, Member, School
from zwerm.people.queries import demo_persons
from zwerm.people.scope import school_scope
from zwerm.scans.actions import (
    answering,
    closing,
    confirming,
    drafting,
    expecting,
    grouping,
    opening,
    releasing,
)
from zwerm.scans.models import Scan
from zwerm.scans.queries.groups import people_asked
from zwerm.scans.queries.second_look import differences, look_digest

YEAR = dt.timedelta(days=364)
DAYS_OPEN = 18
DAYS_TO_REPORT = 10
OPENED_DAYS_AGO = 7
DAYS_TO_TALK = dt.timedelta(days=7)

TOPIC = {"nl": "de ontwikkeling van ons onderwijs", "en": "developing our education"}
MERGES = {"Kunst": "Sport", "Balie en roosters": "Schoolleiding", "Beheer": "Schoolleiding"}
MERGED = {"Sport": "Kunst en sport", "Schoolleiding": "Bureau, beheer en leiding"}

HEROES = Temper(3.4, popularity=1.4, leader_appeal=2.2, homophily=1.8, mutuality=1.6, chance=0.4)
WIDER = Temper(5.0, popularity=0.5, leader_appeal=0.6, homophily=1.6, mutuality=3.2, chance=0.4)
SLIPPING = Temper(4.6, popularity=0.8, leader_appeal=1.2, homophily=1.8, mutuality=1.5, chance=0.4)
"""What truly changes: at first few carry much, then people ask more and ask each other, and at
last they do so less while how many they ask hardly changes. What the reports say of that is
computed from the answers, as of any school."""

BEFORE = {"culture": 0.2, "structure": -0.9, "vision": 0.5, "environment": -0.2, "growth": 0.4}
AFTER = {"culture": 0.7, "structure": -0.5, "vision": 0.8, "environment": -0.1, "growth": 0.8}

VISITS = "We gaan twee keer per jaar bij elkaar in de les kijken, over en weer."
ROTATING = "Wie een werkgroep trekt, wisselt voortaan na een jaar."
AGAIN = "De lesbezoeken vielen weg door de verbouwing. In januari pakken we ze weer op."


@dataclass(frozen=True, slots=True)
class Round:
    """One scan of the demo: which school, how many years ago, and its mood."""

    school: int
    years_ago: int
    mood: Mood
    expects: tuple[str, str, str] | None = None
    """What is written down after its report: a figure, a direction, and why."""

    @property
    def is_open(self) -> bool:
        return self.years_ago == 0


ROUNDS = (
    Round(0, 3, Mood(HEROES, BEFORE, 0.83), ("reciprocity", "risen", VISITS)),
    Round(0, 2, Mood(WIDER, AFTER, 0.87), ("centralization", "fallen", ROTATING)),
    Round(0, 1, Mood(SLIPPING, AFTER, 0.86), ("reciprocity", "risen", AGAIN)),
    Round(1, 1, Mood(WIDER, AFTER, 0.78)),
    Round(2, 1, Mood(WIDER, BEFORE, 0.92)),
    Round(0, 0, Mood(SLIPPING, AFTER, 0.42)),
)


def make_history(schools: list[School], say: Callable[[str], None]) -> None:
    """Live through every round with the real actions, each on its own days."""
    rng = np.random.default_rng(SEED + 1)
    crowds: dict[int, Crowd] = {}
    for number, one in enumerate(ROUNDS):
        school = schools[one.school]
        with school_scope(school):
            size = Member.objects.count()
            crowd = crowds.setdefault(one.school, Crowd(rng, size))
            say(f"{school.name}: scan {number + 1} of {len(ROUNDS)}")
            live_through(school, one, crowd)


def live_through(school: School, one: Round, crowd: Crowd) -> None:
    opened_on = clock.today() - dt.timedelta(days=OPENED_DAYS_AGO) - one.years_ago * YEAR
    with clock.at(opened_on):
        scan = prepare(school, opened_on)
        facilitator = holder(school, Mandate.Kind.FACILITATOR)
        assert facilitator.account
        key = sealing.derive(str(SEED).encode(), f"{school.name} {one.years_ago}")
        opening.open_scan(scan, by=facilitator.account, by_name=facilitator.name, key=key)
    scan.refresh_from_db()
    assert scan.questionnaire
    crowd.answer(scan, one.mood, scan.questionnaire, persons() if one.is_open else ())
    answering.show_participation(scan)
    if not one.is_open:
        finish(scan)
        expect(scan, one)


def persons() -> set[str]:
    """The accounts that one can look through the eyes of: they find the open scan unanswered."""
    return {person.account for _place, group in demo_persons() for person in group}


def finish(scan: Scan) -> None:
    """Close on the day after the last, and release on the day of the report."""
    assert scan.closes_on
    assert scan.report_on
    with clock.at(scan.closes_on + dt.timedelta(days=1), hour=1):
        closing.close_scan(scan)
        scan.work = Work.objects.create()
        scan.save(update_fields=["work"])
        closing.make_report(scan)
    with clock.at(scan.report_on, hour=9):
        releasing.release_scan(scan)


def expect(scan: Scan, one: Round) -> None:
    """A week after the report, after the talk, the facilitator writes down what is expected."""
    if one.expects is None:
        return
    assert scan.report_on
    figure, direction, note = one.expects
    who = holder(scan.school, Mandate.Kind.FACILITATOR)
    assert who.account
    with clock.at(scan.report_on + DAYS_TO_TALK):
        expecting.record_expectation(
            scan,
            figure=figure,
            direction=direction,
            note=note,
            by=who.account,
            by_name=who.name,
        )


def prepare(school: School, opened_on: dt.date) -> Scan:
    """A draft with everything a scan needs before it may open."""
    who = holder(school, Mandate.Kind.FACILITATOR)
    council = holder(school, Mandate.Kind.STAFF_COUNCIL)
    assert who.account
    assert council.account
    by: dict[str, Any] = {"by": who.account, "by_name": who.name}
    title = f"Scan najaar {opened_on.year}"
    scan = drafting.start_scan(school, title=title, **by)
    closes_on = opened_on + dt.timedelta(days=DAYS_OPEN)
    drafting.change_scan(
        scan,
        asker="het team, de schoolleiding en de MR samen",
        topic_nl=TOPIC["nl"],
        topic_en=TOPIC["en"],
        dpia_reference=f"DPIA {opened_on.year}-04",
        legal_basis="gerechtvaardigd belang",
        has_comment=False,
        is_for_board=True,
        closes_on=closes_on,
        report_on=closes_on + dt.timedelta(days=DAYS_TO_REPORT),
        **by,
    )
    if scan.partition is None:
        merge_small_teams(scan, by)
    mark(scan, by)
    drafting.record_consent(
        scan,
        by=council.account,
        decision="agree",
        conditions="",
        decided_on=opened_on - dt.timedelta(days=14),
        document=f"PMR-besluit {opened_on.year}-11",
    )
    if differences(scan):
        looked: dict[str, Any] = {"by": council.account, "by_name": council.name}
        confirming.confirm(scan, **looked, shown=look_digest(scan))
    return scan


def merge_small_teams(scan: Scan, by: dict[str, Any]) -> None:
    partition = grouping.begin_partition(scan)
    for name, into in MERGES.items():
        groups = {group.name: group for group in partition.groups.all()}
        target = groups.get(into) or groups.get(MERGED[into])
        if name in groups and target:
            grouping.merge_groups(scan, group=groups[name], into=target, name=MERGED[into], **by)


def mark(scan: Scan, by: dict[str, Any]) -> None:
    leaders = people_asked(scan).filter(posts__name="teamleider").distinct()
    drafting.mark_leaders(scan, leaders=leaders, nl=LEADERS["nl"], en=LEADERS["en"], **by)
