"""The demo: choose through whose eyes to look, and let the days pass with a button."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.demo_site import copy_demo, run, served
from tests.browser.visitor import DESKTOP, PHONE


@pytest.fixture
def own_demo(demo_folder, tmp_path):
    """A demo to change: the others look at theirs meanwhile."""
    with served(copy_demo(demo_folder, tmp_path / "demo"), ZWERM_DEMO="1") as running:
        yield running


def test_one_looks_through_the_eyes_of_a_person_and_changes_to_another(new_visitor, demo):
    visitor = new_visitor(demo.address, PHONE)
    visitor.go("/")
    assert visitor.heading() == "Through whose eyes do you look?"
    school = visitor.page.locator("h2", has_text="De Waterlelie")
    people = school.locator("xpath=following-sibling::ul[1]")
    people.get_by_role("button", name="teacher").click()
    assert visitor.heading() == "What waits for you?"
    expect(visitor.page.locator("h2").first).to_have_text("Whom do you ask for advice?")
    visitor.check("the start page of a teacher")

    visitor.follow("Choose another person")
    visitor.page.get_by_role("button", name="board").first.click()
    assert visitor.path() == "/board/"
    assert visitor.page.locator(".waits li").count() >= 3
    visitor.check("the start page of a board")


def test_in_a_demo_a_scan_closes_and_its_report_appears_with_two_buttons(new_visitor, own_demo):
    visitor = new_visitor(own_demo.address, DESKTOP)
    visitor.go("/people/demo/")
    account = own_demo.tour["facilitator"]["account"]
    visitor.page.locator(f"form:has([value='{account}']) button").click()
    visitor.go("/scan/")
    visitor.page.locator(".waits a").first.click()
    visitor.press("Close the scan now")
    expect(visitor.page.locator("#work progress")).to_be_visible()
    visitor.check("a report that is being made")

    run(own_demo.folder, "zwerm.cli", "worker", "--once")
    expect(visitor.page.locator("#work")).to_contain_text("The report is ready")
    visitor.page.reload()
    visitor.press("Let the report appear now")
    visitor.follow("Read the report")
    expect(visitor.page.locator("article.report h1")).not_to_be_empty()
    visitor.check("a report that just appeared")
