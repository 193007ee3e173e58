"""Erasing one's own answers after the close: they go, the report stays, nobody learns more."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.scans.answered import (
    REPORT_ON,
    close,
    give,
    make_people,
    make_scan,
    read,
    release,
    roster,
)
from tests.scans.mirrors import come_in, page, released, seen
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import School
from zwerm.scans import sealed
from zwerm.scans.actions import releasing
from zwerm.scans.link import make_token
from zwerm.scans.models import AnswerBlob, Invitation, Mirror, Scan


def test_erasing_ones_answers_leaves_the_report_and_takes_back_what_was_let_know(
    school: School, client: Client
) -> None:
    scan, staff = released(school, may_know=2)
    digest = scan.snapshot.digest
    come_in(client, staff[1])
    address = reverse("scans:mirror_erase", args=[scan.pk])
    with clock.at(REPORT_ON):
        assert "cannot be undone" in read(client, address)
        assert AnswerBlob.objects.count() == 14
        client.post(address)
    assert AnswerBlob.objects.count() == 13
    assert Mirror.objects.count() == 13
    assert seen(scan, staff[0]) == (None, [staff[2].name])
    assert Scan.objects.get(pk=scan.pk).snapshot.digest == digest
    assert "nothing of you here" in page(client, scan)


def test_a_colleague_who_erases_their_answers_changes_nobodys_band(school: School) -> None:
    """Else who looked before and after would know whom that colleague had named."""
    staff = make_people(school, [14])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for place, entry in enumerate(entries):
        give(scan, entry, named=[entries[0]] if 0 < place < 4 else [entries[13]])
    release(close(scan))
    assert seen(scan, staff[0]) == ("3-5", [])
    with clock.at(REPORT_ON):
        for entry in entries[1:4]:
            releasing.erase_own(scan, entry=entry)
        releasing.change_may_know(scan, entry=entries[5], may_know=[])
    assert [seen(scan, one) for one in (staff[0], staff[13])] == [("3-5", []), ("6+", [])]


def test_answers_can_be_erased_when_the_report_is_held_back(school: School) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries:
        give(scan, entry)
    scan.status, scan.withheld_reason = Scan.Status.CLOSED, "subtraction"
    scan.save()
    releasing.erase_own(scan, entry=entries[4])
    assert sealed.read_answers(scan, entries[4]) is None
    assert AnswerBlob.objects.count() == 12


def test_by_the_personal_link_answers_can_be_erased_after_close_as_well(
    school: School, client: Client
) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries:
        give(scan, entry, named=[entries[0]])
    close(scan)
    digest = scan.snapshot.digest
    invitation = Invitation.objects.get(entry=entries[4])
    client.post(reverse("scans:with", args=[scan.pk, make_token(scan, invitation)]))
    address = reverse("scans:withdraw", args=[scan.pk])
    assert address in client.get(reverse("scans:thanks", args=[scan.pk])).content.decode()
    client.get(address)
    assert AnswerBlob.objects.count() == 13
    client.post(address)
    assert AnswerBlob.objects.count() == 12
    assert sealed.read_answers(scan, entries[4]) is None
    assert Scan.objects.get(pk=scan.pk).snapshot.digest == digest


def test_while_the_report_is_made_nothing_is_erased(school: School, client: Client) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    for entry in roster(scan, staff):
        give(scan, entry)
    scan.status = Scan.Status.CLOSED
    scan.save()
    with pytest.raises(Refused, match="Try again in a few minutes"):
        releasing.erase_own(scan, entry=roster(scan, staff)[0])
    assert AnswerBlob.objects.count() == 13


def test_who_comes_in_under_another_address_erases_nothing(school: School, client: Client) -> None:
    staff = make_people(school, [13])
    scan = make_scan(school, staff)
    for entry in roster(scan, staff):
        give(scan, entry)
    close(scan)
    staff[4].email = "changed@school.example"
    staff[4].save()
    come_in(client, staff[4])
    client.post(reverse("scans:withdraw", args=[scan.pk]))
    assert AnswerBlob.objects.count() == 13
