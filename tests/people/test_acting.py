"""Where somebody acts, and as what."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    account_of,
    make_account,
    make_board,
    make_mandate,
    make_school,
    make_signed_member,
)
from zwerm.core import clock
from zwerm.people.acting import choose_place, places_of
from zwerm.people.models import Mandate
from zwerm.people.permissions import can_keep_staff
from zwerm.people.scope import school_scope

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


def kinds_at(account):
    return [(place.key.partition(":")[0], sorted(place.kinds)) for place in places_of(account)]


def test_a_member_acts_at_the_school_with_the_mandates_in_force_there(school):
    noor = make_signed_member(school, name="Noor Bos")
    account = account_of(noor)
    make_mandate(account, "facilitator", school=school, from_on=TODAY)
    make_mandate(account, "staff_council", school=school, from_on=TODAY + dt.timedelta(days=1))
    make_mandate(account, "school_leader", school=school, from_on=TODAY, until_on=TODAY)

    (place,) = places_of(account)

    assert (place.member, place.name, place.initials) == (noor, "Noor Bos", "NB")
    assert place.kinds == {"facilitator"}
    assert place.holds(Mandate.Kind.FACILITATOR)
    assert not place.holds(Mandate.Kind.STAFF_COUNCIL)


def test_a_mandate_begins_and_ends_by_itself(school):
    account = make_account(email="zoe@elsewhere.example")
    make_mandate(
        account, "facilitator", school=school, from_on=TODAY, until_on=dt.date(2026, 12, 1)
    )
    in_force = {}
    for day in (dt.date(2026, 11, 23), TODAY, dt.date(2026, 11, 30), dt.date(2026, 12, 1)):
        with clock.at(day):
            in_force[day.day] = kinds_at(account)
    there = [("school", ["facilitator"])]
    assert in_force == {23: [], 24: there, 30: there, 1: []}
    (place,) = places_of(account)
    assert (place.member, place.name, place.initials) == (None, "zoe", "ZO")


def test_mandates_of_one_place_do_not_count_at_another(school):
    noor = make_signed_member(school)
    other, board = make_school(), make_board()
    make_mandate(account_of(noor), "facilitator", school=other)
    make_mandate(account_of(noor), "board", board=board)
    assert kinds_at(account_of(noor)) == [
        ("school", []),
        ("school", ["facilitator"]),
        ("board", ["board"]),
    ]


def test_who_left_or_has_nothing_acts_nowhere(school):
    left = make_signed_member(school, left_on=TODAY)
    operator = make_account()
    make_mandate(operator, "operator", from_on=TODAY)
    for account in (account_of(left), make_account(), operator):
        assert places_of(account) == []
        assert choose_place(account, None) is None


def test_the_remembered_place_is_chosen_and_else_the_first(school):
    noor = make_signed_member(school)
    other = make_school()
    make_mandate(account_of(noor), "facilitator", school=other)
    for key, where in ((f"school:{other.pk}", other), (None, school), ("school:gone", school)):
        chosen = choose_place(account_of(noor), key)
        assert chosen is not None
        assert chosen.place == where


def test_places_cost_two_queries_however_many(school):
    noor = make_signed_member(school)
    for number in range(3):
        other = make_school(name=f"Other {number}")
        with school_scope(other):
            make_signed_member(other, email=f"n{number}@x.example")
        make_mandate(account_of(noor), "facilitator", school=other)
        with CaptureQueriesContext(connection) as queries:
            places_of(account_of(noor))
        assert len(queries) == 2


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("facilitator", True),
        ("privacy_officer", True),
        ("school_leader", False),
        ("staff_council", False),
    ],
)
def test_only_two_mandates_keep_the_staff_list(school, kind, may):
    account = make_account()
    make_mandate(account, kind, school=school, from_on=TODAY)
    (place,) = places_of(account)
    assert can_keep_staff(place) == may
