"""Nine accounts made by an administrator and one victim: no report, and no group of them either."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_account
from tests.scans.answered import answer_all, close, give, make_people, make_scan, roster
from tests.scans.watching import signed_in
from zwerm.core import clock
from zwerm.people.models import Member, School
from zwerm.scans.models import AnswerBlob, RosterEntry, Scan

FAKES = 9


def shown(scan: Scan) -> set[str]:
    """What the report of a scan says anything about."""
    content: dict[str, Any] = json.loads(scan.snapshot.text)
    lines = {line["id"] for line in content["scales"] if line.get("shown", True)}
    return lines | {name for name, one in content["figures"].items() if one["shown"]}


def answer_by_page(browser: Client, scan: Scan) -> int:
    """Name nobody, as a page would send it."""
    assert scan.opened_at
    with clock.at(scan.opened_at.date()):
        address = reverse("scans:save", args=[scan.pk, "advice"])
        return browser.post(address, {"nobody": "on", "counter": "1"}).status_code


@pytest.fixture
def alone(school: School) -> tuple[Scan, list[Member]]:
    """A scan of twelve people, of whom one answered: the victim."""
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    give(scan, roster(scan, staff)[0], named=roster(scan, staff)[1:4])
    return scan, staff


def test_who_is_put_on_the_staff_list_after_opening_answers_nothing(
    alone: tuple[Scan, list[Member]], keeper: Client
) -> None:
    scan, _staff = alone
    before = Member.objects.count()
    outcomes = []
    for number in range(FAKES):
        fake = f"fake{number}@attacker.example"
        person = {"name": f"Fake {number}", "email": fake, "language": "nl"}
        assert keeper.post(reverse("people:add"), person).status_code == 302
        outcomes.append(answer_by_page(signed_in(make_account(email=fake)), scan))
    assert Member.objects.count() == before + FAKES
    assert outcomes == [403] * FAKES
    assert AnswerBlob.objects.count() == 1
    assert shown(close(scan)) == set()


def test_who_gets_the_address_of_a_colleague_after_opening_does_not_count(
    alone: tuple[Scan, list[Member]], keeper: Client
) -> None:
    """The administrator changes nine addresses to their own, signs in and tries nine times."""
    scan, staff = alone
    outcomes = []
    for number, member in enumerate(staff[1 : FAKES + 1]):
        mine = f"mine{number}@attacker.example"
        person = {"name": member.name, "email": mine, "language": "nl"}
        page = reverse("people:member", args=[member.pk])
        assert keeper.post(page, person).status_code == 302
        account = make_account(email=mine)
        Member.objects.filter(pk=member.pk).update(account=account)
        outcomes.append(answer_by_page(signed_in(account), scan))
    assert outcomes == [409] * FAKES
    assert AnswerBlob.objects.count() == 1
    assert shown(close(scan)) == set()


@pytest.mark.parametrize("counts", [False, True])
def test_nine_who_would_count_beside_a_victim_do_make_a_report(
    alone: tuple[Scan, list[Member]], counts: bool
) -> None:
    """The attack itself works: the same ten answers, nine of them by the roster's own addresses."""
    scan, staff = alone
    entries = roster(scan, staff)
    for place, entry in enumerate(entries[1 : FAKES + 1], start=1):
        give(scan, entry, named=[entries[place - 1], entries[place + 2]], through=counts)
    assert ("mean_named" in shown(close(scan))) is counts


@pytest.mark.parametrize(("counts", "groups"), [(False, [26, 14]), (True, [12, 14, 14])])
def test_a_group_of_nine_fakes_and_a_victim_joins_its_neighbour(
    school: School, counts: bool, groups: list[int]
) -> None:
    """When the nine would count, the victim's answers do stand in a group of their own."""
    staff = make_people(school, [12, 14, 14])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    entries = roster(scan, staff)
    for entry in entries[:FAKES]:
        give(scan, entry, named=entries[9:11], through=counts)
    close(scan)
    content = json.loads(scan.snapshot.text)
    assert [node["members"] for node in content["groups"]["nodes"]] == groups


def test_an_account_that_is_on_no_staff_list_opens_nothing(
    alone: tuple[Scan, list[Member]],
) -> None:
    scan, _staff = alone
    browser = signed_in(make_account(email="nobody@attacker.example"))
    assert answer_by_page(browser, scan) == 403
    assert (AnswerBlob.objects.count(), RosterEntry.objects.count()) == (1, 12)
