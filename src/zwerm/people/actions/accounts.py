"""Accounts and mandates: made when they are needed, ended when somebody leaves."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zwerm.core import clock, ledger
from zwerm.core.errors import Refused
from zwerm.people.acting import places_of
from zwerm.people.actions.log import BY_COMMAND, BY_ITSELF, Actor, note
from zwerm.people.models import Account, Board, Mandate, Member, School
from zwerm.people.scope import crossing_schools, school_scope


@transaction.atomic
def account_for(email: str) -> Account | None:
    """The account that may sign in with an address; made when it is not there yet.

    None when the address stands on no staff list and its account holds no mandate: somebody who
    left gets no code either.
    """
    email = email.strip().lower()
    account = Account.objects.filter(email=email).first()
    with crossing_schools("an address may stand on the staff lists of several schools"):
        member = Member.objects.filter(email__iexact=email, left_on__isnull=True).first()
    if member and account is None:
        return new_account(email, member.language)
    return account if account and (member or places_of(account)) else None


def new_account(email: str, language: str) -> Account:
    """A new account for an address; that of another window, when it asked at the same moment."""
    with suppress(IntegrityError), transaction.atomic():
        return Account.objects.create_user(email, language=language)
    return Account.objects.get(email=email)


@transaction.atomic
def link_members(account: Account) -> None:
    """Join the account to its members at every school: the code proved the address."""
    with crossing_schools("an account may be a member of several schools"):
        members = Member.objects.filter(
            email__iexact=account.email, left_on__isnull=True, account__isnull=True
        )
        for member in members:
            taken = Member.objects.filter(
                school=member.school_id, account=account, left_on__isnull=True
            )
            if not taken.exists():
                member.account = account
                member.save(update_fields=["account"])


@transaction.atomic
def grant_mandate(
    account: Account,
    kind: Mandate.Kind,
    *,
    from_on: dt.date,
    school: School | None = None,
    board: Board | None = None,
    by: Actor = BY_COMMAND,
) -> Mandate:
    """Give somebody the right to act in one capacity, from a date."""
    there = Mandate.objects.on(from_on).filter(
        account=account, kind=kind, school=school, board=board
    )
    if there.exists():
        raise Refused(_("This person holds that mandate already."))
    if school:
        with school_scope(school):
            note(school, by=by, setting="mandate", after=kind)
    return Mandate.objects.create(
        account=account, kind=kind, school=school, board=board, from_on=from_on
    )


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Actor = BY_COMMAND) -> None:
    """From today on this right is over."""
    if mandate.school:
        with school_scope(mandate.school):
            note(mandate.school, by=by, setting="mandate", before=mandate.kind)
    mandate.until_on = clock.today()
    mandate.save(update_fields=["until_on"])
    ledger.note(ledger.Kind.MANDATE, mandate.pk)


def end_mandates(account: Account, school: School) -> None:
    """From today on this account has no right of its own at this school."""
    mandates = Mandate.objects.filter(account=account, school=school)
    mandates.filter(from_on__gt=clock.today()).delete()
    for mandate in mandates.on(clock.today()):
        end_mandate(mandate, by=BY_ITSELF)


def end_sessions(account: Account) -> None:
    """Sign out everywhere somebody who can no longer act anywhere, whatever they sign in with."""
    if places_of(account):
        return
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    end_every_session(account)


def end_every_session(account: Account) -> None:
    """Whoever is signed in with this account, on whichever device, is so no more."""
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()
