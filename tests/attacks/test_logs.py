"""Somebody reads all that the site, the worker and the mail ever write down, and meets nobody.

Everything of the school has a name that is looked for: people, teams, the scan, what is sent. The
visits are those of whole journeys, with faults and refusals, and mail that goes wrong.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.roles import CANARY, Town, every_address, town_in
from tests.scans.mail_server import mail_server
from zwerm.core.logs import Json, Plain, WithoutPeople
from zwerm.home import serving
from zwerm.people.models import Account
from zwerm.people.scope import school_scope
from zwerm.scans.actions import inviting
from zwerm.urls import urlpatterns as rooms

VISITOR = "203.0.113.77"
TRACE = re.compile(rf"[\w.+-]+@[\w-]+\.\w+|{CANARY}|{VISITOR}|with/(?!\.\.\.)\w", re.IGNORECASE)
SLOW = {"scans:report_poster", "scans:poster", "scans:guide"}
"""Printing takes seconds, and leaves no other line than any page."""


class Written:
    """What handlers wrote: one like ours in each form, and one with nothing taken out."""

    def __init__(self) -> None:
        self.raw, self.plain, self.json = (io.StringIO() for _ in range(3))

    def handlers(self) -> Iterator[logging.Handler]:
        """The raw one first: what is taken out of a record is gone for those that come after."""
        yield logging.StreamHandler(self.raw)
        for stream, form in ((self.plain, Plain), (self.json, Json)):
            handler = logging.StreamHandler(stream)
            handler.setFormatter(form())
            handler.addFilter(WithoutPeople())
            yield handler

    def found(self) -> dict[str, set[str]]:
        """What of a person stands in each, of all lines."""
        kept = {"raw": self.raw, "plain": self.plain, "json": self.json}
        return {name: set(TRACE.findall(one.getvalue())) for name, one in kept.items()}


@pytest.fixture
def written(settings):
    settings.ROOT_URLCONF = __name__
    kept = Written()
    root, visits = logging.getLogger(), logging.getLogger("zwerm.visits")
    handlers, level = list(kept.handlers()), visits.level
    visits.setLevel(logging.INFO)
    root.handlers[:0] = handlers
    yield kept
    visits.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


def fails(request: HttpRequest) -> HttpResponse:
    name = f"{CANARY} who was here"
    raise ValueError(f"{name} <zoe@school.example> from {request.META['REMOTE_ADDR']}")


def fails_in_the_database(request: HttpRequest) -> HttpResponse:
    """The database repeats the value that was there already."""
    Account.objects.create(email="kanarie@school.example")
    Account.objects.create(email="kanarie@school.example")
    return HttpResponse()


def fails_because(request: HttpRequest) -> HttpResponse:
    try:
        return fails(request)
    except ValueError as fault:
        raise KeyError(f"{CANARY}") from fault


urlpatterns = [
    path("fails/", fails, name="fails"),
    path("fails-in-the-database/", fails_in_the_database, name="fails_in_the_database"),
    path("fails-because/", fails_because, name="fails_because"),
    *rooms,
]


def visit_everything(town: Town, role: str) -> None:
    """Every address of the site, as somebody reads and as somebody sends."""
    browser = town.browser_of(role)
    browser.raise_request_exception = False
    for name in set(every_address()) - {"fails", "fails_because", "fails_in_the_database"}:
        for method in ("get", "post"):
            if name not in SLOW:
                data = town.sent(name, role) if method == "post" else None
                with transaction.atomic():
                    send = getattr(browser, method)
                    send(town.address(name), data, REMOTE_ADDR=VISITOR)
                    transaction.set_rollback(True)


def visit_what_fails() -> None:
    browser = Client(raise_request_exception=False, REMOTE_ADDR=VISITOR)
    for page in ("fails", "fails-because", "fails-in-the-database"):
        with transaction.atomic():
            assert browser.get(f"/{page}/?from={CANARY}").status_code == 500
            transaction.set_rollback(True)
    browser.get(f"/{CANARY}/zoe@school.example")
    browser.generic(CANARY, "/")
    browser.get("/", headers={"host": f"{CANARY}.example"})
    browser.get("/", headers={"cookie": f"sessionid={CANARY}", "user-agent": CANARY})
    browser.post("/account/sign-in/", {"email": f"{CANARY}@school.example"})
    browser.post("/account/sign-in/code/", {"code": CANARY})


def mail_what_is_refused(town: Town, settings) -> None:
    """A mail server repeats the address that it does not know; another is not there at all."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    with mail_server() as server, school_scope(town.school):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        for address in town.scan.invitations.values_list("address", flat=True):
            server.refuses[address] = f"550 no {CANARY} <{address}> here".encode()
        town.scan.invitations.update(mails_sent=0, last_mailed_on=None)
        inviting.send_due(town.scan)
    with school_scope(town.school):
        inviting.send_due(town.scan)
        Client().post("/account/sign-in/", {"email": town.accounts["teacher"].email})


def work_that_fails() -> None:
    """What the worker tells of a part that fails, and of a task."""

    def due() -> None:
        with transaction.atomic():
            Account.objects.create(email="kanarie@school.example")
            Account.objects.create(email="kanarie@school.example")

    serving.tick([due])
    logging.getLogger("django_tasks").error("Task id=%s failed", 7, exc_info=fault_with_a_name())
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=%s: %s", VISITOR, CANARY)
    logging.getLogger("gunicorn.error").exception(
        f"Error handling request /{CANARY}", exc_info=fault_with_a_name()
    )


def fault_with_a_name() -> Exception:
    try:
        raise RuntimeError(f"{CANARY} zoe@school.example {VISITOR}")
    except RuntimeError as fault:
        return fault


@pytest.mark.django_db
def test_whatever_happens_no_log_holds_anybody(written, settings):
    with town_in("open") as town:
        visit_everything(town, "facilitator")
        visit_everything(town, "by_link")
        visit_what_fails()
        mail_what_is_refused(town, settings)
        work_that_fails()
    found = written.found()
    assert (found["plain"], found["json"]) == (set(), set())
    # The test of the test: the same lines with nothing taken out are full of people.
    assert {CANARY, VISITOR, "zoe@school.example"} <= found["raw"]
    if connection.vendor == "postgresql":
        assert "kanarie@school.example" in found["raw"]  # the database repeats what was there
    looks_right(written)


def looks_right(written: Written) -> None:
    """That much was written, and can be used: each fault with its place, each page by name."""
    lines = [json.loads(line) for line in written.json.getvalue().splitlines()]
    visited = [line for line in lines if line["logger"] == "zwerm.visits"]
    routes = {line["route"] for line in visited}
    assert len(visited) > 100
    assert {"people:load", "scans:detail", "account_request_login_code", "nowhere"} <= routes
    assert not any(line["route"] == "scans:save" for line in visited if line["status"] < 500)
    assert len({line["request"] for line in visited}) == len(visited)
    traces = "\n".join(line["trace"] for line in lines if "trace" in line)
    for kind in ("ValueError", "KeyError", f"{IntegrityError.__module__}.IntegrityError"):
        assert f"\n{kind}\n" in f"{traces}\n"
    assert "in fails_in_the_database" in traces
    assert written.plain.getvalue().count("\n") > len(lines)


@pytest.mark.parametrize(
    "planted", ["to zoe@school.example", f"of {VISITOR}", f"{CANARY} left", "/scan/1/with/abc/"]
)
def test_a_line_about_somebody_is_found(written, planted):
    """With nothing that takes it out, as a handler that somebody adds would write it."""
    for handler in written.handlers():
        handler.filters.clear()
        record = logging.LogRecord("zwerm.home", logging.INFO, "", 1, planted, (), None)
        handler.handle(record)
    found = written.found()
    assert [len(one) for one in found.values()] == [1, 1, 1]


def test_a_visit_in_which_somebody_answers_leaves_no_line(written, db):
    """When that was is nobody's business; a fault of ours is told all the same."""
    with town_in("open") as town:
        browser = town.browser_of("by_link")
        assert browser.get(town.address("scans:ask")).status_code == 200
        assert written.json.getvalue() == ""
        assert browser.get("/people/").status_code == 302
    assert [json.loads(line)["route"] for line in written.json.getvalue().splitlines()] == [
        "people:staff"
    ]


def test_each_answer_names_the_number_under_which_it_is_logged(written, db):
    numbers = [Client().get("/people/")["X-Request-ID"] for _ in range(2)]
    logged = [json.loads(line)["request"] for line in written.json.getvalue().splitlines()]
    assert logged == numbers
    assert len(set(numbers)) == 2
