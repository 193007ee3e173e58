"""Every page of every room, in both languages and themes, wide and narrow."""

from __future__ import annotations

import pytest

from tests.browser.looking import look, shape
from tests.browser.visitor import DESKTOP

PERSONS = ["nobody", "teacher", "facilitator", "staff", "leader", "officer", "board"]
PERSONS += ["draft", "council", "closed", "new", "rare"]


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
