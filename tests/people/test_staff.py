"""Writing a staff list: everything of a plan, or nothing."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import (
    account_of,
    make_account,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
    make_team,
)
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv
from tests.people.plans import planned
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.acting import places_of
from zwerm.people.actions import staff
from zwerm.people.actions.accounts import account_for
from zwerm.people.actions.log import BY_COMMAND
from zwerm.people.models import Mandate, Member, Membership, Post, Role, Team, Upload
from zwerm.people.scope import crossing_schools
from zwerm.people.staff_list.plan import plan_of, present_members

TODAY = dt.date(2026, 11, 24)
MODELS = (Member, Team, Membership, Post, Role, Upload)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


@pytest.fixture
def loaded(school):
    load(school, NOOR, DAAN)
    return school


def load(school, *rows, **confirmed):
    plan = planned(school, as_csv(HEADINGS, *rows))
    staff.apply_plan(school, plan, by=BY_COMMAND, **confirmed)


def person(name):
    return Member.objects.get(name=name)


def everything():
    return [list(one.objects.order_by("pk").values()) for one in MODELS]


def refusal(act, *args, **kwargs):
    """The sentence of a refusal, and nothing was written."""
    before = everything()
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert everything() == before
    return str(caught.value)


def test_a_row_becomes_a_member_with_teams_post_and_role(loaded):
    noor = next(one for one in present_members() if one.name == "Noor Bos")

    assert noor.email == "noor@school.example"
    assert noor.staff_number == "101"
    assert noor.teams == ("Talen", "Zorg")
    assert noor.role == "mentor"
    post = Post.objects.get(member=noor.member)
    assert (post.name, post.pay_scale, str(post.fte), post.sector, post.from_on) == (
        "leraar",
        "LB",
        "0.800",
        "vo",
        TODAY,
    )
    role = Role.objects.get(member=noor.member)
    assert (role.from_on, role.obtained) == (TODAY, Role.Obtained.UNKNOWN)
    homes = Membership.objects.filter(member=noor.member, is_home=True)
    assert [one.team.name for one in homes] == ["Talen"]


def test_loading_the_same_again_changes_nothing(loaded):
    before = everything()
    load(loaded, NOOR, DAAN)
    assert everything() == before


def test_a_new_post_ends_the_one_before_and_keeps_what_the_row_leaves_out(loaded):
    with clock.at(TODAY + dt.timedelta(days=10)):
        load(loaded, [*NOOR[:5], "LC", "", NOOR[7]], DAAN)

    posts = Post.objects.filter(member__name="Noor Bos").order_by("from_on")
    told = [(one.name, one.pay_scale, str(one.fte), one.from_on, one.until_on) for one in posts]
    later = dt.date(2026, 12, 4)
    assert told == [
        ("leraar", "LB", "0.800", TODAY, later),
        ("leraar", "LC", "0.800", later, None),
    ]


def test_a_new_role_ends_the_one_before(loaded):
    with clock.at(TODAY + dt.timedelta(days=10)):
        load(loaded, [*NOOR[:7], "coach"], DAAN)

    roles = Role.objects.filter(member__name="Noor Bos").order_by("from_on")
    told = [(one.name, one.from_on, one.until_on) for one in roles]
    later = dt.date(2026, 12, 4)
    assert told == [("mentor", TODAY, later), ("coach", later, None)]


def test_a_changed_address_counts_only_when_it_is_confirmed(loaded):
    noor = person("Noor Bos")
    moved = [NOOR[0], "n.bos@school.example", *NOOR[2:]]

    load(loaded, moved, DAAN)
    assert person("Noor Bos").email == "noor@school.example"

    load(loaded, moved, DAAN, addresses=[str(noor.pk)])
    assert person("Noor Bos").email == "n.bos@school.example"


def test_a_confirmed_address_ends_what_the_old_one_could_do(school):
    noor = make_signed_member(school, name="Noor Bos", staff_number="101")
    old = account_of(noor)
    session = signed_in(old)
    make_mandate(old, "staff_council", school=school)

    load(school, NOOR, addresses=[str(noor.pk)])

    noor.refresh_from_db()
    assert (noor.email, noor.account) == ("noor@school.example", None)
    assert [place.member for place in places_of(old)] == [
        None
    ]  # the mandate stays with the address
    assert Session.objects.filter(pk=session).exists()


def test_a_first_address_needs_no_confirmation(school):
    make_member(school, name="Noor Bos", staff_number="101", email="")
    load(school, NOOR)
    assert person("Noor Bos").email == "noor@school.example"


def test_two_people_may_exchange_their_addresses(loaded):
    exchanged = [NOOR[0], DAAN[1], *NOOR[2:]], [DAAN[0], NOOR[1], *DAAN[2:]]

    load(loaded, *exchanged, addresses=[str(one.pk) for one in Member.objects.all()])

    assert person("Noor Bos").email == "daan@school.example"
    assert person("Daan Kok").email == "noor@school.example"


def test_an_address_that_would_stand_twice_is_refused_and_nothing_is_written(loaded):
    noor = person("Noor Bos")
    exchanged = [NOOR[0], DAAN[1], *NOOR[2:]], [DAAN[0], NOOR[1], *DAAN[2:]]

    said = refusal(load, loaded, *exchanged, addresses=[str(noor.pk)])

    assert said == (
        "daan@school.example would stand on the list twice. Confirm the new address of who had it "
        "before, or mend the file."
    )


def test_an_address_may_go_to_somebody_new(loaded):
    moved = [NOOR[0], "n.bos@school.example", *NOOR[2:]]
    new = ["Noor Vos", "noor@school.example", "200", "", "", "", "", ""]

    assert refusal(load, loaded, moved, DAAN, new).startswith("noor@school.example would stand")

    load(loaded, moved, DAAN, new, addresses=[str(person("Noor Bos").pk)])
    assert person("Noor Vos").email == "noor@school.example"


def test_a_list_with_faults_is_refused_until_they_are_left_out(loaded):
    faulty = ["", "x@school.example", "300", "", "", "", "", ""]
    eva = ["Eva Vos", "eva@school.example", "103", "", "", "", "", ""]

    assert refusal(load, loaded, NOOR, faulty, eva) == (
        "Some rows have a fault. Mend them, or choose to leave them out."
    )

    load(loaded, NOOR, faulty, eva, without_faulty=True)
    assert sorted(Member.objects.values_list("name", flat=True)) == [
        "Daan Kok",
        "Eva Vos",
        "Noor Bos",
    ]
    assert not Member.objects.filter(left_on__isnull=False).exists()


def test_many_leaving_is_refused_until_it_is_confirmed(school):
    for number in range(5):
        make_member(school, name=f"Person {number}")

    said = refusal(load, school, NOOR)
    assert said == "More than one in five people would leave. Confirm that first."

    load(school, NOOR, many_leave=True)
    assert Member.objects.filter(left_on=TODAY).count() == 5


def test_a_list_without_names_is_refused(loaded):
    plan = planned(loaded, as_csv(["Wie", "Waar"], ["Noor", "Talen"]))
    assert refusal(staff.apply_plan, loaded, plan, by=BY_COMMAND) == (
        "No column with names was recognised. Choose it below the table."
    )


def test_who_left_and_comes_back_is_a_new_member_with_the_same_number(loaded):
    load(loaded, DAAN)
    load(loaded, NOOR, DAAN)

    noors = Member.objects.filter(name="Noor Bos", staff_number="101").order_by("left_on")
    assert sorted(str(one.left_on) for one in noors) == ["2026-11-24", "None"]


def signed_in(account):
    browser = Client()
    browser.force_login(account)
    return browser.session.session_key


def test_leaving_ends_mandates_and_sessions_at_once(school):
    noor = make_signed_member(school)
    session = signed_in(account_of(noor))
    now = make_mandate(account_of(noor), "facilitator", school=school)
    make_mandate(
        account_of(noor), "staff_council", school=school, from_on=TODAY + dt.timedelta(days=30)
    )

    staff.leave(noor)

    now.refresh_from_db()
    assert now.until_on == TODAY
    assert list(Mandate.objects.filter(account=account_of(noor))) == [now]
    assert places_of(account_of(noor)) == []
    assert not Session.objects.filter(pk=session).exists()


def test_leaving_ends_a_mandate_of_somebody_who_never_signed_in(school):
    account = make_account(email="noor@school.example")
    mandate = make_mandate(account, "facilitator", school=school)
    others = make_mandate(make_account(), "facilitator", school=school)
    noor = make_member(school, email="Noor@school.example")

    staff.leave(noor)

    mandate.refresh_from_db()
    others.refresh_from_db()
    assert (mandate.until_on, others.until_on) == (TODAY, None)
    assert account_for("noor@school.example") is None


def test_leaving_one_school_leaves_the_other_alone(school):
    other = make_school()
    noor = make_signed_member(school)
    with crossing_schools("somebody works at two schools"):
        make_member(other, email=noor.email, account=account_of(noor))
    mandate = make_mandate(account_of(noor), "facilitator", school=other)
    session = signed_in(account_of(noor))

    staff.leave(noor)

    with crossing_schools("the test looks at the other"):
        mandate.refresh_from_db()
    assert mandate.until_on is None
    assert [place.school for place in places_of(account_of(noor))] == [other]
    assert Session.objects.filter(pk=session).exists()


def test_who_leaves_before_they_start_has_left_today(school):
    noor = make_member(school, started_on=TODAY + dt.timedelta(days=60))
    staff.leave(noor)
    noor.refresh_from_db()
    assert (noor.left_on, noor.started_on) == (TODAY, None)


def test_a_file_is_written_once_and_not_kept(school):
    content = as_csv(HEADINGS, NOOR)
    upload = staff.keep_upload(school, by=make_account(), name="staff.csv", content=content)
    shown = plan_of(upload)[1].fingerprint

    staff.write_upload(upload, shown=shown, by=BY_COMMAND)

    assert not Upload.objects.exists()
    assert refusal(staff.write_upload, upload, shown=shown, by=BY_COMMAND) == (
        "This file was written already. Look at the staff list."
    )


def test_a_list_that_changed_since_the_dry_run_is_shown_again(school):
    upload = staff.keep_upload(
        school, by=make_account(), name="staff.csv", content=as_csv(HEADINGS, NOOR)
    )
    shown = plan_of(upload)[1].fingerprint
    make_member(school, name="Typed in meanwhile")

    assert refusal(staff.write_upload, upload, shown=shown, by=BY_COMMAND) == (
        "The staff list changed after you looked. Go back and look at the file again."
    )


def test_one_person_keeps_one_file_and_nobody_a_day_long(school):
    mine, other = make_account(), make_account()
    content = as_csv(HEADINGS, NOOR)
    staff.keep_upload(school, by=mine, name="first.csv", content=content)
    staff.keep_upload(school, by=other, name="other.csv", content=content)
    staff.keep_upload(school, by=mine, name="second.csv", content=content)
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["other.csv", "second.csv"]

    with clock.at(TODAY + dt.timedelta(days=2)):
        staff.keep_upload(school, by=other, name="today.csv", content=content)
        staff.forget_uploads()
        assert list(Upload.objects.values_list("name", flat=True)) == ["today.csv"]


def test_correcting_an_address_by_hand_ends_what_the_old_one_could_do(school):
    noor = make_signed_member(school)
    old = account_of(noor)
    session = signed_in(old)
    noor.email = "new@school.example"

    staff.save_person(noor, school=school, home_team="", by=BY_COMMAND)

    noor.refresh_from_db()
    assert (noor.email, noor.account) == ("new@school.example", None)
    assert not Session.objects.filter(pk=session).exists()


def test_a_team_typed_in_other_capitals_is_the_same_team(school):
    talen = make_team(school, name="Talen")
    sport = make_team(school, name="Sport")
    noor = make_member(school, team=sport)

    staff.save_person(noor, school=school, home_team="TALEN", by=BY_COMMAND)

    assert list(Team.objects.all()) == [sport, talen]
    assert [one.team for one in noor.memberships.all()] == [talen]
