"""Refusals reach a person as a sentence."""

from __future__ import annotations

from django.test import Client

from tests.factories import make_signed_member
from zwerm.people.models import School


def test_a_visit_to_what_only_a_button_does_is_explained(school: School) -> None:
    member = make_signed_member(school)
    assert member.account
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.account)
    page = client.get("/scan/new/")
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert page.context["reason"] == "This address works only with the button on its page."
    assert "<p>Nothing is lost and nothing has changed." in page.content.decode()
