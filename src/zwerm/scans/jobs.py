"""Work in the background: look up, call an action, log. Safe to run twice."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from zwerm.core import clock
from zwerm.core.models import Work
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.actions import closing, confirming, inviting, releasing
from zwerm.scans.models import Scan

log = logging.getLogger("zwerm.scans")


def tell(scan: Scan) -> None:
    """Send the mails that are due after a change of `scan`, in the background.

    Each minute sends what did not go, so that this only makes it quicker.
    """
    mail_roster.enqueue(str(scan.school_id), str(scan.pk))


def make_report(scan: Scan) -> None:
    """Compute and print the report of a closed scan, in the background, with progress."""
    scan.work = Work.objects.create()
    scan.save(update_fields=["work"])
    compute_report.enqueue(str(scan.school_id), str(scan.pk))


@task()
def mail_roster(school: str, scan: str) -> None:
    with school_scope(School.objects.get(pk=school)):
        inviting.send_due(Scan.objects.get(pk=scan))


def tell_lookers(scan: Scan) -> None:
    """Mail who may confirm changed privacy settings, in the background."""
    mail_second_look.enqueue(str(scan.school_id), str(scan.pk), is_done=False)


def tell_confirmed(scan: Scan) -> None:
    """Mail who prepares the scan that somebody confirmed them, in the background."""
    mail_second_look.enqueue(str(scan.school_id), str(scan.pk), is_done=True)


@task()
def mail_second_look(school: str, scan: str, *, is_done: bool) -> None:
    tell = confirming.tell_facilitators if is_done else confirming.tell_lookers
    with school_scope(School.objects.get(pk=school)):
        tell(Scan.objects.get(pk=scan))


@task()
def compute_report(school: str, scan: str) -> None:
    with school_scope(School.objects.get(pk=school)):
        closing.make_report(Scan.objects.get(pk=scan))


def tick() -> None:
    """Everything that is due now. Called every minute by the worker; each part stands alone."""
    for school in School.objects.all():
        for part in (close_due, release_due, purge_due, tell_due, retry_reports):
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
            tell(scan)


def tell_due() -> None:
    told = [Scan.Status.OPEN, Scan.Status.RELEASED, Scan.Status.CANCELLED]
    for scan in Scan.objects.filter(status__in=told):
        inviting.send_due(scan)


def purge_due() -> int:
    """Destroy what was kept long enough, also boxes that a backup brought back without a key.

    Gives how many scans these were.
    """
    kept = Scan.objects.filter(opened_at__isnull=False, destroyed_at__isnull=True)
    return sum(releasing.purge_if_due(scan) for scan in list(kept))


def purge_everywhere() -> int:
    """The same at every school."""
    count = 0
    for school in School.objects.all():
        with school_scope(school):
            count += purge_due()
    return count
