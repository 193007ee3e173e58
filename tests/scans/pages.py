"""Reading pages as a person does, and signing in as somebody with a mandate."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import come_in_as, make_mandate, make_signed_member
from zwerm.people.models import Account, School
from zwerm.scans.models import (
    Consent,
    Group,
    Instrument,
    RosterEntry,
    Scan,
    SettingsLogLine,
)

TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.S)
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+"')


def words(response: Any) -> str:
    """What a page says, without its tags, in one line."""
    body = re.sub(r"^.*?<main", "<main", response.content.decode(), count=1, flags=re.S)
    return " ".join(html.unescape(TAGS.sub(" ", body)).split())


def body(response: Any) -> bytes:
    """The bytes of a page without the tokens of its forms, which differ each time."""
    return TOKEN.sub(b"", bytes(response.content))


def step(scan: Scan, name: str) -> str:
    """The address of one step of preparing."""
    return reverse("scans:setup", args=[scan.pk, name])


def queries(client: Client, url: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def everything() -> tuple[Any, ...]:
    """All that a page of preparing may change."""
    scans = list(Scan.objects.order_by("pk").values())
    groups = list(Group.objects.order_by("pk").values())
    others = [one.objects.count() for one in (Instrument, SettingsLogLine, Consent, RosterEntry)]
    return scans, groups, others


def logged() -> dict[str, tuple[str, str, str]]:
    """What the log says of each setting: before, after, by whom."""
    lines = SettingsLogLine.objects.exclude(setting="status")
    return {line.setting: (line.before, line.after, line.by_name) for line in lines}


def sign_in(client: Client, school: School, *kinds: str, **fields: Any) -> Account:
    """Somebody on the staff list with these mandates, signed in."""
    member = make_signed_member(school, language="en", **fields)
    assert member.account
    member.account.language = "en"
    member.account.save()
    for kind in kinds:
        make_mandate(member.account, kind, school=school)
    come_in_as(client, member.account)
    return member.account
