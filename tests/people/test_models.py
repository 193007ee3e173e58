"""Each constraint is a sentence, and each sentence holds in the database itself."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tests.factories import (
    make_account,
    make_board,
    make_mandate,
    make_member,
    make_school,
    make_team,
)
from zwerm.core.models import Installation, Pulse, Work
from zwerm.people.models import (
    Account,
    Membership,
    Post,
    PrivacyRequest,
    Role,
    School,
    Team,
)

YESTERDAY, TODAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)


def twice_in_a_team(school):
    team = make_team(school)
    Membership.objects.create(school=school, member=make_member(school, team=team), team=team)


def two_home_teams(school):
    member = make_member(school, team=make_team(school))
    Membership.objects.create(school=school, member=member, team=make_team(school), is_home=True)


def with_post(school, **fields):
    defaults = {"sector": "vo", "from_on": TODAY}
    Post.objects.create(school=school, member=make_member(school), **(defaults | fields))


def same_account(school):
    account = make_account()
    for _ in range(2):
        make_member(school, account=account)


def same_fields(school, *several):
    for fields in several:
        make_member(school, **fields)


def asked(school, **fields):
    defaults = {"school": school, "member": make_member(school), "kind": "erase"}
    return PrivacyRequest.objects.create(**(defaults | fields))


BREAKS = {
    "a_board_has_one_school_of_a_name": lambda school: School.objects.create(
        board=school.board, name=school.name
    ),
    "a_mail_address_is_given_once_in_a_school": lambda school: same_fields(
        school, {"email": "noor@school.example"}, {"email": "NOOR@school.example"}
    ),
    "a_mandate_ends_after_it_begins": lambda school: make_mandate(
        make_account(), "facilitator", school=school, from_on=TODAY, until_on=YESTERDAY
    ),
    "a_mandate_is_for_one_school_or_one_board": lambda school: make_mandate(
        make_account(), "facilitator", board=school.board
    ),
    "a_member_has_one_home_team": two_home_teams,
    "a_member_is_once_in_a_team": twice_in_a_team,
    "a_post_ends_after_it_begins": lambda school: with_post(school, until_on=YESTERDAY),
    "a_role_ends_after_it_begins": lambda school: Role.objects.create(
        school=school, member=make_member(school), name="x", from_on=TODAY, until_on=YESTERDAY
    ),
    "a_refusal_has_a_reason": lambda school: asked(
        school, state="refused", answered_at=timezone.now()
    ),
    "a_request_is_answered_or_waits": lambda school: asked(school, state="done"),
    "a_school_has_one_team_of_a_name": lambda school: [
        make_team(school, name="Talen") for _ in range(2)
    ],
    "a_staff_number_is_given_once_in_a_school": lambda school: same_fields(
        school, {"staff_number": "7"}, {"staff_number": "7"}
    ),
    "an_account_is_one_member_of_a_school": same_account,
    "an_fte_lies_between_0_and_2": lambda school: with_post(school, fte="2.001"),
    "no_more_is_done_than_there_is": lambda school: Work.objects.create(done=2, total=1),
    "nobody_leaves_before_they_start": lambda school: make_member(
        school, started_on=TODAY, left_on=YESTERDAY
    ),
    "one_account_for_a_mail_address": lambda school: [
        Account.objects.create(email=email) for email in ("noor@x.example", "Noor@x.example")
    ],
    "somebody_waits_for_one_answer_of_a_kind": lambda school: asked(
        school, member=asked(school).member
    ),
    "there_is_one_installation": lambda school: Installation.objects.create(id=2),
    "there_is_one_pulse": lambda school: Pulse.objects.create(id=2),
}  # fmt: skip


COLUMNS = {
    "a_board_has_one_school_of_a_name": "people_school.board_id, people_school.name",
    "a_member_has_one_home_team": "people_membership.member_id",
    "a_member_is_once_in_a_team": "people_membership.member_id, people_membership.team_id",
    "a_school_has_one_team_of_a_name": "people_team.school_id, people_team.name",
    "a_staff_number_is_given_once_in_a_school": (
        "people_member.school_id, people_member.staff_number"
    ),
    "an_account_is_one_member_of_a_school": "people_member.school_id, people_member.account_id",
    "somebody_waits_for_one_answer_of_a_kind": (
        "people_privacyrequest.member_id, people_privacyrequest.kind"
    ),
}
"""SQLite names a constraint on plain columns by these."""


def test_every_constraint_has_a_break_here():
    named = {
        constraint.name
        for label in ("people", "core")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }
    assert named == set(BREAKS)


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_the_database_holds(school, name):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        BREAKS[name](school)
    said = str(caught.value)
    assert name in said or f"UNIQUE constraint failed: {COLUMNS.get(name)}" == said


@pytest.mark.parametrize(
    ("kind", "at_school", "at_board", "is_allowed"),
    [
        ("facilitator", True, False, True),
        ("facilitator", False, False, False),
        ("facilitator", True, True, False),
        ("staff_council", False, True, False),
        ("board", False, True, True),
        ("board", True, False, False),
        ("board", False, False, False),
        ("operator", False, False, True),
        ("operator", True, False, False),
        ("operator", False, True, False),
    ],
)
def test_a_mandate_is_at_the_place_of_its_kind(school, kind, at_school, at_board, is_allowed):
    board = make_board() if at_board else None
    try:
        with transaction.atomic():
            make_mandate(make_account(), kind, school=school if at_school else None, board=board)
    except IntegrityError:
        assert not is_allowed
    else:
        assert is_allowed


def test_what_one_school_has_another_may_have_too(school):
    make_member(school, email="noor@school.example", staff_number="7")
    make_team(school, name="Talen")
    other = make_school(name=school.name)
    make_member(other, email="noor@school.example", staff_number="7")
    make_team(other, name="Talen")
    assert Team.objects.filter(name="Talen").count() == 1  # the other lies outside this scope


def test_who_left_holds_no_address_number_or_account(school):
    account = make_account()
    for left_on in (TODAY, TODAY, None):
        make_member(
            school, email="noor@x.example", staff_number="7", account=account, left_on=left_on
        )


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Noor Bos", "NB"), ("Noor", "N"), ("Femke van der Meer", "FM"), ("zoë öztürk", "ZÖ")],
)
def test_initials_are_those_of_the_first_and_last_word(school, name, initials):
    assert make_member(school, name=name).initials == initials


def test_ids_that_stand_in_addresses_are_random():
    """Somebody who sees one cannot count or guess another."""
    told = {
        model.__name__: type(model._meta.pk)
        for label in ("people", "scans")
        for model in apps.get_app_config(label).get_models()
        if hasattr(model, "get_absolute_url")
        or model.__name__ in {"Member", "Account", "School", "Board", "Team", "Upload", "Mandate"}
    }
    assert {kind for kind in told.values() if kind is not models.UUIDField} == set()
    assert len(told) >= 8


@pytest.mark.parametrize(
    ("from_day", "until_day", "is_in_force"),
    [(0, None, True), (1, None, False), (-5, 0, False), (-5, 1, True)],
)
def test_a_mandate_is_in_force_from_its_first_day_until_its_last(
    school, from_day, until_day, is_in_force
):
    mandate = make_mandate(
        make_account(),
        "facilitator",
        school=school,
        from_on=TODAY + dt.timedelta(days=from_day),
        until_on=None if until_day is None else TODAY + dt.timedelta(days=until_day),
    )
    assert list(type(mandate).objects.on(TODAY)) == ([mandate] if is_in_force else [])
