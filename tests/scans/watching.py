"""Everybody who might watch a scan, and every byte they get to see."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.factories import come_in_as, make_account, make_mandate, make_signed_member
from tests.scans.pages import body
from zwerm.people.models import Account, Mandate, School
from zwerm.scans.models import Scan

KINDS = ["facilitator", "school_leader", "staff_council", "privacy_officer"]


def everybody(school: School) -> list[Client]:
    """One client for every mandate, one for a colleague, one for the board: who may watch."""
    watchers = []
    for kind in [*KINDS, ""]:
        member = make_signed_member(school, language="en")
        assert member.account
        if kind:
            make_mandate(member.account, kind, school=school)
        watchers.append(signed_in(member.account))
    return [*watchers, signed_in(make_board_account(school))]


def make_board_account(school: School) -> Account:
    account = make_account()
    Mandate.objects.create(account=account, kind="board", board=school.board, from_on="2020-01-01")
    return account


def signed_in(account: Account) -> Client:
    client = Client()
    come_in_as(client, account)
    return client


def addresses(scan: Scan) -> list[str]:
    """Every page on which something of a scan might stand."""
    names = ["detail", "council", "log", "work", "report", "mirror", "ask", "thanks"]
    of_scan = [reverse(f"scans:{name}", args=[scan.pk]) for name in names]
    return ["/", "/board/", "/people/", reverse("scans:list"), *of_scan]


def seen(watchers: list[Client], scan: Scan) -> list[bytes]:
    """Every byte that anybody gets to see."""
    return [body(watcher.get(one)) for watcher in watchers for one in addresses(scan)]
