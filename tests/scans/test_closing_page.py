"""The page of a scan that is being closed: how far it is, and what comes next."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_school
from tests.scans.answered import make_people, make_scan, read
from tests.scans.pages import sign_in
from zwerm.core.models import Work
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.models import Scan


def closing(school: School, **work: Any) -> Scan:
    """A scan that closed a moment ago, with its work in this state."""
    scan = make_scan(school, make_people(school, [12]))
    if work:
        scan.work = Work.objects.create(**work)
    scan.status = Scan.Status.CLOSED
    scan.save()
    return scan


def pages(scan: Scan) -> list[str]:
    return [reverse(f"scans:{name}", args=[scan.pk]) for name in ("detail", "work")]


def test_everybody_sees_how_far_the_work_is(school: School, client: Client) -> None:
    scan = closing(school, state="busy", done=2, total=5)
    sign_in(client, school)
    for address in pages(scan):
        answer: Any = client.get(address)
        text = answer.content.decode()
        assert "The report is being made." in text
        assert f'hx-get="{pages(scan)[1]}"' in text
        assert 'value="2"' in text
        assert 'max="5"' in text


def test_work_that_is_over_asks_for_nothing_more(school: School, client: Client) -> None:
    scan = closing(school, state="done", done=5, total=5)
    scan.is_printed = True
    scan.save()
    sign_in(client, school)
    for address in pages(scan):
        answer: Any = client.get(address)
        assert "hx-get" not in answer.content.decode().partition('id="work"')[2][:300]
        assert "The report is ready. It appears on Friday 27 November at 8 o'clock" in read(
            client, address
        )


def test_work_that_stopped_says_that_nothing_is_lost(school: School, client: Client) -> None:
    scan = closing(school, state="failed", done=1, total=5)
    sign_in(client, school)
    said = read(client, pages(scan)[0])
    assert "Making the report stopped. Nothing is lost: it is tried again within minutes." in said


@pytest.mark.parametrize("place", [0, 1])
def test_another_school_sees_nothing_of_it(school: School, client: Client, place: int) -> None:
    scan = closing(school, state="busy", done=2, total=5)
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "facilitator")
    answer: Any = client.get(pages(scan)[place])
    assert answer.status_code == 404


def test_asking_how_far_it_is_costs_little(school: School, client: Client) -> None:
    scan = closing(school, state="busy", done=2, total=5)
    sign_in(client, school)
    client.get(pages(scan)[1])
    with CaptureQueriesContext(connection) as queries:
        client.get(pages(scan)[1])
    assert len(queries) <= 7
