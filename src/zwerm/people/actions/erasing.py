"""Erasing somebody who left: their place on the staff list, and an account that nobody needs."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import ProtectedError, Q

from zwerm.core import clock, wiping
from zwerm.people.actions import log
from zwerm.people.actions.accounts import end_sessions
from zwerm.people.models import Account, Mandate, Member, PrivacyRequest, Upload
from zwerm.people.scope import crossing_schools


@transaction.atomic
def erase_member(member: Member) -> None:
    """Somebody who left is on file no longer, at this school.

    What they asked stays as the fact that it was answered, without words and without a person.
    """
    wiping.wipe_when_committed()
    asked = PrivacyRequest.objects.filter(member=member)
    asked.filter(state=PrivacyRequest.State.WAITING).update(
        state=PrivacyRequest.State.DONE, answered_at=clock.now()
    )
    asked.update(words="", reply="")
    accounts = list(Account.objects.filter(Q(pk=member.account_id) | Q(email__iexact=member.email)))
    school = member.school
    log.forget(school, accounts)
    member.delete()
    for account in accounts:
        Upload.objects.filter(by=account).delete()
        Mandate.objects.filter(account=account, school=school, until_on__lte=clock.today()).delete()
        if not is_needed(account):
            erase_account(account)


@transaction.atomic
def forget_accounts(day: dt.date) -> None:
    """An account with which nobody could act since `day`, and that no staff list knows, goes."""
    with crossing_schools("an account may have had a mandate at any school"):
        made_before = Account.objects.filter(is_active=True, made_at__date__lte=day)
        for account in made_before.exclude(mandates__until_on__gt=day):
            if not is_needed(account):
                erase_account(account)


def is_needed(account: Account) -> bool:
    """Somebody still stands on a staff list with it, or may act with it now or later."""
    with crossing_schools("an account may belong to several schools"):
        if Member.objects.filter(Q(account=account) | Q(email__iexact=account.email)).exists():
            return True
        not_over = Q(until_on__isnull=True) | Q(until_on__gt=clock.today())
        return Mandate.objects.filter(not_over, account=account).exists()


def erase_account(account: Account) -> None:
    """The account goes; where a decision of the staff council hangs on it, what it held goes."""
    end_sessions(account)
    with crossing_schools("what hangs on an account may be of any school"):
        try:
            with transaction.atomic():
                account.delete()
        except ProtectedError:
            empty_account(account)


def empty_account(account: Account) -> None:
    """Nothing is left of who this was, and nobody can sign in with it."""
    Upload.objects.filter(by=account).delete()
    Mandate.objects.filter(account=account).delete()
    EmailAddress.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    account.email = f"{account.pk}@erased.invalid"
    account.is_active, account.last_login = False, None
    account.save()
