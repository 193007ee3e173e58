"""Taking a second step away: by its owner, by who runs Zwerm, or because somebody left."""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from zwerm.core import ledger
from zwerm.people.acting import places_of
from zwerm.people.actions.accounts import end_every_session
from zwerm.people.models import Account
from zwerm.people.second_step import GUARDED, STEPS, has_step

log = logging.getLogger("zwerm.people")


def must_have_step(account: Account) -> bool:
    """True if a mandate of this account asks for a second step; two queries."""
    return any(place.kinds_anywhere & GUARDED for place in places_of(account))


def may_take_away(step: Authenticator) -> bool:
    """The last one stays when a mandate asks for it: set up another one first."""
    others = Authenticator.objects.filter(user=step.user, type__in=STEPS).exclude(pk=step.pk)
    return bool(others.exists()) or not must_have_step(step.user)


@transaction.atomic
def take_away(step: Authenticator) -> None:
    """This step is over, and recovery codes that belong to no step with it."""
    account = step.user
    forget(step)
    if not has_step(account):
        for codes in Authenticator.objects.filter(user=account):
            forget(codes)


@transaction.atomic
def take_all_away(account: Account) -> int:
    """By who runs Zwerm: every step and session of an account is over; how many steps there were.

    The log says that it happened, and not to whom.
    """
    steps = list(Authenticator.objects.filter(user=account))
    for step in steps:
        forget(step)
    if steps:
        end_every_session(account)
        tell(account, "mfa/email/taken_away")
        log.warning("the second step of an account was taken away by command")
    return len(steps)


def forget(step: Authenticator) -> None:
    """Gone, and noted in the ledger: a restore must not bring a lost telephone back."""
    ledger.note(ledger.Kind.STEP, step.pk)
    step.delete()


def tell(account: Account, template: str) -> None:
    """Mail this person what changed in how they sign in."""
    transaction.on_commit(lambda: get_adapter().send_notification_mail(template, account))
