"""An outsider guesses codes. Each attack is seen to succeed where its defence is taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.management import call_command
from django.test import Client, RequestFactory

from tests.factories import account_of, make_member, make_signed_member, make_step
from zwerm.people import even_time
from zwerm.people.adapter import AccountAdapter
from zwerm.people.models import Account, School

SIGN_IN = "/account/sign-in/"
CODE = f"{SIGN_IN}code/"
STEP = f"{SIGN_IN}step/"


@pytest.fixture
def victim(school: School) -> Account:
    return account_of(make_signed_member(school))


def who(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


def asked(address: str) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.post(SIGN_IN, {"email": address})
    return browser


def code_in_mail() -> str:
    return str(mail.outbox[-1].body).split("\n\n")[1].strip()


def guesses(browser: Client, path: str, right: str, wrong: int) -> bool:
    """So many wrong codes and then the right one: is the guesser in?"""
    for number in range(wrong):
        browser.post(path, {"code": f"{number:08}"})
    browser.post(path, {"code": right})
    return who(browser) is not None


def test_the_code_by_mail_bears_five_guesses_and_no_more(victim: Account, settings: Any) -> None:
    assert not guesses(asked(victim.email), CODE, code_in_mail(), wrong=5)
    # The test of the test: with more tries the same guesser is in.
    settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 100
    assert guesses(asked(victim.email), CODE, code_in_mail(), wrong=30)


def test_the_code_of_an_app_bears_five_guesses_in_five_minutes(
    victim: Account, settings: Any
) -> None:
    """Also by who reads the mail, and asks for a new code by mail each time."""

    def tried(wrong: int) -> bool:
        browser = asked(victim.email)
        browser.post(CODE, {"code": code_in_mail()})
        code = totp.format_hotp_value(
            totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1)
        )
        return guesses(browser, STEP, code, wrong)

    secret = make_step(victim)
    assert not tried(wrong=5)
    assert not tried(wrong=0)
    settings.ACCOUNT_RATE_LIMITS = False
    assert tried(wrong=20)


# --- limits that every process of the site counts together -----------------------------------


class Process:
    """One process of the site: a connection of its own to the cache, and nothing in its memory."""

    def __init__(self, cache: Any) -> None:
        self.cache = cache

    def may_ask(self, monkeypatch: pytest.MonkeyPatch, address: str) -> bool:
        monkeypatch.setattr(ratelimit, "cache", self.cache)
        request = RequestFactory().post(SIGN_IN, REMOTE_ADDR="198.51.100.7")
        with context.request_context(request):
            return bool(
                ratelimit.consume(
                    request, app="allauth.account", action="request_login_code", key=address
                )
            )


def in_turn(
    processes: list[Process], monkeypatch: pytest.MonkeyPatch, address: str, times: int
) -> list[bool]:
    """Whoever asks is sent to another process each time, as behind a proxy."""
    chosen = [processes[number % len(processes)] for number in range(times)]
    return [one.may_ask(monkeypatch, address) for one in chosen]


def test_two_processes_count_what_is_asked_together(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three codes a minute for one address. The test of the test: memories of their own forget."""
    call_command("createcachetable", "zwerm_cache", database="default", verbosity=0)
    shared = [Process(DatabaseCache("zwerm_cache", {})) for _ in range(2)]
    assert in_turn(shared, monkeypatch, "a@school.example", 5) == [True] * 3 + [False] * 2
    assert shared[1].may_ask(monkeypatch, "b@school.example")
    apart = [Process(LocMemCache(f"process {number}", {})) for number in range(2)]
    assert in_turn(apart, monkeypatch, "a@school.example", 5) == [True] * 5


# --- who is known here -----------------------------------------------------------------------

TOKEN = re.compile(rb'("csrfmiddlewaretoken" value|"X-CSRFToken": |X-CSRFToken&quot;: )[^>]*')


def seen_by_guesser(address: str) -> list[tuple[int, str, bytes]]:
    """All that is answered to who asks for a code and guesses until it is over."""
    browser = Client(headers={"accept-language": "en"})
    answers = [browser.post(SIGN_IN, {"email": address}), browser.get(CODE)]
    answers += [browser.post(CODE, {"code": "AAAAAA"}) for _ in range(5)]
    answers += [browser.get(CODE), browser.get(SIGN_IN)]
    return [
        (one.status_code, one.headers.get("Location", ""), TOKEN.sub(b"", one.content))
        for one in answers
    ]


def test_a_known_and_an_unknown_address_get_the_same_answers(school: School, settings: Any) -> None:
    """One on the list without an account, one with an account, one with an app, and a stranger."""
    settings.ACCOUNT_RATE_LIMITS = False
    with_app = make_signed_member(school)
    make_step(account_of(with_app))
    known = [make_member(school).email, make_signed_member(school).email, with_app.email]
    stranger = seen_by_guesser("stranger@elsewhere.example")
    assert [seen_by_guesser(one) for one in known] == [stranger] * 3
    # The test of the test: where allauth may tell, it does.
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    assert seen_by_guesser("stranger@elsewhere.example") != stranger


class Watch:
    """A clock that stands still but for work and waiting: what takes long is planted."""

    def __init__(self) -> None:
        self.now = 1000.0

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def timed(self, act: Callable[[], object]) -> float:
        began = self.now
        act()
        return round(self.now - began, 6)


@pytest.mark.parametrize(("even", "is_seen"), [(0.25, False), (0, True)])
def test_a_known_and_an_unknown_address_take_as_long(
    school: School, settings: Any, monkeypatch: pytest.MonkeyPatch, even: float, is_seen: bool
) -> None:
    """A mail takes 30 to 190 ms here; only a known address gets one. Without waiting it shows."""
    settings.EVEN_SECONDS, settings.ACCOUNT_RATE_LIMITS = even, False
    watch = Watch()
    monkeypatch.setattr(even_time, "monotonic", lambda: watch.now)
    monkeypatch.setattr(even_time, "sleep", watch.wait)
    write = AccountAdapter.send_mail
    slow = iter([0.03, 0.11, 0.19] * 2)

    def write_slowly(*args: Any) -> None:
        watch.wait(next(slow))
        write(*args)

    monkeypatch.setattr(AccountAdapter, "send_mail", write_slowly)
    known = [make_member(school).email for _ in range(3)]
    strangers = [f"stranger{number}@elsewhere.example" for number in range(3)]
    times = [
        sorted(watch.timed(partial(asked, one)) for one in group) for group in (known, strangers)
    ]
    assert len(mail.outbox) == 3
    assert (times[0] != times[1]) == is_seen
