"""Signing in with a code: what is said when it goes wrong."""

from __future__ import annotations

from django.core import mail
from django.test import Client

from tests.factories import make_signed_member
from zwerm.people.models import School

SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"
WRONG = "This code is not right. Use the code from the newest mail."
TOO_OFTEN = "That was too often. Wait a minute, then ask for a new code."


def visitor(language: str = "en") -> Client:
    return Client(headers={"accept-language": language})


def ask_code(client: Client, email: str) -> None:
    assert client.post(SIGN_IN, {"email": email})["Location"] == CODE


def test_a_wrong_code_is_explained_and_the_next_try_may_be_right(school: School) -> None:
    member = make_signed_member(school)
    client = visitor()
    ask_code(client, member.email)
    page = client.post(CODE, {"code": "AAAA-AAAA"})
    assert page.context["form"].errors == {"code": [WRONG]}
    assert client.get(CODE).status_code == 200


def test_five_wrong_codes_end_it_with_a_sentence_on_the_sign_in_page(school: School) -> None:
    member = make_signed_member(school)
    client = visitor()
    ask_code(client, member.email)
    for _ in range(5):
        page = client.post(CODE, {"code": "AAAA-AAAA"}, follow=True)
    assert page.request["PATH_INFO"] == SIGN_IN
    assert [str(one) for one in page.context["messages"]] == [TOO_OFTEN]


def test_a_fourth_code_within_a_minute_is_refused_in_a_sentence(school: School) -> None:
    member = make_signed_member(school)
    for _ in range(3):
        ask_code(visitor(), member.email)
    page = visitor().post(SIGN_IN, {"email": member.email})
    assert page.context["form"].errors == {"email": [TOO_OFTEN]}
    assert len(mail.outbox) == 3
