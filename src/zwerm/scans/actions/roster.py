"""The people of a scan while it ends: held, forgotten, and gone when they left before."""

from __future__ import annotations

from django.db.models import Q

from zwerm.analysis import response
from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry, Scan


def wait_for_answers_under_way(scan: Scan) -> None:
    """Hold every person's row, so that each answer that was acknowledged is there."""
    list(scan.invitations.select_for_update().values_list("pk", flat=True))


def forget_who_answered(scan: Scan) -> None:
    """Who answered or finished was only kept for reminders; now it is not known any more."""
    scan.invitations.update(
        is_respondent=False, is_finished=False, mails_sent=0, last_mailed_on=None
    )


def drop_leavers(scan: Scan) -> None:
    """Who left before the scan closed loses their answers and their place on the roster."""
    gone = Q(member__isnull=True) | Q(member__left_on__lte=scan.closes_on)
    roster = RosterEntry.objects.filter(scan=scan)
    before = roster.count()
    for entry in roster.filter(gone):
        sealed.delete_answers(scan, entry)
        entry.delete()
    scan.shown_band = response.carried_band(scan.shown_band, before, roster.count())
    scan.save(update_fields=["shown_band"])
