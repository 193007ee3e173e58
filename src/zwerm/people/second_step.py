"""The second step of signing in: who must have one, and what this session has proved.

The first step is a code by mail, the second an authenticator app, a passkey or a recovery code.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from zwerm.people.models import Account, Mandate

GUARDED = frozenset(
    {
        Mandate.Kind.SCHOOL_LEADER,
        Mandate.Kind.PRIVACY_OFFICER,
        Mandate.Kind.BOARD,
        Mandate.Kind.OPERATOR,
    }
)
"""Whoever holds one of these mandates, anywhere, signs in with a second step."""

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second step. Recovery codes are the way back when it is lost."""


def has_step(account: Account) -> bool:
    """True if an app or a passkey is set up; one query."""
    return bool(Authenticator.objects.filter(user=account, type__in=STEPS).exists())


def name_of_step(account: Account) -> str:
    """The page on which this account gives its second step, or sets one up; one query."""
    kinds = set(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in kinds:
        return "mfa_reauthenticate_webauthn"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "mfa_index"


def is_proved(request: HttpRequest) -> bool:
    """True if this session gave its second step; read from the session alone."""
    return any(one.get("method") == "mfa" for one in proofs(request))


def is_fresh(request: HttpRequest) -> bool:
    """True if who is signed in proved it a short while ago, as strongly as this account can."""
    needed = ["mfa"] if has_step(cast(Account, request.user)) else None
    after = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(
        one["at"] > after and (needed is None or one.get("method") in needed)
        for one in proofs(request)
    )


def proofs(request: HttpRequest) -> list[dict[str, Any]]:
    """How and when this session was proved, as allauth writes it down."""
    found: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return found
