"""Retention: at the agreed date answers and key are destroyed, and old copies open nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core import serializers
from django.db.models import Model

from tests.scans.answered import (
    CLOSES_ON,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
    roster,
)
from zwerm.core import clock, sealing
from zwerm.core.errors import Refused
from zwerm.people.models import School
from zwerm.scans import jobs, sealed
from zwerm.scans.models import AnswerBlob, LedgerLine, Mirror, RosterEntry, Scan, ScanKey


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


def backup_of(*models: type[Model]) -> str:
    """Every row of these tables, as it stands now."""
    rows = [row for one in models for row in one._default_manager.all()]
    backup: str = serializers.serialize("json", rows)
    return backup


def put_back(backup: str) -> None:
    for one in serializers.deserialize("json", backup):
        one.object._state.adding = False  # over what stands there, else as a new row
        one.object.save()


def test_a_backup_of_before_opens_nothing_once_the_key_is_gone(school: School) -> None:
    """A backup as `zwerm backup` makes it: every table but the keys."""
    scan = reported(school)
    entry = RosterEntry.objects.order_by("number")[0]
    backup = backup_of(Scan, AnswerBlob, Mirror)
    with_keys = backup_of(ScanKey)
    with clock.at(CLOSES_ON + dt.timedelta(days=500)):
        jobs.purge_due()

    put_back(backup)

    scan = Scan.objects.get(pk=scan.pk)
    assert (scan.has_key, AnswerBlob.objects.count()) == (True, 14)
    for read in (sealed.read_answers, sealed.read_mirror):
        with pytest.raises(Refused, match="have been destroyed"):
            read(scan, entry)
    put_back(with_keys)  # had the key been in it, everything would open
    assert sealed.read_answers(Scan.objects.get(pk=scan.pk), entry) is not None


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


def test_a_backup_of_the_whole_database_opens_nothing_without_the_servers_key(
    school: School, settings: Any
) -> None:
    """Whoever takes the whole database has the wrapped key too, and not what opens it."""
    scan = reported(school)
    entry = RosterEntry.objects.order_by("number")[0]
    settings.SEAL_KEY = "the key of another server, thirty-two bytes"
    for read in (sealed.read_answers, sealed.read_mirror):
        with pytest.raises(sealing.Unsealable):
            read(scan, entry)


def test_no_name_number_or_answer_stands_readable_in_a_dump(school: School) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff, has_comment=True)
    canary = "Canary-in-a-coal-mine"
    answer_all(scan, staff, comment=canary)
    scan = release(close(scan))
    sealed_away: list[AnswerBlob | Mirror] = [*AnswerBlob.objects.all(), *Mirror.objects.all()]
    # A dump writes bytes in a code of its own: what stands in them is looked for as it is.
    raw = b"".join(bytes(one.slot) + bytes(one.box) for one in sealed_away)
    dump = serializers.serialize("json", [*sealed_away, *Scan.objects.all()])
    first = sealed.read_answers(scan, roster(scan, staff)[0])
    assert first
    assert canary in json.dumps(first.to_json())
    assert not [one for one in (canary, "named", "may_know", "known") if one.encode() in raw]
    assert canary not in dump
    boxes = {len(bytes(blob.box)) for blob in AnswerBlob.objects.all()}
    assert len(boxes) == 1


def test_cancelling_destroys_everything_at_once(school: School) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    sealed.destroy(scan, reason="cancelled")
    assert not scan.has_key
    assert AnswerBlob.objects.count() == 0
