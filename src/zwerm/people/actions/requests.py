"""Asking about one's own data, and answering it: once, and with a reason when it is no."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import Account, Member, PrivacyRequest

State = PrivacyRequest.State


@transaction.atomic
def ask(member: Member, *, kind: PrivacyRequest.Kind, words: str) -> PrivacyRequest:
    """Ask the privacy officer something about one's own data.

    Args:
        member: whose data it is.
        kind: what is asked.
        words: what is wrong and what it should be; needed for a correction.
    """
    if kind == PrivacyRequest.Kind.RECTIFY and not words.strip():
        raise Refused(_("Write what is wrong, and what it should be."))
    # Held, so that two presses of the button make one request.
    Member.objects.select_for_update().get(pk=member.pk)
    if member.privacy_requests.filter(kind=kind, state=State.WAITING).exists():
        raise Refused(_("You asked this already. It waits for the privacy officer."))
    return keep(member, kind=kind, words=words)


def keep(member: Member, *, kind: PrivacyRequest.Kind, words: str = "") -> PrivacyRequest:
    """A new request, which waits."""
    request: PrivacyRequest = PrivacyRequest.objects.create(
        school_id=member.school_id, member=member, kind=kind, words=words.strip()
    )
    return request


def note_objection(member: Member) -> PrivacyRequest:
    """That somebody is named no longer, which is done at once and waits for nobody."""
    request = keep(member, kind=PrivacyRequest.Kind.OBJECT)
    close(request, state=State.DONE, by=None, reply="")
    return request


def waiting(request: PrivacyRequest) -> PrivacyRequest:
    """The request, held. Refused when somebody answered it meanwhile."""
    held: PrivacyRequest = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
    if not held.is_waiting:
        raise Refused(_("This request was answered already."))
    return held


@transaction.atomic
def fulfil(request: PrivacyRequest, *, by: Account, reply: str) -> None:
    """What was asked is done."""
    close(waiting(request), state=State.DONE, by=by, reply=reply)


@transaction.atomic
def refuse(request: PrivacyRequest, *, by: Account, reason: str) -> None:
    """No, with the reason that the law asks for."""
    if not reason.strip():
        raise Refused(_("Write why not. The person reads your reason."))
    close(waiting(request), state=State.REFUSED, by=by, reply=reason)


def close(request: PrivacyRequest, *, state: State, by: Account | None, reply: str) -> None:
    request.state, request.reply = state, reply.strip()
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["state", "reply", "answered_at", "answered_by"])


@transaction.atomic
def forget_before(moment: dt.datetime) -> None:
    """Answered requests of long ago go."""
    PrivacyRequest.objects.filter(answered_at__lt=moment).delete()
