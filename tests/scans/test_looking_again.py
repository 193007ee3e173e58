"""What was expected, who came and went, and falling back: beside the verdicts of a later report."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.scans.answered import answer_all, close, make_people, release
from tests.scans.twice import YEAR_BEFORE, after, asked_more, before, changed, words
from zwerm.people.models import Member, School
from zwerm.scans.models import Expectation, RosterEntry
from zwerm.scans.results import change as results
from zwerm.scans.results.arrays import read_asked

# --- what the school expected -----------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "direction", "outcome"),
    [
        ("mean_named", "risen", "met"),
        ("mean_named", "fallen", "not_met"),
        ("coupling", "fallen", "cannot_say"),
    ],
)
def test_what_was_expected_stands_in_the_report_with_what_came_of_it(
    school: School, figure: str, direction: str, outcome: str
) -> None:
    staff = make_people(school, [30, 30])
    earlier = before(school, staff)
    note = "Omdat we samen lessen bekijken."
    Expectation.objects.create(
        school=school, scan=earlier, figure=figure, direction=direction, note=note
    )
    scan = asked_more(after(school, staff, earlier), staff)
    assert changed(scan)["expectation"] == {
        "figure": figure, "direction": direction, "outcome": outcome,
    }  # fmt: skip
    assert note not in scan.snapshot.text


def test_an_expectation_of_scans_that_are_not_compared_stays_open(school: School) -> None:
    staff = make_people(school, [30, 30])
    earlier = before(school, staff)
    Expectation.objects.create(school=school, scan=earlier, figure="reciprocity", direction="risen")
    scan = after(school, staff, earlier)
    scan.topic_nl = "rekenen"
    scan.save()
    asked_more(scan, staff)
    assert changed(scan)["expectation"]["outcome"] == "cannot_say"


# --- who came and went, and falling back ------------------------------------------


@pytest.mark.parametrize(("joined", "left", "told"), [(9, 12, (None, 10)), (21, 9, (20, None))])
def test_who_came_and_went_is_published_in_tens_from_ten_each(
    school: School, joined: int, left: int, told: tuple[int | None, int | None]
) -> None:
    staff = make_people(school, [60])
    earlier = before(school, staff)
    Member.objects.filter(pk__in=[one.pk for one in staff[:left]]).update(left_on=YEAR_BEFORE)
    people = staff[left:] + make_people(school, [joined])
    scan = after(school, people, earlier)
    answer_all(scan, people)
    close(scan)
    assert scan.roster.count() == 60 - left + joined
    assert (changed(scan)["joined"], changed(scan)["left"]) == told


def test_who_was_erased_since_counts_as_gone(school: School) -> None:
    staff = make_people(school, [40])
    earlier = before(school, staff)
    RosterEntry.objects.filter(scan=earlier, member__in=staff[:10]).update(member=None)
    found = results.came_and_went(earlier, read_asked(earlier))
    assert found == {"joined": None, "left": 10}


def test_falling_back_follows_from_the_verdicts_in_the_earlier_reports(school: School) -> None:
    staff = make_people(school, [30, 30])
    first = before(school, staff, mean=3.0, opened_on=dt.date(2024, 11, 4))
    second = after(school, staff, first, opened_on=YEAR_BEFORE)
    release(asked_more(second, staff))
    assert words(second)["mean_named"] == "risen"
    third = asked_more(after(school, staff, second), staff, mean=3.0)
    assert words(third)["mean_named"] == "fallen"
    assert changed(third)["verdicts"]["mean_named"]["falling_back"] == "after_rise"
    assert changed(second)["verdicts"]["mean_named"]["falling_back"] is None


def test_verdicts_on_another_topic_make_no_falling_back(school: School) -> None:
    staff = make_people(school, [30, 30])
    scans = [before(school, staff, mean=3.0, opened_on=dt.date(2023, 11, 6))]
    for opened_on, mean, topic in (
        (dt.date(2024, 11, 4), 6.0, "taal"),
        (YEAR_BEFORE, 6.0, "rekenen"),
        (dt.date(2026, 11, 2), 3.0, "rekenen"),
    ):
        scan = after(school, staff, scans[-1], opened_on=opened_on, topic_nl=topic)
        scans.append(release(asked_more(scan, staff, mean=mean)))
    assert [words(one)["mean_named"] for one in scans[1:]] == ["risen", "cannot_say", "fallen"]
    assert changed(scans[3])["verdicts"]["mean_named"]["falling_back"] is None


def test_where_more_means_that_fewer_carry_a_rise_is_falling_back() -> None:
    assert results.fell_back("centralization", ["fallen", "risen"]) == "after_rise"
    assert results.fell_back("coupling", ["risen", "risen"]) == "twice"
    assert results.fell_back("centralization", ["risen", "fallen"]) is None
    assert results.fell_back("reciprocity", ["risen", "fallen"]) == "after_rise"
