"""What one sees only after pressing something: faults explained, folded parts, and refusals."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.test_every_page import choose, expected
from tests.browser.visitor import DESKTOP, PHONE

NO_TABLE = {"name": "list.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 no table"}

SEND = "main form:has(input[type=text], input[type=date]) button:not(.bare)"
FILLED = "main form:not(.languages) :is(input[type=text], input[type=date], textarea)"


@pytest.fixture(params=["nl", "en"])
def looker(request, new_visitor, demo):
    """Somebody of the demo who looks in one language; what they find wrong is kept."""
    language = request.param
    visitor = new_visitor(demo.address, DESKTOP, language=language)
    faults: dict[str, list[str]] = {}

    def see(what: str, status: int = 200) -> None:
        found = look(visitor, language) + expected(visitor, status)
        if found:
            faults[what] = found

    def be(person: str) -> None:
        choose(visitor, demo.tour[person]["account"])

    def send_empty(path: str) -> None:
        visitor.go(path)
        for field in visitor.page.locator(FILLED).all():
            field.fill("")
        visitor.page.locator(
            "main form:has(input[type=text], input[type=date]) button:not(.bare)"
        ).first.click()

    visitor.see, visitor.be, visitor.send_empty = see, be, send_empty
    yield visitor
    assert faults == {}


def paths_of(demo, person: str, part: str) -> str:
    """The first page of this person with this in its address."""
    return next(str(page["path"]) for page in demo.tour[person]["pages"] if part in page["path"])


def test_signing_in_explains_what_is_wrong(looker):
    looker.go("/account/sign-in/")
    looker.field("email").fill("no address")
    looker.page.locator("main form button").first.click()
    expect(looker.page.locator(".errors").first).to_be_visible()
    looker.see("no address")
    looker.ask_code("somebody@elsewhere.example")
    looker.see("the code")
    looker.give_code("WRONG1")
    looker.see("a wrong code")


def test_forms_of_staff_and_scan_explain_what_is_missing(looker, demo):
    looker.be("staff")
    looker.send_empty("/people/add/")
    expect(looker.page.locator(".summary")).to_be_visible()
    looker.see("a person without a name", 400)
    looker.go("/people/load/")
    looker.page.locator("main form button").first.click()
    looker.see("no file chosen", 400)
    looker.field("file").set_input_files(NO_TABLE)
    looker.page.locator("main form button").first.click()
    expect(looker.page.locator(".summary")).to_be_visible()
    looker.see("a file without a table", 400)
    looker.be("draft")
    for step in ("purpose", "agreements", "dates"):
        looker.send_empty(paths_of(demo, "draft", f"/setup/{step}/"))
        expect(looker.page.locator(".summary")).to_be_visible()
        looker.see(step)


def test_folded_parts_open_whole(looker, demo):
    looker.be("teacher")
    for part in ("/ask/", "/report/"):
        looker.go(paths_of(demo, "teacher", part))
        looker.page.evaluate("""() => document.querySelectorAll("main details")
          .forEach((one) => { one.open = true; })""")
        looker.see(f"{part} opened")
    looker.go("/")
    looker.page.set_viewport_size(PHONE)
    looker.page.locator("details.menu summary").click()
    looker.page.set_viewport_size(DESKTOP)
    looker.see("the menu of a phone")


def test_a_refusal_is_a_whole_page(looker, demo):
    looker.be("teacher")
    looker.go("/scan/new/")
    looker.see("only with a button", 405)
    looker.go(paths_of(demo, "nobody", "/with/"))
    looker.see("the link of somebody else", 409)
    looker.be("draft")
    looker.go(paths_of(demo, "teacher", "/ask/"))
    looker.see("not on the list", 403)
