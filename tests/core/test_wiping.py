"""What was destroyed is gone from the disk, also from the log beside the database.

In a process of its own: only a database in a file has such a log.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import json, sqlite3, sys
from pathlib import Path
from zwerm.cli import start_django
start_django()
from django.db import connection
from tests.factories import make_account, make_school
from tests.scans.scans import entries_of, make_open_scan
from zwerm.home import serving
from zwerm.people.scope import school_scope
from zwerm.scans import sealed
from zwerm.scans.actions import answering, opening
from zwerm.scans.models import AnswerBlob

serving.migrate()
file = Path(connection.settings_dict["NAME"])
# As in a school: another process is connected too, so that the log does not go by itself.
other = sqlite3.connect(file)
other.execute("SELECT count(*) FROM scans_scan").fetchall()

def remembered(pieces):
    on_disk = b"".join(one.read_bytes() for one in file.parent.glob(file.name + "*"))
    return sum(piece in on_disk for piece in pieces)

school = make_school()
with school_scope(school):
    scan = make_open_scan(school)
    for entry in entries_of(scan):
        given = {"advice": sealed.Given(1, {"named": [], "may_know": []})}
        sealed.write_answers(scan, entry, sealed.Answers(given))
    boxes = [bytes(blob.box)[:200] for blob in AnswerBlob.objects.all()]
    key = bytes(scan.key.wrapped)
    found = [remembered([*boxes, key])]
    if sys.argv[1] == "read along":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM scans_scan").fetchall()
    if sys.argv[1] == "withdraw":
        answering.withdraw(scan, entry=entries_of(scan)[0], through_roster_address=True)
    else:
        opening.cancel_scan(scan, by=make_account(), by_name="Zoe")
    found.append(remembered([*boxes, key]))
print(json.dumps(found))
"""


def done_with(folder: Path, task: str) -> subprocess.CompletedProcess[str]:
    """The script above in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    kept = {name: value for name, value in kept.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, task],
        cwd=Path(__file__).parents[2],
        env={**kept, "ZWERM_DATA": str(folder), "ZWERM_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def remembered(folder: Path, task: str) -> list[int]:
    """How many of five boxes and a key the files hold, before and after."""
    done = done_with(folder, task)
    assert done.returncode == 0, done.stderr
    found: list[int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(("task", "left"), [("cancel", 0), ("withdraw", 5)])
def test_what_was_destroyed_is_nowhere_on_the_disk(tmp_path, task, left):
    assert remembered(tmp_path, task) == [6, left]


def test_a_log_that_could_not_be_emptied_is_told_and_what_was_destroyed_stays_so(tmp_path):
    done = done_with(tmp_path, "read along")
    assert done.returncode == 0
    assert "somebody reads the log of the database: it was not emptied" in done.stderr
    before, after = json.loads(done.stdout.splitlines()[-1])
    assert (before, after > 0) == (6, True)
