"""What a next scan could say of change, said beforehand: until when, how much, and what hinders."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.scans.answered import (
    REPORT_ON,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
    small_scan,
)
from tests.scans.pages import sign_in, step, words
from tests.scans.scans import make_ready_draft
from zwerm.analysis.change import visible_change
from zwerm.core import clock
from zwerm.people.models import Account, School
from zwerm.scans import sealed
from zwerm.scans.actions import opening
from zwerm.scans.models import Scan
from zwerm.scans.queries.groups import people_asked
from zwerm.scans.queries.outlook import (
    hardly_enough,
    last_day_for_change,
    outlook_of,
    too_few,
)
from zwerm.scans.sentences.visible import visible_lines

AFTER = REPORT_ON + dt.timedelta(days=7)


@pytest.fixture
def scan(school: School) -> Scan:
    """A released scan of twelve people."""
    return release(close(small_scan(school)))


@pytest.fixture(autouse=True)
def _after_the_talk() -> Any:
    with clock.at(AFTER):
        yield


def page_of(scan: Scan) -> str:
    return reverse("scans:expectation", args=[scan.pk])


def prepared(school: School, by: Account, earlier: Scan, **fields: Any) -> Scan:
    """A draft after `earlier`, alike in all that counts unless told otherwise."""
    same: dict[str, Any] = {
        "topic_nl": earlier.topic_nl, "topic_en": earlier.topic_en,
        "partition": earlier.partition, "closes_on": dt.date(2027, 11, 19),
        "report_on": dt.date(2027, 11, 26),
    }  # fmt: skip
    return make_ready_draft(school, by=by, **(same | fields))


@pytest.fixture
def large(school: School) -> Scan:
    staff = make_people(school, [30, 30])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    return release(close(scan))


def test_the_wizard_names_the_last_day_on_which_the_next_scan_must_close(
    client: Client, school: School, large: Scan, facilitator: Account
) -> None:
    """Answers stay until 20 December 2027, and the figures are made in the night after."""
    draft = prepared(school, facilitator, large)
    read = words(client.get(step(draft, "dates")))
    assert "What can this scan say of change?" in read
    assert "This scan must close on 19 December 2027 at the latest." in read
    assert "This is why change will not be shown" not in read
    assert last_day_for_change(large) == dt.date(2027, 12, 19)


def test_the_wizard_says_what_a_school_like_this_could_see(
    client: Client, school: School, large: Scan, facilitator: Account
) -> None:
    draft = prepared(school, facilitator, large)
    asked = people_asked(draft).count()
    read = words(client.get(step(draft, "dates")))
    seen = visible_change(asked, 0.8)
    assert list(seen) == ["mean_named", "reciprocity", "centralization", "coupling"]
    for line in visible_lines(
        {name: size for name, size in seen.items() if name != "coupling"}, "en"
    ):
        assert line in read
    assert "Whether questions go to posts" not in read


def test_of_what_is_written_down_beforehand_a_smaller_change_is_seen(
    client: Client, school: School, large: Scan
) -> None:
    sign_in(client, school)
    read = words(client.get(page_of(large)))
    seen = visible_change(people_asked(large).count(), 0.8, expected=True)
    seen.pop("coupling")
    lines = visible_lines(seen, "en")
    assert [line for line in lines if line not in read] == []
    assert "How many colleagues somebody asks" in lines[0]


@pytest.mark.parametrize(
    ("different", "sentence"),
    [
        ({"topic_nl": "rekenen"}, "The topic differs from last time."),
        ({"partition": None}, "The groups differ from last time."),
        ({"closes_on": dt.date(2027, 12, 20)}, "The last day lies too late"),
    ],
)
def test_the_wizard_says_why_change_will_not_be_shown(
    client: Client,
    school: School,
    large: Scan,
    facilitator: Account,
    different: dict[str, Any],
    sentence: str,
) -> None:
    more = {"report_on": dt.date(2027, 12, 24)} if "closes_on" in different else {}
    draft = prepared(school, facilitator, large, **(different | more))
    read = words(client.get(step(draft, "dates")))
    assert "This is why change will not be shown:" in read
    assert sentence in read
    found = outlook_of(Scan.objects.get(pk=draft.pk))
    assert found
    assert found.lines == []


def test_the_wizard_says_that_last_time_too_few_answered(
    client: Client, school: School, facilitator: Account
) -> None:
    staff = make_people(school, [30])
    earlier = make_scan(school, staff)
    answer_all(earlier, staff, answered=20)
    release(close(earlier))
    draft = prepared(school, facilitator, earlier)
    assert "Last time fewer than 8 in 10 people answered." in words(
        client.get(step(draft, "dates"))
    )


def test_a_first_scan_hears_nothing_of_change(
    client: Client, school: School, facilitator: Account
) -> None:
    draft = make_ready_draft(school, by=facilitator)
    assert "say of change" not in words(client.get(step(draft, "dates")))


def test_with_few_people_it_is_said_that_nothing_can_be_said_of_change(
    client: Client, school: School, scan: Scan
) -> None:
    sign_in(client, school)
    read = words(client.get(page_of(scan)))
    assert "At least 20 must answer both times. With 13 people that cannot be." in read
    assert read.index("The next report will show no change.") < read.index("cannot be")
    assert "What you write down here is for the talk." in read
    for promise in ("at the latest", "a smaller change is seen", "1 in 5 reports"):
        assert promise not in read


@pytest.mark.parametrize(("people", "chance"), [(19, False), (20, True), (31, True)])
def test_where_enough_can_answer_twice_but_often_do_not_only_that_is_said(
    people: int, chance: bool
) -> None:
    often = f"At least 20 must answer both times. With {people} people that often fails."
    assert hardly_enough(people) == ([often] if chance else [])
    assert bool(too_few(people)) is not chance


def test_from_where_a_change_is_seen_nobody_is_warned_of_too_few() -> None:
    assert visible_change(32, 0.8)
    assert [*too_few(32), *hardly_enough(32)] == []


def test_a_school_that_may_just_see_change_reads_that_and_its_last_day(
    client: Client, school: School
) -> None:
    staff = make_people(school, [26])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    sign_in(client, school)
    read = words(client.get(page_of(release(close(scan)))))
    assert "With 27 people that often fails." in read
    assert "The next scan must close on" in read
    assert "show no change" not in read


def test_after_the_answers_went_the_page_says_that_no_change_will_be_shown(
    client: Client, school: School, large: Scan
) -> None:
    sealed.destroy(large, reason="retention")
    sign_in(client, school)
    read = words(client.get(page_of(large)))
    assert "The next report will show no change." in read
    assert "The answers of the scan before have been destroyed." in read


def test_the_page_that_moves_the_last_day_names_the_last_one_for_change(
    client: Client, school: School, large: Scan, facilitator: Account
) -> None:
    draft = prepared(school, facilitator, large)
    with clock.at(dt.date(2027, 11, 1)):
        opening.open_scan(draft, by=facilitator, by_name="Farah")
        page = client.get(reverse("scans:extend", args=[draft.pk]))
    assert "Let it close on 19 December 2027 at the latest." in words(page)
