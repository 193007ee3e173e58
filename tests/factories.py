"""Ready-made objects: the smallest valid thing, and no surprises."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from zwerm.people.models import Account, Board, Mandate, Member, Membership, School, Team
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.people.second_step import GUARDED, STEPS

_number = count(1)


def make_board(**fields: Any) -> Board:
    return Board.objects.create(**({"name": f"Board {next(_number)}"} | fields))


def make_school(**fields: Any) -> School:
    fields.setdefault("board", None)
    board = fields.pop("board") or make_board()
    return School.objects.create(board=board, **({"name": f"School {next(_number)}"} | fields))


def make_account(**fields: Any) -> Account:
    email = fields.pop("email", f"person{next(_number)}@school.example")
    return Account.objects.create_user(email, **fields)


def make_team(school: School, **fields: Any) -> Team:
    with school_scope(school):
        return Team.objects.create(school=school, **({"name": f"Team {next(_number)}"} | fields))


def make_member(school: School, *, team: Team | None = None, **fields: Any) -> Member:
    """A member with a mail address, without an account unless one is given."""
    number = next(_number)
    defaults = {"name": f"Person {number}", "email": f"member{number}@school.example"}
    with school_scope(school):
        member = Member.objects.create(school=school, **(defaults | fields))
        if team:
            Membership.objects.create(school=school, member=member, team=team, is_home=True)
    return member


def make_signed_member(school: School, **fields: Any) -> Member:
    """A member who can sign in: account and member have the same address."""
    member = make_member(school, **fields)
    member.account = make_account(email=member.email)
    with school_scope(school):
        member.save()
    return member


def make_mandate(
    account: Account, kind: str, *, school: School | None = None, **fields: Any
) -> Mandate:
    defaults: dict[str, Any] = {"from_on": timezone.localdate() - dt.timedelta(days=1)}
    with crossing_schools("a factory makes mandates of any school"):
        return Mandate.objects.create(
            account=account, kind=kind, school=school, **(defaults | fields)
        )


def account_of(member: Member) -> Account:
    """The account of a member who has one."""
    assert member.account
    return member.account


def make_step(account: Account) -> str:
    """Set up an app for this account, as its owner would; the secret in it."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return str(secret)


def come_in_as(browser: Client, account: Account) -> None:
    """Sign in. Whose mandate asks for a second step has one, and this session gave it."""
    browser.force_login(account)
    with crossing_schools("a mandate of any school asks for it"):
        if not account.mandates.filter(kind__in=GUARDED).exists():
            return
    if not Authenticator.objects.filter(user=account, type__in=STEPS).exists():
        make_step(account)
    give_step(browser, account)


def give_step(browser: Client, account: Account) -> None:
    """Note in the session what a second step that was given leaves there."""
    request = HttpRequest()
    request.session, request.user = browser.session, account
    record_authentication(request, account, "mfa", type="totp")
    request.session.save()
