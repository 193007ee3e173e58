"""One person alone tries to open a scan with a changed privacy setting.

They have two mandates, or two accounts, or change the setting after somebody confirmed it.
"""

from functools import partial

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import account_of, make_account, make_mandate, make_school, make_signed_member
from tests.scans.at_once import apart, at_once, real_database
from tests.scans.pages import words
from tests.scans.scans import consent, make_open_scan, make_ready_draft
from zwerm.core.errors import Refused
from zwerm.people.actions import staff
from zwerm.people.actions.log import Actor
from zwerm.people.scope import school_scope
from zwerm.scans.actions import confirming, drafting, opening
from zwerm.scans.models import Invitation, Scan, SecondLook, SettingsLogLine
from zwerm.scans.queries import second_look as rules


def somebody(school, *kinds):
    member = make_signed_member(school, language="en")
    account = account_of(member)
    account.language = "en"
    account.save()
    for kind in kinds:
        make_mandate(account, kind, school=school)
    return account


@pytest.fixture
def facilitator(school):
    return somebody(school, "facilitator")


@pytest.fixture
def council(school):
    return somebody(school, "staff_council")


@pytest.fixture
def draft(school, facilitator, council):
    """A draft that lacks nothing, but that the board may read its report this time."""
    make_open_scan(school, members=12, status="cancelled")
    scan = make_ready_draft(school, by=facilitator)
    change(scan, facilitator, is_for_board=True)
    return scan


def change(scan, by, **settings):
    drafting.change_scan(scan, by=by, by_name="F", **settings)
    consent(scan, by)


def confirm(scan, by):
    return confirming.confirm(scan, by=by, by_name="C", shown=rules.look_digest(scan))


def refused(act):
    with pytest.raises(Refused) as no:
        act()
    return str(no.value)


def is_opened(scan, by):
    """Whether this person can open the scan now."""
    try:
        opening.open_scan(scan, by=by, by_name="F")
    except Refused:
        return False
    return True


def test_two_people_open_what_one_cannot(draft, facilitator, council):
    assert "Somebody else has to confirm" in refused(
        lambda: opening.open_scan(draft, by=facilitator, by_name="F")
    )
    confirm(draft, council)
    assert is_opened(draft, facilitator)


def test_a_scan_with_the_usual_settings_needs_no_second_person(school, facilitator):
    assert is_opened(make_ready_draft(school, by=facilitator), facilitator)


def test_settings_that_stay_as_last_time_need_nobody_and_going_back_does(
    school, draft, facilitator, council
):
    confirm(draft, council)
    opening.open_scan(draft, by=facilitator, by_name="F")
    Scan.objects.filter(pk=draft.pk).update(status="released", closed_at=draft.opened_at)
    again = make_ready_draft(school, by=facilitator)
    assert again.is_for_board
    assert rules.differences(again) == []
    change(again, facilitator, is_for_board=False)
    assert [one.setting for one in rules.differences(again)] == ["is_for_board"]


def test_one_person_with_two_mandates_is_one_person(school, draft, facilitator):
    make_mandate(facilitator, "privacy_officer", school=school)
    assert "you changed a setting yourself" in refused(lambda: confirm(draft, facilitator))


def test_who_confirmed_does_not_open_under_another_mandate(school, draft, council):
    make_mandate(council, "facilitator", school=school)
    confirm(draft, council)
    assert "You confirmed these settings yourself" in refused(
        lambda: opening.open_scan(draft, by=council, by_name="C")
    )


def second_account(school, facilitator):
    """The facilitator gets another address on the list, and keeps the old account's mandate."""
    member = facilitator.members.get()
    make_mandate(facilitator, "facilitator", school=school)
    member.email = "second@school.example"
    staff.save_person(member, school=school, home_team="", by=Actor(facilitator, "F"))
    other = make_account(email="second@school.example")
    member.refresh_from_db()
    member.account = other
    member.save()
    make_mandate(other, "privacy_officer", school=school)
    return other


def test_two_accounts_of_one_member_are_one_person(school, facilitator, draft):
    """The old account is known by the address on the roster of an earlier scan."""
    other = second_account(school, facilitator)
    assert Invitation.objects.filter(address=facilitator.email).exists()
    assert "you changed a setting yourself" in refused(lambda: confirm(draft, other))


def test_without_looking_at_members_two_accounts_would_do(school, facilitator, draft, monkeypatch):
    """The test of the test: a rule that compares accounts only is passed by two of one person."""
    other = second_account(school, facilitator)
    monkeypatch.setattr(rules, "members_of", lambda _account: set())
    confirm(draft, other)
    assert is_opened(draft, facilitator)


def test_a_setting_that_changes_after_the_confirmation_asks_for_it_again(
    draft, facilitator, council
):
    confirm(draft, council)
    change(draft, facilitator, retain_months=25)
    assert not is_opened(draft, facilitator)
    change(draft, facilitator, retain_months=13)
    assert is_opened(draft, facilitator)


def test_without_a_digest_a_later_change_would_pass(draft, facilitator, council, monkeypatch):
    """The test of the test: a confirmation of nothing in particular holds for everything."""
    monkeypatch.setattr(rules, "look_digest", lambda _scan: "anything")
    monkeypatch.setattr(confirming, "look_digest", lambda _scan: "anything")
    confirm(draft, council)
    change(draft, facilitator, retain_months=25)
    assert is_opened(draft, facilitator)


def test_what_was_shown_is_what_is_confirmed(draft, facilitator, council):
    shown = rules.look_digest(draft)
    change(draft, facilitator, retain_months=25)
    assert "The settings changed after you looked" in refused(
        lambda: confirming.confirm(draft, by=council, by_name="C", shown=shown)
    )
    assert SecondLook.objects.count() == 0


def test_a_mandate_that_ended_confirms_no_longer(draft, facilitator, council):
    confirm(draft, council)
    council.mandates.all().delete()
    assert not is_opened(draft, facilitator)


def test_the_page_asks_tells_and_confirms(school, client, draft, facilitator, council):
    page = reverse("scans:confirm", args=[draft.pk])
    client.force_login(facilitator)
    assert "Report to the board no yes" in words(client.get(page))
    assert council.email in words(client.get(page))
    assert client.post(page, {"shown": rules.look_digest(draft)}).status_code == 403
    assert client.post(page, {"ask": "yes"}).status_code == 302
    assert client.post(page, {"ask": "yes"}).status_code == 409
    assert [one.to for one in mail.outbox] == [[council.email]]
    assert mail.outbox[0].subject == "Will you look at settings of a scan?"
    client.force_login(council)
    assert "Do these privacy settings fit?" in words(client.get(reverse("home:start")))
    sent = {"shown": rules.look_digest(draft)}
    assert client.post(page, sent).status_code == 302
    assert "Confirmed on" in words(client.get(page))
    assert client.post(page, sent).status_code == 409
    assert mail.outbox[1].to == [facilitator.email]
    lines = SettingsLogLine.objects.filter(setting="second_look").order_by("at")
    assert list(lines.values_list("after", flat=True)) == ["asked", "confirmed"]


def waiting_draft():
    """A draft that waits for a second person, and two who may be that."""
    school = make_school()
    with school_scope(school):
        facilitator = somebody(school, "facilitator")
        two = [somebody(school, "staff_council"), somebody(school, "privacy_officer")]
        scan = make_ready_draft(school, by=facilitator)
        change(scan, facilitator, is_for_board=True)
        return scan, two, rules.look_digest(scan)


def test_of_two_who_confirm_at_once_one_does(transactional_db, tmp_path):
    with real_database(tmp_path):
        scan, two, shown = apart(waiting_draft)

        def look(account):
            try:
                one = Scan.objects.get(pk=scan.pk)
                confirming.confirm(one, by=account, by_name="C", shown=shown)
            except Refused as no:
                return str(no)
            return "confirmed"

        told = at_once([partial(look, who) for who in two], scan.school)
        count = apart(SecondLook.objects.count, scan.school)
    # A thread of its own speaks the language of the site.
    assert (told.count("confirmed"), count) == (1, 1)
