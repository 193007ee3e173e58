"""A teacher who is asked: their scan, what they press, and what is kept of it under seal."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor, link_in_mail
from tests.factories import make_member
from tests.scans.scans import make_open_scan
from zwerm.people.models import School
from zwerm.scans import sealed
from zwerm.scans.actions import inviting
from zwerm.scans.models import RosterEntry, Scan

SANNE = "sanne@school.example"
KEPT = "Saved. You can go on later."
WAITS = "No connection. Kept on this device."


def open_scan(school: School, **fields: Any) -> Scan:
    """A scan of a school where Sanne works with colleagues that one can search."""
    named = {"Sanne Bos": SANNE, "Zeynep Öztürk": "zeynep@school.example"}
    for name, email in named.items():
        make_member(school, name=name, email=email, language="en")
    scan = make_open_scan(school, members=8, **fields)
    inviting.send_invitations(scan)
    return scan


def entry_of(scan: Scan, name: str = "Sanne Bos") -> RosterEntry:
    return RosterEntry.objects.get(scan=scan, name=name)


def kept(scan: Scan, question: str) -> Any:
    """What Sanne's box holds as the answer to this question."""
    answers = sealed.read_answers(scan, entry_of(scan))
    return answers.answer(question) if answers else None


def named(scan: Scan) -> list[str]:
    """Whom Sanne named, read from her box."""
    numbers = (kept(scan, "advice") or {}).get("named", [])
    rows = RosterEntry.objects.filter(scan=scan, number__in=numbers)
    return list(rows.order_by("name").values_list("name", flat=True))


def come_in(visitor: Visitor, email: str = SANNE) -> None:
    """Open the link of the mail, and press its one button."""
    visitor.go(link_in_mail(email))
    visitor.press("Go to the questions")


def tile(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(f".tiles li[data-name='{name}']")


def expect_saved(visitor: Visitor) -> None:
    expect(visitor.page.locator("[data-status]")).to_have_text(KEPT)


def tap(visitor: Visitor, name: str) -> None:
    """Choose a colleague, or take the choice back, and wait until it is saved."""
    tile(visitor, name).locator("label").click()
    expect_saved(visitor)


def go_on(visitor: Visitor) -> None:
    before = visitor.page.url
    visitor.page.locator("[data-next]").click()
    visitor.page.wait_for_url(lambda url: url != before)


def answer_other_questions(visitor: Visitor) -> None:
    """Everything after the roster: kinds, one item, and the open question."""
    visitor.page.locator("label.pick").first.click()
    expect_saved(visitor)
    go_on(visitor)
    visitor.page.locator("label.pick:has([value='4'])").click()
    expect_saved(visitor)
    go_on(visitor)
    visitor.field("text").fill("Give us one hour a week.")
    expect_saved(visitor)
    go_on(visitor)
