"""The day of the report: it appears for everybody at once, and each respondent's mirror with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.analysis.disclosure import own_band
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.mirror import mirror_is_readable
from zwerm.scans.sealed import Answers


@transaction.atomic
def release_scan(scan: Scan) -> None:
    """Let the report appear, for everybody at the same moment. Seals each mirror."""
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update())
    if scan.status != Scan.Status.CLOSED or not scan.is_printed:
        raise Refused(_("The report is not ready yet."))
    if scan.withheld_reason:
        raise Refused(_("This report may not appear: see the reason on the page of the scan."))
    build_mirrors(scan)
    scan.status = Scan.Status.RELEASED
    scan.released_at = clock.now()
    scan.save(update_fields=["status", "released_at"])


def build_mirrors(scan: Scan) -> None:
    """One pass over all answers: what each respondent may see of themselves, under seal."""
    roster = list(RosterEntry.objects.filter(scan=scan))
    given = list(sealed.every_answer(scan, roster))
    named_by = incoming(given)
    for entry, _answers in given:
        named = named_by.get(entry.number, [])
        others = sum(1 for other, answers in given if other.pk != entry.pk and responded(answers))
        band = own_band(len(named), others) if entry.may_be_named else None
        known = sorted(other.name for other, answers in given if lets_know(other, answers, entry))
        sealed.write_mirror(scan, entry, {"band": band, "known": known})


def incoming(
    given: list[tuple[RosterEntry, Answers]],
) -> dict[int, list[tuple[RosterEntry, Answers]]]:
    """Who named each number for advice, among people who may be sender and target."""
    named_by: dict[int, list[tuple[RosterEntry, Answers]]] = {}
    for entry, answers in given:
        if entry.may_be_named:
            for number in (answers.answer("advice") or {}).get("named", ()):
                named_by.setdefault(number, []).append((entry, answers))
    return named_by


def responded(answers: Answers) -> bool:
    return answers.answer("advice") is not None


def lets_know(other: RosterEntry, answers: Answers, entry: RosterEntry) -> bool:
    """True if `other` ticked, at any question, that `entry` may know."""
    ticked = [one.answer["may_know"] for one in answers.given.values() if is_naming(one.answer)]
    allowed = other.may_be_named and entry.may_be_named
    return allowed and any(entry.number in numbers for numbers in ticked)


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
    sealed.write_answers(
        scan, entry, Answers(given, answers.through_roster_address, answers.is_finished)
    )
    build_mirrors(scan)


@transaction.atomic
def purge_if_due(scan: Scan) -> None:
    """Destroy key and answers at the end of the retention that everybody was told."""
    last_day = scan.retain_until
    if last_day is None or clock.today() <= last_day:
        return
    sealed.destroy(scan, reason="retention is over")
    scan.save(update_fields=["wrapped_key", "destroyed_at"])
