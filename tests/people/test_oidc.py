"""The school's own sign-in against a real server of OpenID Connect on loopback."""

import datetime as dt
import time
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.http import HttpRequest
from django.test import Client

from tests.factories import (
    account_of,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
    make_step,
)
from tests.people.by_school import (
    LINKS,
    SCHOOL,
    SIGN_IN,
    WHO,
    a_browser,
    as_set,
    at_provider,
    begin,
    come_by,
    who,
    words,
)
from tests.people.test_sign_in import sign_in
from zwerm.core import ledger
from zwerm.home.again import erase_again
from zwerm.people.actions import staff
from zwerm.people.models import Account, Member
from zwerm.people.scope import school_scope
from zwerm.people.second_step import is_proved

YESTERDAY = dt.date(2020, 1, 1)
TO_LINK = f"{SIGN_IN}?{urlencode({'next': WHO})}"


@pytest.fixture
def visitor():
    return a_browser()


def linked(school, sub="n-1", **fields):
    """A member who signs in with the provider."""
    member = make_signed_member(school, language="en", **fields)
    SocialAccount.objects.create(user=account_of(member), provider="other", uid=sub)
    return member


def proved(browser, member):
    """Signed in a short while ago with a code, in English."""
    Account.objects.filter(pk=member.account_id).update(language="en")
    sign_in(browser, member.email)


def test_who_comes_for_the_first_time_proves_once_who_it_is(school, provider, visitor):
    noor = make_member(school, name="Noor Bos", language="en")
    provider.people["n-1"] = {"name": "N. Bos"}
    asked = come_by(visitor, "n-1", "/people/")
    assert asked["Location"] == TO_LINK
    assert "You come from Klaverweide." in words(visitor.get(asked["Location"]))

    done = sign_in(visitor, noor.email, next=WHO)

    assert done["Location"] == WHO
    assert "Klaverweide says that you are called N. Bos there." in words(visitor.get(WHO))
    assert SocialAccount.objects.count() == 0
    assert visitor.post(WHO, {"yes": "1"})["Location"] == "/people/"
    link = SocialAccount.objects.get()
    noor.refresh_from_db()
    assert (link.user, link.provider, link.uid, link.extra_data) == (
        noor.account,
        "other",
        "n-1",
        {},
    )
    again = a_browser()
    assert come_by(again, "n-1", "/people/")["Location"] == "/people/"
    assert who(again) == str(link.user_id)
    assert again.get("/people/").status_code == 200


def test_a_link_is_told_by_mail_in_the_language_of_the_person(
    school, provider, visitor, django_capture_on_commit_callbacks
):
    noor = make_member(school, language="nl")
    come_by(visitor, "n-1")
    sign_in(visitor, noor.email, next=WHO)
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(WHO, {"yes": "1"})
    mailed = mail.outbox[-1]
    assert mailed.to == [noor.email]
    assert mailed.subject == "Je kunt nu inloggen via je school"
    assert "Klaverweide" in mailed.body


def test_who_says_no_is_not_linked(school, provider, visitor):
    noor = make_member(school)
    come_by(visitor, "n-1")
    sign_in(visitor, noor.email, next=WHO)
    visitor.post(WHO, {})
    visitor.post(WHO, {"yes": "1"})
    assert SocialAccount.objects.count() == 0


def test_a_provider_that_says_no_name_is_named_itself(school, provider, visitor):
    noor = make_member(school, language="en")
    come_by(visitor, "pseudonym-of-entree")
    sign_in(visitor, noor.email, next=WHO)
    page = words(visitor.get(WHO))
    assert "In this window somebody signed in at Klaverweide." in page
    assert "pseudonym" not in page


def test_what_waits_to_be_linked_is_over_after_a_quarter_of_an_hour(school, provider, visitor):
    noor = make_member(school)
    come_by(visitor, "n-1")
    sign_in(visitor, noor.email, next=WHO)
    session = visitor.session
    session["who_at_school"]["at"] -= 15 * 60
    session.save()
    assert visitor.post(WHO, {"yes": "1"})["Location"] == LINKS
    assert SocialAccount.objects.count() == 0


def test_who_is_signed_in_links_an_account_and_ends_it(
    school, provider, visitor, django_capture_on_commit_callbacks
):
    noor = make_signed_member(school, language="en")
    proved(visitor, noor)
    assert "You do not sign in with it yet." in words(visitor.get(LINKS))
    assert "sign in at Klaverweide first" in words(visitor.get(SCHOOL))
    assert come_by(visitor, "n-1", LINKS)["Location"] == WHO
    assert visitor.post(WHO, {"yes": "1"})["Location"] == LINKS
    assert "Choose this to end it." in words(visitor.get(LINKS))

    assert "no more" in words(visitor.get(f"{SCHOOL}end/"))
    with django_capture_on_commit_callbacks(execute=True):
        assert visitor.post(f"{SCHOOL}end/")["Location"] == LINKS

    assert SocialAccount.objects.count() == 0
    assert mail.outbox[-1].subject == "You no longer sign in with your school"
    come_by(other := a_browser(), "n-1")
    assert who(other) is None


def test_a_link_that_was_ended_does_not_come_back_with_a_backup(school, provider, visitor):
    noor = linked(school)
    link = SocialAccount.objects.get()
    proved(visitor, noor)
    visitor.post(f"{SCHOOL}end/")
    line = ledger.Line(str(uuid4()), "link", str(link.pk), "2026-01-01")
    SocialAccount.objects.create(pk=link.pk, user=account_of(noor), provider="other", uid="n-1")
    assert erase_again([line]) == (1, 0)
    assert SocialAccount.objects.count() == 0


def test_an_account_of_somebody_else_is_not_linked_and_signs_nobody_else_in(
    school, provider, visitor
):
    linked(school)
    sanne = make_signed_member(school, language="en")
    proved(visitor, sanne)
    refused = come_by(visitor, "n-1", LINKS)
    assert refused.status_code == 403
    assert "belongs to somebody else here" in words(refused)
    assert who(visitor) == str(sanne.account_id)


def test_one_account_at_a_provider_is_enough(school, provider, visitor):
    noor = linked(school)
    proved(visitor, noor)
    come_by(visitor, "another")
    refused = visitor.post(WHO, {"yes": "1"})
    assert refused.status_code == 409
    assert "End that first." in words(refused)
    assert SocialAccount.objects.get().uid == "n-1"


@pytest.mark.parametrize("gone", ["left", "switched off", "never there"])
def test_whoever_is_not_known_here_gets_an_equal_answer_and_no_account(
    school, provider, visitor, gone
):
    noor = linked(school)
    if gone == "left":
        Member.objects.update(left_on=YESTERDAY)
    elif gone == "switched off":
        Account.objects.update(is_active=False)
    answer = come_by(visitor, "n-1" if gone != "never there" else "n-2")
    page = words(visitor.get(answer["Location"]))
    assert answer["Location"] == TO_LINK
    assert page.startswith("Sign in · Zwerm")
    assert who(visitor) is None
    assert list(Account.objects.all()) == [noor.account]
    if gone != "never there":
        visitor.post(SIGN_IN, {"email": noor.email, "next": WHO})
        assert mail.outbox == []


def test_who_leaves_is_out_at_once_and_the_link_is_gone(school, provider, visitor):
    noor = linked(school)
    come_by(visitor, "n-1")
    assert visitor.get("/people/").status_code == 200
    staff.leave(noor)
    assert SocialAccount.objects.count() == 0
    assert visitor.get("/people/").status_code == 302


def test_who_leaves_one_school_of_two_keeps_the_link(school, provider, visitor):
    noor = linked(school)
    make_member(make_school(), email=noor.email, account=noor.account)
    staff.leave(noor)
    assert come_by(visitor, "n-1")["Location"] == "/"


def test_a_provider_joins_nobody_to_a_staff_list(school, provider, visitor):
    """The address of somebody may be given to a colleague later: only a code proves it."""
    noor = linked(school)
    elsewhere = make_school()
    with school_scope(elsewhere):
        there = make_member(elsewhere, email=noor.email)
    for come, joined in (
        (lambda: come_by(visitor, "n-1"), None),
        (lambda: sign_in(a_browser(), noor.email), noor.account),
    ):
        come()
        with school_scope(elsewhere):
            assert Member.objects.get(pk=there.pk).account == joined


def of_session(browser, account):
    request = HttpRequest()
    request.session, request.user = browser.session, account
    return request


@pytest.mark.parametrize(
    ("believed", "said", "is_step"),
    [
        ([], {"amr": ["pwd", "mfa"]}, False),
        (["mfa"], {"amr": ["pwd", "mfa"]}, True),
        (["mfa"], {"amr": ["pwd"]}, False),
        (["mfa"], {"amr": "mfa"}, True),
        (["mfa"], {}, False),
        (["mfa"], {"amr": {"mfa": 1}, "acr": ["mfa"]}, False),
        (["http://surfconext.nl/assurance/loa2"],
         {"acr": "http://surfconext.nl/assurance/loa2"}, True),
    ],
)  # fmt: skip
def test_a_second_step_at_the_provider_counts_when_its_word_is_believed(
    school, provider, visitor, settings, believed, said, is_step
):
    settings.OIDC = [as_set(provider, believed)]
    provider.people["n-1"] = said
    leader = linked(school)
    make_mandate(account_of(leader), "school_leader", school=school)
    come_by(visitor, "n-1")
    assert is_proved(of_session(visitor, leader.account)) == is_step
    assert visitor.get("/people/").status_code == (200 if is_step else 302)


def test_who_has_a_second_step_here_is_asked_for_it_whatever_the_provider_says(
    school, provider, visitor, settings
):
    settings.OIDC = [as_set(provider, ["mfa"])]
    provider.people["n-1"] = {"amr": ["mfa"]}
    noor = linked(school)
    secret = make_step(account_of(noor))
    assert come_by(visitor, "n-1", "/people/")["Location"] == "/account/sign-in/step/"
    assert who(visitor) is None
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = visitor.post("/account/sign-in/step/", {"code": code})
    assert done["Location"] == "/people/"
    assert who(visitor) == str(noor.account_id)


def test_who_signed_in_long_ago_links_nothing(school, provider, visitor):
    noor = make_signed_member(school, language="en")
    visitor.force_login(account_of(noor))
    assert visitor.get(SCHOOL)["Location"].startswith("/account/once-more/")
    come_by(visitor, "n-1")
    assert visitor.post(WHO, {"yes": "1"})["Location"].startswith("/account/once-more/")
    assert SocialAccount.objects.count() == 0


def test_the_page_to_sign_in_shows_what_is_set_and_nothing_without(
    school, provider, visitor, settings
):
    page = visitor.get(f"{SIGN_IN}?next=/people/").content.decode()
    assert page.count('action="/account/school/other/"') == 1
    assert "Sign in with Klaverweide" in page
    settings.OIDC = [None]
    assert "Klaverweide" not in visitor.get(SIGN_IN).content.decode()
    assert visitor.post("/account/school/other/").status_code == 404
    assert visitor.get("/account/school/other/back/").status_code == 404


def test_a_visit_without_the_button_begins_nothing(provider, visitor, db):
    assert visitor.get("/account/school/other/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/account/school/other/").status_code == 403
    assert provider.asked == []


def test_what_is_asked_of_a_provider(provider, visitor, db):
    there = begin(visitor)
    assert there.startswith(f"{provider.issuer}/authorize?")
    asked = dict(one.split("=") for one in there.partition("?")[2].split("&"))
    assert set(asked) == {
        *("client_id", "redirect_uri", "scope", "response_type", "state", "nonce"),
        *("code_challenge", "code_challenge_method"),
    }
    assert set(asked["scope"].split("+")) == {"openid", "profile"}
    assert asked["code_challenge_method"] == "S256"
    assert begin(visitor) != there


def test_a_stranger_who_presses_often_makes_us_ask_the_provider_once(provider, visitor, db):
    for _ in range(3):
        begin(visitor)
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_who_presses_far_too_often_is_told_so(provider, visitor, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [visitor.post("/account/school/other/").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize(
    ("back", "said"),
    [
        ("error=access_denied", "You stopped at Klaverweide."),
        ("error=server_error", "Klaverweide did not answer as it should."),
        ("code=made-up", "Klaverweide did not answer as it should."),
        ("code=made-up&iss=https://elsewhere.example", "Klaverweide did not answer as it should."),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(provider, visitor, db, back, said):
    state = begin(visitor).partition("state=")[2].partition("&")[0]
    answer = visitor.get(f"/account/school/other/back/?state={state}&{back}")
    assert answer.status_code in {403, 502}
    assert said in words(answer)
    assert "Nothing is lost and nothing has changed." in words(answer)


def test_a_provider_that_is_down_is_told_in_a_sentence(provider, visitor, db, caplog):
    provider.is_down = True
    answer = visitor.post("/account/school/other/")
    assert answer.status_code == 502
    assert "Klaverweide did not answer as it should." in words(answer)
    assert "a sign-in by other was not believed or did not come: HTTPError" in caplog.text


def test_a_provider_that_goes_down_meanwhile_is_told_in_a_sentence(school, provider, visitor):
    linked(school)
    back = at_provider(begin(visitor), "n-1")
    provider.is_down = True
    answer = visitor.get(back)
    assert answer.status_code == 502
    assert who(visitor) is None


def test_no_log_names_who_signs_in(school, provider, visitor, caplog):
    provider.people["n-1"] = {"name": "Noor Bos", "email": "noor@school.example"}
    linked(school)
    come_by(visitor, "n-1")
    provider.forge = lambda said: "no token, of n-1 and Noor"
    come_by(a_browser(), "n-1")
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("zwerm")]
    assert ours == ["a sign-in by other was not believed or did not come: DecodeError"]
