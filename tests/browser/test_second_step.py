"""The second step in a real browser: set up, given, lost and ended."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal import auth as totp

from tests.browser.looking import look
from tests.browser.visitor import PHONE
from tests.factories import make_account, make_mandate, make_member, make_step
from zwerm.people.models import Account, School


def code_of(secret: str) -> str:
    """The code that an app would show now."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def make_leader(school: School) -> Account:
    account = make_account(email="leader@school.example", language="en")
    make_member(school, name="Lea Leider", email=account.email, account=account)
    make_mandate(account, "school_leader", school=school)
    return account


def faults(visitor) -> list[str]:
    found = [*look(visitor, "en"), *visitor.complaints]
    visitor.complaints.clear()
    return found


def test_a_leader_sets_up_an_app_on_the_first_day_and_signs_in_with_it_on_the_next(visit, school):
    leader = make_leader(school)
    visitor = visit(PHONE)
    visitor.go("/scan/")
    visitor.sign_in(leader.email)
    assert visitor.heading() == "How do you sign in?"
    assert faults(visitor) == []
    visitor.follow("Set up an app on your telephone")
    assert visitor.page.locator(".qr svg").bounding_box()["width"] >= 200
    visitor.page.get_by_text("Can you not scan it?").click()
    secret = visitor.page.locator(".codes code").inner_text()
    visitor.field("code").fill(code_of(secret))
    visitor.press("This works")
    assert visitor.heading() == "Your recovery codes"
    assert faults(visitor) == []
    codes = visitor.page.locator("ul.codes code").all_inner_texts()
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("link", name="Take them away").click()
    assert taken.value.path().read_text().split() == codes
    visitor.follow("I have kept them")
    assert visitor.path() == "/scan/"

    other = visit(PHONE)
    other.sign_in(leader.email)
    assert other.heading() == "And now the second step"
    assert faults(other) == []
    other.give_code("00000000")
    assert other.page.locator(".errors").first.is_visible()
    other.give_code(codes[0])
    assert other.path() == "/"
    other.go("/account/signing-in/")
    assert "9 codes are left" in other.main()
    other.follow("An app on your telephone")
    other.was_refused(409)
    assert other.heading() == "You need this second step"
    assert faults(other) == []


def test_a_colleague_makes_new_codes_and_ends_the_app(visit, school):
    account = make_account(email="anna@school.example", language="en")
    make_member(school, name="Anna Visser", email=account.email, account=account)
    secret = make_step(account)
    visitor = visit(PHONE)
    visitor.sign_in(account.email)
    visitor.give_code(code_of(secret))
    assert visitor.path() == "/"
    visitor.go("/account/signing-in/")
    visitor.follow("Make new recovery codes")
    assert faults(visitor) == []
    visitor.press("Make new recovery codes")
    assert len(re.findall(r"\b\d{8}\b", visitor.main())) == 10
    visitor.page.reload()
    assert re.findall(r"\b\d{8}\b", visitor.main()) == []
    assert faults(visitor) == []
    visitor.go("/account/signing-in/")
    visitor.follow("An app on your telephone")
    assert faults(visitor) == []
    visitor.press("End it")
    assert "You no longer sign in with this." in visitor.main()
    assert "Set up an app on your telephone" in visitor.main()
