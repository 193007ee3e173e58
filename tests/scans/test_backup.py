"""The backup of docs/admin/backup.md, run as it is printed there, and put back."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import make_school
from tests.scans.scans import make_open_scan
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.models import Scan

PAGE = Path(__file__).parents[2] / "docs" / "admin" / "backup.md"
BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def machine(transactional_db: None, tmp_path: Path) -> Path:
    """A folder that stands for the machine; its database is a file."""
    if connection.vendor != "sqlite" or shutil.which("sqlite3") is None:
        pytest.skip("this part of the page needs SQLite, and its program sqlite3")
    for name in ("lib/zwerm", "backups/zwerm", "backups/zwerm-keys"):
        (tmp_path / "var" / name).mkdir(parents=True)
    return tmp_path


def printed(part: str) -> str:
    """The one block of commands of the page that holds `part`."""
    [found] = [block for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if part in block]
    return str(found)


def run(machine: Path, commands: str) -> str:
    """Run commands of the page on that machine, as whoever runs the tests; what went wrong."""
    here = commands.replace("/var/", f"{machine}/var/").replace("runuser -u zwerm -- ", "")
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        ["/bin/sh", "-c", here], env=without, capture_output=True, text=True, check=False
    )
    return done.stderr


def database(machine: Path) -> Path:
    return machine / "var/lib/zwerm/zwerm.sqlite3"


def save(machine: Path) -> None:
    """Let the database of this test be the one of that machine."""
    with sqlite3.connect(database(machine)) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    file.close()


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(file) as opened:
        found = opened.execute(query).fetchall()
    opened.close()
    return found


def open_scan() -> tuple[School, Scan]:
    school = make_school()
    with school_scope(school):
        return school, make_open_scan(school)


def back_up(machine: Path) -> Path:
    """The copy that the printed script makes now, put where the next does not overwrite it."""
    assert run(machine, printed("#!/bin/sh")) == ""
    [copy] = (machine / "var/backups/zwerm").iterdir()
    return copy.rename(machine / f"copy-{len(list(machine.iterdir()))}")


def test_a_copy_of_the_database_holds_every_table_but_no_key(machine: Path) -> None:
    _school, scan = open_scan()
    save(machine)
    key = bytes(scan.key.wrapped)
    assert key in database(machine).read_bytes()

    copy = back_up(machine)

    assert rows(copy, "SELECT count(*) FROM scans_scan") == [(1,)]
    assert rows(copy, "SELECT count(*) FROM scans_scankey") == [(0,)]
    assert key not in copy.read_bytes()
    assert key.hex() in (machine / "var/backups/zwerm-keys/newest.sql").read_text().lower()


def test_an_older_copy_takes_the_newest_keys_of_the_scans_that_are_in_it(machine: Path) -> None:
    """A scan that opened after the copy was made is not there: its key stays out."""
    _school, scan = open_scan()
    save(machine)
    copy = back_up(machine)
    open_scan()
    save(machine)
    back_up(machine)
    shutil.copy(copy, database(machine))

    [sqlite, _postgres] = printed("grep INSERT").splitlines()
    said = run(machine, sqlite)

    assert said.count("FOREIGN KEY constraint failed") == 1
    assert rows(database(machine), "SELECT wrapped FROM scans_scankey") == [
        (bytes(scan.key.wrapped),)
    ]
    assert rows(database(machine), "PRAGMA foreign_key_check") == []


def test_a_backup_that_stops_halfway_leaves_no_copy_with_keys(machine: Path) -> None:
    open_scan()
    save(machine)
    (machine / "var/backups/zwerm-keys").rmdir()

    assert run(machine, printed("#!/bin/sh")) != ""

    assert list((machine / "var/backups/zwerm").iterdir()) == []
