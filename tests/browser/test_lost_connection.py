"""What happens on a bad connection: taps wait on the device, and nothing acknowledged is lost."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import Route, expect

from tests.browser.teacher import (
    WAITS,
    come_in,
    expect_saved,
    kept,
    named,
    open_scan,
    tap,
    tile,
)
from tests.browser.visitor import PHONE
from zwerm.core import clock

STORED = "() => Object.entries(sessionStorage).filter(([name]) => name.startsWith('zwerm-'))"


def waiting(visitor) -> str:
    """What this browser still has to send, as it is kept in the session storage of the tab."""
    return "".join(lines for _name, lines in visitor.page.evaluate(STORED))


def expect_waiting(visitor) -> None:
    expect(visitor.page.locator("[data-status]")).to_have_text(WAITS)


def only_lost_connections(visitor) -> None:
    """The browser itself tells the console that it has no connection; nothing else may."""
    others = [one for one in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    assert others == []
    assert visitor.complaints


def on_a_page_where_time_stands_still(visitor, place: str) -> None:
    """Then it goes as far as a test lets it: a slow machine changes nothing."""
    visitor.page.clock.install()
    visitor.go(place)
    visitor.page.clock.pause_at(clock.now() + dt.timedelta(hours=1))


def test_taps_wait_on_the_device_and_are_saved_when_the_connection_is_back(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    others = visitor.page.locator(".tiles li:not([data-name^='Zeynep'])")
    other = str(others.first.get_attribute("data-name"))
    tap(visitor, "Zeynep Öztürk")

    visitor.context.set_offline(True)
    tile(visitor, other).locator("label").click()
    expect_waiting(visitor)
    assert "named=" in waiting(visitor)
    assert named(scan) == ["Zeynep Öztürk"]
    visitor.page.locator("[data-next]").click()
    expect_waiting(visitor)
    assert visitor.path() == f"/scan/{scan.pk}/ask/advice/"

    visitor.context.set_offline(False)
    expect_saved(visitor)
    assert waiting(visitor) == "[]"
    assert named(scan) == sorted(["Zeynep Öztürk", other])
    only_lost_connections(visitor)


def test_what_waits_is_sent_from_the_next_page_that_opens(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    visitor.page.route("**/save/**", lambda route: route.abort())
    tile(visitor, "Zeynep Öztürk").locator("label").click()
    expect_waiting(visitor)
    assert named(scan) == []
    visitor.page.unroute("**/save/**")
    visitor.go(f"/scan/{scan.pk}/ask/outside/")
    expect_saved(visitor)
    assert named(scan) == ["Zeynep Öztürk"]
    assert waiting(visitor) == "[]"


def test_a_server_that_says_nothing_is_told_within_eight_seconds(visit, school):
    """Nothing comes back, not even a no: as when a network is cut. The answer waits in the tab."""
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    on_a_page_where_time_stands_still(visitor, f"/scan/{scan.pk}/ask/culture_1/")
    unanswered: list[Route] = []
    visitor.page.route("**/save/**", lambda route: unanswered.append(route))
    visitor.page.locator("label.pick:has([value='4'])").click()
    visitor.wait_until(lambda: bool(unanswered))
    said = visitor.page.locator("[data-status]")
    visitor.page.clock.run_for(6_000)
    expect(said).to_have_text("Saving")

    visitor.page.clock.run_for(1_900)

    expect_waiting(visitor)
    assert "value=4" in waiting(visitor)
    visitor.page.unroute("**/save/**")
    visitor.page.clock.run_for(6_000)
    expect_saved(visitor)
    assert kept(scan, "culture_1") == 4


def test_a_disk_that_is_full_is_told_and_the_answer_waits(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    on_a_page_where_time_stands_still(visitor, f"/scan/{scan.pk}/ask/culture_1/")
    full = {"saved": False, "sentence": "Our disk is full. Kept on this device."}
    visitor.page.route("**/save/**", lambda route: route.fulfill(status=507, json=full))

    visitor.page.locator("label.pick:has([value='4'])").click()

    expect(visitor.page.locator("[data-status]")).to_have_text(full["sentence"])
    assert "value=4" in waiting(visitor)
    assert kept(scan, "culture_1") is None
    visitor.page.unroute("**/save/**")
    visitor.page.clock.run_for(6_000)
    expect_saved(visitor)
    assert waiting(visitor) == "[]"
    assert {"status of 507" in one for one in visitor.complaints} == {True}


def test_an_acknowledgement_that_was_lost_is_asked_for_again(visit, school):
    """The answer was saved and the browser never heard it: it sends again, one thing stands."""
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")

    sent: list[str] = []

    def saves() -> list[str]:
        return [url for url in sent if "/save/" in url]

    def save_and_stay_silent(route) -> None:
        assert route.fetch().ok
        route.abort("connectionreset")

    visitor.page.on("request", lambda request: sent.append(request.url))
    visitor.page.route("**/save/**", save_and_stay_silent, times=1)
    tap(visitor, "Zeynep Öztürk")
    visitor.wait_until(lambda: len(saves()) > 1)
    assert len(saves()) == 2
    assert waiting(visitor) == "[]"
    assert named(scan) == ["Zeynep Öztürk"]


def test_a_scan_that_closes_while_somebody_answers_says_so_and_keeps_what_was_saved(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    tap(visitor, "Zeynep Öztürk")
    scan.closes_on = clock.today() - dt.timedelta(days=1)
    scan.save(update_fields=["closes_on"])

    others = visitor.page.locator(".tiles li:not([data-name^='Zeynep'])")
    others.first.locator("label").click()
    said = visitor.page.locator("[data-status]")
    expect(said).to_have_text(
        "This scan is closed. What was saved before is kept; nothing more can be added."
    )
    assert named(scan) == ["Zeynep Öztürk"]
    assert waiting(visitor) == "[]"
    visitor.was_refused(409)

    visitor.page.reload()
    assert visitor.heading() == "This scan is closed"
    visitor.check("a closed scan")
    visitor.follow("Read what you answered")
    assert "Zeynep Öztürk" in visitor.main()
    visitor.check("what one answered in a closed scan")


def test_two_devices_at_once_keep_the_newest_tap(visit, school):
    scan = open_scan(school)
    phone, tablet = visit(PHONE), visit(PHONE)
    for visitor in (phone, tablet):
        come_in(visitor)
        visitor.go(f"/scan/{scan.pk}/ask/culture_1/")
    for value in (5, 3):
        phone.page.locator(f"label.pick:has([value='{value}'])").click()
        expect_saved(phone)
    tablet.page.locator("label.pick:has([value='1'])").click()
    expect_saved(tablet)
    assert kept(scan, "culture_1") == 1
    assert phone.complaints + tablet.complaints == []
