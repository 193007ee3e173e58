"""What is done about one person in every room at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core import ledger
from zwerm.core.errors import Refused
from zwerm.people.actions import requests
from zwerm.people.actions.erasing import erase_member
from zwerm.people.models import Account, Member, PrivacyRequest
from zwerm.scans.actions.answering import change_being_named
from zwerm.scans.actions.erasing import erase_in_scans

Kind = PrivacyRequest.Kind


@transaction.atomic
def ask(member: Member, *, kind: Kind, words: str) -> PrivacyRequest:
    """Ask something about one's own data. An objection to being named is done at once."""
    if kind != Kind.OBJECT:
        return requests.ask(member, kind=kind, words=words)
    if not member.may_be_named:
        raise Refused(_("You are named no longer already."))
    change_being_named(member, may_be_named=False)
    return requests.note_objection(member)


@transaction.atomic
def fulfil(request: PrivacyRequest, *, by: Account, reply: str) -> None:
    """Do what was asked, as far as the system can do it, and say that it is done.

    A correction is made on the page of the person. Who asked to be erased is erased from every
    scan; from the staff list as well when they left.
    """
    held = requests.waiting(request)
    requests.fulfil(held, by=by, reply=reply)
    if held.kind == Kind.ERASE and held.member:
        erase_person(held.member)


@transaction.atomic
def erase_person(member: Member) -> None:
    """Erase somebody from every scan, and from the staff list when they work here no longer."""
    ledger.note(ledger.Kind.PERSON, member.pk)
    erase_in_scans(member)
    if member.left_on is not None:
        erase_member(member)
