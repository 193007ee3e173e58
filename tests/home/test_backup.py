"""A backup holds everything but keys, at one moment, in one file."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tests.factories import make_account, make_school
from tests.home.keeping import Place
from tests.scans.scans import make_open_scan
from zwerm.core import archive, ledger
from zwerm.core.models import Erasure
from zwerm.home import backup
from zwerm.people.models import Account, Board
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans.models import Scan, ScanKey

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(_table: str, _done: int, _every: int) -> None:
    """Nobody looks on."""


def made(folder: Path, keys: Path | None = None) -> Path:
    file = folder / "backups" / "copy.zip"
    file.parent.mkdir(exist_ok=True)
    backup.make(file, keys, quiet)
    return file


def rows(file: Path, table: str) -> list[list[object]]:
    with zipfile.ZipFile(file) as opened:
        lines = opened.read(f"tables/{table}.jsonl").decode().rstrip("\n").split("\n")
    return [json.loads(line) for line in lines[1:]]


def open_scan() -> Scan:
    school = make_school()
    with school_scope(school):
        return make_open_scan(school)


def test_a_backup_holds_every_table_but_those_with_a_reason(tmp_path: Path) -> None:
    with zipfile.ZipFile(made(tmp_path)) as opened:
        held = {Path(name).stem for name in opened.namelist() if name.startswith("tables/")}
        about = archive.read_about(opened)
    tables = {model._meta.db_table for model in archive.models_at(about.migrations)}
    without_model = {"django_migrations", "zwerm_cache"}
    assert set(connection.introspection.table_names()) - without_model == tables
    models = {archive.name_of(model) for model in archive.models_at(about.migrations)}
    assert models - held == set(backup.LEFT_OUT)
    assert all(backup.LEFT_OUT.values())


def test_a_backup_holds_no_key_and_the_file_of_keys_holds_each(tmp_path: Path) -> None:
    scan = open_scan()
    wrapped = bytes(scan.key.wrapped)
    file = made(tmp_path, tmp_path / "keys" / "newest.json")
    with zipfile.ZipFile(file) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
    for spelled in (wrapped, wrapped.hex().encode(), archive.as_text(wrapped).encode()):
        assert spelled not in everything
    kept = json.loads((tmp_path / "keys" / "newest.json").read_text())
    assert kept["keys"] == [[str(scan.school_id), str(scan.pk), wrapped.hex()]]
    assert [one[0] for one in rows(file, "scans.scan")] == [str(scan.pk)]


def test_only_the_owner_may_read_what_was_kept(tmp_path: Path) -> None:
    file = made(tmp_path, tmp_path / "keys" / "newest.json")
    for one in (file, tmp_path / "keys" / "newest.json"):
        assert one.stat().st_mode & 0o777 == 0o600


def test_the_newest_keys_take_the_place_of_those_before(tmp_path: Path) -> None:
    scan = open_scan()
    keys = tmp_path / "keys" / "newest.json"
    made(tmp_path, keys)
    with crossing_schools("a test"):
        ScanKey.objects.all().delete()
    (tmp_path / "backups" / "copy.zip").unlink()
    made(tmp_path, keys)
    assert json.loads(keys.read_text())["keys"] == []
    assert str(scan.pk) not in keys.read_text()
    assert [one.name for one in keys.parent.iterdir()] == ["newest.json"]


def test_a_moment_is_kept_to_the_microsecond_and_text_to_the_letter(tmp_path: Path) -> None:
    moment = timezone.now().replace(microsecond=123457)
    account = make_account()
    Account.objects.filter(pk=account.pk).update(made_at=moment)
    board = Board.objects.create(name='Ann\u00e9 "\\ \u2028 \U0001f426\n')
    file = made(tmp_path)
    [row] = rows(file, "people.account")
    assert moment.isoformat() in row
    assert rows(file, "people.board") == [[str(board.pk), board.name]]


def test_what_is_saved_while_a_backup_is_made_waits_for_nobody_and_stays_out(
    tmp_path: Path,
) -> None:
    """The very first table is being read when somebody saves, on a connection of their own."""
    if connection.vendor != "postgresql":
        pytest.skip("here the database lies in memory and knows one connection: see the next")
    board = Board.objects.create(name="before")
    other = connection.copy()

    def somebody_saves(table: str, _done: int, _every: int) -> None:
        if table == "people.board":
            with other.cursor() as cursor:
                cursor.execute("UPDATE people_board SET name = 'after'")

    file = tmp_path / "copy.zip"
    try:
        backup.make(file, None, somebody_saves)
    finally:
        other.close()
    assert rows(file, "people.board") == [[str(board.pk), "before"]]
    assert Board.objects.get().name == "after"


WHILE_SOMEBODY_SAVES = """
import django, sqlite3, sys
django.setup()
from pathlib import Path
from zwerm.core import clock
from zwerm.home import backup
from zwerm.people.models import Board
Board.objects.create(name="before")
def somebody_saves(table, done, every):
    if table == "people.board":
        other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
        other.execute("UPDATE people_board SET name = 'after'")
        other.close()
backup.make(Path(sys.argv[2]), None, somebody_saves)
print(Board.objects.get().name)
"""


def test_on_sqlite_too_nobody_waits_for_a_backup(tmp_path: Path) -> None:
    here = Place(tmp_path / "data")
    assert here.run("migrate").returncode == 0
    file = tmp_path / "copy.zip"
    done = here.python(
        "-c", WHILE_SOMEBODY_SAVES, str(tmp_path / "data" / "zwerm.sqlite3"), str(file)
    )
    assert (done.stdout, done.stderr) == ("after\n", "")
    assert [row[1] for row in rows(file, "people.board")] == ["before"]


def test_what_was_erased_before_stands_in_the_ledger_outside_the_database(tmp_path: Path) -> None:
    ledger.note(ledger.Kind.COMMENT, "one")
    [line] = ledger.read_lines()
    assert (line.kind, line.what) == ("comment", "one")
    made(tmp_path, tmp_path / "keys" / "newest.json")
    kept = json.loads((tmp_path / "keys" / "newest.json").read_text())
    assert [one["id"] for one in kept["ledger"]] == [line.id] == [str(Erasure.objects.get().pk)]


@pytest.mark.parametrize("when", ["archive", "keys"])
def test_a_backup_that_stops_halfway_leaves_nothing_of_itself(tmp_path: Path, when: str) -> None:
    open_scan()
    if when == "keys":
        (tmp_path / "keys").write_text("a file where a folder should be")

    def stops(table: str, _done: int, _every: int) -> None:
        if when == "archive" and table == "scans.scan":
            raise OSError("no room on the disk")

    (tmp_path / "backups").mkdir()
    with pytest.raises(OSError, match=r"no room|File exists|Not a directory"):
        backup.make(tmp_path / "backups" / "copy.zip", tmp_path / "keys" / "newest.json", stops)
    assert list((tmp_path / "backups").iterdir()) == []
    assert [one for one in tmp_path.rglob("*") if one.suffix == ".part"] == []
    assert not backup.last_made().exists()


def test_a_database_of_a_newer_version_is_not_kept_by_an_older_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("people", "0099_birds")
    try:
        assert backup.run([str(tmp_path / "backups")]) == 1
    finally:
        recorder.record_unapplied("people", "0099_birds")
    assert capsys.readouterr().err == (
        "No backup was made: a newer version of Zwerm was here. Bring this one up to date.\n"
        "Nothing was changed.\n"
    )


def test_who_stops_a_backup_is_told_that_nothing_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_table: str, _done: int, _every: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "progress_on", lambda _screen: pressed)
    assert backup.run([str(tmp_path / "backups")]) == 130
    assert capsys.readouterr().err == "\nStopped. No backup was made. Nothing was changed.\n"
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_is_never_written_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "copy.zip"
    file.write_text("precious")
    assert backup.run([str(file)]) == 1
    assert file.read_text() == "precious"
    assert "is there already, and a backup is never written over" in capsys.readouterr().err


def test_keys_beside_the_backups_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert backup.run([str(tmp_path), "--keys", str(tmp_path / "keys.json")]) == 1
    assert "the keys would stand beside the backups" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir() if one.name != "ledger"] == []


def test_old_backups_of_the_folder_go_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["zwerm-2020-01-01-030000.zip", "zwerm-2020-01-02-030000.zip", "other.zip"]
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("old")
        os.utime(folder / name, (1, 1))
    os.utime(folder / names[1])
    assert backup.run([str(folder), "--keep", "30"]) == 0
    [new] = {one.name for one in folder.iterdir()} - {"other.zip", names[1]}
    assert new.startswith("zwerm-2")
    assert f"{names[0]}: gone, it was older than 30 days." in capsys.readouterr().out


PAGE = Path(__file__).parents[2] / "docs" / "admin" / "backup.md"
PRINTED = re.findall(r"^runuser -u zwerm -- .+$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_commands_of_the_page_work_as_they_are_printed(tmp_path: Path) -> None:
    here = Place(tmp_path / "data")
    done = here.python(
        "-c", "import django; django.setup(); from tests.home.keeping import begin; begin()"
    )
    assert done.returncode == 0, done.stderr
    for part in ("zwerm backup", "zwerm restore"):
        [command] = [one for one in PRINTED if part in one]
        words = command.replace("/var/backups", str(tmp_path)).split()
        if part == "zwerm restore":
            [made] = (tmp_path / "zwerm").iterdir()
            words = [str(made) if one.endswith(".zip") else one for one in words]
        done = here.run(*words[words.index("/srv/zwerm/zwerm") + 1 :])
        assert (done.returncode, done.stderr) == (0, "")
    assert here.says("School.objects.get().name") == "De Golf"
    assert (tmp_path / "zwerm-keys" / "newest.json").exists()


def test_a_person_who_looks_on_sees_how_far_it_is() -> None:
    screen = io.StringIO()
    tell = backup.teller(screen, clock_of=lambda: 0.0)
    tell("people.member", 0, 2)
    tell("people.team", 1, 2)
    assert screen.getvalue().split() == (
        ["1", "of", "2:", "people.member", "(0", "s)", "2", "of", "2:", "people.team", "(0", "s)"]
    )
    assert screen.getvalue().endswith("\n")
