"""Asking about one's own data, and the month in which the privacy officer answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import account_of, make_account, make_mandate, make_member, make_signed_member
from tests.fingerprint import everything
from tests.people.pages import browser_of
from tests.scans.answered import read
from tests.scans.scans import entries_of, make_open_scan
from zwerm.core import clock
from zwerm.home import actions
from zwerm.people.actions import requests
from zwerm.people.models import Member, PrivacyRequest, School

Kind, State = PrivacyRequest.Kind, PrivacyRequest.State
LONG_AGO = dt.date(2020, 8, 1)
ASKED_ON = dt.date(2026, 11, 10)


@pytest.fixture
def tess(school: School) -> Member:
    return make_signed_member(school, name="Tess", language="en")


@pytest.fixture
def officer(school: School) -> Client:
    pim = make_signed_member(school, name="Pim")
    make_mandate(account_of(pim), "privacy_officer", school=school, from_on=LONG_AGO)
    return browser_of(pim)


def ask(member: Member, kind: PrivacyRequest.Kind, words: str = "") -> Any:
    return browser_of(member).post(reverse("home:ask", args=[kind]), {"words": words}, follow=True)


def answer(officer: Client, request: PrivacyRequest, say: str, reply: str = "") -> Any:
    address = reverse("home:request", args=[request.pk])
    return officer.post(address, {"answer": say, "reply": reply}, follow=True)


def test_both_sides_see_a_correction_from_question_to_answer(tess: Member, officer: Client) -> None:
    with clock.at(ASKED_ON):
        ask(tess, Kind.RECTIFY, "My name is Tessa.")
        own = read(browser_of(tess), reverse("home:about_me"))
        assert "Asked on 10 November 2026. An answer comes by 10 December 2026." in own
        assert "Tess: a correction" in read(officer, reverse("home:requests"))
        assert "30 days left" in read(officer, reverse("home:requests"))
        request = PrivacyRequest.objects.get()
        page = read(officer, reverse("home:request", args=[request.pk]))
        assert "My name is Tessa." in page
        answer(officer, request, "yes", "It is corrected.")
        own = read(browser_of(tess), reverse("home:about_me"))
    assert "Answered on 10 November 2026." in own
    assert "Answer: It is corrected." in own
    assert "Nothing waits for you now." in read(officer, reverse("home:requests"))


def test_a_refusal_needs_a_reason_and_the_person_reads_it(tess: Member, officer: Client) -> None:
    ask(tess, Kind.ERASE, "Please.")
    request = PrivacyRequest.objects.get()
    page = answer(officer, request, "no", "  ")
    assert page.status_code == 400
    assert "Write why not. The person reads your reason." in page.content.decode()
    assert PrivacyRequest.objects.get().state == State.WAITING
    answer(officer, request, "no", "You still work here.")
    own = read(browser_of(tess), reverse("home:about_me"))
    assert "refused" in own
    assert "Answer: You still work here." in own


def test_the_database_refuses_a_refusal_without_a_reason(tess: Member) -> None:
    request = requests.ask(tess, kind=Kind.ERASE, words="")
    rows = PrivacyRequest.objects.filter(pk=request.pk)
    with pytest.raises(IntegrityError, match="a_refusal_has_a_reason"), transaction.atomic():
        rows.update(state=State.REFUSED, answered_at=clock.now())
    with (
        pytest.raises(IntegrityError, match="a_request_is_answered_or_waits"),
        transaction.atomic(),
    ):
        rows.update(state=State.DONE)


def test_a_correction_needs_words(tess: Member) -> None:
    page = ask(tess, Kind.RECTIFY, " ")
    assert page.status_code == 400
    assert "Write what is wrong, and what it should be." in page.content.decode()
    assert not PrivacyRequest.objects.exists()


def test_the_same_is_asked_once_until_it_is_answered(tess: Member, officer: Client) -> None:
    ask(tess, Kind.ERASE)
    page = ask(tess, Kind.ERASE)
    assert page.status_code == 409
    assert "You asked this already." in page.content.decode()
    assert PrivacyRequest.objects.count() == 1
    answer(officer, PrivacyRequest.objects.get(), "no", "Because.")
    assert ask(tess, Kind.ERASE).status_code == 200
    assert PrivacyRequest.objects.count() == 2


def test_a_request_is_answered_once(tess: Member, officer: Client) -> None:
    ask(tess, Kind.ERASE)
    request = PrivacyRequest.objects.get()
    answer(officer, request, "no", "Because.")
    page = answer(officer, request, "yes")
    assert page.status_code == 409
    assert "This request was answered already." in page.content.decode()
    assert PrivacyRequest.objects.get().reply == "Because."


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (dt.date(2026, 11, 10), dt.date(2026, 12, 10)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 31)),
        (dt.date(2027, 1, 31), dt.date(2027, 2, 28)),
        (dt.date(2028, 1, 30), dt.date(2028, 2, 29)),
    ],
)
def test_an_answer_is_due_within_one_month_of_the_calendar(
    tess: Member, asked: dt.date, due: dt.date
) -> None:
    with clock.at(asked, hour=23):
        assert requests.ask(tess, kind=Kind.ERASE, words="").due_on == due


def test_when_the_month_is_over_both_sides_read_it(tess: Member, officer: Client) -> None:
    with clock.at(ASKED_ON):
        ask(tess, Kind.ERASE)
    with clock.at(dt.date(2026, 12, 10)):
        assert "0 days left" in read(officer, reverse("home:requests"))
    with clock.at(dt.date(2026, 12, 11)):
        assert "too late" in read(officer, reverse("home:requests"))
        assert "The month is over." in read(browser_of(tess), reverse("home:about_me"))


def test_an_objection_holds_at_once_also_in_an_open_scan(tess: Member, school: School) -> None:
    scan = make_open_scan(school)
    page = ask(tess, Kind.OBJECT)
    assert "You are off the list." in page.content.decode()
    assert "I do not want to be named" not in page.content.decode()
    tess.refresh_from_db()
    assert tess.may_be_named is False
    assert [one.may_be_named for one in entries_of(scan) if one.member_id == tess.pk] == [False]
    request = PrivacyRequest.objects.get()
    assert (request.state, request.answered_by) == (State.DONE, None)
    assert ask(tess, Kind.OBJECT).status_code == 409


def test_somebody_else_reads_and_answers_nothing(tess: Member, school: School) -> None:
    ask(tess, Kind.RECTIFY, "My name is Tessa.")
    request = PrivacyRequest.objects.get()
    colleague = browser_of(make_signed_member(school), "facilitator", "school_leader")
    before = everything()
    assert "Tessa" not in read(colleague, reverse("home:about_me"))
    for address in (reverse("home:requests"), reverse("home:request", args=[request.pk])):
        assert colleague.get(address).status_code == 403
    assert answer(colleague, request, "yes").status_code == 403
    assert everything() == before


def test_an_unknown_kind_of_request_is_no_page(tess: Member) -> None:
    assert browser_of(tess).get(reverse("home:ask", args=["everything"])).status_code == 404


def test_without_a_privacy_officer_the_page_says_so(tess: Member) -> None:
    said = "Your school has no privacy officer in Zwerm yet."
    assert said in read(browser_of(tess), reverse("home:about_me"))
    browser_of(make_signed_member(tess.school), "privacy_officer")
    assert said not in read(browser_of(tess), reverse("home:about_me"))


def test_one_request_costs_as_many_queries_as_three(officer: Client, school: School) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(reverse("home:requests")).status_code == 200
        return len(caught)

    def ask_and_leave() -> None:
        requests.ask(make_member(school), kind=Kind.ERASE, words="")
        done = requests.ask(make_member(school), kind=Kind.ERASE, words="")
        requests.refuse(done, by=make_account(), reason="no")
        make_member(school, left_on=ASKED_ON)

    ask_and_leave()
    before = cost()
    ask_and_leave()
    ask_and_leave()
    assert cost() == before


def test_a_request_about_somebody_who_was_erased_has_no_name(officer: Client, tess: Member) -> None:
    ask(tess, Kind.RECTIFY, "My name is Tessa.")
    tess.left_on = clock.today()
    tess.save()
    actions.erase_person(tess)
    page = read(officer, reverse("home:requests"))
    assert "Tess" not in page
    assert "erased" in page
