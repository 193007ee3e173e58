"""A teacher answers on a phone, goes on elsewhere, changes an answer and lets somebody know."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.teacher import (
    SANNE,
    answer_other_questions,
    come_in,
    entry_of,
    expect_saved,
    go_on,
    kept,
    named,
    open_scan,
    tap,
    tile,
)
from tests.browser.visitor import DESKTOP, PHONE, link_in_mail
from zwerm.scans import sealed


def test_the_agreements_are_read_before_the_first_question(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    visitor.go(link_in_mail(SANNE))
    assert sealed.read_answers(scan, entry_of(scan)) is None
    visitor.check("the link")
    visitor.press("Go to the questions")
    assert "for Sanne Bos" in visitor.main()
    terms = visitor.page.locator("dl.deal dt").all_inner_texts()
    assert terms[:3] == ["Who asks", "How long", "Who sees what?"]
    visitor.page.get_by_text("Read exactly what we promise").click()
    expect(visitor.page.locator("dl.said").first).to_be_visible()
    visitor.check("the agreements")
    visitor.follow("Take part")
    assert visitor.path() == f"/scan/{scan.pk}/ask/advice/"


def test_a_roster_is_searched_by_letters_and_each_tap_is_saved(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    found = visitor.page.locator("[data-found]")
    visitor.page.locator("#filter").fill("ozturk")
    expect(found).to_have_text("1 colleague found")
    visitor.page.locator("#filter").fill("zeynpe")
    expect(found).to_have_text("Nobody found exactly. These look like it.")
    tap(visitor, "Zeynep Öztürk")
    assert named(scan) == ["Zeynep Öztürk"]
    expect(visitor.page.locator("[data-chips] li")).to_have_text(["Zeynep Öztürk"])
    visitor.check("a chosen name")

    visitor.page.locator("#filter").fill("")
    other = visitor.page.locator(".tiles li:not([data-name^='Zeynep'])").first
    name = str(other.get_attribute("data-name"))
    tap(visitor, name)
    assert named(scan) == sorted(["Zeynep Öztürk", name])
    visitor.page.locator("[data-chips] button").first.click()
    expect(visitor.page.locator("[data-chips] li")).to_have_count(1)
    expect_saved(visitor)
    assert len(named(scan)) == 1

    visitor.page.locator("label.nobody").click()
    expect(visitor.page.locator("[data-chips] li")).to_have_count(0)
    expect_saved(visitor)
    assert kept(scan, "advice") == {"named": [], "may_know": []}


def test_a_teacher_answers_everything_and_goes_on_elsewhere(visit, school):
    scan = open_scan(school)
    phone = visit(PHONE)
    come_in(phone)
    phone.follow("Take part")
    tap(phone, "Zeynep Öztürk")
    go_on(phone)
    phone.check("a question with kinds")

    desktop = visit(DESKTOP)
    come_in(desktop)
    desktop.follow("Go on where you were")
    assert desktop.path() == f"/scan/{scan.pk}/ask/outside/"
    answer_other_questions(desktop)
    assert desktop.path() == f"/scan/{scan.pk}/thanks/"
    desktop.check("thanks")
    assert kept(scan, "culture_1") == 4
    assert kept(scan, "comment") == "Give us one hour a week."

    phone.go(f"/scan/{scan.pk}/thanks/")
    assert phone.heading() == "Done. Thank you"
    phone.page.locator(f"a[href='/scan/{scan.pk}/ask/culture_1/']").click()
    expect(phone.page.locator("[value='4']")).to_be_checked()
    phone.page.locator("label.pick:has([value='2'])").click()
    expect_saved(phone)
    assert kept(scan, "culture_1") == 2
    assert phone.complaints == []


def test_a_name_in_the_open_question_is_told_while_typing(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.go(f"/scan/{scan.pk}/ask/comment/")
    visitor.field("text").fill("Zeynep Öztürk always helps.")
    expect(visitor.page.locator("[data-warning]")).to_contain_text("Zeynep, Öztürk")
    visitor.check("a name in the open question")


def test_a_colleague_may_know_only_after_it_is_switched_on(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    tap(visitor, "Zeynep Öztürk")
    assert kept(scan, "advice")["may_know"] == []
    visitor.go(f"/scan/{scan.pk}/thanks/")
    box = visitor.page.get_by_label("Zeynep Öztürk may know")
    expect(box).not_to_be_checked()
    box.check()
    expect(visitor.page.locator("form.know [data-status]")).to_have_text("Saved.")
    assert kept(scan, "advice")["may_know"] == [entry_of(scan, "Zeynep Öztürk").number]
    box.uncheck()
    expect(visitor.page.locator("form.know [data-status]")).to_have_text("Saved.")
    visitor.page.wait_for_load_state("networkidle")
    assert kept(scan, "advice")["may_know"] == []
    visitor.check("who may know")


def test_everything_can_be_erased(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    tap(visitor, "Zeynep Öztürk")
    visitor.go(f"/scan/{scan.pk}/withdraw/")
    visitor.check("erase everything")
    visitor.press("Erase everything")
    expect(visitor.page.locator(".message")).to_contain_text("is erased")
    assert sealed.read_answers(scan, entry_of(scan)) is None
    assert visitor.complaints == []


def test_back_and_tiles_are_large_enough_for_a_thumb(visit, school):
    open_scan(school)
    visitor = visit(PHONE)
    come_in(visitor)
    visitor.follow("Take part")
    for target in (tile(visitor, "Zeynep Öztürk").locator("label"), "[data-next]", "[data-back]"):
        place = visitor.page.locator(target) if isinstance(target, str) else target
        box = place.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
