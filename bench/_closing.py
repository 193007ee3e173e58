"""What `bench report` measures, in a process that has not made a report before."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bench import ready  # noqa: F401  # Django must be ready before its models are read
from bench.installation import HOST
from bench.school import day_after, everybody_answers, open_scan
from zwerm.core import clock
from zwerm.home import serving
from zwerm.people.models import Member
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import printing
from zwerm.scans.actions import closing, releasing
from zwerm.scans.models import ReportFile, Scan
from zwerm.scans.results import figures


class Stopwatch:
    """Seconds by name of a part."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - began

    def watch(self, room: Any, function: str, name: str) -> None:
        """From here on the time of this function counts for the part `name`. It runs as ever."""
        setattr(room, function, self.timed(getattr(room, function), name))

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        @wraps(function)
        def run(*words: Any, **named: Any) -> Any:
            with self.part(name):
                return function(*words, **named)

        return run


def begin(people: int) -> dict[str, Any]:
    """An installation with one scan that everybody answered."""
    serving.migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    scan = open_scan(people)
    with school_scope(scan.school):
        everybody_answers(scan)
    return {}


def measure() -> dict[str, Any]:
    """Close, compute, print, release, and read: what each part took, and the whole."""
    watch = Stopwatch()
    printing.paper()  # as a worker does when it starts, before there is anything to do
    watch.watch(closing, "read_asked", "open the answers")
    watch.watch(figures, "figures_of", "figures")
    watch.watch(closing, "audit_report", "audit")
    watch.watch(closing, "compute", "all until the snapshot")
    watch.watch(closing, "print_report", "print the report twice")
    with crossing_schools("the only scan of this benchmark"):
        scan = Scan.objects.select_related("school").get()
    began, busy = time.perf_counter(), time.process_time()
    with school_scope(scan.school):
        with clock.at(day_after(scan), hour=1):
            closing.close_scan(scan)
            closing.make_report(scan)
        assert scan.report_on
        with clock.at(scan.report_on, hour=9), watch.part("release, with the mirrors"):
            releasing.release_scan(scan)
        pages = read(scan, watch)
        files = ReportFile.objects.filter(snapshot__scan=scan)
        sizes = {file.language: len(bytes(file.pdf)) for file in files}
    whole = time.perf_counter() - began
    return {
        "parts": watch.spent,
        "whole": whole,
        "busy": time.process_time() - busy,
        **pages,
        "files": sizes,
    }


def read(scan: Scan, watch: Stopwatch) -> dict[str, int]:
    """The page as the first reader gets it, and the second."""
    member = Member.objects.filter(account__isnull=False).select_related("account")[0]
    client = Client(headers={"host": HOST})
    assert member.account
    client.force_login(member.account)
    address = reverse("scans:report", args=[scan.pk])
    sizes = []
    for name in ("the first reader's page", "the next reader's page"):
        with watch.part(name):
            page = client.get(address, secure=True)
        assert page.status_code == 200
        sizes.append(len(page.content))
    return {"page": sizes[0]}


if __name__ == "__main__":
    print(json.dumps(begin(int(sys.argv[2])) if sys.argv[1] == "begin" else measure()))
