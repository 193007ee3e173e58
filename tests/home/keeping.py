"""What a whole installation holds, in words that are the same on every database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.home.installation import SAFE, is_of_machine
from tests.home.lived import opened, state
from zwerm.home import serving
from zwerm.home.backup import LEFT_OUT
from zwerm.people.models import Board, School
from zwerm.people.scope import crossing_schools
from zwerm.scans import sealed

ROOT = Path(__file__).parents[2]
NOT_COMPARED = {*LEFT_OUT, "core.pulse"}

RESTORED = """
import django, json, sys
django.setup()
from tests.home.keeping import asked, begin, content
from zwerm.home import restore
if sys.argv[1]:
    begin()
code = restore.run(sys.argv[3:])
print("=====")
print(json.dumps([content() if code == 0 else {}, asked(sys.argv[2])]))
sys.exit(code)
"""


def content() -> dict[str, list[str]]:
    """Every row of every table, column by column, by the name of its model."""
    return {
        model._meta.label_lower: rows_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in NOT_COMPARED
    }


def begin() -> None:
    """Make the database of this process, with one school in it."""
    serving.migrate()
    School.objects.create(name="De Golf", board=Board.objects.create(name="Mine"))


def asked(expression: str) -> str:
    """What an expression says of this database, with every noun at hand."""
    names: dict[str, Any] = {"sealed": sealed, "connection": connection, "serving": serving}
    names |= {"state": state, "opened": opened}
    names |= {model.__name__: model for model in apps.get_models()}
    with crossing_schools("a test looks"):
        return str(eval(expression, names))  # noqa: S307  # the words of a test


def rows_of(model: Any) -> list[str]:
    columns = [field.attname for field in model._meta.concrete_fields]
    with crossing_schools("a test compares every school"):
        found = model._base_manager.order_by("pk").values_list(*columns)
        return [repr([plain(value) for value in row]) for row in found]


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


class Place:
    """An installation of its own, on a database of its own, with the keys of the tests."""

    def __init__(self, data: Path, url: str = "") -> None:
        self.data = data
        self.said = ""
        self.answer = ""
        self.fault = ""
        self.settings = {
            **SAFE,
            "ZWERM_SEAL_KEY": settings.SEAL_KEY,
            "ZWERM_DATA": str(data),
            "DATABASE_URL": url,
        }

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """`zwerm` with these words."""
        return self.python("-m", "zwerm.cli", *words, **more)

    def python(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if is_of_machine(name)}
        found = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "zwerm.settings"}
        return subprocess.run(
            [sys.executable, *words],
            env={**kept, **found, **self.settings, **more},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def restored(self, *words: str | Path, ask: str = "None") -> dict[str, list[str]]:
        """What is there after `zwerm restore` with these words; and what was asked of it."""
        found = self.tried(*words, ask=ask)
        assert self.fault == "", self.fault
        return found

    def tried(
        self, *words: str | Path, ask: str = "None", begun: bool = False
    ) -> dict[str, list[str]]:
        """The same when it may fail: then `fault` says why. `begun`: there was a school first."""
        done = self.python("-c", RESTORED, "begun" * begun, ask, *map(str, words))
        assert "Traceback" not in done.stderr, done.stderr
        assert (done.returncode == 0) == (done.stderr == "")
        self.fault = done.stderr
        self.said, _line, found = done.stdout.partition("=====\n")
        rows, self.answer = json.loads(found)
        return dict(rows)

    def says(self, expression: str) -> str:
        """What an expression says there."""
        program = "import django, sys; django.setup(); from tests.home.keeping import asked; "
        done = self.python("-c", program + "print(asked(sys.argv[1]))", expression)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    """An empty installation on SQLite, or on a new database of the server of this test."""
    if kind == "sqlite":
        yield Place(folder)
        return
    name = f"kept_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        parts = urlsplit(os.environ["DATABASE_URL"])
        yield Place(folder, urlunsplit(parts._replace(path=f"/{name}")))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
