"""Answering: each tap is saved under seal, and nothing else is written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from zwerm.analysis import response
from zwerm.core import ledger
from zwerm.core.errors import Refused
from zwerm.people.models import Member
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.queries.answering import (
    MAIN_RELATION,
    first_open,
    is_respondent,
    questions_for,
    require_roster_address,
)
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
        answer: as `sealed.Given.answer`; None takes the answer back. Who may know stands as
            it was, for the names that are still there.
        counter: the counter of this tap; None means newer than what stands. The same counter
            with the same answer is the same tap sent again; with another answer it came from
            another device, and what stands stays.
        through_roster_address: they came in by the address on the frozen roster (rule R1).
    """
    # What everybody sees of participation can only change with these questions.
    counts = question == MAIN_RELATION or not entry.may_be_named
    scan, invitation = lock(scan, entry, counts=counts)
    answers = open_answers(scan, entry, through_roster_address)
    present = answers.given.get(question, Given(0, None))
    kept = keep_may_know(answer, present.answer)
    if counter is not None and counter <= present.counter:
        return Saved(present.counter, was_newer=Given(counter, kept) == present)
    counter = present.counter + 1 if counter is None else counter
    write(scan, entry, invitation, with_answer(answers, question, Given(counter, kept)))
    return Saved(counter, was_newer=True)


@transaction.atomic
def let_know(
    scan: Scan,
    *,
    entry: RosterEntry,
    question: str,
    may_know: Iterable[int],
    through_roster_address: bool,
) -> None:
    """Say which of the colleagues named in `question` may know it. Until the report appears."""
    scan, _invitation = lock(scan, entry, counts=False, also_closed=True)
    answers = open_answers(scan, entry, through_roster_address)
    present = answers.given.get(question)
    if present is None or not present.answer:
        return
    known = sorted(set(may_know) & set(present.answer["named"]))
    given = Given(present.counter + 1, {**present.answer, "may_know": known})
    sealed.note_taken_back(scan, entry, question, before=present.answer, after=given.answer)
    sealed.write_answers(scan, entry, with_answer(answers, question, given))


@transaction.atomic
def finish(scan: Scan, *, entry: RosterEntry, through_roster_address: bool) -> None:
    """The last screen was reached: no more reminders. It changes no answer."""
    scan, invitation = lock(scan, entry, counts=False)
    answers = open_answers(scan, entry, through_roster_address)
    if not answers.is_finished:
        write(scan, entry, invitation, replace(answers, is_finished=True))


@transaction.atomic
def withdraw(scan: Scan, *, entry: RosterEntry, through_roster_address: bool) -> None:
    """Erase everything this person answered. They get no reminders, but may begin again."""
    scan, invitation = lock(scan, entry, counts=True)
    open_answers(scan, entry, through_roster_address)
    sealed.delete_answers(scan, entry)
    note(scan, invitation, responds=False, is_finished=True)


@transaction.atomic
def change_being_named(member: Member, *, may_be_named: bool) -> None:
    """Object to being named in scans, or take that back. It holds at once for an open scan.

    Who was named already stays named under seal; whoever objects when the scan closes is left
    out before anything is computed.
    """
    for entry in RosterEntry.objects.filter(member=member, scan__status=Scan.Status.OPEN):
        object_in_scan(entry, may_be_named=may_be_named)
    member.may_be_named = may_be_named
    member.save(update_fields=["may_be_named"])
    if not may_be_named:
        ledger.note(ledger.Kind.OBJECTION, member.pk)


def object_in_scan(entry: RosterEntry, *, may_be_named: bool) -> None:
    """Who objects to being named is asked other questions: see anew whether they answered."""
    scan = Scan.objects.select_for_update(no_key=True).get(pk=entry.scan_id)
    if not scan.is_open:
        return
    invitation = Invitation.objects.select_for_update().filter(scan=scan, entry=entry).first()
    entry.may_be_named = may_be_named
    entry.save(update_fields=["may_be_named"])
    answers = sealed.read_answers(scan, entry) if sealed.can_open(scan) else None
    if invitation is not None and answers is not None:
        note(
            scan,
            invitation,
            responds=is_respondent(entry, answers),
            is_finished=is_all_answered(scan, entry, answers),
        )


def is_all_answered(scan: Scan, entry: RosterEntry, answers: Answers) -> bool:
    """They said that this is all, or nothing is left to ask."""
    return answers.is_finished or first_open(questions_for(scan, entry), answers) is None


def lock(
    scan: Scan, entry: RosterEntry, *, counts: bool, also_closed: bool = False
) -> tuple[Scan, Invitation]:
    """Hold this person's row, and look again whether the scan is open.

    Closing holds all these rows before it reads, so that an answer that was acknowledged is
    always in the closed scan. Only when participation may change is the scan held too, always
    before the person: two in another order could wait for each other for ever.
    """
    if counts:
        rows = Scan.objects.select_related("key")
        scan = rows.select_for_update(no_key=True, of=("self",)).get(pk=scan.pk)
        require_open(scan)
    invitation = Invitation.objects.select_for_update().filter(scan=scan, entry=entry).first()
    if not counts:
        scan = Scan.objects.select_related("key").get(pk=scan.pk)
    if not (also_closed and scan.status == Scan.Status.CLOSED):
        require_open(scan)
    if invitation is None:
        raise Refused(_("You are no longer on the list of this scan. Nothing was saved."))
    return scan, invitation


def require_open(scan: Scan) -> None:
    if not scan.is_open:
        raise Refused(
            _("This scan is closed. What was saved before is kept; nothing more can be added.")
        )


def open_answers(scan: Scan, entry: RosterEntry, through_roster_address: bool) -> Answers:
    """What stands, or the beginning of it. Refused under another address than the roster's."""
    require_roster_address(through_roster_address)
    return sealed.read_answers(scan, entry) or Answers()


def with_answer(answers: Answers, question: str, given: Given) -> Answers:
    return replace(answers, given={**answers.given, question: given})


def keep_may_know(answer: Any, present: Any) -> Any:
    """Names that stay named keep their "may know"; a new name begins without."""
    if not isinstance(answer, dict):
        return answer
    known = set((present or {}).get("may_know", ())) & set(answer["named"])
    return {"named": answer["named"], "may_know": sorted(known)}


def write(scan: Scan, entry: RosterEntry, invitation: Invitation, answers: Answers) -> None:
    """Seal the answers, and keep apart what reminders and participation need."""
    answers = replace(answers, is_finished=is_all_answered(scan, entry, answers))
    sealed.write_answers(scan, entry, answers)
    note(
        scan,
        invitation,
        responds=is_respondent(entry, answers),
        is_finished=answers.is_finished,
    )


def note(scan: Scan, invitation: Invitation, *, responds: bool, is_finished: bool) -> None:
    """Keep for the system only who still has to be reminded, and what everybody sees of it."""
    if (invitation.is_respondent, invitation.is_finished) == (responds, is_finished):
        return
    before = invitation.is_respondent
    invitation.is_respondent, invitation.is_finished = responds, is_finished
    invitation.save(update_fields=["is_respondent", "is_finished"])
    if before != responds:
        show_participation(scan, change=int(responds) - int(before))


def show_participation(scan: Scan, *, change: int | None = None) -> None:
    """Show a rise of participation when a whole band is reached; never a fall by itself.

    `change` is by how many the count of respondents just moved; None counts all as new.
    """
    rows = Invitation.objects.filter(scan=scan)
    count = rows.aggregate(all=Count("pk"), answered=Count("pk", filter=Q(is_respondent=True)))
    before = 0 if change is None else count["answered"] - change
    band = response.shown_band(scan.shown_band, before, count["answered"], count["all"])
    if band != scan.shown_band:
        scan.shown_band = band
        scan.save(update_fields=["shown_band"])
