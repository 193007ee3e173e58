"""The second step: set up, used, asked of who guards something of others, lost, taken away."""

import re
import time

import pytest
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import (
    account_of,
    come_in_as,
    give_step,
    make_account,
    make_board,
    make_mandate,
    make_signed_member,
    make_step,
)
from zwerm.core.models import Erasure
from zwerm.people import command, second_step
from zwerm.people.actions import second_step as actions
from zwerm.people.actions import staff
from zwerm.people.models import Mandate
from zwerm.people.second_step import GUARDED

SIGN_IN = "/account/sign-in/"
OVERVIEW = "/account/signing-in/"


def code_of(secret, periods=0):
    """The code that an app shows now, or so many half minutes later."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + periods))


def browser():
    return Client(headers={"accept-language": "en"})


def give_mail_code(visitor, account):
    """Ask for a code by mail and give it; where that leads."""
    mail.outbox.clear()
    visitor.post(SIGN_IN, {"email": account.email})
    code = mail.outbox[0].body.split("\n\n")[1].strip()
    return visitor.post(f"{SIGN_IN}code/", {"code": code}, follow=True).redirect_chain[-1][0]


def who(visitor):
    return visitor.session.get("_auth_user_id")


@pytest.fixture
def leader(school):
    """A school leader who never set up a second step."""
    account = account_of(make_signed_member(school))
    account.language = "en"
    account.save()
    make_mandate(account, "school_leader", school=school)
    return account


# --- setting up ------------------------------------------------------------------------------


def test_a_leader_without_a_second_step_is_led_to_set_one_up_and_then_comes_where_they_wanted(
    leader, django_capture_on_commit_callbacks
):
    visitor = browser()
    assert give_mail_code(visitor, leader) == f"{OVERVIEW}?next=%2F"
    first = visitor.get("/scan/?x=1")
    assert first["Location"] == f"{OVERVIEW}?next=%2Fscan%2F%3Fx%3D1"
    page = visitor.get(first["Location"])
    assert b"You guard something of other people" in page.content
    assert page.context["places"] == []

    set_up = visitor.get(reverse("mfa_activate_totp"))
    assert "<svg" in set_up.content.decode()
    secret = set_up.context["form"].secret
    wrong = visitor.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    assert visitor.get("/")["Location"] == f"{OVERVIEW}?next=%2F"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        done = visitor.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", visitor.get(done["Location"]).content.decode())
    assert len(set(codes)) == 10
    assert [one.subject for one in mail.outbox] == ["You set up a second step"]
    assert visitor.get(reverse("go_on"))["Location"] == "/scan/?x=1"
    assert visitor.get("/").status_code == 200


def test_a_colleague_is_asked_for_no_second_step_and_may_have_one(school):
    account = account_of(make_signed_member(school))
    make_mandate(account, "facilitator", school=school)
    visitor = browser()
    assert give_mail_code(visitor, account) == "/"
    make_step(account)
    other = browser()
    assert give_mail_code(other, account) == "/account/sign-in/step/"
    assert who(other) is None


@pytest.mark.parametrize("kind", sorted(set(Mandate.Kind) - {"operator"}))
def test_the_second_step_is_asked_of_who_guards_something_of_others(school, kind):
    account = account_of(make_signed_member(school))
    place = {"board": make_board()} if kind == "board" else {"school": school}
    make_mandate(account, kind, **place)
    visitor = browser()
    visitor.force_login(account)
    assert (visitor.get("/").status_code == 302) == (kind in GUARDED)
    give_step(visitor, account)
    assert visitor.get("/").status_code == 200


def test_an_operator_who_is_a_colleague_as_well_is_asked_for_it_too(school):
    account = account_of(make_signed_member(school))
    make_mandate(account, "operator")
    visitor = browser()
    visitor.force_login(account)
    assert visitor.get("/")["Location"] == f"{OVERVIEW}?next=%2F"


def test_a_mandate_that_is_given_while_one_is_signed_in_asks_for_it_at_the_next_page(school):
    account = account_of(make_signed_member(school))
    visitor = browser()
    visitor.force_login(account)
    assert visitor.get("/").status_code == 200
    make_mandate(account, "privacy_officer", school=school)
    assert visitor.get("/about-me/zwerm.json").status_code == 302


def test_who_has_a_second_step_cannot_pass_with_an_older_session_of_mail_only(leader):
    visitor = browser()
    visitor.force_login(leader)
    make_step(leader)
    for page in ("/", OVERVIEW):
        assert visitor.get(page)["Location"].startswith("/account/once-more/step/")
    for name in ("mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert visitor.post(reverse(name))["Location"].startswith("/account/once-more/")


# --- signing in with it ----------------------------------------------------------------------


def test_the_code_by_mail_alone_opens_nothing_and_a_code_of_the_app_works_once(leader):
    secret = make_step(leader)
    visitor = browser()
    assert give_mail_code(visitor, leader) == "/account/sign-in/step/"
    assert who(visitor) is None
    assert visitor.get("/")["Location"] == f"{SIGN_IN}?next=/"
    code = code_of(secret)
    assert visitor.post("/account/sign-in/step/", {"code": code})["Location"] == "/"
    assert visitor.get("/").status_code == 200
    thief = browser()
    give_mail_code(thief, leader)
    assert thief.post("/account/sign-in/step/", {"code": code}).status_code == 200
    assert who(thief) is None


def test_a_code_of_the_app_stays_used_for_as_long_as_it_could_still_work(leader, monkeypatch, rf):
    """allauth forgets after half a minute: the test of the test is its own form."""
    now = time.time() // 30 * 30
    monkeypatch.setattr(time, "time", lambda: now)
    code = code_of(make_step(leader), periods=1)
    visitors = [browser(), browser()]
    for visitor in visitors:
        give_mail_code(visitor, leader)
    assert visitors[0].post("/account/sign-in/step/", {"code": code})["Location"] == "/"
    monkeypatch.setattr(time, "time", lambda: now + 35)
    with context.request_context(rf.post("/")):
        assert AuthenticateForm({"code": code}, user=leader).is_valid()
    monkeypatch.setattr(time, "time", lambda: now + 70)
    assert visitors[1].post("/account/sign-in/step/", {"code": code}).status_code == 200
    assert who(visitors[1]) is None


def test_a_recovery_code_works_once(leader):
    make_step(leader)
    visitor = browser()
    come_in_as(visitor, leader)
    visitor.post(reverse("mfa_generate_recovery_codes"))
    shown = visitor.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.findall(r"<code>(\d{8})</code>", shown)[3]
    for outcome in (302, 200):
        other = browser()
        give_mail_code(other, leader)
        assert other.post("/account/sign-in/step/", {"code": code}).status_code == outcome
        assert bool(who(other)) == (outcome == 302)
    assert visitor.get(OVERVIEW).context["steps"].codes_left == 9


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(leader):
    make_step(leader)
    visitor = browser()
    come_in_as(visitor, leader)
    seen = []
    for _ in range(2):
        assert visitor.post(reverse("mfa_generate_recovery_codes")).status_code == 302
        page = visitor.get(reverse("mfa_view_recovery_codes")).content.decode()
        seen.append(set(re.findall(r"<code>(\d{8})</code>", page)))
        again = visitor.get(reverse("mfa_view_recovery_codes"))
        assert re.findall(r"\d{8}", again.content.decode().split("<main")[1]) == []
        assert "no-store" in again["Cache-Control"]
    assert seen[0] & seen[1] == set()
    other = browser()
    give_mail_code(other, leader)
    assert other.post("/account/sign-in/step/", {"code": seen[0].pop()}).status_code == 200


# --- changing it -----------------------------------------------------------------------------


def make_older(visitor, seconds):
    session = visitor.session
    for one in session["account_authentication_methods"]:
        one["at"] -= seconds
    session.save()


def test_a_change_asks_for_a_sign_in_of_a_short_while_ago(school):
    """Without a second step by signing in again, with one by giving it."""
    account = account_of(make_signed_member(school))
    visitor = browser()
    give_mail_code(visitor, account)
    goal = reverse("mfa_activate_totp")
    assert visitor.get(goal).status_code == 200
    make_older(visitor, 901)
    once_more = f"/account/once-more/?next={goal.replace('/', '%2F')}"
    assert visitor.get(goal)["Location"] == once_more
    assert visitor.post(goal, {"code": "1"})["Location"] == once_more
    page = visitor.get(once_more)
    assert f"{SIGN_IN}?next={goal}" in page.content.decode()

    secret = make_step(account)
    step = visitor.get(once_more)["Location"]
    assert step == f"/account/once-more/step/?next={goal.replace('/', '%2F')}"
    assert visitor.post(step, {"code": "000000"}).status_code == 200
    assert visitor.post(step, {"code": code_of(secret)})["Location"] == goal
    assert visitor.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_a_colleague_ends_the_app_and_reads_it_in_a_mail(
    school, django_capture_on_commit_callbacks
):
    account = account_of(make_signed_member(school))
    make_step(account)
    visitor = browser()
    visitor.force_login(account)
    give_step(visitor, account)
    visitor.post(reverse("mfa_generate_recovery_codes"))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert visitor.post(reverse("mfa_deactivate_totp"))["Location"] == OVERVIEW
    assert not Authenticator.objects.exists()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([account.email], "Je hebt een tweede stap beëindigd")
    ]


def test_the_last_second_step_of_a_leader_stays(leader):
    visitor = browser()
    come_in_as(visitor, leader)
    assert visitor.post(reverse("mfa_deactivate_totp")).status_code == 409
    assert Authenticator.objects.count() == 1


def test_nobody_ends_the_second_step_of_somebody_else(school, leader):
    come_in_as(browser(), leader)
    other = browser()
    other.force_login(account_of(make_signed_member(school)))
    give_step(other, account_of(make_signed_member(school)))
    assert other.post(reverse("mfa_deactivate_totp")).status_code in {302, 404}
    assert Authenticator.objects.filter(user=leader).count() == 1


# --- lost, left, stolen ----------------------------------------------------------------------


def test_who_lost_everything_is_let_in_again_by_command(
    leader, capsys, caplog, django_capture_on_commit_callbacks
):
    make_step(leader)
    visitor = browser()
    come_in_as(visitor, leader)
    visitor.post(reverse("mfa_generate_recovery_codes"))
    mail.outbox.clear()
    before = Erasure.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        assert command.take_step_away([leader.email.upper()]) == 0

    assert visitor.get("/")["Location"] == f"{SIGN_IN}?next=/"
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([leader.email], "Your second step was taken away")
    ]
    assert Erasure.objects.count() == before + 2
    assert [one.getMessage() for one in caplog.records] == [
        "the second step of an account was taken away by command"
    ]
    assert leader.email not in caplog.text
    assert give_mail_code(browser(), leader) == f"{OVERVIEW}?next=%2F"
    assert command.take_step_away([leader.email]) == 2
    assert command.take_step_away(["nobody@x.example"]) == 2
    assert "Nothing was changed" in capsys.readouterr().err


def test_who_leaves_is_out_at_the_next_page_and_their_second_step_is_dead(school, leader):
    make_step(leader)
    visitor = browser()
    come_in_as(visitor, leader)
    assert visitor.get("/").status_code == 200
    staff.leave(leader.members.get())
    assert visitor.get("/")["Location"] == f"{SIGN_IN}?next=/"
    assert not Authenticator.objects.exists()


def test_who_left_between_the_two_steps_does_not_come_in(school, leader):
    secret = make_step(leader)
    visitor = browser()
    give_mail_code(visitor, leader)
    leader.mandates.all().delete()
    leader.members.update(left_on="2020-01-01")
    visitor.post("/account/sign-in/step/", {"code": code_of(secret)})
    assert visitor.get("/").status_code != 200


def test_no_secret_stands_in_clear_in_the_database(leader, settings):
    """The test of the test: with allauth's own adapter it would."""
    for adapter, is_there in (
        ("zwerm.people.second_step_adapter.SecondStepAdapter", False),
        ("allauth.mfa.adapter.DefaultMFAAdapter", True),
    ):
        settings.MFA_ADAPTER = adapter
        Authenticator.objects.all().delete()
        secret = make_step(leader)
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            assert (secret in str(cursor.fetchall())) == is_there
    settings.MFA_ADAPTER = "zwerm.people.second_step_adapter.SecondStepAdapter"


def test_with_another_key_of_the_server_no_code_works_and_the_page_says_why(leader, settings):
    secret = make_step(leader)
    visitor = browser()
    give_mail_code(visitor, leader)
    settings.SEAL_KEY = "another"
    page = visitor.post("/account/sign-in/step/", {"code": code_of(secret)})
    assert b"The server cannot read what belongs to this code" in page.content
    assert who(visitor) is None


def test_a_demo_asks_nobody_for_a_second_step(leader, settings):
    settings.DEMO = True
    visitor = browser()
    visitor.force_login(leader)
    assert visitor.get("/").status_code == 200
    assert b"In this demo nobody is asked for a second step" in visitor.get(OVERVIEW).content


def test_an_account_of_nobody_needs_none(db):
    account = make_account()
    assert not actions.must_have_step(account)
    assert not second_step.has_step(account)
