"""Erasing one person: everything that is declared to go is gone, and no report changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import (
    account_of,
    make_account,
    make_mandate,
    make_school,
    make_signed_member,
)
from tests.fingerprint import everything
from tests.home.somebody import MINE, Somebody, make_somebody
from tests.people.pages import browser_of
from tests.scans import answered
from tests.scans.answered import read
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.core.privacy import Erase
from zwerm.home import actions, jobs
from zwerm.people.actions import requests, staff
from zwerm.people.kept import LEAVERS_MONTHS, REQUESTS_MONTHS
from zwerm.people.models import Account, Member, PrivacyRequest, School
from zwerm.people.rights import declared, person_of, rows_of
from zwerm.people.scope import crossing_schools
from zwerm.scans.models import AnswerBlob, Consent, Invitation, Mirror, RosterEntry, Scan
from zwerm.scans.queries.mirror import mirror_of


@pytest.fixture
def somebody(school: School) -> Somebody:
    return make_somebody(school)


def leave_and_erase(somebody: Somebody) -> None:
    staff.leave(somebody.member)
    actions.erase_person(somebody.member)


def tables_with(word: str) -> set[str]:
    """The models of which a row holds this word, anywhere."""
    rows: dict[str, list[dict[str, Any]]] = everything()
    return {name for name, every in rows.items() if any(word in str(row) for row in every)}


def test_of_somebody_who_left_and_is_erased_no_table_holds_anything(somebody: Somebody) -> None:
    address = somebody.account.email
    assert {"Member", "Role", "Post", "RosterEntry", "PrivacyRequest"} <= tables_with(MINE)
    leave_and_erase(somebody)
    assert tables_with(MINE) == set()
    assert tables_with(address) == set()


def test_no_row_that_goes_leads_to_an_erased_person_any_more(somebody: Somebody) -> None:
    person = person_of(somebody.account)

    def found() -> set[str]:
        with crossing_schools("a test"):
            return {
                model.__name__
                for model, privacy in declared()
                for way in privacy.own
                if privacy.erase == Erase.GOES and not way.startswith("@")
                if rows_of(model, way, person).exists()
            }

    expected = {model.__name__ for model, one in declared() if one.erase == Erase.GOES}
    by_code = {"Session", "Invitation", "AnswerBlob", "Mirror"}
    assert found() == expected - by_code
    leave_and_erase(somebody)
    assert found() == set()
    assert not Invitation.objects.filter(address=person.account.email).exists()
    assert (AnswerBlob.objects.count(), Mirror.objects.count()) == (13, 13)


def test_the_report_and_the_overviews_of_others_stay_as_they_are(somebody: Somebody) -> None:
    scan, colleague = somebody.scan, RosterEntry.objects.get(member=somebody.colleague)
    released_on = answered.REPORT_ON

    def seen() -> Any:
        with clock.at(released_on):
            mirror = mirror_of(scan, colleague, "en")
        return mirror and (mirror.band, mirror.known)

    digest, overview = scan.snapshot.digest, seen()
    assert overview
    leave_and_erase(somebody)
    scan = Scan.objects.get(pk=scan.pk)
    assert (scan.snapshot.digest, seen()) == (digest, overview)


def test_who_named_an_erased_person_reads_their_name_no_more(somebody: Somebody) -> None:
    browser = browser_of(somebody.colleague)
    page = reverse("scans:mirror", args=[somebody.scan.pk])
    with clock.at(somebody.scan.report_on or clock.today()):
        assert f"{MINE} 0" in read(browser, page)
        leave_and_erase(somebody)
        assert f"{MINE} 0" not in read(browser, page)


def test_an_account_that_a_decision_hangs_on_is_emptied(somebody: Somebody) -> None:
    """The council's decision stays; nobody can sign in with what is left of the account."""
    account = somebody.account
    leave_and_erase(somebody)
    left = Account.objects.get(pk=account.pk)
    assert (left.email, left.is_active) == (f"{account.pk}@erased.invalid", False)
    assert Consent.objects.filter(recorded_by=left).count() == 1
    assert somebody.browser.get(reverse("home:about_me")).status_code == 302


def test_an_account_without_any_use_goes_and_one_in_use_stays(school: School) -> None:
    gone, stays = (make_signed_member(school) for _ in range(2))
    kept = account_of(stays)
    other = make_school()
    make_mandate(kept, "facilitator", school=other)
    for member in (gone, stays):
        staff.leave(member)
        actions.erase_person(member)
    assert list(Account.objects.values_list("pk", flat=True)) == [kept.pk]


def test_somebody_who_works_here_is_erased_from_scans_and_stays_on_the_list(
    somebody: Somebody,
) -> None:
    officer = browser_of(make_signed_member(somebody.school), "privacy_officer")
    request = requests.ask(somebody.member, kind=PrivacyRequest.Kind.ERASE, words="")
    page = officer.get(reverse("home:request", args=[request.pk])).content.decode()
    assert "stays on the staff list for as long as they work here" in " ".join(page.split())
    officer.post(reverse("home:request", args=[request.pk]), {"answer": "yes", "reply": ""})
    assert PrivacyRequest.objects.get(pk=request.pk).state == "done"
    assert Member.objects.filter(pk=somebody.member.pk).exists()
    assert not RosterEntry.objects.filter(member=somebody.member).exists()
    assert AnswerBlob.objects.count() == 13
    content = somebody.browser.get(reverse("home:about_me_json")).json()
    assert content["answers"] == []
    assert {"scans.RosterEntry", "scans.Invitation", "scans.Scan"} & {
        one["model"] for one in content["records"]
    } == set()


def test_in_an_open_scan_an_erased_person_is_asked_no_more(school: School) -> None:
    somebody = make_somebody(school, is_released=False)
    assert AnswerBlob.objects.count() == 14
    actions.erase_person(somebody.member)
    assert AnswerBlob.objects.count() == 13
    assert RosterEntry.objects.filter(scan=somebody.scan).count() == 13
    assert Invitation.objects.filter(scan=somebody.scan).count() == 13


def test_while_a_report_is_made_nobody_is_erased_and_nothing_changes(school: School) -> None:
    somebody = make_somebody(school, is_released=False)
    Scan.objects.filter(pk=somebody.scan.pk).update(status=Scan.Status.CLOSED)
    before = everything()
    with pytest.raises(Refused, match="The report is being made"):
        actions.erase_person(somebody.member)
    assert everything() == before


def test_the_officer_erases_somebody_who_left_and_nobody_who_works_here(
    somebody: Somebody,
) -> None:
    officer = browser_of(make_signed_member(somebody.school), "privacy_officer")
    address = reverse("home:leaver_erase", args=[somebody.member.pk])
    assert officer.post(address).status_code == 404
    staff.leave(somebody.member)
    assert "That cannot be undone" in read(officer, address)
    assert Member.objects.filter(pk=somebody.member.pk).exists()
    officer.post(address)
    assert not Member.objects.filter(pk=somebody.member.pk).exists()


def test_who_left_long_ago_is_erased_by_itself_and_not_a_day_sooner(school: School) -> None:
    left_on = dt.date(2026, 1, 31)
    member = make_signed_member(school, left_on=left_on)
    make_signed_member(school)
    assert LEAVERS_MONTHS == 13
    with clock.at(dt.date(2027, 2, 28)):
        jobs.tick()
        assert Member.objects.filter(pk=member.pk).exists()
    with clock.at(dt.date(2027, 3, 1)):
        jobs.tick()
    assert Member.objects.filter(pk=member.pk).exists() is False
    assert Member.objects.count() == 1


def test_one_person_who_cannot_go_yet_holds_up_nobody(school: School) -> None:
    somebody = make_somebody(school, is_released=False)
    Scan.objects.filter(pk=somebody.scan.pk).update(status=Scan.Status.CLOSED)
    long_ago = dt.date(2025, 1, 1)
    other = make_signed_member(school, left_on=long_ago)
    Member.objects.filter(pk=somebody.member.pk).update(left_on=long_ago, started_on=None)
    jobs.tick()
    left = Member.objects.filter(left_on=long_ago)
    assert list(left) == [somebody.member]
    assert other not in left


def test_an_answered_request_goes_after_its_term_and_a_waiting_one_never(school: School) -> None:
    member = make_signed_member(school)
    with clock.at(dt.date(2024, 1, 1)):
        for kind in (PrivacyRequest.Kind.ERASE, PrivacyRequest.Kind.RECTIFY):
            asked = requests.ask(member, kind=kind, words="words")
        requests.refuse(asked, by=account_of(member), reason="no")
    assert REQUESTS_MONTHS == 25
    with clock.at(dt.date(2026, 2, 1)):
        jobs.tick()
        assert PrivacyRequest.objects.count() == 2
    with clock.at(dt.date(2026, 2, 2)):
        jobs.tick()
    assert [one.kind for one in PrivacyRequest.objects.all()] == ["erase"]


def test_a_file_that_an_erased_person_sent_in_goes_too(somebody: Somebody) -> None:
    assert tables_with(f"{MINE}.csv") == {"Upload"}
    leave_and_erase(somebody)
    assert tables_with(f"{MINE}.csv") == set()


def test_what_one_might_do_at_the_school_goes_and_what_one_may_do_elsewhere_stays(
    school: School,
) -> None:
    member, other = make_signed_member(school), make_school()
    account = account_of(member)
    for place in (school, other):
        make_mandate(account, "facilitator", school=place)
    staff.leave(member)
    actions.erase_person(member)
    with crossing_schools("a test looks at both"):
        assert [one.school for one in account.mandates.all()] == [other]


@pytest.mark.parametrize(
    ("until", "stays"), [(None, True), (dt.date(2026, 1, 2), True), (dt.date(2026, 1, 1), False)]
)
def test_an_account_from_outside_goes_once_it_could_do_nothing_for_long(
    school: School, until: dt.date | None, stays: bool
) -> None:
    account = make_account()
    Account.objects.update(made_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    long_ago = dt.date(2025, 1, 1)
    make_mandate(account, "facilitator", school=school, from_on=long_ago, until_on=until)
    with clock.at(dt.date(2027, 2, 1)):
        jobs.tick()
    assert Account.objects.filter(pk=account.pk).exists() is stays


def test_a_new_account_that_nobody_used_yet_is_left_alone_for_its_term(school: School) -> None:
    account = make_account()
    jobs.tick()
    assert Account.objects.filter(pk=account.pk).exists()
