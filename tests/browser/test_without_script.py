"""Everything a teacher does works in a browser without script: then "Go on" saves."""

from __future__ import annotations

from tests.browser.teacher import come_in, entry_of, kept, named, open_scan, tile
from tests.browser.visitor import PHONE
from zwerm.scans import sealed


def test_a_teacher_answers_and_changes_an_answer_without_script(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE, script=False)
    come_in(visitor)
    visitor.follow("Take part")
    assert not visitor.page.locator("#filter").is_visible()
    tile(visitor, "Zeynep Öztürk").locator("label").click()
    visitor.press("Go on")
    assert named(scan) == ["Zeynep Öztürk"]

    visitor.page.locator("label.pick").first.click()
    visitor.press("Go on")
    visitor.page.locator("label.pick:has([value='4'])").click()
    visitor.press("Go on")
    visitor.field("text").fill("One hour a week.")
    visitor.press("Done")
    assert visitor.path() == f"/scan/{scan.pk}/thanks/"
    assert (kept(scan, "culture_1"), kept(scan, "comment")) == (4, "One hour a week.")

    visitor.page.get_by_label("Zeynep Öztürk may know").check()
    visitor.press("Save this choice")
    assert kept(scan, "advice")["may_know"] == [entry_of(scan, "Zeynep Öztürk").number]

    visitor.go(f"/scan/{scan.pk}/ask/culture_1/")
    assert visitor.page.locator("[value='4']").is_checked()
    visitor.page.locator("label.pick:has([value='1'])").click()
    visitor.press("Go on")
    assert kept(scan, "culture_1") == 1
    assert visitor.complaints == []


def test_nobody_is_an_answer_and_a_question_can_be_skipped_without_script(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE, script=False)
    come_in(visitor)
    visitor.follow("Take part")
    visitor.page.locator("label.nobody").click()
    visitor.press("Go on")
    assert kept(scan, "advice") == {"named": [], "may_know": []}
    visitor.follow("Skip this question")
    assert kept(scan, "outside") is None
    assert visitor.path() == f"/scan/{scan.pk}/ask/culture_1/"


def test_everything_is_erased_without_script(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE, script=False)
    come_in(visitor)
    visitor.follow("Take part")
    visitor.page.locator("label.nobody").click()
    visitor.press("Go on")
    visitor.go(f"/scan/{scan.pk}/withdraw/")
    visitor.press("Erase everything")
    assert sealed.read_answers(scan, entry_of(scan)) is None
