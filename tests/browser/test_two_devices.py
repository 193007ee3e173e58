"""The same person on two devices, quick hands, and a tab that is left: nothing is lost or left."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.teacher import (
    SANNE,
    WAITS,
    come_in,
    expect_saved,
    kept,
    named,
    open_scan,
    tap,
    tile,
)
from tests.browser.visitor import PHONE, link_in_mail
from zwerm.scans.models import RosterEntry

STORED = "() => Object.keys(sessionStorage).filter(name => name.startsWith('zwerm-'))"
LATER = "On another device you answered this later. That answer is kept."


def colleague(scan, place: int) -> str:
    """Somebody else on the roster, in the order of names."""
    names = RosterEntry.objects.filter(scan=scan).order_by("name").values_list("name", flat=True)
    return [one for one in names if one not in {"Sanne Bos", "Zeynep Öztürk"}][place]


def chosen(visitor, name: str):
    return tile(visitor, name).locator("input")


def test_a_list_that_grew_on_another_device_is_shown_and_not_wiped(visit, school):
    """The tablet was opened first and does not know whom the phone chose since."""
    scan = open_scan(school)
    tablet, phone = visit(PHONE), visit(PHONE)
    for visitor in (tablet, phone):
        come_in(visitor)
        visitor.go(f"/scan/{scan.pk}/ask/advice/")
    first, second = colleague(scan, 0), colleague(scan, 1)
    tap(phone, first)

    tile(tablet, second).locator("label").click()

    expect(tablet.page.locator("[data-status]")).to_have_text(LATER)
    expect(chosen(tablet, first)).to_be_checked()
    expect(chosen(tablet, second)).not_to_be_checked()
    assert named(scan) == [first]
    tap(tablet, second)
    assert named(scan) == sorted([first, second])
    assert tablet.complaints == phone.complaints == []


def test_a_choice_of_one_that_is_made_last_stands_on_whatever_device(visit, school):
    scan = open_scan(school)
    tablet, phone = visit(PHONE), visit(PHONE)
    for visitor in (tablet, phone):
        come_in(visitor)
        visitor.go(f"/scan/{scan.pk}/ask/culture_1/")
    for visitor, value in ((phone, 5), (tablet, 1), (phone, 4), (phone, 2), (tablet, 3)):
        visitor.page.locator(f"label.pick:has([value='{value}'])").click()
        expect_saved(visitor)
        assert kept(scan, "culture_1") == value


def test_quick_switches_of_may_know_all_stand(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.go(f"/scan/{scan.pk}/ask/advice/")
    for place in range(3):
        tap(visitor, colleague(scan, place))
    visitor.go(f"/scan/{scan.pk}/thanks/")

    for box in visitor.page.locator("form.know label").all():
        box.click()

    expect(visitor.page.locator("form.know [data-status]")).to_have_text("Saved.")
    visitor.page.wait_for_load_state("networkidle")
    answer = kept(scan, "advice")
    assert answer["may_know"] == answer["named"]
    assert len(answer["named"]) == 3


def test_may_know_is_not_said_to_be_saved_when_one_has_to_come_in_again(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.go(f"/scan/{scan.pk}/ask/advice/")
    tap(visitor, colleague(scan, 0))
    visitor.go(f"/scan/{scan.pk}/thanks/")
    visitor.context.clear_cookies()

    visitor.page.locator("form.know label").first.click()

    expect(visitor.page.locator("form.know [data-status]")).to_have_text(
        "No connection. This is not saved yet."
    )
    assert kept(scan, "advice")["may_know"] == []


def test_what_waits_is_sent_from_the_last_page_too(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.go(f"/scan/{scan.pk}/ask/culture_1/")
    visitor.page.route("**/save/**", lambda route: route.abort())
    visitor.page.locator("label.pick:has([value='4'])").click()
    expect(visitor.page.locator("[data-status]")).to_have_text(WAITS)
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.unroute("**/save/**")

    visitor.go(f"/scan/{scan.pk}/thanks/")

    expect(visitor.page.locator("dl.said")).to_contain_text("Agree")
    assert kept(scan, "culture_1") == 4


def test_an_answer_waits_until_one_has_come_in_again(visit, school):
    """In another tab of the same browser somebody leaves, and opens the link once more."""
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.go(f"/scan/{scan.pk}/ask/culture_1/")
    other = visitor.context.new_page()
    other.goto(f"{visitor.address}/scan/{scan.pk}/ask/")
    other.get_by_role("button", name="Not now").click()
    expect(other.locator("h1")).to_have_text("You can close this page")
    visitor.page.locator("label.pick:has([value='4'])").click()
    expect(visitor.page.locator("[data-status]")).to_contain_text("You have to come in again.")
    assert kept(scan, "culture_1") is None

    other.goto(visitor.address + link_in_mail(SANNE))
    other.get_by_role("button", name="Go to the questions").click()
    expect(other.locator("h1")).to_have_text("Where does leadership live in our school?")
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect_saved(visitor)
    assert kept(scan, "culture_1") == 4


def test_leaving_leaves_nothing_of_anybody_in_the_tab(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.go(f"/scan/{scan.pk}/ask/advice/")
    tap(visitor, colleague(scan, 0))
    assert len(visitor.page.evaluate(STORED)) == 1
    visitor.go(f"/scan/{scan.pk}/thanks/")

    visitor.press("Done")

    expect(visitor.page.locator("h1")).to_have_text("You can close this page")
    assert visitor.page.evaluate(STORED) == []
    assert visitor.complaints == []
