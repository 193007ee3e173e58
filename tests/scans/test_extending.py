"""An open scan: moved once or cancelled, and never closed early."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_account
from tests.scans.pages import everything, sign_in, words
from tests.scans.scans import (
    entries_of,
    invitation_of,
    make_open_scan,
    make_ready_draft,
)
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.scans import link
from zwerm.scans.actions import answering, opening
from zwerm.scans.models import AnswerBlob, Invitation, LedgerLine, Scan


def log_of(scan):
    return [(one.setting, one.before, one.after) for one in scan.log.exclude(before="")]


@pytest.fixture
def scan(school):
    return make_open_scan(school, members=3)


@pytest.fixture
def ready(school, facilitator):
    return make_ready_draft(school, 12, 14, by=facilitator)


# --- moving the last day -----------------------------------------------------------


def extend(client, scan, closes=25, reports=35):
    today = clock.today()
    sent = {
        "closes_on": today + dt.timedelta(days=closes),
        "report_on": today + dt.timedelta(days=reports),
    }
    return client.post(reverse("scans:extend", args=[scan.pk]), sent)


def test_the_last_day_moves_once_with_a_line_and_a_mail(client, scan, facilitator):
    first, report = scan.closes_on, scan.report_on
    assert "You can do this once." in words(client.get(reverse("scans:extend", args=[scan.pk])))

    response = extend(client, scan)

    scan.refresh_from_db()
    assert response.headers["Location"] == scan.get_absolute_url()
    assert (scan.closes_on - first).days == 5
    assert scan.extended_from_on == first
    assert sorted(log_of(scan)) == [
        ("closes_on", str(first), str(scan.closes_on)),
        ("report_on", str(report), str(scan.report_on)),
    ]
    again = extend(client, scan, closes=26)
    assert again.status_code == 409
    assert "A second time is not possible." in words(again)
    scan.refresh_from_db()
    assert (scan.closes_on - first).days == 5
    assert client.get(reverse("scans:extend", args=[scan.pk])).status_code == 409


@pytest.mark.parametrize(
    ("closes", "reports", "sentence"),
    [
        (20, 30, "Choose a day after the present last day."),
        (19, 30, "Choose a day after the present last day."),
        (25, 25, "Choose a day after the last day to answer."),
        (4000, 4001, "This is more than a year ahead."),
    ],
)
def test_an_impossible_last_day_is_explained(client, scan, facilitator, closes, reports, sentence):
    before = everything()

    response = extend(client, scan, closes, reports)

    assert response.status_code == 200
    assert sentence in words(response)
    assert everything() == before
    assert mail.outbox == []


def test_a_scan_that_is_over_is_not_extended(client, scan, facilitator):

    with clock.at(scan.closes_on + dt.timedelta(days=1)):
        response = extend(client, scan, closes=30, reports=40)

    assert "Only an open scan can be extended." in words(response)


# --- cancelling --------------------------------------------------------------------


def answer(scan, entry):
    return answering.answer_question(
        scan,
        entry=entry,
        question="advice",
        answer={"named": []},
        counter=1,
        through_roster_address=True,
    )


def test_cancelling_destroys_answers_and_key_at_once_and_tells_everybody(client, scan, facilitator):
    for entry in entries_of(scan):
        answer(scan, entry)
    assert AnswerBlob.objects.count() == 3
    url = reverse("scans:cancel", args=[scan.pk])
    assert "All answers are destroyed at once" in words(client.get(url))
    assert AnswerBlob.objects.count() == 3

    response = client.post(url)

    scan.refresh_from_db()
    assert response.headers["Location"] == scan.get_absolute_url()
    assert (scan.status, scan.has_key, AnswerBlob.objects.count()) == ("cancelled", False, 0)
    assert [(one.what, one.reason) for one in LedgerLine.objects.all()] == [
        ("answers", "cancelled"),
        ("key", "cancelled"),
    ]
    assert log_of(scan) == [("status", "open", "cancelled")]
    assert set(Invitation.objects.values_list("is_respondent", "is_finished")) == {(False, False)}
    assert len(mail.outbox) == 3
    with pytest.raises(Refused, match="closed"):
        answer(scan, entries_of(scan)[0])
    page = words(client.get(scan.get_absolute_url()))
    assert "This scan was cancelled. All answers were destroyed at once." in page


def test_a_cancelled_scan_says_so_to_who_uses_a_link(client, scan):
    entry = entries_of(scan)[0]
    url = reverse("scans:with", args=[scan.pk, link.make_token(scan, invitation_of(entry))])
    client.post(url)

    opening.cancel_scan(scan, by=make_account(), by_name="Farah")

    page = client.get(url)
    assert "The scan was cancelled. All answers were destroyed, yours too." in words(page)
    asked = client.get(reverse("scans:ask", args=[scan.pk]))
    assert asked.headers["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize("name", ["extend", "cancel"])
@pytest.mark.parametrize("kind", ["school_leader", "staff_council", "privacy_officer", None])
def test_nobody_else_moves_the_last_day_or_cancels(client, school, scan, name, kind):
    sign_in(client, school, *([kind] if kind else []))
    before = everything()
    url = reverse(f"scans:{name}", args=[scan.pk])

    assert client.get(url).status_code == 403
    assert client.post(url, {"closes_on": "2030-01-01"}).status_code == 403
    assert everything() == before


def test_a_draft_is_not_cancelled(client, ready):
    assert client.post(reverse("scans:cancel", args=[ready.pk])).status_code == 409
    assert Scan.objects.get().status == "draft"


def test_a_scan_is_never_closed_early_outside_a_demo(client, scan, facilitator):

    assert client.post(reverse("scans:close_now", args=[scan.pk])).status_code == 404
    assert client.post(reverse("scans:release_now", args=[scan.pk])).status_code == 404
    scan.refresh_from_db()
    assert scan.status == "open"


def test_a_scan_is_open_until_midnight_in_amsterdam(scan):

    assert timezone.get_current_timezone_name() == "Europe/Amsterdam"
    with clock.at(scan.closes_on, hour=23):
        assert scan.is_open
    with clock.at(scan.closes_on + dt.timedelta(days=1), hour=0):
        assert not scan.is_open
