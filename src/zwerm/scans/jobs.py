"""Work in the background: look up, call an action, log. Safe to run twice."""

from __future__ import annotations

import datetime as dt
import logging

from django.utils import timezone
from django_tasks import task

from zwerm.core import clock
from zwerm.core.models import Work
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.actions import closing, inviting, releasing
from zwerm.scans.models import Scan

PATIENCE = dt.timedelta(minutes=5)

log = logging.getLogger("zwerm.scans")


def invite(scan: Scan) -> None:
    """Mail everybody on the roster their personal link, in the background."""
    invite_roster.enqueue(str(scan.school_id), str(scan.pk))


def make_report(scan: Scan) -> None:
    """Compute and print the report of a closed scan, in the background, with progress."""
    scan.work = Work.objects.create()
    scan.save(update_fields=["work"])
    compute_report.enqueue(str(scan.school_id), str(scan.pk))


def tell_extended(scan: Scan) -> None:
    """Tell everybody that the last day moved."""
    mail_extension.enqueue(str(scan.school_id), str(scan.pk))


@task()
def invite_roster(school: str, scan: str) -> None:
    with school_scope(School.objects.get(pk=school)):
        inviting.send_invitations(Scan.objects.get(pk=scan))


@task()
def mail_extension(school: str, scan: str) -> None:
    with school_scope(School.objects.get(pk=school)):
        inviting.send_extension(Scan.objects.get(pk=scan))


@task()
def compute_report(school: str, scan: str) -> None:
    with school_scope(School.objects.get(pk=school)):
        closing.make_report(Scan.objects.get(pk=scan))


@task()
def mail_report(school: str, scan: str) -> None:
    with school_scope(School.objects.get(pk=school)):
        inviting.send_report_ready(Scan.objects.get(pk=scan))


def tick() -> None:
    """Everything that is due now. Called every minute by the worker; each part stands alone."""
    for school in School.objects.all():
        for part in (close_due, release_due, purge_due, remind_due, retry_reports):
            with school_scope(school):
                try:
                    part()
                except Exception:
                    log.exception("%s failed for a school; it is tried again", part.__name__)


def close_due() -> None:
    for scan in Scan.objects.due_to_close():
        closing.close_scan(scan)
        make_report(scan)


def retry_reports() -> None:
    """A worker that was killed leaves a closed scan without its report: begin again."""
    for scan in Scan.objects.without_report():
        if scan.work is None or is_stale(scan.work):
            make_report(scan)


def is_stale(work: Work) -> bool:
    return (
        work.state != Work.State.DONE and (timezone.now() - work.changed_at).total_seconds() > 300
    )


def release_due() -> None:
    for scan in Scan.objects.due_to_release():
        if scan.report_at and scan.report_at <= clock.now():
            releasing.release_scan(scan)
            mail_report.enqueue(str(scan.school_id), str(scan.pk))


def remind_due() -> None:
    for scan in Scan.objects.open():
        inviting.send_reminders(scan)


def purge_due() -> None:
    for scan in Scan.objects.filter(wrapped_key__isnull=False):
        releasing.purge_if_due(scan)
