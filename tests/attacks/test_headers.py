"""Whoever asks whatever, at any address: the answer carries every header that keeps a browser safe.

The addresses come from the resolver, so that a new one is looked at by itself. Beside them stand
the answers that no address gives: files, faults, and what is refused before a page is reached.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from tests.core.test_headers import HEADERS, POLICY, policy_of
from tests.roles import Town, every_address, town_in

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "DELETE")
SLOW = {"scans:report_poster"}
"""Printing takes seconds; of this address the other methods are asked."""
FAULTS = ("400", "403", "404", "409", "500")
FILES = ("core/tokens.css", "core/theme.js", "core/favicon.svg", "core/nothing.css")


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django")


def missing(answer: Any) -> dict[str, str | None]:
    """Each header that is not there or says something else, with what it says."""
    if answer.streaming:
        answer.close()  # a file stays open until somebody has read it
    found = {name: answer.get(name) for name in HEADERS}
    wrong = {name: said for name, said in found.items() if said != HEADERS[name]}
    policy = answer.get("Content-Security-Policy", "")
    if not policy or policy_of(answer) != POLICY:
        wrong["Content-Security-Policy"] = policy
    if "Server" in answer or "X-Powered-By" in answer or "Access-Control-Allow-Origin" in answer:
        wrong["too talkative"] = str(sorted(answer.headers))
    return wrong


def of_addresses(town: Town) -> Iterator[tuple[str, Any]]:
    """Every address of the site by every method, for a stranger and for a facilitator."""
    for role in ("anonymous", "facilitator"):
        browser = town.browser_of(role)
        for name in every_address():
            for method in METHODS:
                if not (name in SLOW and method in {"GET", "HEAD"}):
                    with transaction.atomic():
                        answer = browser.generic(method, town.address(name))
                        transaction.set_rollback(True)
                    yield f"{method} {name} {role} {answer.status_code}", answer


def elsewhere() -> Iterator[tuple[str, Any]]:
    """What is answered without a page of ours."""
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for name in FAULTS:
        yield name, browser.get(f"/{name}/")
    for name in FILES:
        yield name, browser.get(f"/static/{name}")
    yield "without its token", browser.post("/csrf/")
    yield "nowhere", browser.get("/nowhere/at/all")
    yield "without its slash", browser.get("/people")
    yield "too large", browser.post("/people/load/", {"file": "x" * (6 * 1024 * 1024)})
    yield "another host", browser.get("/", headers={"host": "elsewhere.example"})
    yield "no host", browser.get("/", headers={"host": "a b"})


def wrong_of(answers: Iterator[tuple[str, Any]]) -> tuple[dict[str, dict[str, str | None]], int]:
    """Which answers lack what, and how many were looked at."""
    seen = {name: missing(answer) for name, answer in answers}
    return {name: wrong for name, wrong in seen.items() if wrong}, len(seen)


@pytest.mark.django_db
def test_every_answer_of_every_address_by_every_method_has_every_header():
    with town_in("open") as town:
        wrong, seen = wrong_of(of_addresses(town))
    assert wrong == {}
    assert seen > 2 * len(METHODS) * 60


@pytest.fixture
def failing(db, settings):
    settings.ROOT_URLCONF = "tests.core.failing_urls"
    settings.DEBUG = False


def test_every_answer_without_a_page_has_every_header(failing):
    answers = dict(elsewhere())
    assert wrong_of(iter(answers.items()))[0] == {}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        **{name: int(name) for name in FAULTS},
        **dict.fromkeys(FILES, 200),
        "core/nothing.css": 404,
        "without its token": 403,
        "nowhere": 404,
        "without its slash": 301,
        "too large": 413,
        "another host": 400,
        "no host": 400,
    }
    assert wrong_of(elsewhere())[0] == {}


def test_on_a_real_site_what_is_sent_on_to_https_has_every_header(failing, settings):
    settings.SECURE_SSL_REDIRECT = True
    browser = Client()
    told = [browser.get("/people/"), browser.get("/people/", headers={"host": "elsewhere.example"})]
    assert [answer.status_code for answer in told] == [301, 400]
    assert [missing(answer) for answer in told] == [{}, {}]


# --- the test of the test: each header that is taken away is missed -------------------------------


def forgetful(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Stands outermost of all, and takes one header away from every answer."""

    def answer_to(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        del answer[settings.FORGOTTEN]  # type: ignore[misc]  # of this test alone
        return answer

    return answer_to


@pytest.mark.parametrize("name", [*HEADERS, "Content-Security-Policy"])
def test_a_header_that_is_forgotten_is_missed_everywhere(failing, settings, name):
    settings.FORGOTTEN = name
    settings.MIDDLEWARE = [f"{__name__}.forgetful", *settings.MIDDLEWARE]
    wrong, seen = wrong_of(elsewhere())
    assert len(wrong) == seen
    assert {tuple(one) for one in wrong.values()} == {(name,)}


def test_a_policy_that_allows_anything_unsafe_is_missed(failing, settings):
    unsafe = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "script-src": ["'unsafe-inline'"]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": unsafe}
    wrong, seen = wrong_of(elsewhere())
    assert len(wrong) == seen


def test_without_our_own_headers_a_refused_host_would_have_none(failing, settings):
    """Why they stand outermost: a visit under a wrong host never reaches the others."""
    settings.SECURE_SSL_REDIRECT = True
    ours = "zwerm.core.middleware.HeadersMiddleware"
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != ours]
    answer = Client().get("/people/", headers={"host": "elsewhere.example"})
    assert set(missing(answer)) == set(HEADERS) - {"Permissions-Policy"}
