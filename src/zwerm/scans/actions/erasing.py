"""Erasing one person from every scan of a school, as they asked or because they left long ago."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from zwerm.analysis import response
from zwerm.people.models import Account, Member
from zwerm.scans import sealed
from zwerm.scans.actions import releasing
from zwerm.scans.models import Invitation, RosterEntry, Scan, SecondLook, SettingsLogLine


@transaction.atomic
def erase_in_scans(member: Member) -> None:
    """Everything that scans hold of `member` goes. Reports stay as they are.

    Refused while a report is being made. Who named this person stays under seal, as a number that
    leads to nobody any more.
    """
    for entry in RosterEntry.objects.filter(member=member).order_by("scan"):
        # A scan is always held before the people in it.
        rows = Scan.objects.select_related("key")
        scan = rows.select_for_update(no_key=True, of=("self",)).get(pk=entry.scan_id)
        if scan.status == Scan.Status.OPEN:
            leave_roster(scan, entry)
        else:
            empty_entry(scan, entry)
    for scan in Scan.objects.exclude(status=Scan.Status.DRAFT):
        scan.leaders.remove(member)
        scan.left_out.remove(member)
    forget_who_changed(member)


def forget_who_changed(member: Member) -> None:
    """What somebody changed stays in the log; nobody reads any more who it was."""
    accounts = Account.objects.filter(Q(pk=member.account_id) | Q(email__iexact=member.email))
    SettingsLogLine.objects.filter(by__in=accounts).update(by=None, by_name="")
    SecondLook.objects.filter(by__in=accounts).update(by=None)


def leave_roster(scan: Scan, entry: RosterEntry) -> None:
    """Somebody is asked no longer in a scan that is open; what they answered is destroyed."""
    list(Invitation.objects.select_for_update().filter(entry=entry))
    before = RosterEntry.objects.filter(scan=scan).count()
    sealed.delete_answers(scan, entry)
    entry.delete()
    scan.shown_band = response.carried_band(scan.shown_band, before, before - 1)
    scan.save(update_fields=["shown_band"])


def empty_entry(scan: Scan, entry: RosterEntry) -> None:
    """What is left of somebody in a scan that is over: a number, which the seal may still hold."""
    if sealed.can_open(scan):
        releasing.erase_own(scan, entry=entry)
    Invitation.objects.filter(entry=entry).delete()
    entry.member, entry.group = None, None
    entry.name = entry.team_name = ""
    entry.is_leader = entry.may_be_named = False
    entry.save()
