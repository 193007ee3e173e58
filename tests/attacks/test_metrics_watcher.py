"""Somebody who holds the token of the metrics reads them after each answer of a colleague."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.roles import every_address, town_in
from zwerm.core import metrics
from zwerm.scans import urls as scans

TOKEN = "t" * 64
ANSWERING_FILES = {f"zwerm.scans.views.{name}" for name in ("answer", "coming_in", "mirror")}


@pytest.fixture(autouse=True)
def _with_token(settings):
    settings.METRICS_TOKEN = TOKEN


def read() -> str:
    """What the watcher reads, less how long ago a worker looked: that moves by itself."""
    text = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    return re.sub(r"^zwerm_worker_seconds .*$", "", text, flags=re.MULTILINE)


def watched(answers: int) -> list[str]:
    """What is read before, and after each time that somebody opens a question and answers."""
    with town_in("open") as town:
        browser = town.browser_of("by_link")
        seen = [read()]
        for _ in range(answers):
            assert browser.get(town.address("scans:question")).status_code == 200
            sent = town.sent("scans:save", "by_link")
            assert browser.post(town.address("scans:save"), sent).status_code in {200, 409}
            seen.append(read())
    return seen


@pytest.fixture
def just_started() -> None:
    """Nothing was counted yet in this process, also not by other tests."""
    metrics.requests.clear()
    metrics.lengths.clear()
    metrics.begin()


@pytest.mark.django_db
def test_no_single_answer_moves_a_number(just_started):
    assert len(set(watched(4))) == 1


@pytest.mark.django_db
def test_a_line_that_appears_with_the_first_answer_would_be_seen(just_started):
    metrics.requests.clear()
    assert len(set(watched(1))) == 2


@pytest.mark.django_db
def test_counted_one_by_one_each_answer_would_be_seen(monkeypatch):
    """The test of the test: with steps of one every answer moves a number."""
    monkeypatch.setattr(metrics, "STEP", 1)
    assert len(set(watched(4))) == 5


def test_a_fault_of_ours_is_seen_at_once(db):
    metrics.count("scans:save", 500, 0.1)
    before = read()
    metrics.count("scans:save", 500, 0.1)
    assert before != read()


def test_every_address_where_people_answer_is_among_the_quiet_ones(settings):
    """By where its page stands; names that are no address any more are none of them."""
    named = {
        f"scans:{pattern.name}"
        for pattern in scans.urlpatterns
        if pattern.callback.__module__ in ANSWERING_FILES
    }
    assert named == settings.QUIET_ROUTES
    assert set(every_address()) >= settings.QUIET_ROUTES | settings.WATCHED_ROUTES


def test_no_name_of_a_school_or_a_person_is_a_label(db):
    with town_in("open") as town:
        for role in ("facilitator", "teacher"):
            town.browser_of(role).get(town.address("scans:detail"))
        ids = [str(one) for one in town.ids()]
    labels = set(re.findall(r'"([^"]*)"', read()))
    assert labels
    assert not any(one in label for one in [*ids, "Kanarie"] for label in labels)
