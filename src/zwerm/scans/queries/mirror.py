"""What one respondent may see of themselves after the report appeared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from zwerm.core import clock
from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.answering import (
    Known,
    Said,
    colleagues_of,
    may_know,
    questions_for,
    said,
)

MIRROR_DAYS = 30
"""How long one's own answers and mirror can be read after the report appeared."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """One's own overview: a band, or who let it be known; with too few others, neither."""

    band: str | None
    known: list[str]
    named: list[Known]
    answers: list[Said]
    until: dt.date


def mirror_is_readable(scan: Scan) -> bool:
    """The report has appeared, at most 30 days ago, and the answers still exist."""
    return (
        scan.released_at is not None
        and scan.has_key
        and clock.now() <= scan.released_at + dt.timedelta(days=MIRROR_DAYS)
    )


def mirror_of(scan: Scan, entry: RosterEntry, language: str) -> Mirror | None:
    """The overview of `entry`; None when there is none, or no longer. Four queries."""
    if not mirror_is_readable(scan):
        return None
    answers = sealed.read_answers(scan, entry)
    content = sealed.read_mirror(scan, entry)
    if answers is None or content is None or scan.released_at is None:
        return None
    questions = questions_for(scan, entry)
    return Mirror(
        band=None if content["known"] else content["band"],  # never both
        known=content["known"],
        named=may_know(questions, answers, colleagues_of(scan, entry), language),
        answers=said(scan, questions, answers, language),
        until=timezone.localdate(scan.released_at + dt.timedelta(days=MIRROR_DAYS)),
    )
