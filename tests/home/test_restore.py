"""A backup that is put back is equal to what was kept, on each database and from one to the other.

What was erased after it is in test_restore_erased.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import make_board
from tests.home.keeping import content, place
from tests.home.lived import kept, lived_school
from zwerm.core import archive
from zwerm.home import restore

pytestmark = pytest.mark.django_db(transaction=True)

HERE = connection.vendor
WAYS = {"sqlite": ["sqlite"], "postgresql": ["postgresql", "sqlite", "sqlite postgresql"]}
"""From the database of these tests; SQLite in memory cannot reach a server, so the run on
PostgreSQL goes the way back too."""


def ways() -> list[str]:
    return WAYS["postgresql" if os.environ.get("DATABASE_URL") else "sqlite"]


@pytest.mark.parametrize("way", ways())
def test_what_comes_back_is_equal_row_by_row(tmp_path: Path, way: str) -> None:
    lived_school(printed=True)
    file, keys = kept(tmp_path)
    before = content()
    assert sum(map(bool, before.values())) >= 30
    assert len(before["scans.reportfile"]) == 2
    for number, kind in enumerate(way.split()):
        with place(kind, tmp_path / f"place{number}") as there:
            assert there.restored(file, "--keys", keys) == before
            assert there.says("connection.vendor") == kind
            file = there.data / "again.zip"
            done = there.run("backup", str(file))
            assert (done.returncode, done.stderr) == (0, "")
            assert rows_in(file) == rows_in(tmp_path / "copy.zip")


def rows_in(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as opened:
        about = archive.read_about(opened)
    return {table.model: table.sha256 for table in about.tables}


ANSWERS = "sum(len([*sealed.every_answer(one, [*one.roster.all()])]) for one in Scan.objects.all())"
NEXT_NUMBER = """(last := Post.objects.values().latest('id'))['id'] < (
    Post.objects.create(**{**last, 'id': None}).id
)"""


def test_what_comes_back_is_alive(tmp_path: Path) -> None:
    """Answers open with their keys, new rows get new numbers, and a report is fixed as before."""
    lived = lived_school()
    file, keys = kept(tmp_path)
    with place(HERE, tmp_path / "there") as there:
        there.restored(file, "--keys", keys)
        assert "Keys of scans that came with it: 2." in there.said
        assert there.says(ANSWERS) == "21"
        assert there.says(NEXT_NUMBER) == "True"
        done = there.python(
            "-c",
            "import django; django.setup(); "
            "from zwerm.core.scope import EVERYTHING, scope; "
            "from zwerm.scans.models import Snapshot; "
            "scope.set(EVERYTHING); Snapshot.objects.update(wording='x')",
        )
        assert "A report is fixed once it is made." in done.stderr
        assert lived.first.pk


def test_without_the_keys_everything_but_the_answers_comes_back(tmp_path: Path) -> None:
    lived_school()
    file, _keys = kept(tmp_path)
    with place(HERE, tmp_path / "there") as there:
        found = there.restored(file, "--without-ledger")
        assert found["scans.snapshot"] == content()["scans.snapshot"]
        assert "answers cannot be read, because their keys are not here: 2." in there.said
        assert (
            there.says("[sealed.can_open(scan) for scan in Scan.objects.all()]") == "[False, False]"
        )


OLDER = """
import django, sys
django.setup()
from django.core.management import call_command
from zwerm.core import archive
from zwerm.home import backup, serving
from zwerm.people.models import Board, School
serving.migrate()
School.objects.create(name="De Vuurtoren", board=Board.objects.create(name="Het Baken"))
call_command("migrate", "scans", "0002", verbosity=0)
call_command("migrate", "core", "0001", verbosity=0)
with archive.one_moment(), open(sys.argv[1], "wb") as target:
    archive.write(target, left_out=backup.LEFT_OUT, progress=lambda *_: None)
"""


def test_a_backup_of_an_older_version_is_brought_to_this_one(tmp_path: Path) -> None:
    file = tmp_path / "older.zip"
    with place(HERE, tmp_path / "old") as old:
        done = old.python("-c", OLDER, str(file))
        assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(file) as opened:
        about = archive.read_about(opened)
    assert {"core.erasure", "scans.expectation"} & {table.model for table in about.tables} == set()
    with place(HERE, tmp_path / "new") as new:
        ask = "School.objects.get().name, Expectation.objects.count(), serving.database_fault()"
        found = new.restored(file, "--without-ledger", ask=ask)
        assert [len(found[name]) for name in ("people.school", "core.erasure")] == [1, 0]
        assert new.answer == "('De Vuurtoren', 0, None)"


MINE = "Board.objects.get().name, School.objects.count()"


def test_an_installation_with_data_is_only_replaced_when_that_is_asked(tmp_path: Path) -> None:
    make_board(name="in the backup")
    file, keys = kept(tmp_path)
    with place(HERE, tmp_path / "there") as there:
        there.tried(file, "--keys", keys, ask=MINE, begun=True)
        assert "this installation holds data. Add --replace" in there.fault
        assert there.fault.endswith("Nothing was changed.\n")
        assert there.answer == "('Mine', 1)"
        assert there.restored(file, "--keys", keys, "--replace") == content()


def test_a_database_in_use_is_not_replaced(tmp_path: Path) -> None:
    make_board(name="in the backup")
    file, keys = kept(tmp_path)
    with place(HERE, tmp_path / "there") as there:
        there.run("migrate")
        holding = there.python("-c", IN_USE, str(file), str(keys))
        assert "the database is in use. Stop the site and every worker first." in holding.stderr
        assert holding.stdout == "1 0\n"


IN_USE = """
import django, sys, threading
django.setup()
from django.db import connection
from zwerm.home import restore
from zwerm.people.models import Board
went, done = threading.Event(), threading.Event()
def somebody():
    Board.objects.count()
    went.set()
    done.wait()
    connection.close()
other = threading.Thread(target=somebody)
other.start()
went.wait()
code = restore.run([sys.argv[1], "--keys", sys.argv[2]])
print(code, Board.objects.count())
done.set()
other.join()
"""


def spoiled(file: Path, *, table: str, line: str) -> Path:
    """The same backup with one more row, and a digest that fits."""
    new = file.with_name("spoiled.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as target:
        about = json.loads(old.read(archive.ABOUT))
        for name in old.namelist():
            if name == f"tables/{table}.jsonl":
                text = old.read(name) + line.encode() + b"\n"
                [entry] = [one for one in about["tables"] if one["model"] == table]
                entry["sha256"] = hashlib.sha256(text).hexdigest()
                target.writestr(name, text)
            elif name != archive.ABOUT:
                target.writestr(name, old.read(name))
        target.writestr(archive.ABOUT, json.dumps(about))
    return new


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("core.installation", "[2,false,\"2026-01-01T00:00:00+00:00\"]"),
        ("people.team", '["00000000-0000-4000-8000-000000000001",'
                        '"A team of no school","00000000-0000-4000-8000-000000000002"]'),
    ],
)  # fmt: skip
def test_a_restore_that_fails_halfway_leaves_what_was_there(
    tmp_path: Path, table: str, line: str
) -> None:
    make_board(name="in the backup")
    file, keys = kept(tmp_path)
    with place(HERE, tmp_path / "there") as there:
        bad = spoiled(file, table=table, line=line)
        there.tried(bad, "--keys", keys, "--replace", ask=MINE, begun=True)
        assert there.fault.startswith("Nothing was restored: ")
        assert there.answer == "('Mine', 1)"
        assert sorted(one.name for one in there.data.iterdir() if one.is_file()) == (
            ["zwerm.sqlite3"] if HERE == "sqlite" else []
        )


def said_of(file: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert restore.run([str(file), "--without-ledger", "--replace"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("Nothing was changed.\n")
    return said.err


def test_what_is_no_backup_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.zip"
    assert "No such file" in said_of(file, capsys)
    file.write_text("Dear Zoe")
    assert "is no backup, or its end is missing." in said_of(file, capsys)
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("letter.txt", "Dear Zoe")
    assert "It is not a backup that Zwerm made, or it is damaged." in said_of(file, capsys)


def test_a_backup_that_was_cut_off_or_changed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_board(name="A board with a name that is long enough to be found again")
    file, _keys = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "is no backup, or its end is missing." in said_of(file, capsys)
    for place_of_fault in range(100, len(whole), len(whole) // 40):
        file.write_bytes(
            whole[:place_of_fault]
            + bytes([whole[place_of_fault] ^ 255])
            + whole[place_of_fault + 1 :]
        )
        assert restore_only_checks(file) != ""
    connection.close()


def restore_only_checks(file: Path) -> str:
    """Why this file cannot be used; a byte that changed nothing of what is read is none."""
    try:
        with zipfile.ZipFile(file) as opened:
            about = archive.read_about(opened)
            archive.check_whole(opened, about, lambda *_: None)
    except (zipfile.BadZipFile, NotImplementedError, archive.Unusable) as fault:
        return str(fault)
    return "nothing that is read was touched"


def changed(file: Path, **about: object) -> Path:
    """The same backup, which says something else of itself."""
    new = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as target:
        for name in old.namelist():
            text = old.read(name)
            if name == archive.ABOUT:
                text = json.dumps({**json.loads(text), **about}).encode()
            target.writestr(name, text)
    return new


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"format": 99}, "It was made by a newer version of Zwerm. Bring this one up to date."),
        (
            {"migrations": [["people", "0099_birds"]]},
            "It was made by another version of Zwerm, of which this one does not know people "
            "0099_birds. Bring this one up to date.",
        ),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], about: dict[str, object], sentence: str
) -> None:
    file, _keys = kept(tmp_path)
    assert sentence in said_of(changed(file, **about), capsys)
