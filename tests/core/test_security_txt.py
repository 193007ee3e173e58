"""Whom to tell of a hole: a page for programs and people, when somebody is named."""

import datetime as dt

import pytest

from zwerm.core import clock

PLACE = "/.well-known/security.txt"


def test_it_names_whom_to_tell_in_the_shape_that_is_agreed(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@zwerm.example"
    settings.SITE_URL = "https://zwerm.example"
    with clock.at(dt.date(2026, 11, 24)):
        answer = client.get(PLACE)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:security@zwerm.example",
        "Expires: 2027-02-22T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://zwerm.example/.well-known/security.txt",
    ]


@pytest.mark.django_db
def test_without_anybody_to_tell_there_is_no_such_page(client, settings):
    assert settings.SECURITY_CONTACT == ""
    assert client.get(PLACE).status_code == 404
