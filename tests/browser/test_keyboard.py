"""By keyboard alone: everything is reached in order, seen while it has the focus, and used."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.teacher import come_in, expect_saved, kept, named, open_scan
from tests.browser.test_every_page import choose
from tests.browser.visitor import DESKTOP, PHONE
from tests.factories import make_account, make_mandate, make_member
from zwerm.people.models import Account, School

STEP = """() => {
  const one = document.activeElement;
  window.reached ??= new Map();
  if (one === document.body || one === [...window.reached.keys()][0]) { return false; }
  const around = [one, one.closest("label")].filter(Boolean).map((it) => getComputedStyle(it));
  const box = one.getBoundingClientRect();
  const hasRing = around.some((style) => style.boxShadow !== "none" ||
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1);
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const isFree = there !== null && (one.contains(there) || there.contains(one) ||
    one.closest("label")?.contains(there));
  const isSeen = hasRing && isFree && box.bottom > 0 && box.top < innerHeight;
  // A date has several stops in it: the first one counts.
  if (!window.reached.has(one)) { window.reached.set(one, isSeen); }
  return true;
}"""
OUTCOME = """() => {
  const every = [...document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled);
  // Of one group of choices the keyboard reaches one; arrows do the rest.
  const isOfGroup = (one) => one.type === "radio" &&
    [...window.reached.keys()].some((other) => other.name === one.name);
  const words = (one) => one.outerHTML.slice(0, 120);
  return {
    first: [...window.reached.keys()][0].className,
    missed: every.filter((one) => !window.reached.has(one) && !isOfGroup(one)).map(words),
    unseen: [...window.reached].filter(([, isSeen]) => !isSeen).map(([one]) => words(one)),
  };
}"""
EVERYTHING = {"first": "skip", "missed": [], "unseen": []}


def make_colleague(school: School) -> Account:
    """Somebody on the staff list who signs in and reads English."""
    account = make_account(email="anna@school.example", language="en")
    make_member(school, name="Anna Visser", email=account.email, account=account)
    return account


def walk(visitor) -> Any:
    """Press Tab through the whole page; what was first, what was missed, and what was not seen."""
    visitor.page.evaluate("() => { window.reached = undefined; document.activeElement.blur(); }")
    for _ in range(600):
        visitor.page.keyboard.press("Tab")
        if not visitor.page.evaluate(STEP):
            return visitor.page.evaluate(OUTCOME)
    raise AssertionError("the focus never came round")


def test_every_control_is_reached_and_seen_with_the_tab_key(visit, school):
    account = make_colleague(school)
    make_mandate(account, "facilitator", school=school)
    visitor = visit(DESKTOP)
    visitor.go("/people/load/")
    visitor.sign_in(account.email)
    for path in ("/", "/people/", "/people/add/", "/people/load/", "/scan/"):
        visitor.go(path)
        assert walk(visitor) == EVERYTHING, path


def test_every_control_of_larger_pages_is_reached_and_seen(new_visitor, demo):
    parts = {
        "teacher": ["/ask/", "/report/", "/mirror/"],
        "draft": ["/setup/"],
        "staff": ["/load/"],
    }
    for person, wanted in parts.items():
        for size in (PHONE, DESKTOP):
            visitor = new_visitor(demo.address, size)
            choose(visitor, demo.tour[person]["account"])
            pages = [page["path"] for page in demo.tour[person]["pages"]]
            for path in (one for one in pages if any(part in one for part in wanted)):
                visitor.go(path)
                assert walk(visitor) == EVERYTHING, path


def test_the_first_link_skips_to_the_content(visit, school):
    open_scan(school)
    visitor = visit(DESKTOP)
    come_in(visitor)
    visitor.page.reload()
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


def test_a_roster_is_searched_and_answered_with_keys_alone(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    keys = visitor.page.keyboard
    visitor.page.reload()
    assert walk(visitor) == EVERYTHING

    visitor.page.locator("#filter").focus()
    keys.type("ozt")
    expect(visitor.page.locator("[data-found]")).to_have_text("1 colleague found")
    keys.press("Enter")
    assert visitor.path() == f"/scan/{scan.pk}/ask/advice/"
    keys.press("Tab")
    keys.press("Space")
    expect_saved(visitor)
    assert named(scan) == ["Zeynep Öztürk"]
    visitor.page.locator("#filter").focus()
    keys.press("Escape")
    expect(visitor.page.locator("[data-found]")).to_have_text("")

    visitor.page.locator("[data-next]").focus()
    keys.press("Enter")
    visitor.page.wait_for_url("**/ask/outside/")
    visitor.go(f"/scan/{scan.pk}/ask/culture_1/")
    visitor.page.locator("[name=value]").first.focus()
    keys.press("ArrowDown")
    expect_saved(visitor)
    assert kept(scan, "culture_1") == 4
    assert visitor.complaints == []


def test_a_menu_on_a_phone_opens_and_closes_with_keys(visit, school):
    account = make_colleague(school)
    visitor = visit(PHONE)
    visitor.go("/people/")
    visitor.sign_in(account.email)
    menu = visitor.page.locator("details.menu")
    menu.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    expect(menu.locator(".panel")).to_be_visible()
    visitor.check("an open menu")
    visitor.page.keyboard.press("Escape")
    expect(menu.locator(".panel")).not_to_be_visible()
    expect(menu.locator("summary")).to_be_focused()


def test_a_control_that_is_not_seen_or_not_reached_is_found(visit):
    visitor = visit(DESKTOP)
    visitor.page.set_content("""<style>:focus { outline: 3px solid teal }</style>
      <a class="skip" href="#x">skip</a>
      <button style="outline: none">without a ring</button>
      <button id="behind" style="position: absolute; top: 99px">behind</button>
      <div style="position: absolute; top: 90px; width: 400px; height: 90px; z-index: 2"></div>
      <button tabindex="-1">not reached</button>""")
    found = walk(visitor)
    assert [words[-21:] for words in found["missed"]] == [">not reached</button>"]
    assert len(found["unseen"]) == 2
