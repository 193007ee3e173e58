"""The school's side of `bench servers`: fill the queue; then look what became of everything."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from bench import _answers  # it makes Django ready, so that models can be imported after it
from bench._answers import Key, Line
from bench.school import day_after
from zwerm.core import clock
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import jobs
from zwerm.scans.actions import closing
from zwerm.scans.models import Invitation, Scan

SECONDS_TO_WAIT = 60


def fill_queue(tasks: int) -> dict[str, Any]:
    """The same work in the queue, again and again, until two workers took from it."""
    scan, until = only_scan(), time.monotonic() + SECONDS_TO_WAIT
    while len(workers()) < 2 and time.monotonic() < until:
        for _ in range(tasks):
            jobs.mail_roster.enqueue(str(scan.school_id), str(scan.pk))
        while all_tasks().filter(status__in=("READY", "RUNNING")).exists():
            if time.monotonic() > until:
                break
            time.sleep(0.1)
    return {}


def all_tasks() -> Any:
    """By its name: its class may be asked for only when Django is ready."""
    return apps.get_model("django_tasks_database", "DBTaskResult")._default_manager.all()


def workers() -> set[str]:
    return {worker for task in all_tasks() for worker in task.worker_ids}


def only_scan() -> Scan:
    with crossing_schools("the only scan of this benchmark"):
        return Scan.objects.select_related("school").get()


def end(journals: list[Path]) -> dict[str, Any]:
    """What was acknowledged against what the closed scan holds, and what the workers did."""
    scan = only_scan()
    with school_scope(scan.school):
        mailed = Counter(Invitation.objects.filter(scan=scan).values_list("address", flat=True))
        with clock.at(day_after(scan), hour=1):
            closing.close_scan(scan)
            kept = _answers.stored(scan)
    told = _answers.acknowledged(journals)
    sent = Counter(addressed())
    return {
        "acknowledged": len(told),
        "lost": [" ".join(key) for key in lost(told, kept)],
        "mails": sum(sent.values()),
        "unmailed": len(mailed - sent),
        **work(sum((sent - mailed).values())),
    }


def lost(told: dict[Key, Line], kept: dict[Key, Line]) -> list[Key]:
    """What was acknowledged and is not there, or another one. A later answer may have come in, of
    which the word that it was kept got lost with the server.
    """
    return [key for key, line in told.items() if is_lost(line, kept.get(key, (-1, None)))]


def is_lost(line: Line, kept: Line) -> bool:
    return kept[0] < line[0] or (kept[0] == line[0] and kept != line)


def work(mails_too_many: int) -> dict[str, int]:
    """How many tasks there were, who took them, and what was done more than once."""
    more = sum(len(task.worker_ids) > 1 for task in all_tasks())
    return {
        "tasks": all_tasks().count(),
        "workers": len(workers()),
        "twice": more + mails_too_many,
    }


def addressed() -> list[str]:
    """To whom a mail went, of every file in which mails were written."""
    return [
        str(message_from_bytes(part.strip())["To"])
        for file in Path(settings.EMAIL_FILE_PATH).glob("*.log")
        for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
        if part.strip()
    ]


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    outcome = fill_queue(int(words[0])) if task == "queue" else end([Path(word) for word in words])
    print(json.dumps(outcome))
