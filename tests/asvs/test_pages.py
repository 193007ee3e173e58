"""Requirements that hold for every page, each tried at every address that the site has."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError
from django.db import connection, transaction
from django.test import Client
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException
from tools.checks.tree import project_files, text_of

from tests.attacks.test_headers import SLOW
from tests.roles import every_address, town_in
from tests.test_access import CELLS, NOT_OURS, WRITES
from zwerm.people.models import Member
from zwerm.people.scope import crossing_schools

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "facilitator", "privacy_officer")
FILES = ("application/pdf", "application/json", "application/yaml", "application/vnd.")
UNSENT = {"POST set_language"}
"""Django's own: it changes the language of one's own pages and nothing else."""


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django")


class Changes:
    """Every statement that changes anything."""

    def __init__(self):
        self.seen: list[str] = []

    def __call__(self, execute: Any, sql: Any, *rest: Any) -> Any:
        text = str(sql).lstrip()
        if text.upper().startswith(WRITES) and not any(word in text for word in NOT_OURS):
            self.seen.append(text[:60])
        return execute(sql, *rest)


def answers(method="GET", roles=ROLES, **sent):
    """Each address with its answer and what it changed; nothing of it stays."""
    with town_in("released") as town:
        for role in roles:
            browser = town.browser_of(role)
            for name in every_address():
                if name in SLOW:
                    continue
                changes = Changes()
                with transaction.atomic():
                    with connection.execute_wrapper(changes):
                        answer = browser.generic(method, town.address(name), **sent)
                    transaction.set_rollback(True)
                yield f"{name} {role}", answer, changes.seen


@pytest.fixture(scope="module")
def visited(django_db_setup, django_db_blocker):
    """One visit to every address by each role, looked at by several tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = list(answers())
        transaction.set_rollback(True)
    return found


def test_no_visit_changes_anything(visited):
    assert {name: seen for name, _answer, seen in visited if seen} == {}
    assert len(visited) > 150
    changes = Changes()
    changes(lambda sql: None, "UPDATE people_member SET name = ''")
    assert len(changes.seen) == 1


def test_every_answer_says_what_it_is_and_in_which_signs(visited):
    wrong = {name: kind_of(answer) for name, answer, _seen in visited if not is_told(answer)}
    assert wrong == {}
    assert {kind_of(answer) for _name, answer, _seen in visited} >= {"text/html; charset=utf-8"}


def kind_of(answer):
    return answer.get("Content-Type", "")


def is_told(answer):
    kind = kind_of(answer)
    if answer.status_code in {204, 301, 302, 304}:
        return True
    return "charset=utf-8" in kind if kind.startswith("text/") else kind.startswith(FILES)


def test_what_is_downloaded_is_an_attachment_or_a_pdf(visited):
    """With a name of ours: plain letters, whatever the people and the scan are called."""
    files = [one for _name, one, _seen in visited if "Content-Disposition" in one]
    assert len(files) > 4
    shape = re.compile(r'(attachment|inline); filename="[\w.-]+\.(xlsx|json|html|yaml|pdf)"', re.A)
    assert [
        one["Content-Disposition"]
        for one in files
        if not shape.fullmatch(one["Content-Disposition"])
    ] == []
    inline = [one for one in files if one["Content-Disposition"].startswith("inline")]
    assert {kind_of(one) for one in inline} <= {"application/pdf"}


def test_no_address_on_a_page_is_made_of_words_of_somebody():
    """In a template an address is one of ours (`url`, `static`), or of a short list."""
    found = {
        value.strip()
        for path in project_files()
        if path.suffix == ".html" and path.is_relative_to("src")
        for value in re.findall(r'(?:href|src|action|hx-\w+)="\{\{(.*?)\}\}', text_of(path))
    }
    assert found == OURS


OURS = {
    "demo_url",
    "files",
    "one.url",
    "other.url",
    "page",
    "place.url",
    "scan.get_absolute_url",
    "sign_out_url",
    "there",
    "totp_url",
}
"""Addresses that a view made with `reverse`, or a place on the same page; `there` is the address
that the school's own provider publishes, and `totp_url` opens an app on the same device."""


def test_every_form_without_its_token_is_refused_and_changes_nothing():
    """Whoever is signed in, and whatever else they may do: another site cannot press for them."""
    let_in, changed, tried = [], [], 0
    with town_in("open") as town:
        for role in ("facilitator", "privacy_officer", "teacher"):
            browser = town.browser_of(role)
            browser.handler.enforce_csrf_checks = True
            for name in sorted({name for name, method, *_ in CELLS if method == "POST"}):
                changes = Changes()
                with transaction.atomic():
                    with connection.execute_wrapper(changes):
                        answer = browser.post(town.address(name), town.sent(name, role))
                    transaction.set_rollback(True)
                tried += 1
                let_in += [name] if answer.status_code != 403 else []
                changed += changes.seen
    assert (let_in, changed) == ([], [])
    assert tried > 100


def test_the_same_forms_with_it_are_let_in():
    with town_in("open") as town:
        browser = town.browser_of("facilitator")
        with transaction.atomic():
            answer = browser.post(town.address("people:add"), {"name": "Nieuw"})
            transaction.set_rollback(True)
    assert answer.status_code != 403


def test_trace_is_refused_everywhere():
    """Also where a visitor is sent on: nothing of what was sent comes back."""
    with town_in("open") as town:
        browser = town.browser_of("facilitator")
        told = [
            browser.trace(town.address(name), headers={"x-mine": "canary"})
            for name in every_address()
        ]
    assert {answer.status_code for answer in told} <= {302, 403, 405}
    assert [answer for answer in told if b"canary" in answer.content] == []


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/static/",
        "/static/core/",
        "/static/../settings.py",
        "/static/..%2f..%2fsettings.py",
        "/static/core/%2e%2e/%2e%2e/settings.py",
        "/media/x.php",
        "/data/zwerm.sqlite3",
        "/zwerm.sqlite3",
        "/src/zwerm/settings.py",
        "/admin/",
        "/__debug__/",
    ],
)
def test_nothing_beside_the_pages_can_be_fetched(path):
    browser = Client()
    assert browser.get(path).status_code == 404
    there = browser.get("/static/core/tokens.css")
    there.close()
    assert there.status_code == 200


def test_a_line_end_in_an_address_makes_no_second_header():
    words = "x@x.example\nBcc: evil@x.example"
    mails = [EmailMessage(words, "", "a@x.example"), EmailMessage("Scan", "", words)]
    for mail in [*mails, EmailMessage("Scan", "", "a@x.example", [words])]:
        with pytest.raises(BadHeaderError):
            mail.message()


def parsed(head):
    """How the web server reads what comes over a connection."""
    found = RequestParser(Config(), iter([head]), ("127.0.0.1", 1))
    request = next(found)
    return request.headers, request.body.read()


@pytest.mark.parametrize(
    "ends",
    [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: +4",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
    ],
)
def test_a_message_with_two_ends_is_refused_by_the_web_server(ends):
    with pytest.raises(ParseException):
        parsed(f"POST / HTTP/1.1\r\nHost: x\r\n{ends}\r\n\r\n0\r\n\r\n".encode())
    whole = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd"
    assert parsed(whole)[1] == b"abcd"


def test_a_field_that_is_sent_twice_or_in_the_address_counts_once():
    """The last of two counts; what stands in the address of a form does not."""
    with town_in("open") as town:
        browser = town.browser_of("facilitator")
        sent = town.sent("people:add", "facilitator") | {"name": ["Eerste", "Tweede"]}
        with transaction.atomic():
            browser.post(
                town.address("people:add") + "?name=Uit+adres",
                urlencode(sent, doseq=True),
                content_type="application/x-www-form-urlencoded",
            )
            with crossing_schools("the test looks at what came in"):
                names = set(Member.objects.values_list("name", flat=True))
            transaction.set_rollback(True)
    assert ("Tweede" in names, "Eerste" in names, "Uit adres" in names) == (True, False, False)
