"""The poster in the staff room: who comes in by its address gives a code from the mail first."""

from __future__ import annotations

from tests.browser.teacher import SANNE, expect_saved, named, open_scan, tap
from tests.browser.visitor import PHONE
from tests.factories import make_account, make_member
from zwerm.scans import sealed
from zwerm.scans.models import AnswerBlob, RosterEntry


def test_who_comes_by_the_poster_signs_in_with_a_code_and_answers(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    visitor.go(f"/scan/{scan.pk}/ask/")
    assert visitor.heading() == "Who are you?"
    visitor.check("sign in")
    visitor.sign_in(SANNE)
    assert visitor.path() == f"/scan/{scan.pk}/ask/"
    assert "for Sanne Bos" in visitor.main()
    visitor.follow("Take part")
    tap(visitor, "Zeynep Öztürk")
    assert named(scan) == ["Zeynep Öztürk"]
    answers = sealed.read_answers(scan, RosterEntry.objects.get(scan=scan, name="Sanne Bos"))
    assert answers
    assert answers.through_roster_address
    visitor.check("a tile that was chosen")


def test_who_came_after_the_opening_reads_so_and_changes_nothing(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    make_account(email="new@school.example", language="en")
    make_member(school, name="New Colleague", email="new@school.example")
    visitor.go(f"/scan/{scan.pk}/ask/")
    visitor.sign_in("new@school.example")
    assert visitor.heading() == "You are not on the list of this scan"
    visitor.was_refused(403)
    visitor.check("not on the list")
    assert AnswerBlob.objects.count() == 0


def test_a_wrong_code_is_explained_and_one_can_begin_again(visit, school):
    scan = open_scan(school)
    visitor = visit(PHONE)
    visitor.go(f"/scan/{scan.pk}/ask/")
    visitor.ask_code("sane@school.example")
    visitor.give_code("WRONG1")
    assert visitor.page.locator(".errors").first.is_visible()
    visitor.check("a wrong code")
    visitor.press("Begin again")
    visitor.sign_in(SANNE)
    assert visitor.path() == f"/scan/{scan.pk}/ask/"
    visitor.follow("Take part")
    visitor.page.locator("label.nobody").click()
    expect_saved(visitor)
    assert named(scan) == []
