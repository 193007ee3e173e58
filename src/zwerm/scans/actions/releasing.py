"""The day of the report: it appears for everybody at once, and each respondent's mirror with it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.analysis.disclosure import own_band
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.scans import sealed
from zwerm.scans.actions.roster import wait_for_answers_under_way
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.mirror import mirror_is_readable
from zwerm.scans.sealed import Answers

Answering = tuple[RosterEntry, Answers]


@transaction.atomic
def release_scan(scan: Scan, *, now: bool = False) -> None:
    """Let the report appear, for everybody at the same moment. Seals each mirror.

    Refused before eight o'clock on the day of the report; `now` exists in a demo only.
    """
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update(no_key=True))
    if scan.status != Scan.Status.CLOSED or not scan.is_printed:
        raise Refused(_("The report is not ready yet."))
    if scan.withheld_reason:
        raise Refused(_("This report may not appear: see the reason on the page of the scan."))
    is_due = scan.report_at is not None and scan.report_at <= clock.now()
    if not is_due and not (now and settings.DEMO):
        raise Refused(_("The report appears on its day at 8 o'clock, for everybody at once."))
    if sealed.can_open(scan):  # not when the next scan closed before this report appeared
        wait_for_answers_under_way(scan)  # who may know may change until this moment
        build_mirrors(scan)
    scan.status = Scan.Status.RELEASED
    scan.released_at = clock.now()
    scan.save(update_fields=["status", "released_at"])


def build_mirrors(scan: Scan) -> None:
    """One pass over all answers: what each respondent may see of themselves, under seal.

    The boxes are written in the order of their slots, so that their order tells nothing.
    """
    roster = list(RosterEntry.objects.filter(scan=scan))
    given = list(sealed.every_answer(scan, roster))
    named_by = incoming(given)
    for entry, _answers in sorted(given, key=lambda one: sealed.slot_of(scan, one[0])):
        band = band_of(entry, given, len(named_by[entry.number]))
        sealed.write_mirror(scan, entry, {"band": band, "known": known_to(entry, given, band)})


def renew_mirrors(scan: Scan) -> None:
    """Write anew by whom each respondent is named, as far as these let them know it.

    How often they were named stays as it was on the day of the report: if it were counted again,
    it would tell whom somebody had named who erased their answers since.
    """
    given = list(sealed.every_answer(scan, list(RosterEntry.objects.filter(scan=scan))))
    for entry, _answers in sorted(given, key=lambda one: sealed.slot_of(scan, one[0])):
        mirror = sealed.read_mirror(scan, entry)
        if mirror is not None:
            known = known_to(entry, given, mirror["band"])
            sealed.write_mirror(scan, entry, {**mirror, "known": known})


def band_of(entry: RosterEntry, given: list[Answering], named: int) -> str | None:
    """How often `entry` was named, roughly. Nothing of it among fewer than twelve others."""
    others = sum(other.pk != entry.pk and counts(other, answers) for other, answers in given)
    return own_band(named, others) if entry.may_be_named else None


def known_to(entry: RosterEntry, given: list[Answering], band: str | None) -> list[str]:
    """Who let `entry` know that they named them; nobody where there was no band either."""
    if band is None:
        return []
    return sorted(other.name for other, answers in given if lets_know(other, answers, entry))


def incoming(given: list[Answering]) -> defaultdict[int, list[RosterEntry]]:
    """Who named each number for advice, among people who may be sender and target."""
    named_by: defaultdict[int, list[RosterEntry]] = defaultdict(list)
    for entry, answers in given:
        if entry.may_be_named:
            for number in (answers.answer("advice") or {}).get("named", ()):
                named_by[number].append(entry)
    return named_by


def counts(entry: RosterEntry, answers: Answers) -> bool:
    """A respondent who came in by the address on the frozen roster (rule R1)."""
    is_sender = entry.may_be_named and answers.answer("advice") is not None
    return is_sender and answers.through_roster_address


def lets_know(other: RosterEntry, answers: Answers, entry: RosterEntry) -> bool:
    """True if `other` ticked, at any question, that `entry` may know."""
    ticked = [one.answer["may_know"] for one in answers.given.values() if is_naming(one.answer)]
    return other.may_be_named and any(entry.number in numbers for numbers in ticked)


def is_naming(answer: Any) -> bool:
    return isinstance(answer, dict) and "may_know" in answer


@transaction.atomic
def change_may_know(
    scan: Scan, *, entry: RosterEntry, may_know: list[int], question: str = "advice"
) -> None:
    """Change who may know that `entry` named them; after release their mirrors are rewritten."""
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update())
    if not mirror_is_readable(scan):
        raise Refused(_("Your answers can no longer be read or changed here."))
    answers = sealed.read_answers(scan, entry)
    present = answers.answer(question) if answers else None
    if answers is None or present is None:
        raise Refused(_("You named nobody in this scan."))
    kept = [number for number in may_know if number in present["named"]]
    given = dict(answers.given)
    given[question] = sealed.Given(given[question].counter + 1, {**present, "may_know": kept})
    sealed.note_taken_back(scan, entry, question, before=present, after=given[question].answer)
    sealed.write_answers(
        scan, entry, Answers(given, answers.through_roster_address, answers.is_finished)
    )
    renew_mirrors(scan)


@transaction.atomic
def erase_own(scan: Scan, *, entry: RosterEntry) -> None:
    """Erase somebody's answers after the scan closed, as they asked. The report stays as it is.

    Colleagues whom they let know that they named them do not read that any more.
    """
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update(no_key=True))
    if not scan.has_key or scan.status not in {Scan.Status.CLOSED, Scan.Status.RELEASED}:
        raise Refused(_("There are no answers of this scan to erase here."))
    is_ready = scan.is_printed or scan.withheld_reason
    if scan.status == Scan.Status.CLOSED and not is_ready:
        raise Refused(_("The report is being made. Try again in a few minutes."))
    wait_for_answers_under_way(scan)  # else a tap on another device would write them again
    sealed.delete_answers(scan, entry)
    sealed.delete_mirror(scan, entry)
    if scan.is_released:
        renew_mirrors(scan)


@transaction.atomic
def purge_if_due(scan: Scan) -> bool:
    """Destroy key and answers at the end of the retention that everybody was told."""
    last_day = scan.retain_until
    if last_day is None or clock.today() <= last_day:
        return False
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update(no_key=True))
    sealed.destroy(scan, reason="retention is over")
    scan.save(update_fields=["destroyed_at"])
    return True
