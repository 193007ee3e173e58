"""Signing in by the school's own provider, in a real browser and with a real provider."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from django.shortcuts import redirect

from tests.browser.teacher import SANNE
from tests.browser.visitor import DESKTOP, PHONE, Visitor, code_in_mail
from tests.factories import make_account, make_member
from tests.people.by_school import a_provider, as_set
from tests.people.openid_server import School
from zwerm.people.oidc import views

LINKS = "/account/signing-in/"


@pytest.fixture
def provider(settings) -> Iterator[School]:
    with a_provider() as running:
        settings.OIDC = [as_set(running)]
        yield running


def sign_in_there(visitor: Visitor, provider: School, sub: str) -> None:
    """At the page of the provider, to which the browser went on by itself."""
    visitor.page.wait_for_url(f"{provider.issuer}/authorize?**")
    visitor.field("sub").fill(sub)
    visitor.press("Sign in")


def went_only_to(visitor: Visitor, provider: School) -> None:
    """The one other site is the provider, and only its page to sign in."""
    there = f"asked another site: {provider.issuer}/authorize?"
    assert [one for one in visitor.complaints if not one.startswith(there)] == []
    assert visitor.complaints
    visitor.complaints.clear()


def test_somebody_links_the_school_once_and_comes_in_by_it_after_that(visit, school, provider):
    make_member(
        school, name="Sanne Bos", email=SANNE, account=make_account(email=SANNE, language="en")
    )
    provider.people["s-1"] = {"name": "S. Bos"}
    visitor = visit(PHONE)
    visitor.go("/people/")
    visitor.check("the page to sign in, with a button of the school")
    visitor.press("Sign in with Klaverweide")
    sign_in_there(visitor, provider, "s-1")
    visitor.page.wait_for_url("**/account/sign-in/?next=**")
    went_only_to(visitor, provider)
    visitor.check("who are you here")
    visitor.ask_code(SANNE)
    visitor.give_code(code_in_mail(SANNE))
    assert visitor.heading() == "Is this account yours?"
    assert "S. Bos" in visitor.main()
    visitor.check("is this account yours")
    visitor.press("Yes, this is me")
    visitor.page.wait_for_url("**/people/")

    again = visit(DESKTOP, script=False)
    again.go("/people/")
    again.press("Sign in with Klaverweide")
    sign_in_there(again, provider, "s-1")
    again.page.wait_for_url("**/people/")
    went_only_to(again, provider)


def test_the_links_of_a_person_are_shown_and_ended(visit, school, provider):
    make_member(
        school, name="Sanne Bos", email=SANNE, account=make_account(email=SANNE, language="en")
    )
    visitor = visit(DESKTOP)
    visitor.go(LINKS)
    visitor.field("email").fill(SANNE)
    visitor.press("Send me a code")
    visitor.give_code(code_in_mail(SANNE))
    visitor.page.wait_for_url(f"**{LINKS}")
    visitor.check("no link yet")
    visitor.follow("Klaverweide")
    visitor.check("before one goes")
    visitor.press("Go on to Klaverweide")
    sign_in_there(visitor, provider, "s-1")
    visitor.page.wait_for_url("**/who/")
    went_only_to(visitor, provider)
    visitor.press("Yes, this is me")
    visitor.page.wait_for_url(f"**{LINKS}")
    visitor.check("a link")
    visitor.follow("Klaverweide")
    visitor.check("ending it")
    visitor.press("End it")
    visitor.page.wait_for_url(f"**{LINKS}")
    assert SocialAccount.objects.count() == 0


def test_a_visit_that_began_elsewhere_is_told_in_a_sentence(visit, db, provider):
    visitor = visit(PHONE)
    visitor.go("/account/school/other/back/?state=x&code=y")
    visitor.was_refused(403)
    assert visitor.heading() == "You are not signed in"
    visitor.check("not signed in")


def test_a_form_that_leads_straight_to_another_site_is_stopped(visit, db, provider, monkeypatch):
    """Why a page of ours stands between: the policy allows no form to end elsewhere."""

    def straight(request: object, template: str, context: dict[str, str]) -> object:
        return redirect(context["there"])

    monkeypatch.setattr(views, "render", straight)
    visitor = visit(PHONE)
    visitor.go("/account/sign-in/")
    visitor.page.get_by_role("button", name="Sign in with Klaverweide").click()
    visitor.wait_until(lambda: any("form-action" in one for one in visitor.complaints))
    assert any("form-action" in one for one in visitor.complaints), visitor.complaints
    assert visitor.page.url.endswith("/account/sign-in/")
