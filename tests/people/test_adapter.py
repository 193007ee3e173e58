"""Signing in with a code: what is said when it goes wrong."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories import make_signed_member
from zwerm.people.adapter import SENDING
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


def test_many_other_visitors_do_not_make_it_forget_who_asked_too_often(school: School) -> None:
    member = make_signed_member(school)
    for _ in range(3):
        ask_code(visitor(), member.email)
    for number in range(1000):
        cache.set(f"another-visitor-{number}", 1)
    page = visitor().post(SIGN_IN, {"email": member.email})
    assert page.context["form"].errors == {"email": [TOO_OFTEN]}


def test_a_mail_server_that_is_down_tells_nobody_who_is_known(
    school: School, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    known = make_signed_member(school).email
    answers = [visitor().post(SIGN_IN, {"email": one}) for one in (known, "x@nowhere.example")]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, CODE)] * 2
    assert [one.getMessage() for one in caplog.records] == [
        "a mail about signing in could not be sent: ConnectionRefusedError"
    ]


def test_the_page_does_not_wait_for_a_slow_mail_server(
    school: School, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Or its seconds would tell who is known here: for an unknown address nobody is called."""
    settings.CODES_GO_ASIDE = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        ask_code(visitor(), make_signed_member(school).email)
        assert caplog.records == []  # nobody has answered the call, and the page is there

        call, _address = server.accept()
        call.sendall(b"421 not now\r\n")
        call.close()
        for thread in threading.enumerate():
            if thread.name == SENDING:
                thread.join()
    assert [one.getMessage() for one in caplog.records] == [
        "a mail about signing in could not be sent: SMTPConnectError"
    ]


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
