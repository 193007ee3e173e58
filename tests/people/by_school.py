"""Going to the school's own provider and coming back, by real pages and real connections."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

from tests.people.openid_server import CLIENT, SECRET, School
from zwerm.people.oidc.known import Provider, other

SIGN_IN = "/account/sign-in/"
WHO = "/account/signing-in/school/who/"
LINKS = "/account/signing-in/"
SCHOOL = "/account/signing-in/school/other/"


@contextmanager
def a_provider() -> Iterator[School]:
    school = School()
    try:
        yield school
    finally:
        school.stop()


def as_set(school: School, second_step: list[str] | None = None) -> Provider:
    """The provider as a site is set to it."""
    found = other(
        name="Klaverweide", client=CLIENT, secret=SECRET, issuer=school.issuer,
        second_step=second_step or [],
    )  # fmt: skip
    assert found
    return found


def a_browser() -> Client:
    return Client(headers={"accept-language": "en"})


def begin(browser: Client, wanted: str = "", key: str = "other") -> str:
    """Press the button; the address at the provider to which one goes on."""
    page = browser.post(f"/account/school/{key}/", {"next": wanted})
    found = re.findall(r'http-equiv="refresh" content="0; url=(.+?)"', page.content.decode())
    return html.unescape(found[0])


def at_provider(there: str, sub: str) -> str:
    """Sign in at the provider; the address here to which it sends back, without the host."""
    answer = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come_by(browser: Client, sub: str, wanted: str = "") -> Any:
    """There and back."""
    return browser.get(at_provider(begin(browser, wanted), sub))


def who(browser: Client) -> str | None:
    found: str | None = browser.session.get("_auth_user_id")
    return found


def words(answer: Any) -> str:
    """All words of a page."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(text).split())
