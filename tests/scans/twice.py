"""Schools that are scanned twice, and what the later report says of change."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.scans.answered import answer_all, close, make_scan, release
from zwerm.people.models import Member, School
from zwerm.scans.models import Scan

YEAR_BEFORE = dt.date(2025, 11, 3)


def content(scan: Scan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scan.snapshot.text)
    return found


def changed(scan: Scan) -> dict[str, Any]:
    found: dict[str, Any] = content(scan)["change"]
    return found


def words(scan: Scan) -> dict[str, str]:
    return {name: one["word"] for name, one in changed(scan)["verdicts"].items()}


def before(school: School, staff: list[Member], mean: float = 4.0, **fields: Any) -> Scan:
    """The scan of a year before, which everybody answered, with its report."""
    scan = make_scan(school, staff, **({"opened_on": YEAR_BEFORE} | fields))
    answer_all(scan, staff, mean=mean)
    return release(close(scan))


def after(school: School, staff: list[Member], earlier: Scan, **fields: Any) -> Scan:
    """The open scan after `earlier`: with the same groups and topic unless told otherwise."""
    same: dict[str, Any] = {"previous": earlier, "partition": earlier.partition}
    return make_scan(school, staff, **(same | fields))


def asked_more(scan: Scan, staff: list[Member], **more: Any) -> Scan:
    """The same scan, closed, in which everybody names half as many again."""
    answer_all(scan, staff, **({"mean": 6.0} | more))
    return close(scan)
