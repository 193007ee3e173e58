"""The table of every address, method and role: who may come in, and that a no changes nothing."""

import copy
import logging
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.factories import account_of, make_mandate, make_signed_member
from tests.fingerprint import everything
from tests.roles import CANARY, DAYS, LONG_AGO, ROLES, every_address, town_in
from zwerm.people.scope import school_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Thousands of refusals are no news."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


OUTSIDERS = {"anonymous", "board", "operator", "elsewhere"}
REFUSED = {"in", "403", "404", "405", "409"}
WRITES = ("INSERT", "UPDATE", "DELETE")
OPEN_TO_ALL = {"scans:with", "scans:left"}
"""Whoever holds a personal link comes in with it; the page of who left names no school."""

NOT_OURS = ("django_session", "SAVEPOINT", "RELEASE")


def read_table():
    """Each cell of the table: the address, its method, a state of the scan and a role."""
    text = (Path(__file__).parent / "access.txt").read_text(encoding="utf-8")
    cells = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            method, name, states, *outcomes = line.split()
            for state in DAYS if states == "every" else states.split(","):
                for role, outcome in zip(ROLES, outcomes, strict=True):
                    assert (name, method, state, role) not in cells
                    cells[name, method, state, role] = outcome
    return cells


CELLS = read_table()


def outcome_of(response):
    if response.status_code == 302 and response["Location"].startswith("/account/sign-in/?next="):
        return "in"
    return str(response.status_code)


class Writes:
    """Notes each statement that changes a table of the house."""

    def __init__(self):
        self.seen = []

    def __call__(self, execute, sql, *rest):
        if sql.lstrip().upper().startswith(WRITES) and not any(one in sql for one in NOT_OURS):
            self.seen.append(sql[:80])
        return execute(sql, *rest)


def visit(town, role, browser, name, method):
    """One cell: what the visitor gets and what it wrote; then everything is as before."""
    again = Client(headers={"accept-language": "en"})
    again.cookies = copy.copy(browser.cookies)
    data = town.sent(name, role) if method == "POST" else None
    writes = Writes()
    with transaction.atomic():
        with connection.execute_wrapper(writes):
            response = getattr(again, method.lower())(town.address(name), data)
            body = response.content
        transaction.set_rollback(outcome_of(response) not in REFUSED)
    return outcome_of(response), writes.seen, body


def test_every_address_stands_in_the_table_and_no_other():
    assert sorted({name for name, *_rest in CELLS}) == every_address()


def test_an_address_about_a_scan_says_what_happens_in_every_state():
    told: dict[tuple[str, str], set[str]] = {}
    for name, method, state, _role in CELLS:
        told.setdefault((name, method), set()).add(state)
    of_scans = {states == set(DAYS) for (name, _), states in told.items() if "scans:" in name}
    assert of_scans == {True}


@pytest.mark.parametrize("state", DAYS)
def test_everybody_gets_what_the_table_says(state):
    with town_in(state) as town:
        browsers = {role: town.browser_of(role) for role in ROLES}
        before = everything()
        wrong, changed, leaked = [], [], []
        for (name, method, one, role), expected in CELLS.items():
            if one != state:
                continue
            outcome, writes, body = visit(town, role, browsers[role], name, method)
            if outcome != expected:
                wrong.append((role, method, name, expected, outcome))
            if outcome in REFUSED and writes:
                changed.append((role, method, name, outcome, writes))
            if role in OUTSIDERS and outcome in REFUSED and CANARY.encode() in body:
                leaked.append((role, method, name, outcome))
        assert wrong == []
        assert changed == []
        assert leaked == []
        assert everything() == before


def test_every_other_method_is_refused_and_changes_nothing():
    listed = {(name, method) for name, method, *_rest in CELLS}
    outcomes = set()
    with town_in("open") as town:
        browsers = {role: town.browser_of(role) for role in ("anonymous", "facilitator", "by_link")}
        before = everything()
        for role, browser in browsers.items():
            for name in every_address():
                for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                    if (name, method) not in listed:
                        outcome, writes, _body = visit(town, role, browser, name, method)
                        outcomes.add((name.partition(":")[0], outcome, bool(writes)))
        assert everything() == before
    assert {one for one in outcomes if one[0] in {"home", "people", "scans"}} == {
        ("home", "405", False),
        ("people", "405", False),
        ("scans", "405", False),
    }
    assert {wrote for _name, _outcome, wrote in outcomes} == {False}


@pytest.mark.parametrize("state", ["draft", "open", "released"])
def test_every_right_at_another_school_opens_nothing_here(state):
    with town_in(state) as town:
        with school_scope(town.other):
            account = account_of(make_signed_member(town.other))
        for kind in ("facilitator", "school_leader", "staff_council", "privacy_officer"):
            make_mandate(account, kind, school=town.other, from_on=LONG_AGO)
        town.accounts["intruder"] = account
        browser = town.browser_of("intruder")
        before = everything()
        got = {
            (name, method): visit(town, "elsewhere", browser, name, method)
            for name, method in sorted({(name, method) for name, method, *_rest in CELLS})
            if name not in OPEN_TO_ALL and any(str(pk) in town.address(name) for pk in town.ids())
        }
        assert len(got) > 40
        told = {outcome for outcome, _writes, _body in got.values()}
        assert told <= {"403", "404"}, [cell for cell in got if got[cell][0] not in {"403", "404"}]
        assert [cell for cell, (_, writes, _body) in got.items() if writes] == []
        assert [cell for cell, (*_, body) in got.items() if CANARY.encode() in body] == []
        assert everything() == before


def test_a_fault_in_a_page_would_be_seen():
    """The check itself: a write is noted, and so is a name that an outsider reads."""
    with town_in("open") as town:
        browser = town.browser_of("facilitator")
        outcome, writes, body = visit(town, "facilitator", browser, "people:add", "POST")
        assert (outcome, len(writes)) == ("302", 1)
        outcome, writes, body = visit(
            town, "teacher", town.browser_of("teacher"), "people:staff", "GET"
        )
        assert (outcome, writes, CANARY.encode() in body) == ("200", [], True)
