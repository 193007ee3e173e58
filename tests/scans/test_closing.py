"""Closing a scan: when, once, everything counted, nothing left behind, the report fixed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from tests.scans.answered import (
    CLOSES_ON,
    DAY,
    REPORT_ON,
    answer_all,
    close,
    give,
    make_people,
    make_scan,
    release,
    roster,
    small_scan,
)
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import School
from zwerm.scans import jobs, sealed
from zwerm.scans.actions import closing, releasing
from zwerm.scans.models import (
    AnswerBlob,
    Comment,
    Invitation,
    LedgerLine,
    Mirror,
    ReportFile,
    RosterEntry,
    Scan,
    Snapshot,
)
from zwerm.scans.queries.scans import Participation, participation
from zwerm.scans.results import grouping


def status(scan: Scan) -> str:
    return Scan.objects.get(pk=scan.pk).status


@pytest.mark.parametrize(
    "last_day",
    [CLOSES_ON, dt.date(2026, 3, 28), dt.date(2026, 3, 29), dt.date(2026, 10, 24),
     dt.date(2026, 10, 25)],
)  # fmt: skip
def test_a_scan_closes_at_midnight_in_amsterdam_and_not_a_minute_earlier(
    school: School, last_day: dt.date
) -> None:
    scan = small_scan(school, people=3, opened_on=last_day - (CLOSES_ON - dt.date(2026, 11, 2)))
    midnight = timezone.make_aware(dt.datetime.combine(last_day + DAY, dt.time(0)))
    clock_at(midnight - dt.timedelta(minutes=1), jobs.close_due)
    assert status(scan) == "open"
    clock_at(midnight, jobs.close_due)
    assert status(scan) == "closed"


def clock_at(moment: dt.datetime, act: Callable[[], None]) -> None:
    """Do something at a moment that is no whole hour."""
    token = clock._moved_to.set(moment)
    try:
        act()
    finally:
        clock._moved_to.reset(token)


def test_a_scan_is_never_closed_early_outside_a_demo(school: School, settings: Any) -> None:
    scan = small_scan(school, people=3)
    settings.DEMO = False
    with clock.at(CLOSES_ON, hour=23):
        for now in (False, True):
            with pytest.raises(Refused, match="never closed early"):
                closing.close_scan(scan, now=now)
    assert status(scan) == "open"
    assert AnswerBlob.objects.count() == 3


def test_a_scan_closes_once(school: School) -> None:
    scan = close(small_scan(school, people=3))
    with pytest.raises(Refused, match="not open"):
        closing.close_scan(scan)


def test_every_answer_that_was_given_is_in_the_figures(school: School) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for place, entry in enumerate(entries):
        give(scan, entry, named=[entries[(place + step) % 12] for step in (1, 2, 3)])
    close(scan)
    figures = json.loads(scan.snapshot.text)["figures"]
    assert figures["mean_named"]["value"] == 3.0
    assert figures["reciprocity"] == {
        "shown": True, "kind": "share", "value": 0.25, "step": 0.25, "end": "low", "word": "low",
    }  # fmt: skip


def test_the_last_answer_to_come_in_moves_the_figures(school: School) -> None:
    """Without the last row the mean would be 4; with it it is 252 / 60."""
    staff = make_people(school, [60])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for place, entry in enumerate(entries[:59]):
        give(scan, entry, named=[entries[(place + step) % 60] for step in range(1, 5)])
    give(scan, entries[59], named=entries[:16])
    close(scan)
    assert json.loads(scan.snapshot.text)["figures"]["mean_named"]["value"] == 4.2


def test_the_snapshot_is_hashed_as_it_is_read(school: School) -> None:
    scan = close(small_scan(school))
    snapshot = scan.snapshot
    assert snapshot.digest == hashlib.sha256(snapshot.text.encode()).hexdigest()
    assert snapshot.schema == json.loads(snapshot.text)["schema"] == 1


def test_a_snapshot_refuses_to_be_saved_again(school: School) -> None:
    snapshot = close(small_scan(school)).snapshot
    before = snapshot.text
    snapshot.text = "{}"
    with pytest.raises(Refused, match="fixed once it is made"):
        snapshot.save()
    assert Snapshot.objects.get().text == before


@pytest.mark.parametrize("model", [Snapshot, ReportFile])
def test_the_database_refuses_to_change_a_report(
    school: School, model: type[Snapshot | ReportFile]
) -> None:
    close(small_scan(school), printed=True)
    before = list(model.objects.values_list("digest", flat=True))
    with pytest.raises(Error, match="fixed"), transaction.atomic():
        model.objects.update(digest="another")
    table = connection.ops.quote_name(model._meta.db_table)
    with pytest.raises(Error, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET digest = 'another'")  # noqa: S608
    assert list(model.objects.values_list("digest", flat=True)) == before


def test_who_answered_is_not_known_any_more_after_close(school: School) -> None:
    scan = small_scan(school)
    Invitation.objects.update(is_respondent=True, is_finished=True, mails_sent=2)
    close(scan)
    left = Invitation.objects.values_list("is_respondent", "is_finished", "mails_sent").distinct()
    assert list(left) == [(False, False, 0)]
    assert scan.withheld_reason == ""


def test_closing_destroys_the_answers_of_the_scan_before(school: School) -> None:
    staff = make_people(school, [12])
    earlier = make_scan(school, staff, opened_on=dt.date(2025, 11, 3))
    answer_all(earlier, staff)
    release(close(earlier))
    assert Mirror.objects.count() == 12
    scan = make_scan(school, staff, previous=earlier, partition=earlier.partition)
    answer_all(scan, staff, seed=2)
    report = earlier.snapshot.digest
    close(scan)
    earlier.refresh_from_db()
    assert earlier.destroyed_at is not None
    assert not AnswerBlob.objects.filter(scan=earlier).exists()
    assert not Mirror.objects.exists()
    lines = LedgerLine.objects.values_list("scan", "what", "reason")
    assert sorted(lines, key=str) == [
        (earlier.pk, "answers", "the next scan closed"),
        (earlier.pk, "key", "the next scan closed"),
    ]
    assert earlier.snapshot.digest == report
    with pytest.raises(Refused, match="have been destroyed"):
        sealed.read_answers(earlier, roster(earlier, staff)[0])


def test_who_left_before_the_close_loses_answers_and_place(school: School) -> None:
    staff = make_people(school, [14])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    gone, entry = staff[3], roster(scan, staff)[3]
    slot = sealed.slot_of(scan, entry)
    gone.left_on = CLOSES_ON
    gone.save()
    close(scan)
    assert not RosterEntry.objects.filter(pk=entry.pk).exists()
    assert not Invitation.objects.filter(entry=entry.pk).exists()
    assert not AnswerBlob.objects.filter(slot=slot).exists()
    assert AnswerBlob.objects.count() == 13
    assert json.loads(scan.snapshot.text)["members"] == 13


def test_participation_stays_true_when_somebody_left_and_the_bands_are_others(
    school: School,
) -> None:
    """Five of twelve stand in the second of three bands; of ten there are two bands."""
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    answer_all(scan, staff, answered=5)
    scan.shown_band = 1
    scan.save()
    for gone in staff[10:]:
        gone.left_on = CLOSES_ON
        gone.save()
    assert participation(scan, 12) == Participation(0.3, 0.65, is_small=True)
    close(scan)
    assert participation(scan, 10) == Participation(0.0, 0.65, is_small=True)


def test_who_left_after_the_last_day_still_counts(school: School) -> None:
    staff = make_people(school, [14])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    staff[3].left_on = CLOSES_ON + DAY
    staff[3].save()
    close(scan)
    assert json.loads(scan.snapshot.text)["members"] == 14
    assert AnswerBlob.objects.count() == 14


def test_who_objects_is_neither_sender_nor_target_but_may_say_what_they_think(
    school: School,
) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    objector = entries[12]
    RosterEntry.objects.filter(pk=objector.pk).update(may_be_named=False)
    objector.refresh_from_db()
    for place, entry in enumerate(entries[:12]):
        give(scan, entry, named=[entries[(place + 1) % 12], entries[(place + 2) % 12], objector])
    everybody = {"named": [one.number for one in entries[:12]], "may_know": []}
    give(scan, objector, item=1, advice=everybody)
    close(scan)
    content = json.loads(scan.snapshot.text)
    assert content["figures"]["mean_named"]["value"] == 2.0
    assert content["members"] == 13
    conditions = [line for line in content["scales"] if line["family"] == "conditions"]
    assert {line["word"] for line in conditions} == {"high"}


@pytest.mark.parametrize("answered", [0, 4, 9])
def test_with_fewer_than_ten_answers_there_is_no_network_in_the_report(
    school: School, answered: int
) -> None:
    staff = make_people(school, [9])
    scan = make_scan(school, staff)
    answer_all(scan, staff, answered=answered)
    close(scan)
    content = json.loads(scan.snapshot.text)
    assert not any(figure["shown"] for figure in content["figures"].values())
    assert not content["profile"]["shown"]
    assert not content["groups"]["shown"]
    assert content["response"]["low"] is None
    release(scan)
    assert Mirror.objects.count() == answered


def test_the_auditor_blocks_a_report_from_which_a_few_people_follow(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in merging is planted: a group of four stays by itself."""
    staff = make_people(school, [4, 14, 14])
    earlier = close(make_scan(school, staff, opened_on=dt.date(2025, 11, 3)))
    monkeypatch.setattr(
        grouping, "merge_small_groups", lambda sizes, neighbours, k: list(range(len(sizes)))
    )
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    close(scan, printed=True)
    assert scan.withheld_reason == "subtraction"
    for model in (Snapshot, Comment):
        assert not model.objects.filter(scan=scan).exists()
    assert ReportFile.objects.exclude(snapshot__scan=earlier).count() == 0
    earlier.refresh_from_db()
    assert earlier.destroyed_at is not None
    with clock.at(REPORT_ON, hour=9):
        with pytest.raises(Refused, match="not ready yet"):
            releasing.release_scan(scan)
        jobs.release_due()
        jobs.retry_reports()
    assert status(scan) == "closed"


def test_the_same_school_without_the_planted_fault_gets_its_report(school: School) -> None:
    staff = make_people(school, [4, 14, 14])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    close(scan)
    assert scan.withheld_reason == ""
    groups = json.loads(scan.snapshot.text)["groups"]
    assert [node["members"] for node in groups["nodes"]] == [18, 14]


def test_people_without_a_team_are_no_remainder_that_can_be_worked_out(school: School) -> None:
    staff = make_people(school, [14, 14, 3])
    scan = make_scan(school, staff)
    RosterEntry.objects.filter(member__in=staff[28:]).update(group=None)
    answer_all(scan, staff)
    close(scan)
    assert scan.withheld_reason == ""
    nodes = json.loads(scan.snapshot.text)["groups"]["nodes"]
    assert sorted(node["members"] for node in nodes) == [14, 17]


def test_the_report_appears_at_eight_on_its_day_and_no_earlier(school: School) -> None:
    scan = close(small_scan(school))
    with clock.at(REPORT_ON, hour=7):
        jobs.release_due()
        with pytest.raises(Refused, match="8 o'clock"):
            releasing.release_scan(scan)
        with pytest.raises(Refused, match="8 o'clock"):
            releasing.release_scan(scan, now=True)
    assert status(scan) == "closed"
    with clock.at(REPORT_ON, hour=8):
        jobs.release_due()
    assert status(scan) == "released"
