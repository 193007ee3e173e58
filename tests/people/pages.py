"""How tests go through the pages of the staff list."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import account_of, come_in_as, make_mandate
from tests.people.lists import HEADINGS, as_csv
from zwerm.people.models import Member

FARAH = ["Farah", "farah@school.example", "1", "", "", "", "", ""]
EVA = {
    "name": "Eva Vos",
    "email": "Eva@School.example",
    "staff_number": "9",
    "language": "en",
    "started_on": "2021-08-01",
    "home_team": "Sport",
}


def browser_of(member: Member, *kinds: str) -> Client:
    """Signed in as this member, with these mandates."""
    for kind in kinds:
        make_mandate(account_of(member), kind, school=member.school)
    browser = Client(headers={"accept-language": "en"})
    come_in_as(browser, account_of(member))
    return browser


def send(browser: Client, content: bytes, name: str = "staff.csv") -> Any:
    return browser.post(reverse("people:load"), {"file": SimpleUploadedFile(name, content)})


def looked_at(browser: Client, *rows: list[str]) -> Any:
    """The page of the dry run of a file with Farah and these rows."""
    sent = send(browser, as_csv(HEADINGS, FARAH, *rows))
    return browser.get(sent["Location"])


def confirm(browser: Client, page: Any, **ticks: str) -> Any:
    plan = page.context["plan"]
    address = reverse("people:confirm", args=[page.context["upload"].pk])
    return browser.post(address, {"shown": plan.fingerprint, **ticks})


def names() -> list[str]:
    """Who stands on the list."""
    return sorted(Member.objects.filter(left_on__isnull=True).values_list("name", flat=True))
