"""The start page says what waits for somebody; the page of a board what it may read."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import come_in_as, make_account, make_board, make_mandate, make_school
from tests.fingerprint import everything
from tests.roles import AT_SCHOOL, town_in
from tests.scans.scans import make_open_scan
from zwerm.core import clock
from zwerm.home.queries import moving_at
from zwerm.people.acting import places_of
from zwerm.people.actions.requests import fulfil
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans.models import Invitation, Scan

pytestmark = pytest.mark.django_db

ANSWER = "Whom do you ask for advice?"
ASKED = "What do people ask about their data?"
CONSENT = "Does the staff council consent?"
DRAFT = "Go on with your draft"
REPORT = "The report is here"


def waits_for(town, role):
    context = town.browser_of(role).get("/").context
    return [one.title for one in [*context["first"], *context["rest"]]]


@pytest.mark.parametrize(
    ("state", "waiting"),
    [
        ("draft", {"facilitator": [DRAFT]}),
        ("open", {role: [ANSWER] for role in AT_SCHOOL}),
        ("closed", {}),
        ("released", {role: [REPORT] for role in AT_SCHOOL}),
    ],
)
def test_everybody_sees_what_waits_for_them_and_nothing_else(state, waiting):
    with town_in(state) as town:
        told = {role: waits_for(town, role) for role in (*AT_SCHOOL, "elsewhere")}
    of_officer = told["privacy_officer"]
    of_officer.remove(ASKED)
    assert told == {role: waiting.get(role, []) for role in (*AT_SCHOOL, "elsewhere")}


def test_what_is_asked_about_data_waits_for_the_privacy_officer_until_it_is_answered():
    with town_in("draft") as town:
        assert waits_for(town, "privacy_officer") == [ASKED]
        with school_scope(town.school):
            fulfil(town.request, by=town.accounts["privacy_officer"], reply="")
        assert waits_for(town, "privacy_officer") == []


def test_a_draft_without_consent_waits_for_the_council_only():
    with town_in("draft") as town:
        with school_scope(town.school):
            town.scan.consents.all().delete()
        told = {role: waits_for(town, role) for role in AT_SCHOOL}
    nothing: list[str] = []
    assert told == {
        "teacher": nothing,
        "facilitator": [DRAFT],
        "school_leader": nothing,
        "staff_council": [CONSENT],
        "privacy_officer": [ASKED],
    }


def test_who_has_finished_is_asked_nothing_more():
    with town_in("open") as town:
        with school_scope(town.school):
            asked = Invitation.objects.filter(entry__member__account=town.accounts["teacher"])
            asked.update(is_finished=True)
        assert waits_for(town, "teacher") == []
        assert waits_for(town, "school_leader") == [ANSWER]


def test_every_button_leads_to_a_page_that_is_open_to_its_reader():
    for state in ("draft", "open", "released"):
        with town_in(state) as town:
            for role in AT_SCHOOL:
                browser = town.browser_of(role)
                context = browser.get("/").context
                for one in [*context["first"], *context["rest"], *context["moving"]]:
                    assert browser.get(one.url).status_code == 200, (state, role, one.url)


def test_a_report_no_longer_waits_after_four_months():
    with town_in("released") as town, clock.at(dt.date(2027, 4, 15)):
        assert waits_for(town, "teacher") == []


def test_what_moves_is_told_by_the_day_of_the_school_newest_first():
    with town_in("released") as town, school_scope(town.school):
        midnight = dt.datetime(2026, 11, 1, 23, 30, tzinfo=dt.UTC)  # it is the 2nd here
        Scan.objects.filter(pk=town.scan.pk).update(opened_at=midnight)
        (place,) = places_of(town.accounts["teacher"])
        told = [(str(one.on), one.sentence) for one in moving_at(place)]
    assert told == [
        ("2026-11-27", "The report of Kanarie scan appeared."),
        ("2026-11-02", "Kanarie scan opened."),
    ]


def test_a_draft_moves_for_nobody():
    with town_in("draft") as town:
        for role in AT_SCHOOL:
            assert town.browser_of(role).get("/").context["moving"] == []


def test_the_start_page_changes_nothing_and_costs_the_same_for_more_scans():
    with town_in("released") as town:
        browser = town.browser_of("teacher")
        browser.get("/")
        before = everything()

        def cost():
            with CaptureQueriesContext(connection) as queries:
                browser.get("/")
            return len(queries)

        few = cost()
        assert everything() == before
        with school_scope(town.school):
            for _ in range(3):
                make_open_scan(town.school, members=1, status=Scan.Status.CANCELLED)
        assert cost() == few
        assert few < 25


# --- the board -------------------------------------------------------------------------------


def test_a_board_reads_what_its_schools_released_to_it_and_no_more():
    with town_in("released") as town:
        browser = town.browser_of("board")
        assert browser.get("/")["Location"] == reverse("home:board")
        page = browser.get(reverse("home:board"))
        assert [scan.pk for scan in page.context["reports"]] == [town.scan.pk]
        address = reverse("scans:board_report", args=[town.scan.pk])
        assert address in page.content.decode()
        assert browser.get(address).status_code == 200

        with crossing_schools("the test takes the release to the board back"):
            Scan.objects.filter(pk=town.scan.pk).update(is_for_board=False)
        page = browser.get(reverse("home:board"))
        assert list(page.context["reports"]) == []
        assert b"No school has released a report to the board yet." in page.content
        assert browser.get(address).status_code == 404


def test_a_board_reads_nothing_of_a_school_of_another_board():
    with town_in("released") as town:
        other = make_account()
        make_mandate(other, "board", board=make_board(), from_on=dt.date(2020, 1, 1))
        browser = Client()
        come_in_as(browser, other)
        assert list(browser.get(reverse("home:board")).context["reports"]) == []
        address = reverse("scans:board_report", args=[town.scan.pk])
        assert browser.get(address).status_code == 404


def test_a_board_never_reads_a_comment_or_a_person():
    with town_in("released") as town:
        page = town.browser_of("board").get(reverse("scans:board_report", args=[town.scan.pk]))
        assert b"Kanarie comment" not in page.content
        people = [member.name for member in town.people]
        assert [name for name in people if name.encode() in page.content] == []
        assert b"Kanarie comment" in (
            town.browser_of("teacher").get(reverse("scans:report", args=[town.scan.pk])).content
        )


def test_the_page_of_a_board_costs_the_same_for_more_schools():
    with town_in("released") as town:
        browser = town.browser_of("board")

        def cost():
            with CaptureQueriesContext(connection) as queries:
                browser.get(reverse("home:board"))
            return len(queries)

        few = cost()
        for _ in range(3):
            school = make_school(board=town.school.board)
            with school_scope(school):
                make_open_scan(
                    school, members=1, status="released", released_at=clock.now(), is_for_board=True
                )
        assert len(browser.get(reverse("home:board")).context["reports"]) == 4
        assert cost() == few


@pytest.mark.parametrize("role", AT_SCHOOL)
def test_who_is_no_board_is_sent_to_the_start_page(role):
    with town_in("draft") as town:
        answer = town.browser_of(role).get(reverse("home:board"))
        assert answer["Location"] == reverse("home:start")
