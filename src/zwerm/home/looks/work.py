"""Whether work goes on: the worker, what waits for it, what is due, and the last backup."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from zwerm.core.models import Pulse, Work
from zwerm.home.backup import last_made
from zwerm.scans.models import Scan

PATIENCE = dt.timedelta(minutes=10)
"""The worker looks every minute; a timer that runs it once may be set to some minutes."""
LONG = dt.timedelta(minutes=30)
"""No work takes so long: what is still busy after it was cut off."""
A_NIGHT = dt.timedelta(hours=36)
"""A backup each night, and one that came some hours late."""
RESTART = "Restart the worker: systemctl restart zwerm-worker.service"
JOURNAL = "Look in the journal of the worker for the reason: journalctl -u zwerm-worker.service"
AGAIN = f"The worker tries again. {JOURNAL}"
START = "Start it: systemctl start zwerm-worker.service, and look at its journal."


def worker() -> list[str]:
    pulse = Pulse.objects.first()
    if pulse is None:
        return [f"none has ever run: no mail is sent and no scan closes. {START}"]
    if pulse.at < timezone.now() - PATIENCE:
        return [f"none has run since {told(pulse.at)}: no mail is sent and no scan closes. {START}"]
    return []


def waiting() -> list[str]:
    """Tasks that nobody takes up, that never end, or that failed since yesterday."""
    now = timezone.now()
    tasks: Any = DBTaskResult.objects.all()  # the package has no types of its own queries
    late = tasks.ready().filter(enqueued_at__lt=now - PATIENCE)
    cut_off = tasks.filter(status="RUNNING", started_at__lt=now - LONG)
    failed = tasks.filter(status="FAILED", finished_at__gt=now - dt.timedelta(days=1))
    silent = Work.objects.filter(state="busy", changed_at__lt=now - PATIENCE)
    return some(
        (late.count(), f"not taken up within {minutes(PATIENCE)}", RESTART),
        (cut_off.count(), f"not done within {minutes(LONG)}, so that it was cut off", RESTART),
        (failed.count(), "failed since yesterday", AGAIN),
        (silent.count(), f"busy, and silent for {minutes(PATIENCE)}", RESTART),
    )


def due() -> list[str]:
    """Scans that should have closed, have a report, or be destroyed by now."""
    late = timezone.localdate(timezone.now() - PATIENCE)
    closed = Scan.objects.without_report().filter(closed_at__lt=timezone.now() - LONG)
    appeared = Scan.objects.due_to_release().filter(report_on__lt=late)
    kept = Scan.objects.filter(opened_at__isnull=False, destroyed_at__isnull=True)
    overdue = [one for one in kept if one.retain_until and one.retain_until < late]
    late_to_close = Scan.objects.open().filter(closes_on__lt=late)
    return some(
        (late_to_close.count(), "should have closed", JOURNAL),
        (closed.count(), "closed, and their report could not be made", JOURNAL),
        (appeared.count(), "their report should have appeared", JOURNAL),
        (len(overdue), "their answers should have been destroyed", "Run: zwerm purge --due"),
    )


def some(*found: tuple[int, str, str]) -> list[str]:
    """A sentence for each that is not nothing: what, how many, and what to do."""
    return [f"{what}: {count}. {then}." for count, what, then in found if count]


def backup() -> list[str]:
    """When the last one was made, on this machine."""
    file = last_made()
    if not file.exists():
        return ["none was ever made here. Set up `zwerm backup` each night (docs/admin/backup.md)."]
    made_at = dt.datetime.fromisoformat(file.read_text(encoding="utf-8").strip())
    if made_at > timezone.now() - A_NIGHT:
        return []
    return [f"it is of {told(made_at)}. Look why `zwerm backup` does not run each night."]


def told(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def minutes(span: dt.timedelta) -> str:
    return f"{span.seconds // 60} minutes"
