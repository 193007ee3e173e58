"""Change since the scan before: verdicts from the answers of both, and nothing more exact."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.scans.answered import answer_all, close, make_people, make_scan, release
from zwerm.people.models import Member, School
from zwerm.scans.models import Scan

YEAR_BEFORE = dt.date(2025, 11, 3)
TWO_YEARS_BEFORE = dt.date(2024, 11, 4)


def content(scan: Scan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scan.snapshot.text)
    return found


def changed(scan: Scan) -> dict[str, Any]:
    found: dict[str, Any] = content(scan)["change"]
    return found


def words(scan: Scan) -> dict[str, str]:
    return {name: one["word"] for name, one in changed(scan)["verdicts"].items()}


def earlier_scan(school: School, staff: list[Member], mean: float = 4.0, **more: Any) -> Scan:
    """The scan of a year before, with its report."""
    given = more.pop("given", {})
    scan = make_scan(school, staff, opened_on=more.pop("opened_on", YEAR_BEFORE), **more)
    answer_all(scan, staff, mean=mean, **given)
    return release(close(scan))


def next_scan(school: School, staff: list[Member], earlier: Scan, **more: Any) -> Scan:
    """The scan after `earlier`, of the same people in the same groups unless told otherwise."""
    same: dict[str, Any] = {"previous": earlier, "partition": earlier.partition}
    return make_scan(school, staff, **(same | more))


def test_a_rise_is_told_when_people_name_many_more(school: School) -> None:
    staff = make_people(school, [30, 30])
    earlier = earlier_scan(school, staff, mean=3.0)
    scan = next_scan(school, staff, earlier)
    answer_all(scan, staff, mean=6.0)
    close(scan)
    assert words(scan)["mean_named"] == "risen"
