"""What was erased after a backup was made, erased again when that backup is put back.

Each of these may meet a scan, a person or a box that is not in the backup: then nothing is done.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from zwerm.core import clock
from zwerm.people.models import Member
from zwerm.scans import sealed
from zwerm.scans.actions import answering, releasing
from zwerm.scans.models import AnswerBlob, Comment, Mirror, RosterEntry, Scan, Snapshot
from zwerm.scans.sealed import Given

REASON = "a backup was put back"


@transaction.atomic
def destroy_scan(scan_key: str) -> None:
    """Destroy key, answers and mirrors. Without its report the scan can have none any more."""
    scan = Scan.objects.filter(pk=scan_key).first()
    if scan is None or not scan.has_key:
        return
    if not Snapshot.objects.filter(scan=scan).exists():
        scan.status, scan.cancelled_at = Scan.Status.CANCELLED, clock.now()
        scan.invitations.all().delete()  # nobody gets a mail about what they knew long ago
    sealed.destroy(scan, reason=REASON)
    scan.save()


@transaction.atomic
def delete_answers(scan_key: str, slot: str) -> None:
    """Delete the box and the mirror in one slot; others no longer read what stood in it."""
    scan = Scan.objects.filter(pk=scan_key).first()
    if scan is None:
        return
    place = {"scan": scan, "slot": bytes.fromhex(slot)}
    AnswerBlob.objects.filter(**place).delete()
    Mirror.objects.filter(**place).delete()
    entry = owner_of(scan, slot)
    invitation = scan.invitations.filter(entry=entry).first() if entry else None
    if invitation and scan.status == Scan.Status.OPEN:
        answering.note(scan, invitation, responds=False, is_finished=True)
    renew(scan)


@transaction.atomic
def take_may_know_back(scan_key: str, slot: str, question: str) -> None:
    """Nobody may know any more whom this person named at that question.

    The ledger does not say who it was that may no longer know, so that it is nobody now.
    """
    scan = Scan.objects.filter(pk=scan_key).first()
    entry = owner_of(scan, slot) if scan else None
    answers = sealed.read_answers(scan, entry) if scan and entry else None
    if scan is None or entry is None or answers is None or not answers.answer(question):
        return
    before = answers.given[question]
    now = Given(before.counter + 1, {**before.answer, "may_know": []})
    sealed.write_answers(scan, entry, replace(answers, given={**answers.given, question: now}))
    renew(scan)


def remove_comment(comment_key: str) -> None:
    Comment.objects.filter(pk=comment_key).update(is_removed=True, text="")


def object_to_being_named(member_key: str) -> None:
    for member in Member.objects.filter(pk=member_key):
        answering.change_being_named(member, may_be_named=False)


def owner_of(scan: Scan, slot: str) -> RosterEntry | None:
    """Whose slot this is; nobody can tell without the scan's key."""
    if not sealed.can_open(scan):
        return None
    roster = RosterEntry.objects.filter(scan=scan)
    return next((one for one in roster if sealed.slot_of(scan, one).hex() == slot), None)


def renew(scan: Scan) -> None:
    """Let the mirrors of a report that is there follow what may still be known."""
    if scan.is_released and sealed.can_open(scan):
        releasing.renew_mirrors(scan)
