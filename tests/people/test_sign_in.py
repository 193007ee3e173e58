"""Signing in with a code by mail, through the real pages."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    account_of,
    give_step,
    make_account,
    make_board,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
)
from zwerm.people.models import Account, Member
from zwerm.people.scope import crossing_schools

SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"
YESTERDAY = dt.date(2020, 1, 1)


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def code_in(message):
    return re.findall(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", message.body, re.MULTILINE)[0]


def sign_in(browser, email, **extra):
    browser.post(SIGN_IN, {"email": email, **extra})
    return browser.post(CODE, {"code": code_in(mail.outbox[-1]), **extra})


def who(browser):
    return browser.session.get("_auth_user_id")


def test_somebody_on_a_staff_list_signs_in_and_gets_an_account(school, visitor):
    noor = make_member(school, email="Noor@School.example", language="en")

    done = sign_in(visitor, " NOOR@school.example")

    assert done["Location"] == "/"
    account = Account.objects.get()
    assert (account.email, account.language) == ("noor@school.example", "en")
    assert who(visitor) == str(account.pk)
    message = mail.outbox[0].message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    noor.refresh_from_db()
    assert noor.account == account
    assert visitor.get("/").status_code == 200


def test_the_mail_names_nobody_and_holds_no_address_to_press(school, visitor):
    make_member(school, name="Noor Bos", email="noor@school.example", language="en")
    visitor.post(SIGN_IN, {"email": "noor@school.example"})
    message = mail.outbox[0]
    assert message.to == ["noor@school.example"]
    assert message.subject == "Your code for Zwerm"
    assert "http" not in message.body
    assert "Noor" not in message.body


@pytest.mark.parametrize(
    ("language", "subject"), [("nl", "Je code voor Zwerm"), ("en", "Your code for Zwerm")]
)
def test_mail_and_pages_speak_the_language_of_the_person(school, language, subject):
    make_member(school, email="noor@school.example", language=language)
    browser = Client()
    done = sign_in(browser, "noor@school.example")
    assert mail.outbox[0].subject == subject
    assert done.cookies[settings.LANGUAGE_COOKIE_NAME].value == language
    assert f'<html lang="{language}">' in browser.get("/").content.decode()


def test_a_language_that_was_chosen_stays(school):
    make_member(school, email="noor@school.example", language="nl")
    browser = Client()
    browser.post(reverse("set_language"), {"language": "en"})
    sign_in(browser, "noor@school.example")
    assert b'<html lang="en">' in browser.get("/").content


def without_what_differs_each_time(content):
    return re.sub(rb"\b[A-Za-z0-9]{64}\b", b"the token of a form", content)


def test_an_unknown_address_gets_an_equal_page_and_no_mail(school):
    make_member(school, email="known@school.example")
    pages = []
    for address in ("known@school.example", "unknown@school.example"):
        browser = Client(headers={"accept-language": "en"})
        sent = browser.post(SIGN_IN, {"email": address})
        page = browser.get(sent["Location"])
        wrong = browser.post(CODE, {"code": "AAAA-AAAA"})
        answers = [sent, page, wrong]
        pages.append(
            [(one.status_code, one.get("Location"), sorted(one.headers), sorted(one.cookies),
              without_what_differs_each_time(one.content)) for one in answers]
        )  # fmt: skip
    assert pages[0] == pages[1]
    assert [one.to for one in mail.outbox] == [["known@school.example"]]
    assert list(Account.objects.values_list("email", flat=True)) == ["known@school.example"]


@pytest.mark.parametrize("had_account", [True, False])
def test_who_left_gets_no_code(school, visitor, had_account):
    noor = (make_signed_member if had_account else make_member)(school, left_on=YESTERDAY)
    visitor.post(SIGN_IN, {"email": noor.email})
    assert mail.outbox == []
    assert who(visitor) is None


def test_who_left_while_the_code_was_on_its_way_may_do_nothing(school, visitor):
    noor = make_member(school)
    visitor.post(SIGN_IN, {"email": noor.email})
    Member.objects.filter(pk=noor.pk).update(left_on=YESTERDAY)
    visitor.post(CODE, {"code": code_in(mail.outbox[0])})
    assert who(visitor) is None
    noor.refresh_from_db()
    assert noor.account is None


def test_an_account_that_was_switched_off_gets_no_code(school, visitor):
    noor = make_signed_member(school)
    Account.objects.update(is_active=False)
    visitor.post(SIGN_IN, {"email": noor.email})
    assert mail.outbox == []


def test_a_mandate_is_enough_to_sign_in_until_it_ends(school, visitor):
    account = make_account(language="en")
    mandate = make_mandate(account, "facilitator", school=school)
    assert sign_in(visitor, account.email)["Location"] == "/"
    mandate.until_on = mandate.from_on
    mandate.save()
    mail.outbox.clear()

    Client().post(SIGN_IN, {"email": account.email})

    assert mail.outbox == []
    assert visitor.get("/").status_code == 403


def test_a_code_works_once(school, visitor):
    noor = make_member(school)
    sign_in(visitor, noor.email)
    visitor.post(reverse("account_logout"))
    again = visitor.post(CODE, {"code": code_in(mail.outbox[0])})
    assert again["Location"] == SIGN_IN
    assert who(visitor) is None


def test_a_code_works_in_the_window_where_it_was_asked_for(school, visitor):
    noor = make_member(school)
    visitor.post(SIGN_IN, {"email": noor.email})
    stranger = Client()
    stranger.post(SIGN_IN, {"email": "stranger@elsewhere.example"})
    stranger.post(CODE, {"code": code_in(mail.outbox[0])})
    assert who(stranger) is None


def test_the_right_code_after_five_wrong_ones_is_too_late(school, visitor):
    noor = make_member(school)
    visitor.post(SIGN_IN, {"email": noor.email})
    for _ in range(5):
        visitor.post(CODE, {"code": "AAAA-AAAA"})
    visitor.post(CODE, {"code": code_in(mail.outbox[0])})
    assert who(visitor) is None


def test_a_code_is_over_after_ten_minutes(school, visitor):
    noor = make_member(school)
    for seconds, is_in in ((601, False), (590, True)):
        visitor.post(SIGN_IN, {"email": noor.email})
        make_older(visitor, seconds)
        visitor.post(CODE, {"code": code_in(mail.outbox[-1])})
        assert (who(visitor) is not None) == is_in


def make_older(browser, seconds):
    """As if the code of this browser was asked for so many seconds earlier."""
    session = browser.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= seconds
    session.save()


def test_signing_in_leads_back_to_the_page_that_was_asked_for(school, visitor):
    noor = make_member(school)
    asked = visitor.get("/people/?q=noor")
    assert asked["Location"] == f"{SIGN_IN}?next=/people/%3Fq%3Dnoor"
    assert sign_in(visitor, noor.email, next="/people/?q=noor")["Location"] == "/people/?q=noor"


def test_signing_in_never_leads_to_another_site(school, visitor):
    noor = make_member(school)
    done = sign_in(visitor, noor.email, next="https://elsewhere.example/")
    assert done["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("", "This field is required."), ("noor", "Enter a valid email address.")],
)
def test_what_is_no_address_is_explained(db, visitor, email, sentence):
    page = visitor.post(SIGN_IN, {"email": email})
    assert page.context["form"].errors == {"email": [sentence]}


def test_there_is_no_page_to_sign_up_or_for_a_password(db, visitor):
    for path in ("signup", "login", "password/reset", "password/change", "email", "sign-up"):
        assert visitor.get(f"/account/{path}/").status_code == 404


# --- several schools -------------------------------------------------------------------------


@pytest.fixture
def two_schools(school):
    """Noor works at two schools and guides a scan for a board."""
    other = make_school(name="Other school")
    with crossing_schools("somebody works at two schools"):
        make_member(school, name="Noor here", email="noor@school.example")
        make_member(other, name="Noor there", email="NOOR@school.example")
    return school, other


def test_one_code_joins_the_account_to_the_members_of_every_school(two_schools, visitor):
    sign_in(visitor, "noor@school.example")
    account = Account.objects.get()
    with crossing_schools("the test looks at two schools"):
        assert set(Member.objects.filter(account=account).values_list("name", flat=True)) == {
            "Noor here",
            "Noor there",
        }


def test_somebody_chooses_where_to_act_and_sees_that_place_only(two_schools, visitor):
    here, there = two_schools
    sign_in(visitor, "noor@school.example")
    board = make_board(name="The board")
    make_mandate(Account.objects.get(), "board", board=board)
    give_step(visitor, Account.objects.get())

    page = visitor.get(reverse("people:places"))
    keys = [place.key for place in page.context["places_to_act"]]
    assert keys == [f"school:{there.pk}", f"school:{here.pk}", f"board:{board.pk}"]

    for school, name in ((here, "Noor here"), (there, "Noor there")):
        chosen = visitor.post(reverse("people:places"), {"place": f"school:{school.pk}"})
        assert chosen["Location"] == "/"
        listed = visitor.get(reverse("people:staff")).context["members"]
        assert [one.name for one in listed] == [name]

    visitor.post(reverse("people:places"), {"place": f"board:{board.pk}"})
    assert visitor.get(reverse("people:staff")).status_code == 403
    assert visitor.get(reverse("home:board")).status_code == 200


def test_a_place_that_is_not_yours_cannot_be_chosen(two_schools, visitor):
    sign_in(visitor, "noor@school.example")
    elsewhere = make_school()
    before = visitor.session.get("acting_at")
    for key in (f"school:{elsewhere.pk}", "", "x"):
        assert visitor.post(reverse("people:places"), {"place": key}).status_code == 403
    assert visitor.session.get("acting_at") == before


def test_a_place_that_was_left_is_forgotten(two_schools, visitor):
    here, _there = two_schools
    sign_in(visitor, "noor@school.example")
    visitor.post(reverse("people:places"), {"place": f"school:{here.pk}"})
    Member.objects.filter(school=here).update(left_on=YESTERDAY)
    with crossing_schools("the test looks at two schools"):
        listed = visitor.get(reverse("people:staff")).context["members"]
    assert [one.name for one in listed] == ["Noor there"]


def test_the_page_of_places_costs_the_same_for_more_places(two_schools, visitor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            visitor.get(reverse("people:places"))
        return len(queries)

    sign_in(visitor, "noor@school.example")
    few = cost()
    for _ in range(3):
        make_mandate(Account.objects.get(), "facilitator", school=make_school())
    assert len(visitor.get(reverse("people:places")).context["places_to_act"]) == 5
    assert cost() == few


def test_signing_out_asks_first_and_ends_the_session(school):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account_of(make_signed_member(school)))
    assert b"Do you want to sign out?" in browser.get(reverse("account_logout")).content
    assert who(browser)
    browser.post(reverse("account_logout"))
    assert who(browser) is None
    assert browser.get("/")["Location"] == f"{SIGN_IN}?next=/"
