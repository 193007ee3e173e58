"""The places that the shell shows, and to whom."""

from __future__ import annotations

from django.test import Client

from tests.factories import come_in_as, make_account, make_board, make_mandate, make_signed_member
from zwerm.people.models import Account, Mandate, School

SIGNING_IN = "/account/signing-in/"


def places_of(account: Account) -> list[str]:
    """The addresses in the rail and the bar, as somebody sees them on their first page."""
    client = Client()
    come_in_as(client, account)
    return [place.url for place in client.get("/", follow=True).context["places"]]


def test_a_teacher_can_go_to_the_scans_and_the_people(school: School) -> None:
    member = make_signed_member(school)
    assert member.account
    assert places_of(member.account) == ["/", "/scan/", "/people/", "/about-me/", SIGNING_IN]


def test_only_the_privacy_officer_is_led_to_what_people_ask(school: School) -> None:
    member = make_signed_member(school)
    assert member.account
    make_mandate(member.account, Mandate.Kind.PRIVACY_OFFICER, school=school)
    assert places_of(member.account)[3:] == ["/about-me/", SIGNING_IN, "/requests/"]


def test_a_board_is_shown_no_place_that_is_closed_to_it(db: None) -> None:
    account = make_account()
    make_mandate(account, Mandate.Kind.BOARD, board=make_board())
    assert places_of(account) == ["/board/", "/about-me/", SIGNING_IN]


def test_somebody_who_did_not_sign_in_is_shown_no_places(db: None) -> None:
    assert Client().get("/account/sign-in/").context["places"] == []
