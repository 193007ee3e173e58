"""Passkeys, with an authenticator that Chromium itself plays: made, used, named and ended."""

from __future__ import annotations

from typing import Any

from tests.browser.looking import look
from tests.browser.visitor import PHONE
from tests.factories import make_account, make_mandate, make_member
from zwerm.people.models import Account, School


def make_officer(school: School) -> Account:
    account = make_account(email="officer@school.example", language="en")
    make_member(school, name="Olaf Ambtenaar", email=account.email, account=account)
    make_mandate(account, "privacy_officer", school=school)
    return account


def with_a_device(visitor) -> tuple[Any, str]:
    """A device that makes and uses passkeys, whose owner puts a finger on it each time.

    A browser knows passkeys for names of hosts only, and not for a number.
    """
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    device = visitor.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device, made["authenticatorId"]


def faults(visitor) -> list[str]:
    found = [*look(visitor, "en"), *visitor.complaints]
    visitor.complaints.clear()
    return found


def press_passkey(visitor, goal: str) -> None:
    visitor.page.locator("[data-passkey-button]").click()
    visitor.page.wait_for_url(lambda url: url == visitor.address + goal)


def test_a_passkey_is_made_used_in_place_of_mail_and_app_named_and_ended(visit, school):
    officer = make_officer(school)
    visitor = visit(PHONE)
    device, key = with_a_device(visitor)
    visitor.go("/account/sign-in/")
    visitor.sign_in(officer.email)
    visitor.follow("Add a passkey")
    assert faults(visitor) == []
    visitor.field("name").fill("My telephone")
    press_passkey(visitor, "/account/signing-in/codes/")
    codes = visitor.page.locator("ul.codes code").all_inner_texts()
    assert len(codes) == 10
    visitor.go("/account/sign-out/")
    visitor.press("Sign out")

    visitor.go("/account/sign-in/?next=/requests/")
    assert faults(visitor) == []
    press_passkey(visitor, "/requests/")
    visitor.go("/account/signing-in/")
    assert "My telephone" in visitor.main()
    assert faults(visitor) == []
    visitor.follow("Another name")
    visitor.field("name").fill("Old telephone")
    assert faults(visitor) == []
    visitor.press("Keep this name")
    assert "Old telephone" in visitor.main()
    visitor.follow("End it Old telephone")
    visitor.was_refused(409)
    visitor.go("/account/once-more/?next=/requests/")
    assert faults(visitor) == []
    press_passkey(visitor, "/requests/")
    visitor.go("/account/sign-out/")
    visitor.press("Sign out")

    # After the code by mail it is the second step. A finger that is not the owner's opens nothing.
    visitor.go("/account/sign-in/")
    visitor.sign_in(officer.email)
    assert visitor.heading() == "And now the second step"
    device.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    visitor.go("/account/sign-in/step/")
    visitor.give_code(codes[0])
    assert visitor.path() == "/"
    visitor.go("/account/sign-out/")
    visitor.press("Sign out")
    visitor.go("/account/sign-in/")
    visitor.page.locator("[data-passkey-button]").click()
    visitor.page.locator("[data-passkey-fault]").wait_for()
    assert visitor.path() == "/account/sign-in/"
