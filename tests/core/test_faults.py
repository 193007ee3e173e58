"""What a person reads when something is refused or fails, in both languages."""

import re

import pytest
from django.test import Client

HEADINGS = {
    "400": ("Dat konden we niet lezen", "We could not read that"),
    "403": ("Deze pagina is niet voor jou open", "This page is not open to you"),
    "404": ("Deze pagina is er niet", "This page is not here"),
    "409": ("Dat kan nu niet", "That is not possible now"),
    "500": ("Er ging iets mis aan onze kant", "Something went wrong on our side"),
    "csrf": ("Deze pagina stond te lang open", "This page was open for too long"),
}
STATUS = {name: 403 if name == "csrf" else int(name) for name in HEADINGS}


@pytest.fixture
def browser(db, settings):
    """A visitor of a site whose addresses fail, and that tells nothing of its inside."""
    settings.ROOT_URLCONF = "tests.core.failing_urls"
    settings.DEBUG = False
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def visit(browser, name, language):
    go = browser.post if name == "csrf" else browser.get
    return go(f"/{name}/", headers={"accept-language": language})


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", HEADINGS)
def test_every_fault_is_a_page_in_the_language_of_the_person(browser, name, language):
    answer = visit(browser, name, language)
    body = answer.content.decode()
    assert answer.status_code == STATUS[name]
    assert f'<html lang="{language}">' in body
    assert re.findall(r"<h1>(.*?)</h1>", body) == [HEADINGS[name][language == "en"]]
    assert len(re.findall(r"<p[ >]", body)) >= 2
    assert "planted" not in body
    assert "Traceback" not in body


@pytest.mark.parametrize("name", HEADINGS)
def test_every_fault_has_the_headers_of_a_page(browser, name):
    answer = visit(browser, name, "en")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_a_refusal_says_its_own_reason_and_that_nothing_is_lost(browser):
    body = visit(browser, "409", "en").content.decode()
    assert "This has a reason." in body
    assert "Nothing is lost and nothing has changed." in body


@pytest.mark.parametrize("name", HEADINGS)
def test_what_is_not_there_or_not_for_you_leaves_no_trace_in_the_log(browser, name, caplog):
    """A fault of ours does (500), and so does what no browser sends by itself (400)."""
    visit(browser, name, "en")
    traces = [one.levelname for one in caplog.records if one.exc_info]
    assert traces == (["ERROR"] if name in {"400", "500"} else [])


def test_an_address_that_is_nowhere_is_not_found(browser):
    answer = browser.get("/nowhere/at/all/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert b"This page is not here" in answer.content
