"""Every page of every room, in both languages and themes, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.browser.looking import look, shape
from tests.browser.visitor import DESKTOP

PERSONS = ["nobody", "teacher", "facilitator", "staff", "leader", "officer", "board"]
PERSONS += ["draft", "council", "closed", "new", "rare"]

ONLY_BUTTONS = """people:columns people:confirm people:leave scans:start scans:instrument
scans:merge scans:neighbour scans:groups_again scans:open scans:close_now scans:release_now
scans:finish scans:being_named scans:leave scans:comment_report scans:comment_remove scans:save
set_language"""
FILES = """people:export people:template scans:file scans:instrument_file scans:report_poster
scans:poster home:about_me_json home:about_me_html"""
SEEN_ELSEWHERE = {
    "account_confirm_login_code": "after a button",
    "account_login": "the same page as account_request_login_code",
    **dict.fromkeys(["home:live", "home:ready", "home:metrics"], "a word for a program"),
    "security_txt": "a file, when there is an address",
    "go_on": "leads to another page",
    "mfa_authenticate": "tests/browser/test_second_step.py",
    "mfa_deactivate_totp": "tests/browser/test_second_step.py",
    "mfa_generate_recovery_codes": "tests/browser/test_second_step.py",
    "mfa_edit_webauthn": "tests/browser/test_passkey.py",
    "mfa_login_webauthn": "after a button",
    "mfa_reauthenticate_webauthn": "tests/browser/test_passkey.py",
    "mfa_remove_webauthn": "tests/browser/test_passkey.py",
    "mfa_view_recovery_codes": "tests/browser/test_second_step.py",
    "scans:work": "a part of scans:detail",
    # The demo has no school with a provider: tests/browser/test_by_school.py looks at these.
    **dict.fromkeys(
        [
            *("openid_connect_login", "openid_connect_callback", "school_begin"),
            *("school_link", "school_unlink"),
        ],
        "with a provider",
    ),
}


def choose(visitor, account: str) -> None:
    """Look through the eyes of somebody of the demo."""
    visitor.go("/people/demo/")
    visitor.page.locator(f"form:has([value='{account}']) button").first.click()
    visitor.page.wait_for_url(lambda url: not url.endswith("/demo/"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("person", PERSONS)
def test_every_page_is_whole_in_both_themes_and_at_each_width(new_visitor, demo, person, language):
    mine = demo.tour[person]
    visitor = new_visitor(demo.address, DESKTOP, language=language)
    if mine["account"]:
        choose(visitor, mine["account"])
    faults: dict[str, list[str]] = {}
    titles: dict[str, set[str]] = {}
    for page in mine["pages"]:
        path, status = page["path"], page["status"]
        visitor.go(path)
        found = look(visitor, page["language"] or language) + expected(visitor, status)
        if found:
            faults[path] = found
        if status == 200:
            titles.setdefault(shape(visitor.page)["title"], set()).add(path.partition("?")[0])
    assert faults == {}
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def expected(visitor, status: int) -> list[str]:
    """What the browser complained of; that a page was refused is what was asked for."""
    complaints = list(visitor.complaints)
    visitor.complaints.clear()
    if status == 200:
        return complaints
    refusals = [one for one in complaints if f"status of {status} " in one]
    others = [one for one in complaints if one not in refusals]
    return others if len(refusals) == 1 else [f"was not refused with {status}", *complaints]


def names_of(patterns: list[URLPattern | URLResolver], room: str = "") -> Iterator[str]:
    """The name of every address of the site."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inside = f"{one.namespace}:" if one.namespace else ""
            yield from names_of(one.url_patterns, room + inside)
        elif one.name:
            yield room + one.name


def test_no_page_is_left_out_of_the_tour(demo):
    every = set(names_of(get_resolver().url_patterns))
    paths = [page["path"] for mine in demo.tour.values() for page in mine["pages"]]
    known = [path.partition("?")[0] for path in paths if not path.startswith("/nowhere")]
    visited = {resolve(path).view_name for path in known}
    others = {*ONLY_BUTTONS.split(), *FILES.split(), *SEEN_ELSEWHERE}
    assert every - visited == others, "add a new page to tests/browser/demo_states.py"
