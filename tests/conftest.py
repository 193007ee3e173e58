"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from tests.factories import make_school
from zwerm.people.models import School
from zwerm.people.scope import school_scope


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """A test that commits is cleaned up by deleting rows, on SQLite: the books let that pass."""
    mark = item.get_closest_marker("django_db")
    commits = bool(mark and mark.kwargs.get("transaction"))
    commits |= bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))
    if not commits or connection.vendor != "sqlite":
        return (yield)
    with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE '%_is_not_deleted'")
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        return (yield)
    finally:
        with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
            for _name, sql in guards:
                cursor.execute(sql)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Tests read English; a request still has its own language."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
    cache.clear()


@pytest.fixture(autouse=True)
def _usual_rights_of_new_files() -> Iterator[None]:
    """A command that ran within a test, or to prepare one, hides what is written from then on."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def ledger_folder(tmp_path: Path) -> Path:
    """What is erased in a test is written down in a folder of its own."""
    folder = tmp_path / "ledger"
    settings.LEDGER = folder
    return folder


@pytest.fixture
def school(db: None) -> Iterator[School]:
    """A school, and everything in the test happens within its scope."""
    school = make_school()
    with school_scope(school):
        yield school
