"""Closing a scan: answers stop, the figures are computed once, and the report is printed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zwerm.core import clock, sealing
from zwerm.core.errors import Refused
from zwerm.core.jobs import Steps, steps
from zwerm.core.models import Work
from zwerm.scans import printing, sealed
from zwerm.scans.actions.roster import (
    drop_leavers,
    forget_who_answered,
    wait_for_answers_under_way,
)
from zwerm.scans.models import AnswerBlob, Comment, ReportFile, RosterEntry, Scan, Snapshot
from zwerm.scans.results import comments, figures
from zwerm.scans.results.arrays import Asked, read_asked
from zwerm.scans.results.audit import audit_report
from zwerm.scans.results.change import change_since
from zwerm.scans.results.network import Draws

LANGUAGES = ("nl", "en")
PARTS = 3 + len(LANGUAGES)


@transaction.atomic
def close_scan(scan: Scan, *, now: bool = False) -> None:
    """Take no more answers. Refused before the last day is over; `now` exists in a demo only."""
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update())
    if scan.status != Scan.Status.OPEN:
        raise Refused(_("This scan is not open."))
    if scan.is_open and not (now and settings.DEMO):
        raise Refused(_("A scan is never closed early. It closes at the end of its last day."))
    scan.status = Scan.Status.CLOSED
    scan.closed_at = clock.now()
    scan.save(update_fields=["status", "closed_at"])


def make_report(scan: Scan) -> None:
    """Compute, audit, seal and print the report of a closed scan. Safe to run again."""
    if scan.status != Scan.Status.CLOSED or scan.is_printed or scan.withheld_reason:
        return
    work = scan.work or Work.objects.create()
    with steps(work, PARTS) as progress:
        progress.step(gettext_noop("Reading the sealed answers"))
        snapshot = Snapshot.objects.filter(scan=scan).first() or compute(scan, progress)
        if snapshot is not None:
            print_report(scan, snapshot, progress)


@transaction.atomic
def compute(scan: Scan, progress: Steps) -> Snapshot | None:
    """Make the snapshot in one transaction; None when the auditor blocks the report.

    Whether or not a report follows, what was promised for the moment of closing happens here.
    """
    wait_for_answers_under_way(scan)
    names = list(RosterEntry.objects.filter(scan=scan).values_list("name", flat=True))
    drop_leavers(scan)
    asked = read_asked(scan)
    progress.step(gettext_noop("Computing the figures"))
    snapshot = audited(scan, asked)  # change is computed in it, while the earlier answers exist
    if snapshot is not None:
        keep_comments(scan, asked, names)
    forget_who_answered(scan)
    shuffle_blobs(scan)
    destroy_earlier(scan)
    progress.step(gettext_noop("Printing the report"))
    return snapshot


def audited(scan: Scan, asked: Asked) -> Snapshot | None:
    """The snapshot, if nothing about a few people follows from it; else the scan is marked."""
    changed = change_since(scan, asked, generator(sealed.key_of(scan), "change"))
    report = figures.figures_of(scan, asked, draws=draws_of(scan), changed=changed)
    audit = audit_report(asked, report)
    if not audit.passed:
        scan.withheld_reason = "subtraction"
        scan.save(update_fields=["withheld_reason"])
        return None
    report["audit"] = {"sets": audit.sets, "smallest": audit.smallest}
    return keep_snapshot(scan, report)


def draws_of(scan: Scan) -> Draws:
    """The draws of random rounding, for each figure its own."""
    key = sealed.key_of(scan)
    return lambda name: generator(key, f"rounding {name}")


def generator(key: bytes, purpose: str) -> np.random.Generator:
    """The random draws of one purpose; their seed is never stored and dies with the key."""
    return np.random.default_rng(sealing.seed(key, purpose))


def keep_snapshot(scan: Scan, report: dict[str, Any]) -> Snapshot:
    """Store the figures as canonical JSON with their digest. They never change again."""
    text = canonical(report)
    return Snapshot.objects.create(
        school=scan.school,
        scan=scan,
        schema=report["schema"],
        wording=report["wording"],
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def canonical(report: dict[str, Any]) -> str:
    """The one way to write a report as JSON, so that equal reports have equal digests."""
    return json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def keep_comments(scan: Scan, asked: Asked, names: list[str]) -> None:
    """Keep the comments that may be read, shuffled and without anything about their writers."""
    rng = generator(sealed.key_of(scan), "comments")
    for text in comments.publishable(scan, asked, names, rng):
        Comment.objects.create(school=scan.school, scan=scan, text=text)


def shuffle_blobs(scan: Scan) -> None:
    """Write the boxes again in the order of their slots, so that rows tell no order of arrival."""
    blobs = list(AnswerBlob.objects.filter(scan=scan))
    AnswerBlob.objects.filter(scan=scan).delete()
    for blob in sorted(blobs, key=lambda one: bytes(one.slot)):
        AnswerBlob.objects.create(school=scan.school, scan=scan, slot=blob.slot, box=blob.box)


def destroy_earlier(scan: Scan) -> None:
    """The answers of earlier scans go now that the next one has closed, as was promised."""
    assert scan.opened_at
    kept = Scan.objects.filter(opened_at__lt=scan.opened_at, destroyed_at__isnull=True)
    # Held, so that nobody writes an answer of such a scan while it goes.
    for earlier in kept.select_for_update(no_key=True):
        sealed.destroy(earlier, reason="the next scan closed")
        earlier.save(update_fields=["destroyed_at"])


def print_report(scan: Scan, snapshot: Snapshot, progress: Steps) -> None:
    """Print the report in every language that is not there yet; then it is ready."""
    for language in LANGUAGES:
        keep_file(snapshot, language)
        progress.step(gettext_noop("Printing the report"))
    scan.is_printed = True
    scan.save(update_fields=["is_printed"])


def keep_file(snapshot: Snapshot, language: str) -> None:
    """Print the report in one language, once. A demo goes on where nothing can be printed."""
    if ReportFile.objects.filter(snapshot=snapshot, language=language).exists():
        return
    try:
        pdf = printing.print_snapshot(json.loads(snapshot.text), "report", language)
    except printing.NoPrinter:
        if settings.DEMO:
            return
        raise
    ReportFile.objects.create(
        school=snapshot.school,
        snapshot=snapshot,
        language=language,
        pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(),
    )
