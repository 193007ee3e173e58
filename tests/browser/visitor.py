"""Somebody with a browser: where they go, what they see, and what the browser complains of."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page

from tests.factories import come_in_as
from zwerm.people.models import Account

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
SERIOUS = {"serious", "critical"}


class Visitor:
    """A browser of one's own; every console message, failed script and strange address is kept."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"error: {fault}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked another site: {request.url}")

    def go(self, path: str) -> Page:
        self.page.goto(path if path.startswith("http") else self.address + path)
        return self.page

    def press(self, words: str | re.Pattern[str]) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def main(self) -> str:
        """All words of the page, without what stands around it."""
        return self.page.locator("main").inner_text()

    def field(self, name: str) -> Locator:
        return self.page.locator(f"[name='{name}']")

    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def sign_in(self, email: str) -> None:
        """Ask for a code, look in the mail, and give the code."""
        if "/account/sign-in/" not in self.page.url:
            self.go("/account/sign-in/")
        self.ask_code(email)
        self.give_code(code_in_mail(email))

    def enter_as(self, account: Account) -> None:
        """Be signed in already: how one signs in has its own tests."""
        client = Client()
        come_in_as(client, account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def ask_code(self, email: str) -> None:
        self.field("email").fill(email)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/account/sign-in/code/**")

    def give_code(self, code: str) -> None:
        self.field("code").fill(code)
        self.page.locator("main form button").first.click()
        self.page.wait_for_load_state()

    def was_refused(self, status: int) -> None:
        """The browser said once that an answer had this status, and said nothing else.

        It says so in its own time: a click comes back before its complaint does.
        """
        self.wait_until(lambda: bool(self.complaints))
        words = f"status of {status} "
        assert [words in one for one in self.complaints] == [True], self.complaints
        self.complaints.clear()

    def wait_until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Let the browser go on until this holds, or the time is over: the test then says what."""
        end = time.monotonic() + seconds
        while not holds() and time.monotonic() < end:
            self.page.wait_for_timeout(20)

    def faults(self) -> list[str]:
        """The serious faults that axe finds on the page as it stands, once it is there.

        A click comes back when the next page begins: axe would find a page without a root.
        """
        self.page.wait_for_load_state()
        options = {"resultTypes": ["violations"]}
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("options => axe.run(options)", options)
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for rule in found["violations"]
            if rule["impact"] in SERIOUS
            for node in rule["nodes"][:3]
        ]

    def check(self, where: str) -> None:
        """No serious fault that axe finds, and an empty console."""
        assert self.faults() == [], where
        assert self.complaints == [], where


def mails_to(email: str) -> list[Any]:
    return [one for one in mail.outbox if one.to == [email]]


def code_in_mail(email: str) -> str:
    """The code of the newest mail to this address: it stands on a line of its own."""
    return str(mails_to(email)[-1].body).split("\n\n")[1].strip()


def link_in_mail(email: str) -> str:
    """The path of the personal link in the newest mail to this address."""
    found = re.search(r"https?://[^/\s]+(/scan/\S+/with/\S+)", str(mails_to(email)[-1].body))
    assert found, "there is no personal link in this mail"
    return found[1]
