"""What one person may take away of scans: their own answers and overview, and mail to them.

All of it is shown only to who signed in under the address of the frozen roster: whoever changed an
address on the staff list could otherwise read whether a colleague answered, and what (rule R1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zwerm.people.models import Account, Member
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.queries.answering import Known, Said, colleagues_of, may_know, questions_for, said
from zwerm.scans.sealed import Answers


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """What somebody answered in one scan, in words, with what the report told them alone."""

    scan: Scan
    answers: list[Said]
    known: list[Known]
    """The colleagues they named, and who of these may know it."""
    is_finished: bool
    band: str | None
    """How often they were named, roughly; None where that is not said, or not beside names."""
    is_let_known: bool
    """Colleagues let them know that they named them. That is theirs to take back: no names here."""


def invitations_of(account: Account, members: Iterable[Member]) -> list[Invitation]:
    """The notes of whom the system mailed, as far as they went to this account; one query."""
    rows = Invitation.objects.filter(entry__member__in=members, address__iexact=account.email)
    return list(rows.select_related("entry", "scan").order_by("scan__opened_at"))


def own_answers(account: Account, members: Iterable[Member], language: str) -> list[OwnAnswers]:
    """Every scan of which one's own answers still exist, oldest first.

    Also after the thirty days in which a page shows them: the file that a person takes away is the
    only place where they can be read then.
    """
    rows = RosterEntry.objects.filter(member__in=members).select_related(
        "scan__key", "scan__school", "invitation"
    )
    found = []
    for entry in rows.order_by("scan__opened_at"):
        answers = readable(entry, account)
        if answers is not None:
            found.append(in_words(entry, answers, language))
    return found


def readable(entry: RosterEntry, account: Account) -> Answers | None:
    """The answers of `entry`; None when there are none, and when this address may not open them.

    Both look the same: whether somebody answered is nobody's business either.
    """
    invitation = getattr(entry, "invitation", None)
    if invitation is None or not invitation.is_of(account) or not sealed.can_open(entry.scan):
        return None
    return sealed.read_answers(entry.scan, entry)


def in_words(entry: RosterEntry, answers: Answers, language: str) -> OwnAnswers:
    scan = entry.scan
    questions = questions_for(scan, entry)
    mirror: dict[str, Any] = sealed.read_mirror(scan, entry) or {"band": None, "known": []}
    return OwnAnswers(
        scan=scan,
        answers=said(scan, questions, answers, language),
        known=may_know(questions, answers, colleagues_of(scan, entry), language),
        is_finished=answers.is_finished,
        band=None if mirror["known"] else mirror["band"],
        is_let_known=bool(mirror["known"]),
    )
