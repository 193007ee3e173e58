"""Random acts of everybody at three schools, and after each of them: does anybody see too much?

A machine of Hypothesis. Each act is a real request of somebody, to an address of their own school
or of another one, or it is time that passes for one school. After each act nothing that was
answered, mailed or logged holds a word or a key of a school that is not the visitor's, and every
page that the other schools look at says what it said before.
"""

from __future__ import annotations

import copy
import logging
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.attacks.three_schools import (
    BEGINNING,
    IDS,
    TODAY,
    ThreeSchools,
    read_of,
    scans_of,
    schools_of_keys,
    words_in,
)
from tests.fingerprint import everything
from tests.roles import ROLES, Town
from tests.scans import answered
from zwerm.core import clock
from zwerm.people.scope import school_scope
from zwerm.scans.models import Scan

PRINTS = {"scans:report_poster", "scans:poster"}
"""What these print stands on other pages; printing takes a second."""
COMES_IN_BY_ITSELF = {"scans:with"}
"""Whoever holds a personal link comes in with it, and reads the name of the school."""
WATCHED = (
    ("teacher", "home:start"),
    ("facilitator", "people:staff"),
    ("facilitator", "scans:list"),
    ("school_leader", "scans:detail"),
    ("privacy_officer", "home:requests"),
    ("staff_council", "scans:log"),
    ("board", "home:board"),
    ("by_link", "scans:ask"),
)
"""Pages that are looked at again, by somebody who does nothing, after acts of others."""
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")
"""That of a form differs each time."""
ROWS_EVERY = 40

SCHOOLS = (0, 1, 2)
CHANCE = st.integers(0, 2**32 - 1)


@dataclass(slots=True)
class Told:
    """What the machine did and found, for who started it."""

    steps: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)


class Listening(logging.Handler):
    """Keeps every line of the log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Tenants(RuleBasedStateMachine):
    """One run of acts on the three schools; at its end everything is as it was."""

    schools: ThreeSchools
    addresses: tuple[tuple[str, str], ...]
    told: Told

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0
        cache.clear()
        mail.outbox.clear()
        self.ending = ExitStack()
        self.ending.enter_context(clock.at(TODAY))
        self.ending.enter_context(transaction.atomic())
        self.ending.callback(transaction.set_rollback, True)
        self.log = Listening()
        self.ending.enter_context(heard(self.log))
        self.towns = [copy.copy(town) for town in self.schools.towns]
        self.browsers = [same_browsers(at) for at in self.schools.browsers]
        self.watching = [same_browsers(at) for at in self.schools.browsers]
        self.seen: dict[tuple[int, int], str] = {}
        self.known: dict[str, Any] = {}
        self.rows = [rows_of(town) for town in self.towns]
        self.touched: set[int] = set()

    def teardown(self) -> None:
        try:
            self.check_rows()
        finally:
            self.ending.close()

    # --- acts ---

    @rule(chance=CHANCE)
    def somebody_comes(self, chance: int) -> None:
        """Somebody asks for an address of their own school, or presses a button there."""
        picked = self.picked(chance)
        at = picked.choice(SCHOOLS)
        self.visit(at, at, picked)

    @rule(chance=CHANCE)
    def somebody_comes_elsewhere(self, chance: int) -> None:
        """Somebody tries an address of things of another school."""
        picked = self.picked(chance)
        at, to = picked.sample(SCHOOLS, 2)
        self.visit(at, to, picked)

    @precondition(lambda self: self.steps % 10 == 3)
    @rule(chance=CHANCE)
    def everybody_answers(self, chance: int) -> None:
        """Nearly everybody of a school answers its scan, with a word to all."""
        at = self.picked(chance).choice(SCHOOLS)
        town = self.towns[at]
        with school_scope(town.school):
            scan = Scan.objects.filter(pk=town.scan.pk, status="open").first()
            if scan:
                comment = {"comment": f"{town.word} wrote this"}
                answered.answer_all(scan, town.people, answered=11, seed=chance, **comment)
        self.end_of_act({at})

    @precondition(lambda self: self.steps % 10 == 7)
    @rule(chance=CHANCE)
    def time_passes(self, chance: int) -> None:
        """The scan of a school closes, or its report appears."""
        at = self.picked(chance).choice(SCHOOLS)
        with school_scope(self.towns[at].school):
            scan = Scan.objects.get(pk=self.towns[at].scan.pk)
            if scan.status == "open":
                answered.close(scan)
            elif scan.status == "closed" and not scan.withheld_reason:
                answered.release(scan)
        self.end_of_act({at})

    @precondition(lambda self: self.steps % 10 == 9)
    @rule()
    def everybody_comes_back(self) -> None:
        """Who was signed out signs in again."""
        self.browsers = [same_browsers(at) for at in self.schools.browsers]
        self.count()

    def picked(self, chance: int) -> Random:
        """Each step picks for itself, also where Hypothesis draws nothing but zeros."""
        return Random(f"{chance} {self.steps}")  # noqa: S311  # no secret

    def visit(self, at: int, to: int, picked: Random) -> None:
        role, (name, method) = picked.choice(ROLES), picked.choice(self.addresses)
        if name in COMES_IN_BY_ITSELF and self.towns[to].word not in self.schools.may_see(at, role):
            name, method = "scans:detail", "GET"
        shown = copy.copy(self.towns[to])
        shown.scan = picked.choice(scans_of(shown))
        sent = self.towns[at].sent(name, role) if method == "POST" else {"q": BEGINNING}
        address = shown.address(name)
        response = getattr(self.browsers[at][role], method.lower())(address, sent)
        self.told.answers[response.status_code] += 1
        self.note(at, role, f"{method} {address} ({response.status_code})", read_of(response))
        self.end_of_act({0, 1} if role == "elsewhere" else {at})

    # --- what must hold after each ---

    def end_of_act(self, actors: set[int]) -> None:
        self.count()
        self.touched |= actors
        self.seen = {key: said for key, said in self.seen.items() if key[0] not in actors}
        self.check_mail()
        self.check_log()
        for at in set(SCHOOLS) - actors:
            self.look(at, self.steps % len(WATCHED))
        if self.steps % ROWS_EVERY == 0:
            self.check_rows()

    def note(self, at: int, role: str, act: str, said: str) -> None:
        """Nothing of another school stands in an answer."""
        may_see = self.schools.may_see(at, role)
        if others := words_in(said) - may_see:
            self.leak(f"{role} at school {at}: {act} holds {sorted(others)}")
        keys = set(IDS.findall(said)) - set(IDS.findall(act))
        self.known |= schools_of_keys(keys - self.known.keys())
        theirs = {town.school.pk for town in self.towns if town.word not in may_see}
        if theirs & {self.known[key] for key in keys}:
            self.leak(f"{role} at school {at}: {act} holds a key of another school")

    def look(self, at: int, number: int) -> None:
        """A page of a school that did nothing says what it said."""
        role, name = WATCHED[number]
        response = self.watching[at][role].get(self.towns[at].address(name))
        self.note(at, role, f"GET {name}", read_of(response))
        said = TOKEN.sub("", response.content.decode())
        if self.seen.setdefault((at, number), said) != said:
            self.leak(f"{role} at school {at}: {name} changed by what another school did")

    def check_mail(self) -> None:
        """A mail holds words of one school."""
        for message in mail.outbox:
            whole = f"{message.message()} {message.subject} {message.body} {message.to}"
            if len(words_in(whole)) > 1:
                self.leak(f"a mail holds {sorted(words_in(whole))}")
        mail.outbox.clear()

    def check_log(self) -> None:
        """A log holds words of none."""
        if told := [line for line in self.log.lines if words_in(line)]:
            self.leak(f"a line of the log: {told[0]}")
        self.log.lines.clear()

    def check_rows(self) -> None:
        """No row of a school changed that did nothing since the last look."""
        for at, town in enumerate(self.towns):
            now = rows_of(town)
            if at not in self.touched and now != self.rows[at]:
                self.leak(f"rows of school {at} changed by what another school did")
            self.rows[at] = now
        self.touched.clear()

    def count(self) -> None:
        self.steps += 1
        self.told.steps += 1

    def leak(self, what: str) -> None:
        self.told.leaks.append(what)
        raise AssertionError(what)


def heard(listening: Listening) -> ExitStack:
    """Let every line of the log be heard, also by loggers that tell nobody above them."""
    stack = ExitStack()
    for name in ("", "zwerm", "django.request"):
        logger = logging.getLogger(name)
        logger.addHandler(listening)
        stack.callback(logger.removeHandler, listening)
    return stack


def same_browsers(browsers: dict[str, Client]) -> dict[str, Client]:
    """Other browsers with the same cookies."""
    again = {role: Client(headers={"accept-language": "en"}) for role in browsers}
    for role, browser in again.items():
        browser.cookies = copy.deepcopy(browsers[role].cookies)
    return again


def rows_of(town: Town) -> dict[str, list[Any]]:
    """Every row of one school."""
    rows = everything()
    return {
        name: [row for row in every if row.get("school_id") == town.school.pk]
        for name, every in rows.items()
    }


def machine(schools: ThreeSchools, cells: Iterable[tuple[str, str]], told: Told) -> type[Tenants]:
    """The machine on these schools, with every address of the table."""
    addresses = tuple(sorted({cell for cell in cells if cell[0] not in PRINTS}))
    made = {"schools": schools, "addresses": addresses, "told": told}
    return type("TenantsAtWork", (Tenants,), made)
