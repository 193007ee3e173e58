"""Every address of the site, about one scan and one colleague; a page as its bytes."""

from __future__ import annotations

import re
from copy import copy
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.roles import BY_PROVIDER, every_address
from tests.scans.pages import body
from zwerm.people.models import Member
from zwerm.scans.models import Scan

PRINTED = {"scans:poster", "scans:report_poster"}
"""Printing takes seconds. What is printed is compared as the page that it is made from."""
OF_THE_MOMENT = {"Set-Cookie", "Expires", "Content-Length", "X-Request-ID"}
"""Headers with the time, the number of a visit or the token of a form."""
MOMENT = re.compile(rb'"(challenge|expire_date)": "[^"]+"')
"""What a passkey signs, and until when one's own session lasts: new at each visit."""
NOTHING = UUID(int=0)


def addresses(scan: Scan, colleague: Member) -> dict[str, str]:
    """Every address of the site but those that print, by its name."""
    names = sorted({*every_address()} - PRINTED)
    return {name: address(name, scan, colleague) for name in names}


def address(name: str, scan: Scan, colleague: Member) -> str:
    room, _colon, page = name.rpartition(":")
    of_room: dict[str, dict[str, Any]] = {
        "": dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn"), 1)
        | dict.fromkeys(BY_PROVIDER, "other"),
        "home": {"ask": "erase", "request": NOTHING, "leaver_erase": colleague.pk},
        "people": dict.fromkeys(("plan", "columns", "confirm"), NOTHING)
        | dict.fromkeys(("member", "leave"), colleague.pk),
        "scans": {
            "setup": "purpose",
            "with": "no-token",
            "question": "advice",
            "save": "advice",
            "file": "nl",
            "guide": "first_report",
            "comment_report": NOTHING,
            "comment_remove": NOTHING,
        },
    }
    about = [scan.pk] if room == "scans" and page not in {"list", "start", "school_log"} else []
    more = of_room.get(room, {})
    return reverse(name, args=[*about, *([more[page]] if page in more else [])])


def page(browser: Client, where: str) -> bytes:
    """Status, headers, bytes and what the next page will say of one page."""
    answer: Any = browser.get(where)
    headers = sorted(one for one in answer.items() if one[0] not in OF_THE_MOMENT)
    told = repr((answer.status_code, headers, left_by(answer))).encode()
    return told + MOMENT.sub(b"", body(answer))


def left_by(answer: Any) -> str:
    """What the next page will say, without the time and the seal of the cookie that keeps it."""
    kept = answer.cookies.get(settings.MESSAGE_COOKIE_NAME)
    return kept.value.rsplit(":", 2)[0] if kept else ""


def pages(browser: Client, scan: Scan, colleague: Member) -> dict[str, bytes]:
    """Everything this browser can ask; what the last page left is not there the next time."""
    before = copy(browser.cookies)
    try:
        return {name: page(browser, where) for name, where in addresses(scan, colleague).items()}
    finally:
        browser.cookies = before
