"""A colleague who tries every address by every method reaches nothing of somebody else.

Who may come in where is the table of `tests/test_access.py`: an address that is not in it fails
there. Here each object holds a word of its own, and whoever may not read it never sees that word.
"""

from __future__ import annotations

import logging
from collections import defaultdict

import pytest

from tests.roles import Town, town_in
from tests.scans.answered import roster
from tests.test_access import CELLS, visit
from zwerm.people.models import Member, PrivacyRequest, Upload
from zwerm.people.scope import school_scope
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, Scan, SettingsLogLine
from zwerm.scans.sealed import Answers, Given

pytestmark = pytest.mark.django_db

NOBODY: dict[str, list[int]] = {"named": [], "may_know": []}
COLLEAGUES = ("teacher", "facilitator", "school_leader", "privacy_officer", "by_link")
KEEPERS = {"facilitator", "privacy_officer"}
MAY_READ: dict[str, set[str]] = {
    "Geheimwoord-request": {"privacy_officer"},
    "Geheimwoord-upload": {"facilitator"},
    "geheimwoord-address": KEEPERS,
    "Geheimwoord-number": KEEPERS,
    "geheimwoord-nonce": set(),
    "Geheimwoord-answer": set(),
    "Geheimwoord-log": {"facilitator", "staff_council", "privacy_officer"},
    "Geheimwoord-leaver": {"privacy_officer"},
}
"""Each word stands in one object of somebody else, and these mandates may read it."""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are no news."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


def hide_words(town: Town) -> None:
    """Put every word in its object: those of a colleague who is none of the roles."""
    victim = town.people[12]
    town.member.email = "geheimwoord-address@school.example"
    town.member.staff_number = "Geheimwoord-number"
    town.member.save()
    rows = PrivacyRequest.objects.filter(pk=town.request.pk)
    rows.update(member=victim, words="Geheimwoord-request")
    Upload.objects.filter(pk=town.upload.pk).update(name="Geheimwoord-upload.csv")
    Member.objects.filter(pk=town.leaver.pk).update(name="Geheimwoord-leaver")
    entry = roster(town.scan, [victim])[0]
    Invitation.objects.filter(entry=entry).update(nonce="geheimwoord-nonce")
    answers = {"comment": Given(1, "Geheimwoord-answer"), "advice": Given(1, NOBODY)}
    sealed.write_answers(town.scan, entry, Answers(answers))
    SettingsLogLine.objects.create(
        school=town.school, scan=town.scan, by_name="x", setting="title", after="Geheimwoord-log"
    )


def readers(town: Town) -> dict[str, set[str]]:
    """Who reads each word, over every address; a teacher tries every method too."""
    browsers = {role: town.browser_of(role) for role in COLLEAGUES}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, method, state, role in CELLS:
        if state == town.state and role in COLLEAGUES and (method == "GET" or role == "teacher"):
            _outcome, _writes, body = visit(town, role, browsers[role], name, method)
            for word in MAY_READ:
                if word.encode() in body:
                    found[word].add(role)
    return found


@pytest.mark.parametrize("state", ["open", "released"])
def test_each_object_is_read_by_who_may_and_by_nobody_else(state: str) -> None:
    """Where nobody may, nobody does. Where somebody may, that one does: each word can be found."""
    with town_in(state) as town:
        with school_scope(town.school):
            hide_words(town)
        found = readers(town)
        assert {word for word, may in MAY_READ.items() if found[word] - may} == set()
        if state == "open":
            assert {word for word, may in MAY_READ.items() if may and not found[word]} == set()


def test_a_page_that_shows_an_answer_would_be_seen() -> None:
    """A fault is planted: the title of the scan tells what somebody wrote."""
    with town_in("released") as town:
        with school_scope(town.school):
            hide_words(town)
            entry = roster(town.scan, [town.people[12]])[0]
            answers = sealed.read_answers(town.scan, entry)
            told = answers.answer("comment") if answers else ""
            Scan.objects.filter(pk=town.scan.pk).update(title=told)
        outcome, _writes, body = visit(
            town, "teacher", town.browser_of("teacher"), "scans:detail", "GET"
        )
        assert (outcome, b"Geheimwoord-answer" in body) == ("200", True)
