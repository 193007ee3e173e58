"""The last screen: what one answered, who may know, and erasing it all."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.scans.pages import words
from tests.scans.scans import entries_of, invitation_of, make_open_scan
from zwerm.core import clock
from zwerm.scans import link, sealed
from zwerm.scans.models import AnswerBlob, Scan

NO_SCRIPT = {"HTTP_ACCEPT": "text/html"}
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def scan(school):
    return make_open_scan(school)


@pytest.fixture
def entry(scan):
    return entries_of(scan)[0]


@pytest.fixture
def others(scan):
    return entries_of(scan)[1:]


@pytest.fixture
def here(client, scan, entry):
    """Who came in by a personal link."""
    come_in(client, scan, entry)
    return client


def come_in(client, scan, entry):
    token = link.make_token(scan, invitation_of(entry))
    return client.post(reverse("scans:with", args=[scan.pk, token]))


def page(scan, name, *more):
    return reverse(f"scans:{name}", args=[scan.pk, *more])


def kept(scan, entry, question="advice"):
    answers = sealed.read_answers(scan, entry)
    return answers.answer(question) if answers else None


def save(client, scan, question, **sent):
    return client.post(page(scan, "save", question), sent, **SCRIPT)


def test_the_last_screen_of_who_skipped_asks_whether_this_is_all(here, scan, entry):
    save(here, scan, "culture_1", value="3", counter=1)

    said = words(here.get(page(scan, "thanks")))
    assert "Not everything has an answer yet" in said
    answer = here.post(page(scan, "finish"))

    assert answer.headers["Location"] == page(scan, "thanks")
    assert "Done. Thank you" in words(here.get(page(scan, "thanks")))
    assert invitation_of(entry).is_finished


@pytest.mark.parametrize("script", [True, False])
def test_may_know_is_off_and_switched_on_for_one_name(here, scan, entry, others, script):
    save(here, scan, "advice", named=[others[0].number, others[1].number], counter=1)
    shown = here.get(page(scan, "thanks")).content.decode()
    assert f'value="{others[0].number}">{others[0].name} may know' in shown
    sent = {"asked-may_know-advice": "1", "may_know-advice": [others[0].number, 999]}

    answer = here.post(page(scan, "thanks"), sent, **(SCRIPT if script else NO_SCRIPT))

    assert answer.status_code == (204 if script else 302)
    assert kept(scan, entry)["may_know"] == [others[0].number]
    here.post(page(scan, "thanks"), {"asked-may_know-advice": "1"})
    assert kept(scan, entry)["may_know"] == []


def test_own_answers_can_be_read_after_the_close_and_not_for_ever(here, scan, entry):
    save(here, scan, "culture_1", value="4", counter=1)
    Scan.objects.filter(pk=scan.pk).update(status="closed")
    assert "Only you see it. It can no longer be changed." in words(here.get(page(scan, "thanks")))
    assert "Change" not in words(here.get(page(scan, "thanks")))

    released = clock.now()
    Scan.objects.filter(pk=scan.pk).update(status="released", released_at=released)
    with clock.at(released.date() + dt.timedelta(days=29)):
        assert "Agree" in words(here.get(page(scan, "thanks")))
    with clock.at(released.date() + dt.timedelta(days=32)):
        assert here.get(page(scan, "thanks")).status_code == 302


def test_everything_is_erased_after_a_question(here, scan, entry):
    save(here, scan, "advice", nobody="on", counter=1)
    assert "Erase everything you answered?" in words(here.get(page(scan, "withdraw")))
    assert kept(scan, entry) is not None

    answer = here.post(page(scan, "withdraw"))

    assert AnswerBlob.objects.count() == 0
    assert "Everything you answered is erased." in words(here.get(answer.headers["Location"]))
