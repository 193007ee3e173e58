"""Doing several things at the same moment, each over a connection of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, connections

from zwerm.people.models import School
from zwerm.people.scope import school_scope

Result = TypeVar("Result")


@contextmanager
def real_database(folder: Path) -> Iterator[None]:
    """Within this block new connections reach a database that several may use at once.

    The tests' own SQLite lives in memory, where two connections lock whole tables: a copy of it
    as a file behaves as an installation does. PostgreSQL is used as it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "zwerm.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    before, settings["NAME"] = settings["NAME"], str(file)
    try:
        yield
    finally:
        settings["NAME"] = before


def apart(work: Callable[[], Result], school: School | None = None) -> Result:
    """The result of `work`, done in a thread with a connection of its own."""
    result: Result = at_once([work], school)[0]
    return result


def at_once(works: list[Callable[[], Any]], school: School | None = None) -> list[Any]:
    """The result of each work, all begun at the same moment. The first fault is raised."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait(20)
            if school is None:
                return work()
            with school_scope(school):
                return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(60) for future in [pool.submit(run, work) for work in works]]
