"""Choosing a person to look through the eyes of: in a demo, and nowhere else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    account_of,
    make_account,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
)
from tests.fingerprint import everything
from zwerm.core.models import Installation
from zwerm.people.scope import crossing_schools


@pytest.fixture
def demo(settings, db):
    settings.DEMO = True
    Installation.objects.create(is_demo=True)
    school = make_school(name="De Waterlelie")
    with crossing_schools("the test plants persons of a demo"):
        make_member(school, name="Without account")
        tess = make_signed_member(school, name="Tess")
        farah = make_signed_member(school, name="Farah")
        make_mandate(account_of(farah), "facilitator", school=school)
        make_mandate(make_account(email="board@x.example"), "board", board=school.board)
    return school, tess, farah


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def test_a_teacher_and_every_holder_of_a_mandate_can_be_chosen(demo, visitor):
    groups = visitor.get(reverse("people:demo")).context["groups"]
    told = [(place, [(one.as_what, one.name) for one in persons]) for place, persons in groups]
    assert told == [
        ("De Waterlelie", [("teacher", "Tess"), ("facilitator", "Farah")]),
        (demo[0].board.name, [("board", "board@x.example")]),
    ]


def test_choosing_a_person_signs_in_as_that_person(demo, visitor):
    _school, tess, farah = demo
    for member in (tess, farah):
        done = visitor.post(reverse("people:demo"), {"account": str(member.account_id)})
        assert done["Location"] == "/"
        assert visitor.session["_auth_user_id"] == str(member.account_id)
        assert visitor.get("/").context["request"].acting.member == member


def test_choosing_leads_back_to_the_page_of_this_site_only(demo, visitor):
    account = str(demo[1].account_id)
    for wanted, where in (("/people/", "/people/"), ("https://elsewhere.example/", "/"), ("", "/")):
        done = visitor.post(reverse("people:demo"), {"account": account, "next": wanted})
        assert done["Location"] == where


def test_nobody_else_can_be_chosen(demo, visitor):
    other = make_account()
    before = everything()
    for account in (str(other.pk), "", "x"):
        refused = visitor.post(reverse("people:demo"), {"account": account})
        assert refused.status_code == 403
    assert "_auth_user_id" not in visitor.session
    assert everything() == before


@pytest.mark.parametrize(("mode", "mark"), [(False, True), (True, False), (False, False)])
def test_without_both_the_mode_and_the_mark_there_is_no_switch(settings, demo, visitor, mode, mark):
    settings.DEMO = mode
    Installation.objects.update(is_demo=mark)
    account = str(demo[1].account_id)
    assert visitor.get(reverse("people:demo")).status_code == 404
    assert visitor.post(reverse("people:demo"), {"account": account}).status_code == 404
    assert "_auth_user_id" not in visitor.session


def test_the_switch_is_offered_in_a_demo_only(settings, demo, visitor):
    offered = visitor.get(reverse("account_request_login_code")).content.decode()
    assert f'href="{reverse("people:demo")}"' in offered
    settings.DEMO = False
    plain = visitor.get(reverse("account_request_login_code")).content.decode()
    assert reverse("people:demo") not in plain


def test_the_page_costs_the_same_for_more_people(demo, visitor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            visitor.get(reverse("people:demo"))
        return len(queries)

    few = cost()
    for _ in range(3):
        school = make_school()
        with crossing_schools("the test plants more persons"):
            make_mandate(account_of(make_signed_member(school)), "facilitator", school=school)
            make_mandate(make_account(), "board", board=school.board)
    assert cost() == few
