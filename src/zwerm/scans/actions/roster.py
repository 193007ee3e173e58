"""The people of a scan while it ends: held, forgotten, and gone when they left before."""

from __future__ import annotations

from django.db.models import Q

from zwerm.analysis import response
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, RosterEntry, Scan


def wait_for_answers_under_way(scan: Scan) -> None:
    """Hold every person's row, so that each answer that was acknowledged is there."""
    list(scan.invitations.select_for_update().values_list("pk", flat=True))


def forget_who_answered(scan: Scan) -> None:
    """Who answered or finished was only kept for reminders; now it is not known any more.

    The rows are written anew, in the order of the roster: PostgreSQL puts a row that changes
    behind the others, so that their places would tell who answered, and in which order.
    """
    rows = list(scan.invitations.order_by("pk"))
    scan.invitations.all().delete()
    for one in rows:
        one.is_respondent = one.is_finished = False
        one.mails_sent, one.last_mailed_on = 0, None
    Invitation.objects.bulk_create(rows)


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
