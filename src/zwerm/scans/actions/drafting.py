"""Preparing a scan: everything that may change while it is a draft. Each change is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core.errors import Refused
from zwerm.people.models import Account, Member, School
from zwerm.scans.models import Consent, Instrument, Scan, SettingsLogLine
from zwerm.scans.queries.agreements import agreements_digest
from zwerm.scans.queries.readiness import consent_in_force

COPIED = (
    "asker",
    "topic_nl",
    "topic_en",
    "form",
    "has_comment",
    "post_group_nl",
    "post_group_en",
    "partition",
    "dpia_reference",
    "legal_basis",
    "retain_months",
    "floor_network",
    "floor_scale",
    "floor_comments",
    "is_for_board",
)
"""What a next scan takes over from the last one."""


@transaction.atomic
def start_scan(school: School, *, by: Account, by_name: str, title: str) -> Scan:
    """A new draft, as a copy of the last scan when there is one."""
    lock_school(school)
    if Scan.objects.filter(status=Scan.Status.DRAFT).exists():
        raise Refused(_("There is a draft already. Open it or throw it away first."))
    finished = [Scan.Status.RELEASED, Scan.Status.CLOSED, Scan.Status.OPEN]
    last = Scan.objects.filter(status__in=finished).order_by("-opened_at").first()
    copied = {name: getattr(last, name) for name in COPIED} if last else {}
    scan = Scan.objects.create(school=school, title=title, previous=last, **copied)
    if last:
        scan.instruments.set(last.instruments.all())
        scan.leaders.set(last.leaders.filter(left_on__isnull=True))
        scan.left_out.set(last.left_out.filter(left_on__isnull=True))
    log_change(scan, by=by, by_name=by_name, setting="status", before="", after="draft")
    return scan


@transaction.atomic
def change_scan(scan: Scan, *, by: Account, by_name: str, **changes: Any) -> None:
    """Change settings of a draft by name; each real change leaves a line in the log."""
    lock_draft(scan)
    for name, value in changes.items():
        before = getattr(scan, name)
        if before == value:
            continue
        setattr(scan, name, value)
        log_change(scan, by=by, by_name=by_name, setting=name, before=before, after=value)
    scan.save()


@transaction.atomic
def choose_roster(scan: Scan, *, by: Account, by_name: str, left_out: Iterable[Member]) -> None:
    """Say who is not asked; everybody else on the staff list is."""
    lock_draft(scan)
    before = set(scan.left_out.all())
    scan.left_out.set(left_out)
    after = set(scan.left_out.all())
    log_people(scan, by=by, by_name=by_name, setting="left_out", before=before, after=after)


@transaction.atomic
def mark_leaders(
    scan: Scan, *, by: Account, by_name: str, leaders: Iterable[Member], nl: str, en: str
) -> None:
    """Say who counts as formal leader in this scan, and what the school calls that group."""
    lock_draft(scan)
    before = set(scan.leaders.all())
    scan.leaders.set(leaders)
    after = set(scan.leaders.all())
    log_people(scan, by=by, by_name=by_name, setting="leaders", before=before, after=after)
    change_scan(scan, by=by, by_name=by_name, post_group_nl=nl, post_group_en=en)


@transaction.atomic
def choose_instruments(
    scan: Scan, *, by: Account, by_name: str, instruments: Iterable[Instrument]
) -> None:
    """Choose which of the school's own instruments are asked too."""
    lock_draft(scan)
    before = ", ".join(scan.instruments.values_list("name", flat=True))
    scan.instruments.set(instruments)
    after = ", ".join(scan.instruments.values_list("name", flat=True))
    log_change(scan, by=by, by_name=by_name, setting="instruments", before=before, after=after)


@transaction.atomic
def record_consent(
    scan: Scan, *, by: Account, decision: str, conditions: str, decided_on: dt.date, document: str
) -> Consent:
    """Keep what the staff council decided on the agreements as they stand now."""
    lock_draft(scan)
    if decision == Consent.Decision.WITHDRAW and consent_in_force(scan) is None:
        raise Refused(_("There is no consent to withdraw."))
    return Consent.objects.create(
        school=scan.school,
        scan=scan,
        decision=decision,
        conditions=conditions,
        decided_on=decided_on,
        document=document,
        agreements=agreements_digest(scan),
        recorded_by=by,
    )


@transaction.atomic
def discard_draft(scan: Scan, *, by: Account, by_name: str) -> None:
    """Throw a draft away. Nothing was asked yet, so nothing of anybody is lost; its log stays."""
    lock_draft(scan)
    log_change(scan, by=by, by_name=by_name, setting="status", before="draft", after="")
    scan.delete()


def lock_school(school: School) -> None:
    """Hold the school until the end of the transaction: two cannot begin or open at once."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def lock_draft(scan: Scan) -> None:
    """Hold the row until the end of the transaction. Refused unless it is still a draft."""
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update())
    if not scan.is_draft:
        raise Refused(_("This scan has been opened. Its settings can no longer be changed."))


def log_change(
    scan: Scan, *, by: Account | None, by_name: str, setting: str, before: Any, after: Any
) -> None:
    """Write one line in the log that staff council and privacy officer can read."""
    if before == after:
        return
    SettingsLogLine.objects.create(
        school=scan.school,
        scan=scan,
        by=by,
        by_name=by_name,
        setting=setting,
        before="" if before is None else str(before)[:300],
        after="" if after is None else str(after)[:300],
    )


def log_people(
    scan: Scan, *, by: Account, by_name: str, setting: str, before: set[Member], after: set[Member]
) -> None:
    """Write how many people a list holds, and how many came and went: never who."""
    if before != after:
        moved = f"{len(after)} (+{len(after - before)} -{len(before - after)})"
        log_change(scan, by=by, by_name=by_name, setting=setting, before=len(before), after=moved)
