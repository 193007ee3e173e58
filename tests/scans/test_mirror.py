"""The mirror: what one respondent sees of themselves, and nobody else does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_school
from tests.scans.answered import (
    REPORT_ON,
    close,
    give,
    make_people,
    make_scan,
    release,
    roster,
)
from tests.scans.mirrors import come_in, page, released, seen
from tests.scans.pages import sign_in, words
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.actions import releasing
from zwerm.scans.models import AnswerBlob, Mirror, RosterEntry, Scan
from zwerm.scans.queries.mirror import mirror_of


def test_a_respondent_sees_how_often_they_were_named_as_a_band(school: School) -> None:
    scan, staff = released(school)
    assert seen(scan, staff[0]) == ("6+", [])
    assert seen(scan, staff[1]) == ("0-2", [])


def test_the_band_needs_twelve_others_who_answered(school: School) -> None:
    scan, staff = released(school, people=13)
    assert seen(scan, staff[0])[0] == "6+"
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries[1:]:
        give(scan, entry, named=[entries[0]], may_know=[entries[0]])
    give(scan, entries[0], named=[entries[1]])
    release(close(scan))
    assert seen(scan, staff[0]) == (None, [])


def test_others_who_came_in_another_way_do_not_count(school: School) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries[1:]:
        give(scan, entry, named=[entries[0]], through=entry != entries[5])
    give(scan, entries[0], named=[entries[1]])
    release(close(scan))
    assert seen(scan, staff[0]) == (None, [])


def test_others_who_objected_to_being_named_do_not_count(school: School) -> None:
    """They answered the question before they objected: nothing of that is computed."""
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries:
        give(scan, entry, named=[entries[1]])
    RosterEntry.objects.filter(pk=entries[5].pk).update(may_be_named=False)
    release(close(scan))
    assert seen(scan, staff[0]) == (None, [])


def test_under_ten_answers_the_overview_is_ones_own_answers_only(
    school: School, client: Client
) -> None:
    scan, staff = released(school, people=9, may_know=8)
    come_in(client, staff[0])
    assert seen(scan, staff[0]) == (None, [])
    text = page(client, scan)
    assert staff[1].name in text  # whom they named
    assert staff[7].name not in text
    assert not [band for band in ("0-2", "3-5", "6+") if band in text]


def test_names_and_band_never_stand_beside_each_other(school: School, client: Client) -> None:
    scan, staff = released(school, may_know=3)
    assert seen(scan, staff[0]) == (None, sorted(one.name for one in staff[1:4]))
    come_in(client, staff[0])
    text = page(client, scan)
    for member in staff[1:4]:
        assert member.name in text
    assert "6+" not in text
    assert staff[9].name not in text


def test_only_who_ticked_it_is_known_and_only_to_whom_they_named(school: School) -> None:
    scan, staff = released(school, may_know=1)
    assert seen(scan, staff[0]) == (None, [staff[1].name])
    for member in staff[1:]:
        assert seen(scan, member)[1] == []


def test_who_takes_it_back_is_not_known_any_more(school: School) -> None:
    scan, staff = released(school, may_know=2)
    entry = RosterEntry.objects.get(member=staff[1])
    with clock.at(REPORT_ON):
        releasing.change_may_know(scan, entry=entry, may_know=[])
    assert seen(scan, staff[0]) == (None, [staff[2].name])


def test_one_can_only_let_know_whom_one_named(school: School) -> None:
    scan, staff = released(school)
    entry, other = (RosterEntry.objects.get(member=one) for one in (staff[1], staff[5]))
    with clock.at(REPORT_ON):
        releasing.change_may_know(scan, entry=entry, may_know=[other.number])
    assert seen(scan, staff[5]) == ("0-2", [])


def test_the_page_shows_ones_own_answers_and_changes_who_may_know(
    school: School, client: Client
) -> None:
    scan, staff = released(school)
    come_in(client, staff[0])
    text = page(client, scan)
    assert staff[1].name in text
    assert "6+" in text
    number = RosterEntry.objects.get(member=staff[1]).number
    with clock.at(REPORT_ON):
        client.post(
            reverse("scans:mirror", args=[scan.pk]),
            {"asked-may_know-advice": "1", "may_know-advice": [str(number), "x", "9999"]},
        )
    assert seen(scan, staff[1]) == (None, [staff[0].name])


@pytest.mark.parametrize("number", ["9" * 5000, "\u0664", "-1", ""])
def test_a_number_that_is_none_lets_nobody_know(
    school: School, client: Client, number: str
) -> None:
    scan, staff = released(school, may_know=1)
    come_in(client, staff[1])
    with clock.at(REPORT_ON):
        answer = client.post(
            reverse("scans:mirror", args=[scan.pk]),
            {"asked-may_know-advice": "1", "may_know-advice": [number]},
        )
    assert answer.status_code == 302
    assert seen(scan, staff[0]) == ("6+", [])


def test_own_answers_are_readable_for_thirty_days(school: School, client: Client) -> None:
    scan, staff = released(school)
    come_in(client, staff[0])
    last = REPORT_ON + dt.timedelta(days=29)
    assert "What did you answer?" in page(client, scan, last)
    gone = page(client, scan, REPORT_ON + dt.timedelta(days=31))
    assert "What did you answer?" not in gone
    assert staff[1].name not in gone
    entry = RosterEntry.objects.get(member=staff[1])
    with (
        clock.at(REPORT_ON + dt.timedelta(days=31)),
        pytest.raises(Refused, match="no longer be read"),
    ):
        releasing.change_may_know(scan, entry=entry, may_know=[])


def test_there_is_no_mirror_before_the_report(school: School, client: Client) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    for entry in roster(scan, staff):
        give(scan, entry)
    close(scan)
    come_in(client, staff[0])
    assert client.get(reverse("scans:mirror", args=[scan.pk])).status_code == 404
    assert Mirror.objects.count() == 0


def test_nobody_reaches_the_mirror_of_somebody_else(school: School, client: Client) -> None:
    """Everybody has one address: it shows who signed in, never another; others get nothing."""
    scan, staff = released(school, may_know=3)
    for kinds in (("facilitator",), ("school_leader",), ("privacy_officer",), ("staff_council",)):
        sign_in(client, school, *kinds)
        assert client.get(reverse("scans:mirror", args=[scan.pk])).status_code == 404
    come_in(client, staff[6])
    text = page(client, scan)
    assert not any(member.name in text for member in (*staff[1:4], *staff[7:]))


def test_who_comes_in_under_another_address_reads_and_changes_nothing(
    school: School, client: Client
) -> None:
    """Whoever may change the staff list puts an address of their own there, and signs in."""
    scan, staff = released(school, may_know=2)
    staff[1].email = "mine@attacker.example"
    staff[1].save()
    come_in(client, staff[1])
    addresses = [reverse(f"scans:{one}", args=[scan.pk]) for one in ("mirror", "mirror_erase")]
    with clock.at(REPORT_ON):
        shown: list[Any] = [client.get(address) for address in addresses]
        sent: list[Any] = [
            client.post(address, {"asked-may_know-advice": "1"}) for address in addresses
        ]
    assert {one.status_code for one in (*shown, *sent)} == {409}
    assert not [one for one in shown if staff[0].name in words(one)]
    assert "This scan was sent under another mail address." in words(shown[0])
    assert AnswerBlob.objects.count() == 14
    assert seen(scan, staff[0]) == (None, sorted(one.name for one in staff[1:3]))


def test_another_school_has_no_such_page(school: School, client: Client) -> None:
    scan, _staff = released(school)
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "facilitator")
    assert client.get(reverse("scans:mirror", args=[scan.pk])).status_code == 404


def test_who_asked_not_to_be_named_has_no_band_and_no_names(school: School) -> None:
    staff = make_people(school, [14])
    scan = make_scan(school, staff)
    RosterEntry.objects.filter(member=staff[0]).update(may_be_named=False)
    entries = roster(scan, staff)
    for entry in entries:
        give(scan, entry, named=[entries[0]], may_know=[entries[0]])
    release(close(scan))
    assert seen(scan, staff[0]) == (None, [])


def test_a_colleague_who_left_does_not_break_the_overview(school: School) -> None:
    staff = make_people(school, [14])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries:
        give(scan, entry, named=[entries[13], entries[1]], may_know=[entries[13]])
    staff[13].left_on = scan.closes_on
    staff[13].save()
    release(close(scan))
    with clock.at(REPORT_ON):
        mirror = mirror_of(scan, RosterEntry.objects.get(member=staff[0]), "en")
    assert mirror
    assert [tile.name for known in mirror.named for tile in known.named] == [staff[1].name]


def test_who_takes_back_what_was_let_know_gives_the_band_again(school: School) -> None:
    scan, staff = released(school, may_know=1)
    assert seen(scan, staff[0]) == (None, [staff[1].name])
    with clock.at(REPORT_ON):
        releasing.change_may_know(scan, entry=roster(scan, staff)[1], may_know=[])
    assert seen(scan, staff[0]) == ("6+", [])


def test_the_last_day_of_the_mirror_is_a_day_in_amsterdam(school: School) -> None:
    scan, staff = released(school)
    half_past_midnight = dt.datetime(2026, 11, 27, 23, 30, tzinfo=dt.UTC)
    Scan.objects.filter(pk=scan.pk).update(released_at=half_past_midnight)
    scan.refresh_from_db()
    with clock.at(REPORT_ON):
        mirror = mirror_of(scan, RosterEntry.objects.get(member=staff[0]), "en")
    assert mirror
    assert mirror.until == dt.date(2026, 12, 28)


def test_the_page_costs_the_same_for_few_and_for_many_colleagues(
    school: School, client: Client
) -> None:
    def cost(people: int) -> int:
        scan, staff = released(school, people=people, may_know=people - 11)
        come_in(client, staff[0])
        page(client, scan)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, scan)
        return len(queries)

    assert cost(13) == cost(20) <= 16
