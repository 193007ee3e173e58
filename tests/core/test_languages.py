"""No page says a word of the other language: not to anybody, not in an error, not on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.core.spoken import foreign, spoken, the_same
from tests.core.town import STEPS, Town, at, nameless
from tests.factories import come_in_as
from tests.scans.snapshots import make_small_snapshot, make_snapshot, make_withheld_snapshot
from zwerm.core.models import Installation
from zwerm.people.models import Account
from zwerm.people.scope import school_scope
from zwerm.scans import library
from zwerm.scans.actions import inviting
from zwerm.scans.models import Invitation
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.report_page import compose

LANGUAGES = ("nl", "en")
ROLES = ("teacher", "facilitator", "school_leader", "staff_council", "privacy_officer", "board")
SNAPSHOTS = (make_snapshot, make_small_snapshot, make_withheld_snapshot)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def visitors(account: Account | None = None) -> list[Client]:
    """One browser in Dutch and one in English."""
    found = [Client(headers={"accept-language": language}) for language in LANGUAGES]
    if account:
        for client in found:
            come_in_as(client, account)
    return found


def alike(
    clients: list[Client], address: str, *, sent: dict[str, Any] | None = None, status: int = 200
) -> list[str]:
    """What both languages say alike at an address, or of what is sent there."""
    answers = [
        client.get(address, follow=True) if sent is None else client.post(address, sent)
        for client in clients
    ]
    expected = {status} if sent is None or status != 200 else {200, 400}
    assert {one.status_code for one in answers} <= expected, address
    dutch, english = (one.content.decode() for one in answers)
    assert '<html lang="nl"' in dutch
    assert len(spoken(dutch)) > 5
    return the_same(dutch, english)


def alike_lines(said: Callable[[str], str]) -> list[str]:
    """What a text says alike in both languages, line by line."""
    texts = []
    for language in LANGUAGES:
        with override(language):
            texts.append({line.strip() for line in said(language).splitlines()})
    assert min(map(len, texts)) > 1
    return sorted(line for line in texts[0] & texts[1] if foreign(line))


def alike_html(said: Callable[[str], str]) -> list[str]:
    """What a page on paper says alike in both languages."""
    pages = []
    for language in LANGUAGES:
        with override(language):
            pages.append(said(language))
    return the_same(pages[0], pages[1])


def test_a_word_of_another_language_is_found() -> None:
    dutch, english = (f"<p>{words}</p><p>Scan Qopen</p>" for words in ("Niets kwijt", "None lost"))
    assert the_same(dutch, english) == []
    assert the_same(english, english) == ["None lost"]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_somebody_is_in_one_language(town: Town, role: str) -> None:
    clients = visitors(town.accounts[role])
    found = {address: alike(clients, address) for address in town.addresses(role)}
    assert {address: words for address, words in found.items() if words} == {}


# --- what goes wrong ---------------------------------------------------------


def test_signing_in_and_what_goes_wrong_there_is_in_one_language(town: Town) -> None:
    clients, signing_in = visitors(), "/account/sign-in/"
    assert alike(clients, signing_in) == []
    assert alike(clients, signing_in, sent={}) == []
    assert alike(clients, signing_in, sent={"email": "no address"}) == []
    for client in clients:
        client.post(signing_in, {"email": town.accounts["teacher"].email})
    assert alike(clients, f"{signing_in}code/") == []
    assert alike(clients, f"{signing_in}code/", sent={"code": "wrong"}) == []


def test_pages_that_say_no_are_in_one_language(town: Town) -> None:
    teacher, facilitator = (visitors(town.accounts[one]) for one in ("teacher", "facilitator"))
    assert alike(teacher, "/nowhere/", status=404) == []
    assert alike(teacher, "/people/load/", status=403) == []
    assert alike(teacher, at("open", town.open), status=405) == []
    assert alike(facilitator, at("open", town.draft), sent={}, status=409) == []


def test_a_wrong_link_and_a_page_that_stood_open_too_long_are_in_one_language(town: Town) -> None:
    clients = visitors()
    link = reverse("scans:with", args=[town.open.pk, "x" * 40])
    assert alike(clients, link, status=404) == []
    for client in clients:
        client.handler.enforce_csrf_checks = True
    assert alike(clients, "/account/sign-in/", sent={}, status=403) == []


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_pages_for_our_own_faults_are_in_one_language(page: str) -> None:
    assert alike_html(lambda _: render_to_string(page)) == []


@pytest.mark.parametrize("step", STEPS)
def test_the_faults_of_each_step_of_preparing_are_in_one_language(town: Town, step: str) -> None:
    wrong = {"floor_network": "3", "closes_on": "2020-01-01", "report_on": "x", "leaders": "x"}
    address = reverse("scans:setup", args=[town.draft.pk, step])
    said = []
    for client in visitors(town.accounts["facilitator"]):
        client.get(address)
        said.append(client.post(address, wrong, follow=True).content.decode())
    assert the_same(*said) == []


def test_faults_in_a_decision_and_in_a_person_are_in_one_language(town: Town) -> None:
    council, facilitator = (
        visitors(town.accounts[one]) for one in ("staff_council", "facilitator")
    )
    assert alike(council, at("council", town.draft), sent={"decision": "conditions"}) == []
    wrong = {"name": "", "email": "x", "started_on": "x", "language": "xx"}
    assert alike(facilitator, "/people/add/", sent=wrong) == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Q1;" * 61, b"Q1\nQ2"]
)
def test_a_wrong_staff_list_is_explained_in_one_language(town: Town, content: bytes) -> None:
    said = []
    for client in visitors(town.accounts["facilitator"]):
        file = SimpleUploadedFile("Q.csv", content)
        answer = client.post("/people/load/", {"file": file})
        assert answer.status_code in {200, 400}
        said.append(answer.content.decode())
    assert the_same(*said) == []


def test_the_dry_run_of_a_staff_list_is_in_one_language(town: Town) -> None:
    headings = ["naam", "e-mail", "fte", "taal", "in dienst"]
    rows = [headings, ["Qone", "x", "9", "x", "x"], ["Qtwo", "q@x.example", "1", "nl", "1-8-2021"]]
    content = "\n".join(map(";".join, rows)).encode()
    said = []
    for client in visitors(town.accounts["facilitator"]):
        file = SimpleUploadedFile("Q.csv", content)
        said.append(client.post("/people/load/", {"file": file}, follow=True).content.decode())
    assert [words for words in the_same(*said) if words not in headings] == []


@pytest.mark.parametrize(
    "text", ["", "a: [", "name: Q", "name: Q\nsource: Q\nlicence: Q\nscales: x"]
)
def test_faults_in_a_schools_own_questions_are_in_one_language(town: Town, text: str) -> None:
    said = []
    for client in visitors(town.accounts["facilitator"]):
        file = SimpleUploadedFile("Q.yaml", text.encode())
        answer = client.post(at("instrument", town.draft), {"file": file})
        said.append(answer.content.decode())
    assert the_same(*said) == []


# --- mails and paper ---------------------------------------------------------


def test_the_mail_with_a_code_is_in_the_language_of_its_reader(town: Town) -> None:
    account = town.accounts["teacher"]
    for language in LANGUAGES:
        account.language = language
        account.save()
        Client().post("/account/sign-in/", {"email": account.email})
    said = dict(zip(LANGUAGES, mail.outbox, strict=True))
    assert alike_lines(lambda one: f"{said[one].subject}\n{said[one].body}") == []


def test_an_invitation_is_in_the_language_of_its_reader(town: Town) -> None:
    with school_scope(town.school):
        two = list(Invitation.objects.filter(scan=town.open)[:2])
        town.open.invitations.exclude(pk__in=[one.pk for one in two]).delete()
        for invitation, language in zip(two, LANGUAGES, strict=True):
            Invitation.objects.filter(pk=invitation.pk).update(language=language)
        inviting.send_invitations(town.open)
    by_language = sorted(mail.outbox, key=lambda one: "Dear" in one.body)
    said = dict(zip(LANGUAGES, by_language, strict=True))
    assert alike_lines(lambda one: f"{said[one].subject}\n{said[one].body}") == []


@pytest.mark.parametrize("make", SNAPSHOTS)
@pytest.mark.parametrize("kind", ["report", "poster"])
def test_a_report_on_paper_is_in_one_language(make: Callable[[], Any], kind: str) -> None:
    snapshot = nameless(make())

    def page(language: str) -> str:
        context = {"page": compose(snapshot, language, printed=True), "snapshot": snapshot}
        return render_to_string(f"scans/print_{kind}.html", context | {"language": language})

    assert alike_html(page) == []


def test_the_poster_that_invites_is_in_one_language(town: Town) -> None:
    def page(language: str) -> str:
        poster = library.poster(language, **placeholders(town.open, language))
        context = {"scan": town.open, "poster": poster, "language": language}
        return render_to_string("scans/print_invitation.html", context)

    with school_scope(town.school):
        assert alike_html(page) == []


def test_choosing_a_person_of_a_demo_is_in_one_language(town: Town, settings: Any) -> None:
    settings.DEMO = True
    Installation.objects.update_or_create(defaults={"is_demo": True})
    assert alike(visitors(), "/people/demo/") == []
