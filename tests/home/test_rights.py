"""What somebody reads and takes away of themselves: all that is declared, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    come_in_as,
    make_account,
    make_board,
    make_mandate,
    make_school,
    make_signed_member,
)
from tests.home.somebody import MINE, OTHERS, Somebody, make_somebody
from tests.scans.answered import REPORT_ON, read
from tests.scans.pages import words
from zwerm.core import clock
from zwerm.people.models import Member, School
from zwerm.people.rights import declared
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import sealed
from zwerm.scans.actions import releasing
from zwerm.scans.models import Invitation

LONG_AFTER = REPORT_ON.replace(year=REPORT_ON.year + 1, month=6)


@pytest.fixture
def somebody(school: School) -> Somebody:
    return make_somebody(school)


def taken(browser: Client, name: str = "home:about_me_json") -> Any:
    answer = browser.get(reverse(name))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; ")  # to be saved, never shown
    return json.loads(answer.content) if name.endswith("json") else answer.content.decode()


def test_the_file_holds_every_field_that_is_declared_and_no_other(somebody: Somebody) -> None:
    """The person has a row in every table: a field that is handed out is in the file."""
    content = taken(somebody.browser)
    given = {
        (one["model"], name) for one in content["records"] for row in one["rows"] for name in row
    }
    of_rows = {
        (model._meta.label, name)
        for model, privacy in declared()
        for way, fields in privacy.own.items()
        for name in fields
        if way != "@sealed" and name not in privacy.withheld and name != "left_out"
    }
    assert given == of_rows
    assert [one["scan"] for one in content["answers"]] == ["Scan autumn"]


def test_the_file_holds_what_is_of_oneself_and_nothing_of_others(somebody: Somebody) -> None:
    """Each text of the person has one word, each text of anybody else another."""
    text = somebody.browser.get(reverse("home:about_me_json")).content.decode()
    for one in ("role", "post", ".csv", "words", "comment", "0"):
        assert f"{MINE} {one}".replace(" .csv", ".csv") in text
    mine = json.loads(text)
    named = mine["answers"][0]["answers"][0]["answer"]
    assert named == [f"{OTHERS} 2"]  # whom one named is one's own answer
    of_team = {f"{OTHERS} team"}  # the name of one's own team
    assert set(texts_with(OTHERS, mine)) == {f"{OTHERS} 2"} | of_team


def texts_with(word: str, content: Any) -> list[str]:
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        return [text for one in content for text in texts_with(word, one)]
    return [content] if isinstance(content, str) and word in content else []


def test_the_readable_file_says_the_same_in_words_and_stands_alone(somebody: Somebody) -> None:
    text = taken(somebody.browser, "home:about_me_html")
    assert f"{MINE} role" in text
    assert f"{MINE} comment" in text
    assert "What you answered in Scan autumn" in text
    assert "As long as you work at the school. It is erased 13 months after you left." in text
    assert "src=" not in text
    assert "href=" not in text


def test_the_page_shows_everything_but_what_is_under_seal(somebody: Somebody) -> None:
    page = read(somebody.browser, reverse("home:about_me"))
    assert f"{MINE} role" in page
    assert "What you answered" in page
    assert f"{MINE} comment" not in page
    assert OTHERS not in page.replace(f"{OTHERS} team", "")


def test_nothing_that_lets_somebody_in_is_handed_out(somebody: Somebody) -> None:
    nonce = Invitation.objects.get(entry=somebody.entry).nonce
    session = str(somebody.browser.session.session_key)
    for name in ("home:about_me", "home:about_me_json", "home:about_me_html"):
        text = somebody.browser.get(reverse(name)).content.decode()
        assert nonce not in text
        assert session not in text


def test_own_answers_stand_in_the_file_after_thirty_days_and_on_no_page(
    somebody: Somebody,
) -> None:
    with clock.at(LONG_AFTER):
        assert "nothing of you here" in read(
            somebody.browser, reverse("scans:mirror", args=[somebody.scan.pk])
        )
        assert f"{MINE} comment" in taken(somebody.browser, "home:about_me_html")


def test_own_answers_are_gone_from_the_file_when_they_are_destroyed(somebody: Somebody) -> None:
    sealed.destroy(somebody.scan, reason="retention is over")
    somebody.scan.save()
    assert taken(somebody.browser)["answers"] == []


def test_how_often_one_was_named_stands_there_roughly_and_never_beside_names(
    school: School,
) -> None:
    alone = make_somebody(school)
    assert taken(alone.browser)["answers"][0]["named"] == "6+"


def test_who_let_it_be_known_may_take_it_back_and_stands_in_no_file(school: School) -> None:
    somebody = make_somebody(school, may_know=True)
    own = taken(somebody.browser)["answers"][0]
    assert (own["named"], own["is_let_known"]) == (None, True)
    assert f"{OTHERS} 5" not in taken(somebody.browser, "home:about_me_html")


def test_who_comes_in_under_another_address_learns_nothing_of_answers(somebody: Somebody) -> None:
    """Whoever keeps the list could put their own address beside a colleague: then whether that
    colleague answered must look the same as when they did not."""
    intruder = make_account(email="keeper@school.example")
    member = Member.objects.get(pk=somebody.member.pk)
    member.email, member.account = intruder.email, intruder
    member.save()
    browser = Client(headers={"accept-language": "en"})
    come_in_as(browser, intruder)
    pages = ("home:about_me", "home:about_me_html")
    before = [words(browser.get(reverse(name))) for name in pages]
    content = taken(browser)
    assert content["answers"] == []
    assert "scans.Invitation" not in {one["model"] for one in content["records"]}
    releasing.erase_own(somebody.scan, entry=somebody.entry)
    assert [words(browser.get(reverse(name))) for name in pages] == before


def test_an_open_scan_hides_from_a_changed_address_whether_somebody_answered(
    school: School,
) -> None:
    somebody = make_somebody(school, is_released=False)
    invitations = Invitation.objects.filter(entry=somebody.entry)
    invitations.update(is_respondent=True, address="old@school.example")
    assert "is_respondent" not in json.dumps(taken(somebody.browser))
    invitations.update(address=somebody.account.email.upper())
    assert '"is_respondent": true' in json.dumps(taken(somebody.browser))


def test_somebody_at_two_schools_reads_of_both_and_a_colleague_of_neither(
    somebody: Somebody,
) -> None:
    other = make_school(name="The other one")
    with school_scope(other):
        Member.objects.create(
            school=other,
            name=f"{MINE} there",
            email=somebody.account.email,
            account=somebody.account,
        )
        make_signed_member(other, name=f"{OTHERS} there")
    content = json.dumps(taken(somebody.browser))
    assert f"{MINE} there" in content
    assert f"{OTHERS} there" not in content


def test_the_holder_of_a_mandate_at_a_board_reads_what_is_known_of_the_account(db: None) -> None:
    account = make_account()
    make_mandate(account, "board", board=make_board())
    browser = Client(headers={"accept-language": "en"})
    come_in_as(browser, account)
    page = read(browser, reverse("home:about_me"))
    assert account.email in page
    assert "Correct something about me" not in page
    with crossing_schools("a test"):
        models = {one["model"] for one in taken(browser)["records"]}
    assert models == {
        "people.Account",
        "people.Mandate",
        "sessions.Session",
        "mfa.Authenticator",
    }


def test_a_page_costs_as_many_queries_for_one_row_as_for_three(somebody: Somebody) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert somebody.browser.get(reverse("home:about_me")).status_code == 200
        return len(caught)

    before = cost()
    for number in range(2):
        somebody.member.roles.create(
            school=somebody.school, name=f"role {number}", from_on=REPORT_ON
        )
        make_mandate(somebody.account, "facilitator", school=somebody.school, from_on=REPORT_ON)
    assert cost() == before
