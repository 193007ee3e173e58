"""The doctor: each thing that is wrong is found, told with what to do, and nothing else is told."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import make_school
from tests.home.keeping import Place
from tests.scans.mail_server import mail_server
from tests.scans.scans import make_open_scan
from zwerm.core import clock, jobs, ledger
from zwerm.core.models import Erasure, Installation, Pulse, Work
from zwerm.home import backup, doctor
from zwerm.home.looks import machine, reaching, work
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans.models import Scan, ScanKey

pytestmark = pytest.mark.django_db

JOURNAL = "Look in the journal of the worker for the reason: journalctl -u zwerm-worker.service."
RESTART = "Restart the worker: systemctl restart zwerm-worker.service."


def hours_ago(count: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=count)


def found_in_database() -> list[str]:
    """What the doctor finds wrong in the database of this test."""
    with crossing_schools("a test looks"):
        return doctor.look_at(doctor.WITH_DATABASE)


@pytest.fixture
def well() -> Scan:
    """A database in which all is well: an open scan, a worker, a backup."""
    school = make_school()
    with school_scope(school):
        scan = make_open_scan(school)
    jobs.tick()
    backup.mark_made()
    assert found_in_database() == []
    return scan


def change(scan: Scan, **fields: Any) -> None:
    with crossing_schools("a test spoils something"):
        Scan.objects.filter(pk=scan.pk).update(**fields)


def test_keys_of_another_server_are_told(well: Scan, settings: Any) -> None:
    settings.SEAL_KEY = "the key of another server, thirty-two bytes"
    assert found_in_database() == [
        "the keys of the scans: ZWERM_SEAL_KEY does not open the keys of 1 of 1 scans: their "
        "answers cannot be read or saved. Put the right key back. It stands with your copy of "
        "the keys of the server (docs/admin/backup.md)."
    ]


def test_a_scan_without_its_key_is_told(well: Scan) -> None:
    with crossing_schools("a test spoils something"):
        ScanKey.objects.all().delete()
    [fault] = found_in_database()
    assert fault.startswith("the keys of the scans: 1 scans have lost their keys")
    change(well, status="cancelled", destroyed_at=timezone.now())
    assert found_in_database() == []


def test_a_worker_that_stopped_or_never_ran_is_told(well: Scan) -> None:
    stopped = hours_ago(2)
    Pulse.objects.update(at=stopped)
    since = f"{timezone.localtime(stopped):%Y-%m-%d %H:%M}"
    start = "Start it: systemctl start zwerm-worker.service, and look at its journal."
    assert found_in_database() == [
        f"the worker: none has run since {since}: no mail is sent and no scan closes. {start}"
    ]
    Pulse.objects.all().delete()
    assert found_in_database() == [
        f"the worker: none has ever run: no mail is sent and no scan closes. {start}"
    ]


def task(**fields: Any) -> None:
    given = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "zwerm.scans.jobs.mail_roster",
        "backend_name": "default",
        "run_after": hours_ago(3),
        "exception_class_path": "",
        "traceback": "",
    }
    enqueued_at = fields.pop("enqueued_at")
    made = DBTaskResult.objects.create(**given, **fields)
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=enqueued_at)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "READY"}, f"not taken up within 10 minutes: 1. {RESTART}"),
        (
            {"status": "RUNNING", "started_at": hours_ago(2)},
            f"not done within 30 minutes, so that it was cut off: 1. {RESTART}",
        ),
        (
            {"status": "FAILED", "finished_at": hours_ago(2)},
            f"failed since yesterday: 1. The worker tries again. {JOURNAL}",
        ),
    ],
)
def test_work_that_is_stuck_is_told(well: Scan, fields: dict[str, Any], sentence: str) -> None:
    task(enqueued_at=hours_ago(2), **fields)
    assert found_in_database() == [f"work that is waiting: {sentence}"]


def test_work_that_goes_on_or_failed_long_ago_is_well(well: Scan) -> None:
    task(enqueued_at=timezone.now(), status="READY")
    task(enqueued_at=hours_ago(1), status="RUNNING", started_at=timezone.now())
    task(enqueued_at=hours_ago(50), status="FAILED", finished_at=hours_ago(49))
    task(enqueued_at=hours_ago(50), status="SUCCESSFUL", finished_at=hours_ago(49))
    Work.objects.create(state=Work.State.BUSY)
    assert found_in_database() == []


def test_a_report_that_fell_silent_is_told(well: Scan) -> None:
    silent = Work.objects.create(state=Work.State.BUSY)
    Work.objects.filter(pk=silent.pk).update(changed_at=hours_ago(1))
    assert found_in_database() == [
        f"work that is waiting: busy, and silent for 10 minutes: 1. {RESTART}"
    ]


def test_scans_that_are_late_are_told(well: Scan) -> None:
    long_ago = timezone.localdate() - dt.timedelta(days=30)
    with crossing_schools("a test looks"):
        well.refresh_from_db()
    change(well, closes_on=long_ago)
    assert found_in_database() == [f"scans that are due: should have closed: 1. {JOURNAL}"]
    closed_at = max(timezone.now(), well.opened_at or timezone.now()) - dt.timedelta(hours=3)
    change(well, status="closed", opened_at=closed_at, closed_at=closed_at)
    assert found_in_database() == [
        f"scans that are due: closed, and their report could not be made: 1. {JOURNAL}"
    ]
    change(well, is_printed=True, report_on=long_ago)
    assert found_in_database() == [
        f"scans that are due: their report should have appeared: 1. {JOURNAL}"
    ]
    change(well, status="released", closes_on=long_ago - dt.timedelta(days=800))
    assert found_in_database() == [
        "scans that are due: their answers should have been destroyed: 1. Run: zwerm purge --due."
    ]


def test_a_backup_that_is_old_or_was_never_made_is_told(well: Scan) -> None:
    made = hours_ago(48)
    backup.last_made().write_text(made.isoformat())
    assert found_in_database() == [
        f"the last backup: it is of {timezone.localtime(made):%Y-%m-%d %H:%M}. Look why "
        "`zwerm backup` does not run each night."
    ]
    backup.last_made().unlink()
    assert found_in_database() == [
        "the last backup: none was ever made here. Set up `zwerm backup` each night "
        "(docs/admin/backup.md)."
    ]


def test_a_ledger_that_lacks_a_line_or_is_damaged_is_told(well: Scan) -> None:
    Erasure.objects.create(kind="comment", what="x")
    [fault] = found_in_database()
    assert fault.startswith("the ledger of what was erased: ")
    assert "lacks erasures that the database knows" in fault
    jobs.tick()
    assert found_in_database() == []
    ledger.ledger_file().write_text("{}\n")
    [fault] = found_in_database()
    assert "Line 1 of the ledger" in fault


def test_a_clock_that_went_back_is_told(well: Scan) -> None:
    Pulse.objects.update(at=timezone.now() + dt.timedelta(hours=3))
    [fault] = found_in_database()
    assert fault.startswith("the clock of the database: something was saved at ")
    assert fault.endswith("set it right before a scan closes on the wrong day.")


def test_the_database_of_a_demo_is_told(well: Scan) -> None:
    Installation.objects.create(is_demo=True)
    assert found_in_database() == [
        "that it is no demo: it holds a demo. Choose another folder with ZWERM_DATA, or another "
        "DATABASE_URL."
    ]


def test_a_file_of_sqlite_that_is_damaged_is_told(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks after its own files")
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(
            "INSERT INTO people_school (id, name, sector, board_id) VALUES ('a', 'b', 'vo', 'c')"
        )
        try:
            [fault] = reaching.whole()
        finally:
            cursor.execute("DELETE FROM people_school WHERE id = 'a'")
    assert fault.startswith("its file is damaged. Stop the site and every worker")
    assert reaching.whole() == []


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.room_left() == []
    monkeypatch.setattr(machine, "LEAST_BYTES", shutil.disk_usage("/").total + 1)
    faults = machine.room_left()
    assert faults
    assert all("Make room, or answers cannot be saved any more." in fault for fault in faults)


def test_a_folder_where_nothing_can_be_written_and_a_secret_that_can_be_read_are_told(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "data"
    (settings.DATA / "keys").mkdir(parents=True)
    seal = settings.DATA / "keys" / "seal"
    seal.touch(mode=0o600)
    file = tmp_path / "secret"
    file.touch(mode=0o640)
    monkeypatch.setenv("ZWERM_SECRET_KEY_FILE", str(file))
    assert machine.rights() == []
    seal.chmod(0o604)
    file.chmod(0o644)
    assert machine.rights() == [
        f"{one} can be read by others on this machine. Run: chmod o-rwx {one}"
        for one in (seal, file)
    ]
    monkeypatch.setattr(os, "access", lambda folder, mode: folder != settings.DATA)
    assert machine.rights()[0].startswith(
        f"the user of this command may not write in {settings.DATA}."
    )


def test_a_disk_with_another_clock_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.clock_of_the_disk() == []
    monkeypatch.setattr(machine, "SECONDS_APART", -1)
    [fault] = machine.clock_of_the_disk()
    assert fault.startswith("the disk and this machine differ by 0 seconds.")


def test_a_mail_server_that_is_away_is_told_and_one_that_answers_gets_no_mail(
    settings: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = "127.0.0.1", False, ""
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        assert reaching.mail() == []
        assert (server.connections, server.messages) == (1, [])
    [fault] = reaching.mail()
    assert fault.startswith(f"127.0.0.1:{settings.EMAIL_PORT} does not take our mail (")
    assert fault.endswith("the settings below it in docs/admin/settings.md.")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert reaching.mail() == ["ZWERM_MAIL is not smtp: nobody gets a mail."]


def test_a_look_that_fails_stops_no_other() -> None:
    def breaks() -> list[str]:
        raise OSError("the disk is away")

    assert doctor.look_at({"one": breaks, "two": lambda: ["Do this."]}) == [
        "one: could not be looked at (OSError: the disk is away).",
        "two: Do this.",
    ]


def test_the_patience_of_the_doctor_outlasts_that_of_a_worker_that_runs_by_a_timer() -> None:
    assert work.PATIENCE.total_seconds() > 5 * 60
    assert clock.now() > hours_ago(1)


def test_a_real_installation_is_well_until_something_breaks(tmp_path: Path) -> None:
    """The command itself, on an installation of its own, with a mail server that answers."""
    here = Place(tmp_path / "data")
    here.settings |= {"ZWERM_SEAL_KEY": "k" * 64, "ZWERM_MAIL": "smtp", "ZWERM_SMTP_TLS": "off"}
    with mail_server() as server:
        here.settings |= {"ZWERM_SMTP_HOST": "127.0.0.1", "ZWERM_SMTP_PORT": str(server.port)}
        for words in (["migrate"], ["worker", "--once"], ["backup", str(tmp_path / "backups")]):
            done = here.run(*words)
            assert (done.returncode, done.stderr) == (0, "")
        done = here.run("doctor")
        assert (done.stdout, done.stderr, done.returncode) == (
            "All is well: 16 things were looked at. Nothing was changed.\n",
            "",
            0,
        )
    (tmp_path / "data" / "zwerm.sqlite3").unlink()
    done = here.run("doctor", ZWERM_OPERATOR="")
    assert (done.returncode, done.stderr) == (1, "")
    first, second, third, *_end = done.stdout.splitlines()
    assert first == (
        "  - the settings: ZWERM_OPERATOR is missing: every member reads who runs the server."
    )
    assert second.startswith("  - mail: 127.0.0.1:")
    assert third == (
        "  - the database: The database is not at this version. Run `zwerm migrate` first. What "
        "stands in it was not looked at."
    )
