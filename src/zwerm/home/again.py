"""What the ledger holds and the database does not know was erased after a backup: erase it again.

A restore does so before it is done, and the worker each minute, whichever way an older database
came back: also when a host put back a copy of the whole disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from django.db import transaction

from zwerm.core import ledger
from zwerm.core.errors import Refused
from zwerm.home import actions
from zwerm.people.actions import again as people_again
from zwerm.people.models import Member
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans.actions import again as scans_again

log = logging.getLogger("zwerm.home")


def erase_person(member_key: str) -> None:
    """Whoever was erased after the backup; nothing when the backup does not know them."""
    for member in Member.objects.filter(pk=member_key).select_related("school"):
        with school_scope(member.school):
            actions.erase_person(member)


AGAIN: dict[str, Callable[..., None]] = {
    ledger.Kind.SCAN: scans_again.destroy_scan,
    ledger.Kind.ANSWERS: scans_again.delete_answers,
    ledger.Kind.MAY_KNOW: scans_again.take_may_know_back,
    ledger.Kind.COMMENT: scans_again.remove_comment,
    ledger.Kind.OBJECTION: scans_again.object_to_being_named,
    ledger.Kind.LEFT: people_again.leave,
    ledger.Kind.MANDATE: people_again.end_mandate,
    ledger.Kind.STEP: people_again.take_step_away,
    ledger.Kind.LINK: people_again.end_school_link,
    ledger.Kind.PERSON: erase_person,
}
"""How each kind of erasure is done again. Each may meet what is not in the backup, or is gone."""


def erase_again(lines: Collection[ledger.Line]) -> tuple[int, int]:
    """Do again what the database does not know of; how many were done, and how many wait."""
    after = [line for line in ledger.unknown_here(lines) if line.kind in AGAIN]
    with crossing_schools("what was erased stays erased at every school"), ledger.done_again():
        done = sum(erase_one(line) for line in after)
    return done, len(after) - done


@transaction.atomic
def erase_one(line: ledger.Line) -> bool:
    """One erasure; false when it has to wait until a report is made."""
    try:
        with transaction.atomic():
            AGAIN[line.kind](*line.what.split(" "))
    except Refused:
        return False
    ledger.know(line)
    return True


def tick() -> None:
    """What an older database brought back, goes."""
    done, later = erase_again(ledger.read_lines())
    if done or later:
        log.warning("an older database came back: erased again %d, later %d", done, later)
