"""Whether this server can do its work now, and what is counted of it: no version and no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.metrics_core import GaugeMetricFamily

from zwerm.core.models import Pulse

SILENT = dt.timedelta(minutes=10)
"""A worker looks every minute; a timer that runs it once may be set to some minutes."""


def lacking() -> list[str]:
    """What this server cannot do without and has not, in one word each."""
    found = [] if has_keys() else ["keys"]
    try:
        return found if is_at_version() else [*found, "migrations"]
    except (DatabaseError, OSError):
        return [*found, "database"]


def has_keys() -> bool:
    """That they are there; how good they are was asked before the site started."""
    return bool(settings.SECRET_KEY and settings.SEAL_KEY)


def is_at_version() -> bool:
    """Whether the newest migration of each room was applied; one query, and nothing is loaded."""
    rows = MigrationRecorder.Migration.objects.values_list("app", "name")
    return newest_migrations() <= set(rows)


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """Of the code that runs: it does not change while it runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def is_worker_silent() -> bool:
    """Whether no worker has looked for a while: a warning, since the site itself goes on."""
    seconds = seconds_since_pulse()
    return seconds is None or seconds > SILENT.total_seconds()


def seconds_since_pulse() -> float | None:
    pulse = Pulse.objects.first()
    return (timezone.now() - pulse.at).total_seconds() if pulse else None


class OfDatabase:
    """How work goes on, as every server sees it in the database they share."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        reached = GaugeMetricFamily("zwerm_database_up", "1 when the database can be reached.")
        try:
            families = list(self.of_work())
        except (DatabaseError, OSError):
            families = []
        reached.add_metric([], 1 if families else 0)
        yield from (reached, *families)

    def of_work(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("zwerm_jobs", "Work in the background.", labels=["state"])
        tasks: Any = DBTaskResult.objects.all()  # the package has no types of its own queries
        for state, found in (("waiting", tasks.ready()), ("failed", tasks.failed())):
            jobs.add_metric([state], found.count())
        pulse = GaugeMetricFamily("zwerm_worker_seconds", "Since a worker last looked.")
        if (seconds := seconds_since_pulse()) is not None:
            pulse.add_metric([], round(seconds))
        yield from (jobs, pulse)
