"""Summer time begins and ends, and the clock of a server jumps: nothing is early, nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from tests.scans.scans import make_open_scan
from zwerm.core import clock
from zwerm.core.models import Work
from zwerm.scans import jobs
from zwerm.scans.models import Scan, Snapshot

SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
"""At 02:00 it is 03:00; at 03:00 it is 02:00. These days have 23 and 25 hours."""
MIDNIGHT = {
    SPRING: dt.datetime(2027, 3, 28, 22, tzinfo=dt.UTC),
    AUTUMN: dt.datetime(2027, 10, 31, 23, tzinfo=dt.UTC),
}
"""When these days end in Amsterdam."""
EIGHT = {
    SPRING: dt.datetime(2027, 3, 28, 6, tzinfo=dt.UTC),
    AUTUMN: dt.datetime(2027, 10, 31, 7, tzinfo=dt.UTC),
}
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def scan_that_closes(school, closes_on, report_on=None):
    with clock.at(closes_on - dt.timedelta(days=14)):
        scan = make_open_scan(school, members=3)
        scan.closes_on = closes_on
        scan.report_on = report_on or closes_on + dt.timedelta(days=10)
        scan.save(update_fields=["closes_on", "report_on"])
    return scan


def status_at(scan, moment):
    """What the scan is after the minute's work at this moment."""
    with clock.at_moment(moment):
        jobs.tick()
    return Scan.objects.get(pk=scan.pk).status


@pytest.mark.parametrize("day", MIDNIGHT)
def test_a_scan_closes_at_the_end_of_the_day_on_which_the_clock_changes(school, day):
    scan = scan_that_closes(school, day)
    assert status_at(scan, MIDNIGHT[day] - MINUTE) == "open"
    with clock.at_moment(MIDNIGHT[day] - MINUTE):
        assert scan.is_open
    with clock.at_moment(MIDNIGHT[day]):
        assert not scan.is_open
    assert status_at(scan, MIDNIGHT[day]) == "closed"


@pytest.mark.parametrize("day", MIDNIGHT)
def test_a_scan_that_closes_the_evening_before_is_closed_when_the_clock_changes(school, day):
    scan = scan_that_closes(school, day - dt.timedelta(days=1))
    begins = (
        dt.datetime.combine(day, dt.time(0), tzinfo=dt.UTC) - (2 if day == AUTUMN else 1) * HOUR
    )
    assert status_at(scan, begins - MINUTE) == "open"
    assert status_at(scan, begins) == "closed"


@pytest.mark.parametrize("day", EIGHT)
def test_a_report_appears_at_eight_on_the_day_on_which_the_clock_changes(school, day):
    scan = scan_that_closes(school, day - dt.timedelta(days=10), day)
    Scan.objects.filter(pk=scan.pk).update(
        status="closed", is_printed=True, work=Work.objects.create(state=Work.State.DONE)
    )
    scan.refresh_from_db()
    assert scan.report_at == EIGHT[day]
    assert status_at(scan, EIGHT[day] - MINUTE) == "closed"
    assert status_at(scan, EIGHT[day]) == "released"


@pytest.mark.parametrize("day", MIDNIGHT)
def test_answers_kept_until_such_a_day_go_only_when_it_is_over(school, day):
    scan = scan_that_closes(school, day)
    last = scan.retain_until
    ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), tzinfo=dt.UTC)
    moment = ends - (2 if dt.date(2028, 3, 26) <= last < dt.date(2028, 10, 29) else 1) * HOUR
    Scan.objects.filter(pk=scan.pk).update(status="released", is_printed=True)
    status_at(scan, moment - MINUTE)
    assert Scan.objects.get(pk=scan.pk).destroyed_at is None
    status_at(scan, moment)
    assert Scan.objects.get(pk=scan.pk).destroyed_at == moment


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -24 * HOUR])
def test_a_clock_that_jumps_closes_no_scan_early_and_none_twice(school, jump):
    scan = scan_that_closes(school, SPRING)
    before = MIDNIGHT[SPRING] - 90 * MINUTE
    assert status_at(scan, before) == "open"
    assert status_at(scan, before + jump) == "open"
    assert status_at(scan, MIDNIGHT[SPRING] + 5 * MINUTE) == "closed"
    found = Scan.objects.get(pk=scan.pk)
    kept = Snapshot.objects.get(scan=scan).digest
    assert status_at(scan, MIDNIGHT[SPRING] + 5 * MINUTE + jump) == "closed"
    again = Scan.objects.get(pk=scan.pk)
    assert (again.closed_at, again.work_id) == (found.closed_at, found.work_id)
    assert Snapshot.objects.get(scan=scan).digest == kept


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -24 * HOUR])
def test_a_clock_that_jumps_mails_nobody_twice(school, jump):
    """Each reminder goes once, also when the day on which it goes comes back."""
    scan = scan_that_closes(school, SPRING)
    moment = MIDNIGHT[SPRING] - 15 * 24 * HOUR
    while moment < MIDNIGHT[SPRING]:
        for one in (moment, moment + jump, moment):
            status_at(scan, one)
        moment += 12 * HOUR

    sent = sorted((one.to[0], one.subject) for one in mail.outbox)

    assert sent == sorted(set(sent))
    assert len(sent) == 3 * 3  # an invitation and two reminders for each of three people
