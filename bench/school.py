"""A school with a scan, made with the real actions; and what became of its answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from zwerm.core import clock
from zwerm.home.demo.answering import Mood
from zwerm.home.demo.answering import School as Crowd
from zwerm.home.demo.history import AFTER, WIDER, prepare
from zwerm.home.demo.schools import Plan, holder, make_school
from zwerm.people.models import Account, Board, Mandate, School
from zwerm.people.scope import school_scope
from zwerm.scans.actions import confirming, drafting, opening
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.second_look import differences, look_digest

SEED = 150
FEWEST = 12
"""A school with fewer people has nothing to report."""

TEAM = 15


def plan_of(people: int) -> Plan:
    """Teams of about fifteen with two formal leaders each, as many as fit."""
    teams = max(1, people // TEAM)
    sizes = {f"Team {n + 1}": len(range(n, people, teams)) for n in range(teams)}
    leaders = dict.fromkeys(sizes, min(2, people // 6))
    return Plan("De Reiger", "dereiger.example", "vo", sizes, leaders, ("LB", "LD"))


def open_scan(people: int) -> Scan:
    """A new school of so many people, with a scan that opened today. Act in its scope."""
    rng = np.random.default_rng(SEED)
    board = Board.objects.create(name="Stichting Rietland")
    account = Account.objects.create_user("bestuur@rietland.example")
    Mandate.objects.create(account=account, board=board, kind="board", from_on=clock.today())
    school = make_school(board, plan_of(max(people, FEWEST)), rng)
    with school_scope(school):
        return opened(school)


def opened(school: School) -> Scan:
    today = clock.today()
    scan = prepare(school, today)
    facilitator = holder(school, Mandate.Kind.FACILITATOR)
    council = holder(school, Mandate.Kind.STAFF_COUNCIL)
    assert facilitator.account
    assert council.account
    by: dict[str, Any] = {"by": facilitator.account, "by_name": facilitator.name}
    drafting.change_scan(scan, has_comment=True, **by)
    # The open question is one of the agreements: the council consents to what stands now.
    drafting.record_consent(
        scan,
        by=council.account,
        decision="agree",
        conditions="",
        decided_on=today,
        document="PMR-besluit 12",
    )
    # An open question that was not asked last time is a setting that a second person confirms.
    if differences(scan):
        looked: dict[str, Any] = {"by": council.account, "by_name": council.name}
        confirming.confirm(scan, **looked, shown=look_digest(scan))
    opening.open_scan(scan, **by)
    scan.refresh_from_db()
    return scan


def everybody_answers(scan: Scan) -> None:
    """Nearly everybody: a report with as much in it as there can be."""
    crowd = Crowd(np.random.default_rng(SEED + 1), RosterEntry.objects.filter(scan=scan).count())
    questionnaire: dict[str, Any] = scan.questionnaire or {}
    crowd.answer(scan, Mood(WIDER, AFTER, 0.93), questionnaire)


def day_after(scan: Scan) -> dt.date:
    """The first day on which this scan may close."""
    assert scan.closes_on
    return scan.closes_on + dt.timedelta(days=1)
