"""Retention: at the agreed date answers and key are destroyed, and old copies open nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.scans.answered import (
    CLOSES_ON,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
)
from zwerm.core import clock
from zwerm.people.models import School
from zwerm.scans import jobs, sealed
from zwerm.scans.models import AnswerBlob, LedgerLine, Mirror, Scan, ScanKey


def reported(school: School, **fields: Any) -> Scan:
    staff = make_people(school, [14])
    scan = make_scan(school, staff, **fields)
    answer_all(scan, staff)
    return release(close(scan))


@pytest.mark.parametrize(("months", "last_day"), [
    (13, dt.date(2027, 12, 20)), (25, dt.date(2028, 12, 20)),
])  # fmt: skip
def test_key_and_answers_go_the_day_after_the_retention_date(
    school: School, months: int, last_day: dt.date
) -> None:
    scan = reported(school, retain_months=months)
    assert scan.retain_until == last_day
    with clock.at(last_day, hour=23):
        jobs.purge_due()
    assert AnswerBlob.objects.count() == Mirror.objects.count() == 14
    with clock.at(last_day + dt.timedelta(days=1), hour=0):
        jobs.purge_due()
    scan.refresh_from_db()
    assert not scan.has_key
    assert AnswerBlob.objects.count() == Mirror.objects.count() == 0
    lines = sorted(LedgerLine.objects.values_list("what", "reason", "on"))
    day = last_day + dt.timedelta(days=1)
    assert lines == [("answers", "retention is over", day), ("key", "retention is over", day)]


def test_a_month_that_is_shorter_keeps_to_its_last_day(school: School) -> None:
    scan = Scan(school=school, closes_on=dt.date(2027, 1, 31), retain_months=13)
    assert scan.retain_until == dt.date(2028, 2, 29)


def test_destroying_twice_writes_one_line_each(school: School) -> None:
    reported(school)
    with clock.at(CLOSES_ON + dt.timedelta(days=500)):
        jobs.purge_due()
        jobs.purge_due()
    assert LedgerLine.objects.count() == 2


def test_the_report_stays_when_the_answers_are_gone(school: School) -> None:
    scan = reported(school)
    digest = scan.snapshot.digest
    with clock.at(CLOSES_ON + dt.timedelta(days=500)):
        jobs.purge_due()
    assert Scan.objects.get(pk=scan.pk).snapshot.digest == digest


def test_boxes_that_came_back_without_their_key_go_at_the_retention_date_too(
    school: School,
) -> None:
    scan = reported(school)
    ScanKey.objects.filter(scan=scan).delete()
    with clock.at(CLOSES_ON + dt.timedelta(days=500)):
        jobs.purge_due()
    scan.refresh_from_db()
    assert scan.destroyed_at is not None
    assert AnswerBlob.objects.count() == Mirror.objects.count() == 0


def test_a_report_appears_when_the_key_did_not_come_back(school: School) -> None:
    staff = make_people(school, [14])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    close(scan)
    ScanKey.objects.filter(scan=scan).delete()
    assert release(scan).is_released
    assert Mirror.objects.count() == 0


def test_cancelling_destroys_everything_at_once(school: School) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    sealed.destroy(scan, reason="cancelled")
    assert not scan.has_key
    assert AnswerBlob.objects.count() == 0
