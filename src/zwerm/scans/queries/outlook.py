"""What a next scan could say of change: until when, how much, and what stands in its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zwerm.analysis.change import FEWEST_ANSWERS, visible_change
from zwerm.analysis.response import FULL
from zwerm.scans import sealed
from zwerm.scans.models import Scan
from zwerm.scans.queries.groups import people_asked
from zwerm.scans.queries.reports import report_of, scan_before
from zwerm.scans.sentences.visible import visible_lines

EXPECTED = FULL / 100
"""The response that is reckoned with: from there on change is shown at all."""
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may be said beforehand about change since the scan before."""

    last_day: dt.date | None
    """The next scan must close on this day at the latest; None when it is too late."""
    hindrances: list[str]
    """Why change will not be shown, in sentences; empty when it can be."""
    doubts: list[str]
    """Why change may well not be shown, in sentences."""
    lines: list[str]
    """From which size a change would be seen, a sentence for each figure."""


def last_day_for_change(earlier: Scan) -> dt.date | None:
    """The last day on which a next scan may close while the answers of `earlier` are there.

    They go at the end of their retention; the figures are made in the night after the last day.
    """
    return earlier.retain_until - A_DAY if earlier.retain_until else None


def last_day_of(scan: Scan) -> dt.date | None:
    """The last day on which `scan` itself may close; None when there is nothing to compare."""
    earlier = scan_before(scan)
    return last_day_for_change(earlier) if earlier and sealed.can_open(earlier) else None


def outlook_after(scan: Scan) -> Outlook:
    """For who writes down an expectation after the report of `scan`. Three queries."""
    people = people_asked(scan).count()
    found = [*gone(scan), *of_report(scan), *too_few(people)]
    return Outlook(
        last_day=None if found else last_day_for_change(scan),
        hindrances=found,
        doubts=hardly_enough(people),
        lines=[] if found else lines_for(scan, people, expected=True),
    )


def outlook_of(scan: Scan) -> Outlook | None:
    """For who prepares `scan`; None when there is no scan to compare it with. Five queries."""
    earlier = scan_before(scan)
    if earlier is None:
        return None
    people = people_asked(scan).count()
    found = [*hindrances(scan, earlier), *of_report(earlier), *too_few(people)]
    return Outlook(
        last_day=None if too_few(people) else last_day_of(scan),
        hindrances=found,
        doubts=hardly_enough(people),
        lines=[] if found else lines_for(scan, people),
    )


def hindrances(scan: Scan, earlier: Scan) -> list[str]:
    """What differs between the two scans, as it stands now, so that they are not compared."""
    reasons = (
        (
            (scan.topic_nl, scan.topic_en) != (earlier.topic_nl, earlier.topic_en),
            _("The topic differs from last time."),
        ),
        (scan.partition_id != earlier.partition_id, _("The groups differ from last time.")),
        (
            sealed.can_open(earlier) and is_too_late(scan, earlier),
            _("The last day lies too late: by then the answers of last time are destroyed."),
        ),
    )
    return [*(sentence for holds, sentence in reasons if holds), *gone(earlier)]


def gone(earlier: Scan) -> list[str]:
    """Without the answers of `earlier` there is nothing to compare with."""
    if sealed.can_open(earlier):
        return []
    return [_("The answers of the scan before have been destroyed.")]


def is_too_late(scan: Scan, earlier: Scan) -> bool:
    last_day = last_day_for_change(earlier)
    return bool(scan.closes_on and last_day and scan.closes_on > last_day)


def of_report(earlier: Scan) -> list[str]:
    """Why the report of `earlier` gives nothing to compare with. One query."""
    if earlier.withheld_reason:
        return [_("The report of the scan before may not appear.")]
    report = report_of(earlier)
    if report and report["response"]["contract"] != "full":
        return [_("Last time fewer than 8 in 10 people answered.")]
    return []


def too_few(people: int) -> list[str]:
    """With fewer people than must answer both times, no verdict is given."""
    if people >= FEWEST_ANSWERS:
        return []
    return [
        _("At least %(least)d must answer both times. With %(people)d people that cannot be.")
        % {"people": people, "least": FEWEST_ANSWERS}
    ]


def hardly_enough(people: int) -> list[str]:
    """Where enough can answer both times, but by chance often do not at the expected response."""
    if people < FEWEST_ANSWERS or visible_change(people, EXPECTED):
        return []
    return [
        _("At least %(least)d must answer both times. With %(people)d people that often fails.")
        % {"people": people, "least": FEWEST_ANSWERS}
    ]


def lines_for(scan: Scan, people: int, *, expected: bool = False) -> list[str]:
    """What a school of so many people could see, at the response from which change is shown.

    `expected`: of what is written down beforehand, which is tested first and alone.
    """
    has_group = bool(scan.post_group_nl and scan.post_group_en)
    seen = visible_change(max(people, 1), EXPECTED, expected=expected)
    shown = {name: size for name, size in seen.items() if name != "coupling" or has_group}
    return visible_lines(shown, get_language() or "nl")
