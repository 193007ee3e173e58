"""`zwerm purge --due`: what the worker does, done now and told."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import make_school
from tests.scans.scans import make_open_scan
from zwerm.core import clock
from zwerm.core.models import Erasure
from zwerm.home import purging
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import sealed
from zwerm.scans.models import Scan, ScanKey

pytestmark = pytest.mark.django_db


def released(days_ago: int) -> Scan:
    """A released scan of a new school, whose last day was so long ago."""
    school = make_school()
    with school_scope(school):
        scan = make_open_scan(school)
        scan.closes_on = clock.today() - dt.timedelta(days=days_ago)
        scan.status = Scan.Status.RELEASED
        scan.save()
        sealed.write_answers(scan, scan.roster.all()[0], sealed.Answers())
    return scan


def test_what_is_due_at_every_school_is_destroyed_and_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    due = [released(500), released(600)]
    kept = released(100)
    assert purging.run(["--due"]) == 0
    said = "Scans of which the key and every answer were destroyed: {}.\n"
    assert capsys.readouterr().out == said.format(2)
    with crossing_schools("a test looks"):
        assert [one.scan_id for one in ScanKey.objects.all()] == [kept.pk]
    rows = Erasure.objects.filter(kind="scan").values_list("what", flat=True)
    assert sorted(rows) == sorted(str(one.pk) for one in due)
    assert purging.run(["--due"]) == 0
    assert capsys.readouterr().out == said.format(0)


def test_nothing_else_can_be_destroyed_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    released(500)
    with pytest.raises(SystemExit) as stopped:
        purging.run([])
    assert stopped.value.code == 2
    assert "--due" in capsys.readouterr().err
    with crossing_schools("a test looks"):
        assert ScanKey.objects.count() == 1
