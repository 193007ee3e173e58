"""When the database or the disk gives out, a person reads so, and the log says it in one line."""

from __future__ import annotations

import errno
import json
import re
import sqlite3

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from zwerm.core import outage
from zwerm.core.outage import Outage, outage_of
from zwerm.urls import handler500  # noqa: F401  # Django looks for it here

ON_POSTGRES = "RAISE EXCEPTION 'planted' USING ERRCODE = '{}'"
HEADINGS = {
    "full": {"nl": "Onze schijf is vol", "en": "Our disk is full"},
    "away": {"nl": "De site werkt even niet", "en": "The site is out of order for a moment"},
    "busy": {"nl": "De site werkt even niet", "en": "The site is out of order for a moment"},
}
SENTENCES = {
    "full": "Our disk is full. Kept on this device.",
    "away": "Zwerm is out of order. Kept on this device.",
    "busy": "Zwerm is out of order. Kept on this device.",
}
STATUS = {"full": 507, "away": 503, "busy": 503}


def code_of_sqlite(code, words):
    fault = sqlite3.OperationalError(words)
    fault.sqlite_errorcode = code
    raise OperationalError(words) from fault


def fails(kind):
    """A view whose database fails as an outage of this kind does."""

    def view(request):
        if kind == "disk":
            raise OSError(errno.ENOSPC, "No space left on device")
        if connection.vendor == "sqlite":
            codes = {"full": sqlite3.SQLITE_FULL, "busy": sqlite3.SQLITE_BUSY}
            code_of_sqlite(codes.get(kind, sqlite3.SQLITE_CANTOPEN), "planted words")
        states = {"full": "53100", "busy": "55P03", "away": "57P01"}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN {ON_POSTGRES.format(states[kind])}; END $$")
        return HttpResponse()

    return view


def wrong(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT planted FROM nowhere")
    return HttpResponse()


urlpatterns = [
    *[path(f"{kind}/", fails(kind)) for kind in ("full", "away", "busy", "disk")],
    path("wrong/", wrong),
    path("well/", lambda request: HttpResponse("well")),
]


@pytest.fixture
def browser(db, settings):
    settings.ROOT_URLCONF = "tests.core.test_outage"
    outage.rest.until = 0.0
    yield Client(raise_request_exception=False)
    outage.rest.until = 0.0


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", HEADINGS)
def test_an_outage_is_a_page_in_the_language_of_the_person(browser, kind, language):
    answer = browser.get(f"/{kind}/", headers={"accept-language": language})
    body = answer.content.decode()
    assert answer.status_code == STATUS[kind]
    assert f'<html lang="{language}">' in body
    assert re.findall(r"<h1>(.*?)</h1>", body) == [HEADINGS[kind][language]]
    assert "planted" not in body
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_script_that_saves_an_answer_gets_a_sentence(browser, kind):
    answer = browser.get(
        f"/{kind}/", headers={"accept": "application/json", "accept-language": "en"}
    )
    assert answer.status_code == STATUS[kind]
    assert json.loads(answer.content) == {"saved": False, "sentence": SENTENCES[kind]}


def test_a_file_that_finds_no_room_is_a_full_disk(browser):
    assert browser.get("/disk/").status_code == 507


@pytest.mark.parametrize("kind", HEADINGS)
def test_an_outage_is_one_line_in_the_log_without_a_trace(browser, kind, caplog):
    browser.get(f"/{kind}/")
    told = [(one.name, one.getMessage()) for one in caplog.records if one.levelname == "ERROR"]
    assert told == [("zwerm.outage", f"the database or the disk is {kind}")]
    assert [one for one in caplog.records if one.exc_info] == []


def test_a_query_that_is_wrong_is_a_fault_of_ours_with_a_trace(browser, caplog):
    """The positive control: not everything that a database refuses is an outage."""
    answer = browser.get("/wrong/", headers={"accept-language": "en"})
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert [one.name for one in caplog.records if one.exc_info] == ["django.request"]


def test_a_real_database_that_is_full_is_told_apart_from_a_wrong_query(tmp_path):
    with sqlite3.connect(tmp_path / "small") as small:
        small.execute("PRAGMA max_page_count = 5")
        small.execute("CREATE TABLE thing (words)")
        full = fault_of(small, "INSERT INTO thing VALUES (zeroblob(100000))")
        wrong_query = fault_of(small, "SELECT planted FROM nowhere")
    small.close()
    assert (outage_of(full), outage_of(wrong_query)) == (Outage.FULL, None)


def test_a_real_database_that_another_holds_is_busy(tmp_path):
    file = tmp_path / "held"
    holder, other = (sqlite3.connect(file, timeout=0, isolation_level=None) for _ in range(2))
    holder.execute("BEGIN IMMEDIATE")
    busy = fault_of(other, "BEGIN IMMEDIATE")
    holder.close()
    other.close()
    assert outage_of(busy) == Outage.BUSY


def fault_of(database, query):
    """What Django makes of the fault of a query."""
    with pytest.raises(sqlite3.OperationalError) as told:
        database.execute(query)
    fault = OperationalError("wrapped")
    fault.__cause__ = told.value
    return fault


def test_a_fault_that_came_from_an_outage_is_one_as_well():
    fault = RuntimeError("the work failed")
    fault.__cause__ = OSError(errno.EDQUOT, "Disk quota exceeded")
    assert outage_of(fault) == Outage.FULL
    assert outage_of(RuntimeError("alone")) is None
    assert outage_of(DatabaseError("alone")) is None
    assert outage_of(None) is None


def test_whoever_comes_while_a_database_keeps_people_waiting_hears_it_at_once(browser, monkeypatch):
    assert browser.get("/well/").content == b"well"
    monkeypatch.setattr(outage, "SLOW", -1.0)  # every no counts as one that took long
    monkeypatch.setattr(outage, "SECONDS_OF_REST", 1000.0)
    assert browser.get("/full/").status_code == 507
    assert browser.get("/well/").content == b"well"
    assert browser.get("/away/").status_code == 503
    assert browser.get("/well/").status_code == 503


def test_after_a_rest_and_after_a_quick_no_the_database_is_asked_again(browser, monkeypatch):
    assert browser.get("/away/").status_code == 503
    assert browser.get("/well/").content == b"well"
    monkeypatch.setattr(outage, "SLOW", -1.0)
    monkeypatch.setattr(outage, "SECONDS_OF_REST", 0.0)
    assert browser.get("/away/").status_code == 503
    assert browser.get("/well/").content == b"well"
