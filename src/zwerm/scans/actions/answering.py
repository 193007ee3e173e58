"""Answering: each tap is saved under seal, and nothing else is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.analysis import response
from zwerm.core.errors import Refused
from zwerm.people.models import Member
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.sealed import Answers, Given


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one tap: the counter that now stands, and whether this tap was newer."""

    counter: int
    was_newer: bool


@transaction.atomic
def answer_question(
    scan: Scan,
    *,
    entry: RosterEntry,
    question: str,
    answer: Any,
    counter: int | None,
    through_roster_address: bool,
) -> Saved:
    """Save the answer to one question, unless a newer tap stands already.

    Args:
        scan: it must be open.
        entry: who answers.
        question: the id of the question.
        answer: as `sealed.Given.answer`; None takes the answer back.
        counter: the counter of this tap; None means newer than what stands.
        through_roster_address: they came in by the address on the frozen roster (rule R1).
    """
    invitation = lock(scan, entry)
    answers = sealed.read_answers(scan, entry) or Answers(
        through_roster_address=through_roster_address
    )
    before = answers.given[question].counter if question in answers.given else 0
    if counter is not None and counter < before:
        return Saved(before, was_newer=False)
    counter = before + 1 if counter is None else counter
    given = {**answers.given, question: Given(counter, answer)}
    changed = replace(
        answers,
        given=given,
        through_roster_address=answers.through_roster_address and through_roster_address,
    )
    sealed.write_answers(scan, entry, changed)
    note(scan, invitation, changed)
    return Saved(counter, was_newer=True)


@transaction.atomic
def finish(scan: Scan, *, entry: RosterEntry) -> None:
    """The last screen was reached: no more reminders. It changes no answer."""
    invitation = lock(scan, entry)
    answers = sealed.read_answers(scan, entry)
    if answers is None or answers.is_finished:
        return
    changed = replace(answers, is_finished=True)
    sealed.write_answers(scan, entry, changed)
    note(scan, invitation, changed)


@transaction.atomic
def withdraw(scan: Scan, *, entry: RosterEntry) -> None:
    """Erase everything this person answered."""
    invitation = lock(scan, entry)
    sealed.delete_answers(scan, entry)
    note(scan, invitation, Answers())


@transaction.atomic
def change_being_named(member: Member, *, may_be_named: bool) -> None:
    """Object to being named in scans, or take that back. It holds at once for an open scan."""
    member.may_be_named = may_be_named
    member.save(update_fields=["may_be_named"])
    entries = RosterEntry.objects.filter(member=member, scan__status=Scan.Status.OPEN)
    entries.update(may_be_named=may_be_named)


def lock(scan: Scan, entry: RosterEntry) -> Invitation:
    """Hold this person's row, then look again whether the scan is open.

    Closing holds all these rows before it reads, so that an answer that was acknowledged is
    always in the closed scan.
    """
    invitation = Invitation.objects.select_for_update().get(entry=entry)
    now = Scan.objects.filter(pk=scan.pk).only("status", "closes_on").get()
    if not now.is_open:
        raise Refused(
            _("This scan is closed. What was saved before is kept; nothing more can be added.")
        )
    return invitation


def note(scan: Scan, invitation: Invitation, answers: Answers) -> None:
    """Keep for the system only who still has to be reminded, and what everybody sees of it."""
    is_respondent = answers.answer("advice") is not None
    if (invitation.is_respondent, invitation.is_finished) == (is_respondent, answers.is_finished):
        return
    before = count_respondents(scan)
    invitation.is_respondent = is_respondent
    invitation.is_finished = answers.is_finished
    invitation.save(update_fields=["is_respondent", "is_finished"])
    show_participation(scan, before)


def show_participation(scan: Scan, before: int = 0) -> None:
    """Show a rise of participation when a whole band is reached; never a fall."""
    members = Invitation.objects.filter(scan=scan).count()
    if not response.bands(members):
        return
    shown = Scan.objects.values_list("shown_band", flat=True).get(pk=scan.pk)
    band = response.shown_band(shown, before, count_respondents(scan), members)
    if band != shown:
        Scan.objects.filter(pk=scan.pk).update(shown_band=band)


def count_respondents(scan: Scan) -> int:
    return Invitation.objects.filter(scan=scan, is_respondent=True).count()
