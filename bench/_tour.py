"""What `bench pages` measures: the time, the queries and the size of every page of the demo."""

from __future__ import annotations

import gzip
import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import ready  # noqa: F401  # Django must be ready before its models are read
from bench.school import day_after, open_scan
from bench.tour import (
    Stop,
    Visitor,
    addresses,
    ask_for_a_code,
    send_in_a_file,
    stops,
    visitors,
)
from zwerm.core import clock
from zwerm.core.models import Installation
from zwerm.home import serving
from zwerm.home.demo import building
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans.actions import closing, releasing
from zwerm.scans.models import Scan

logging.getLogger("django.request").setLevel(logging.ERROR)  # most visitors are refused here
WARM_UP = 2
NO_PAGE = 405


@dataclass(frozen=True, slots=True)
class Measured:
    """One page, for the first role that may see it."""

    page: str
    role: str
    queries: int
    wall: float
    busy: float
    size: int
    packed: int


def begin(people: int) -> Scan:
    """The whole demo; or one small school with an open scan, when a number of people is given."""
    if people:
        serving.migrate()
        scan = open_scan(people)
        Installation.objects.create(is_demo=True)
        return scan
    building.build()
    with crossing_schools("the scan of the demo that is open now"):
        return Scan.objects.select_related("school__board").get(status=Scan.Status.OPEN)


def measure(scan: Scan, rounds: int, *, whole: bool) -> dict[str, Any]:
    """Every page while the scan is open; of the whole demo also once it is closed and released."""
    with school_scope(scan.school):
        everybody = visitors(scan.school, scan)
        by_role = {one.role: one for one in everybody}
        prepare(by_role)
        older = Scan.objects.released().first()
        draft = Scan.objects.filter(status=Scan.Status.DRAFT).get()
        scans = {"open": scan, "draft": draft} | ({"released": older} if older else {})
        measured, missed = tour(scans, everybody, rounds)
        for status, moment in moments(scan) if whole else ():
            with moment:
                more, _ = tour({status: scan}, everybody, rounds)
            measured += [one for one in more if status in one.page]
    visited = {one.page.split()[0] for one in measured}
    return {"pages": [asdict(one) for one in measured], "missed": sorted(missed - visited)}


def moments(scan: Scan) -> Iterator[tuple[str, AbstractContextManager[None]]]:
    """Close the scan, then release it; each with the clock at which to look at it."""
    with clock.at(day_after(scan), hour=1):
        closing.close_scan(scan)
        closing.make_report(scan)
    yield "closed", clock.at(day_after(scan), hour=1)
    assert scan.report_on
    with clock.at(scan.report_on, hour=9):
        releasing.release_scan(scan)
    yield "new report", clock.at(scan.report_on, hour=9)


def prepare(by_role: dict[str, Visitor]) -> None:
    """A draft, a file that waits for its confirmation, and a code that was asked for."""
    by_role["facilitator"].client.post(reverse("scans:start"))
    send_in_a_file(by_role["facilitator"])
    ask_for_a_code(by_role["nobody"].client, "iemand@wilgenroosje.example")


def tour(
    scans: dict[str, Scan], everybody: list[Visitor], rounds: int
) -> tuple[list[Measured], set[str]]:
    """All pages that somebody may see; and the addresses where nobody found one."""
    measured, missed = [], set()
    for address in addresses():
        found = list(seen(stops(address, scans), everybody, rounds))
        measured += [one for one in found if one]
        if not any(found) and None not in found:
            missed.add(address.name)
    return measured, missed


def seen(
    all_stops: Iterator[Stop], everybody: list[Visitor], rounds: int
) -> Iterator[Measured | None]:
    """Each stop that is a page for somebody; None where there is nothing to look at."""
    for stop in all_stops:
        statuses = []
        for visitor in everybody:
            statuses.append(visitor.open(stop.path).status_code)
            if statuses[-1] == 200:
                yield look(stop, visitor, rounds)
                break
        if NO_PAGE in statuses:
            yield None


def look(stop: Stop, visitor: Visitor, rounds: int) -> Measured:
    """What the page costs: the median of so many visits after it was seen before."""
    for _ in range(WARM_UP):
        visitor.open(stop.path)
    with CaptureQueriesContext(connection) as asked:
        content = content_of(visitor.open(stop.path))
    queries = len(asked)
    walls, busies = [], []
    for _ in range(rounds):
        wall, busy = time.perf_counter(), time.process_time()
        visitor.open(stop.path)
        walls.append(time.perf_counter() - wall)
        busies.append(time.process_time() - busy)
    return Measured(
        page=f"{stop.name} {stop.about}".rstrip(),
        role=visitor.role,
        queries=queries,
        wall=median(walls),
        busy=median(busies),
        size=len(content),
        packed=len(gzip.compress(content, 6)),
    )


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def main(people: int, rounds: int) -> None:
    print(json.dumps(measure(begin(people), rounds, whole=not people)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
