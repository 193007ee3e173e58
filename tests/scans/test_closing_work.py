"""Making the report of a closed scan: printed, shown as progress, and taken up again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from django.utils import timezone

from tests.scans.answered import CLOSES_ON, DAY, close, small_scan
from zwerm.core import clock
from zwerm.core.models import Work
from zwerm.people.models import School
from zwerm.scans import jobs, printing
from zwerm.scans.actions import closing
from zwerm.scans.models import AnswerBlob, ReportFile, Scan, Snapshot
from zwerm.scans.results.arrays import read_asked
from zwerm.scans.results.figures import figures_of


def test_both_languages_are_printed_at_close_and_hashed(school: School) -> None:
    scan = close(small_scan(school), printed=True)
    files = {file.language: file for file in ReportFile.objects.all()}
    assert sorted(files) == ["en", "nl"]
    for file in files.values():
        assert bytes(file.pdf).startswith(b"%PDF")
        assert file.digest == hashlib.sha256(bytes(file.pdf)).hexdigest()
    assert scan.is_printed
    assert scan.work is not None
    assert (scan.work.state, scan.work.done, scan.work.total) == ("done", 5, 5)


class Killed(BaseException):
    """The worker is killed: nothing catches this."""


@pytest.mark.parametrize("page", [0, 1])
def test_a_worker_killed_while_printing_goes_on_where_it_was(
    school: School, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    scan = small_scan(school)
    printed: list[str] = []

    def die_at_page(snapshot: object, kind: str, language: str) -> bytes:
        if len(printed) == page:
            raise Killed
        printed.append(language)
        return b"%PDF " + language.encode()

    monkeypatch.setattr(printing, "print_snapshot", die_at_page)
    with pytest.raises(Killed):
        close(scan, printed=True)
    monkeypatch.undo()
    scan.refresh_from_db()
    before = Snapshot.objects.get()
    assert not scan.is_printed
    assert ReportFile.objects.count() == page
    assert scan.work is not None
    assert scan.work.state == "failed"
    closing.make_report(scan)
    scan.refresh_from_db()
    assert scan.is_printed
    assert Snapshot.objects.get().digest == before.digest
    assert ReportFile.objects.count() == 2


def test_a_worker_killed_while_computing_leaves_nothing_and_makes_the_same_report(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = small_scan(school, people=14)

    def die(scan: Scan) -> None:
        raise Killed

    monkeypatch.setattr(closing, "shuffle_blobs", die)
    with clock.at(CLOSES_ON + DAY, hour=1):
        closing.close_scan(scan)
        for _again in range(2):
            with pytest.raises(Killed):
                closing.make_report(scan)
            assert Snapshot.objects.count() == 0
        monkeypatch.undo()
        closing.make_report(scan)
    assert AnswerBlob.objects.count() == 14
    digest = Snapshot.objects.get().digest
    again = figures_of(scan, read_asked(scan), draws=closing.draws_of(scan))
    assert digest == sha256(again | {"audit": json.loads(scan.snapshot.text)["audit"]})


def sha256(report: dict[str, Any]) -> str:
    return hashlib.sha256(closing.canonical(report).encode()).hexdigest()


def test_a_scan_of_which_the_work_got_lost_is_taken_up_again(school: School) -> None:
    scan = small_scan(school)
    with clock.at(CLOSES_ON + DAY, hour=1):
        closing.close_scan(scan)
        jobs.retry_reports()
    scan.refresh_from_db()
    assert scan.is_printed


def test_work_that_stands_still_is_taken_up_again_after_five_minutes(school: School) -> None:
    scan = small_scan(school)
    with clock.at(CLOSES_ON + DAY, hour=1):
        closing.close_scan(scan)
    work = Work.objects.create(state=Work.State.BUSY)
    scan.work = work
    scan.save()
    jobs.retry_reports()
    assert not Scan.objects.get(pk=scan.pk).is_printed
    Work.objects.filter(pk=work.pk).update(changed_at=timezone.now() - dt.timedelta(minutes=6))
    jobs.retry_reports()
    assert Scan.objects.get(pk=scan.pk).is_printed


def test_making_a_report_twice_changes_nothing(school: School) -> None:
    scan = close(small_scan(school), printed=True)
    before = (Snapshot.objects.get().pk, list(ReportFile.objects.values_list("digest", flat=True)))
    closing.make_report(scan)
    assert before == (
        Snapshot.objects.get().pk,
        list(ReportFile.objects.values_list("digest", flat=True)),
    )


def test_rounding_is_drawn_from_the_key_of_the_scan_and_differs_for_each_figure(
    school: School,
) -> None:
    scan, name = small_scan(school, people=3), "mean_named"
    draw = closing.draws_of(scan)(name).random()
    assert closing.draws_of(scan)(name).random() == draw
    assert closing.draws_of(scan)("reciprocity").random() != draw
    close(scan)
    other = small_scan(school, people=3)
    assert closing.draws_of(other)(name).random() != draw
