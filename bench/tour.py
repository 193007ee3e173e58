"""Every address of the site with everything that can stand in it, and who may look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zwerm.people.models import Mandate, Member, PrivacyRequest, School, Upload
from zwerm.people.scope import crossing_schools
from zwerm.scans import library, link
from zwerm.scans.models import Comment, Instrument, Invitation, Scan
from zwerm.scans.queries.readiness import STEPS

HOST = "127.0.0.1"
STAFF = "Naam;E-mail;Team\nZoë de Wit;zoe@reiger.example;Team 1\n"


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the site: its name and what has to be filled in."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the tour."""

    name: str
    about: str
    path: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser."""

    role: str
    client: Client

    def open(self, path: str) -> Any:
        return self.client.get(path)


def addresses(entries: Iterable[Any] | None = None, room: str = "") -> Iterator[Address]:
    """Everything that the site answers to."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        if isinstance(entry, URLResolver):
            inside = f"{entry.namespace}:" if entry.namespace else room
            yield from addresses(entry.url_patterns, inside)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(f"{room}{entry.name}", tuple(entry.pattern.converters))


def stops(address: Address, scans: dict[str, Scan]) -> Iterator[Stop]:
    """The address with each scan, step, question and so on that fits in it."""
    choices = [choices_for(address.name, word, scans) for word in address.words]
    for chosen in product(*choices):
        filled = {word: value for word, (_said, value) in zip(address.words, chosen, strict=True)}
        about = " ".join(said for said, _value in chosen if said)
        yield Stop(address.name, about, reverse(address.name, kwargs=filled))


def choices_for(name: str, word: str, scans: dict[str, Scan]) -> list[tuple[str, Any]]:
    """What can stand for `word`: how the table says it, and the value."""
    if word == "pk" and name.startswith("people:"):
        rows = Member.objects.filter(left_on=None) if "member" in name else Upload.objects.all()
        return [("", one.pk) for one in rows[:1]]
    if word == "pk" and name.startswith("mfa_"):
        return [("", one.pk) for one in Authenticator.objects.all()[:1]]
    if word == "pk" and name.startswith("home:"):
        gone = Member.objects.exclude(left_on=None)
        return [
            ("", one.pk) for one in (gone if "leaver" in name else PrivacyRequest.objects.all())[:1]
        ]
    if name == "scans:instrument_file":
        return [("", one.pk) for one in Instrument.objects.all()[:1]]
    first = next(iter(scans.values()))
    choices: dict[str, Callable[[], list[tuple[str, Any]]]] = {
        # The demo has no provider: these addresses are told as missed.
        "provider_id": lambda: [("", "other")],
        "pk": lambda: [(status, scan.pk) for status, scan in scans.items()],
        "step": lambda: [(step, step) for step in STEPS],
        "kind": lambda: [(kind, kind) for kind in ("rectify", "object", "erase")],
        "question": lambda: kinds_of(first),
        "token": lambda: [("", token_of(first))],
        "language": lambda: [("nl", "nl"), ("en", "en")],
        "guide": lambda: [("", one.id) for one in library.load_guides().guides[:1]],
        "comment": lambda: [("", one.pk) for one in Comment.objects.all()[:1]],
    }
    return choices[word]()


def kinds_of(scan: Scan) -> list[tuple[str, str]]:
    """One question of each kind."""
    questions = (scan.questionnaire or {}).get("questions", [])
    by_kind = {one["kind"]: one["id"] for one in reversed(questions)}
    return list(by_kind.items())


def token_of(scan: Scan) -> str:
    return link.make_token(scan, Invitation.objects.filter(scan=scan)[0])


def visitors(school: School, scan: Scan) -> list[Visitor]:
    """One of each role at this school, somebody with a personal link, and somebody from outside."""
    with crossing_schools("the board of the school looks too"):
        held = list(Mandate.objects.filter(school=school).select_related("account")) + list(
            Mandate.objects.filter(board=school.board).select_related("account")
        )
    holders = {one.account_id for one in held}
    teacher = Member.objects.exclude(account__in=holders).filter(account__isnull=False)[0]
    accounts = {"teacher": teacher.account} | {one.kind: one.account for one in held}
    signed = [Visitor(role, signed_in(account)) for role, account in accounts.items()]
    return [Visitor("nobody", browser()), Visitor("by link", by_link(scan)), *signed]


def browser() -> Client:
    return Client(headers={"host": HOST, "accept-language": "nl"})


def signed_in(account: Any) -> Client:
    client = browser()
    client.force_login(account)
    request = HttpRequest()
    request.session, request.user = client.session, account
    # As if the second step was given: without it a leader sees one page.
    record_authentication(request, account, "mfa")
    request.session.save()
    return client


def by_link(scan: Scan) -> Client:
    """Who came in by the link in their mail."""
    client = browser()
    client.post(reverse("scans:with", args=[scan.pk, token_of(scan)]))
    return client


def send_in_a_file(visitor: Visitor) -> None:
    """So that there is a dry run to look at."""
    file = SimpleUploadedFile("staff.csv", STAFF.encode())
    visitor.client.post(reverse("people:load"), {"file": file})


def ask_for_a_code(client: Client, address: str) -> None:
    """So that there is a page that asks for it."""
    client.post(reverse("account_request_login_code"), {"email": address})
