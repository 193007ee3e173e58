"""Change since the scan before: verdicts from the answers of both, and nothing more exact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scans.answered import answer_all, close, give, make_people, make_scan, release, roster
from tests.scans.twice import YEAR_BEFORE, after, asked_more, before, changed, content, words
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.change import FAMILY, change_of
from zwerm.people.models import Member, School
from zwerm.scans import sealed
from zwerm.scans.actions import closing
from zwerm.scans.models import AnswerBlob, Scan
from zwerm.scans.results import change as results
from zwerm.scans.results.arrays import read_asked, relation

WORDS = {"risen", "fallen", "no_clear_change", "cannot_say"}


# --- what is compared ----------------------------------------------------------


def test_a_rise_is_told_of_people_who_name_many_more(school: School) -> None:
    staff = make_people(school, [30, 30])
    scan = asked_more(after(school, staff, before(school, staff)), staff)
    assert changed(scan)["since"] == "2025-11-21"
    assert changed(scan)["reason"] is None
    assert words(scan)["mean_named"] == "risen"


def test_a_fall_is_told_of_people_who_name_far_fewer(school: School) -> None:
    staff = make_people(school, [30, 30])
    scan = asked_more(after(school, staff, before(school, staff, mean=6.0)), staff, mean=3.5)
    assert words(scan)["mean_named"] == "fallen"


def test_the_same_answers_again_are_no_clear_change(school: School) -> None:
    staff = make_people(school, [40, 40])
    scan = after(school, staff, before(school, staff))
    answer_all(scan, staff)
    close(scan)
    assert words(scan) == dict.fromkeys(FAMILY, "no_clear_change") | {"coupling": "cannot_say"}
    assert changed(scan)["verdicts"]["coupling"]["reason"] == "few_leaders"


def test_the_verdicts_are_those_of_the_answers_of_who_answered_both_times(school: School) -> None:
    """People are matched by member, whatever their numbers and places are in each scan."""
    stayers, leavers = make_people(school, [33, 33]), make_people(school, [4])
    earlier = before(school, stayers + leavers, leaders=12, mean=3.0)
    Member.objects.filter(pk__in=[one.pk for one in leavers]).update(left_on=YEAR_BEFORE)
    staff = stayers + make_people(school, [3])
    scan = after(school, staff, earlier, leaders=12)
    answer_all(scan, staff, answered=60, mean=4.5)
    then, now = (relation(read_asked(one), "advice") for one in (earlier, scan))
    assert (len(then.entries), len(now.entries)) == (70, 69)
    stayed = {one.pk for one in stayers}
    # The order of people is that of their numbers in the later scan.
    order = [entry.member_id for entry in now.entries if entry.member_id in stayed]
    pair = []
    for one in (then, now):
        place = [[entry.member_id for entry in one.entries].index(pk) for pk in order]
        pair.append(arcs_of(one.ties[np.ix_(place, place)], one.respondents[place]))
    expected = change_of(
        *pair,
        rng=closing.generator(sealed.key_of(scan), "change"),
        leader=np.array([entry.is_leader for entry in now.entries if entry.member_id in stayed]),
    )
    assert {name: one.word for name, one in expected.verdicts.items()} == words(close(scan))


def test_who_objects_to_being_named_is_in_neither_network(school: School) -> None:
    staff = make_people(school, [30, 30])
    earlier = before(school, staff)
    for member in staff[:5]:
        member.may_be_named = False
        member.save()
    scan = after(school, staff, earlier)
    answer_all(scan, staff)
    twice = results.both_times(earlier, read_asked(scan))
    objecting = {member.pk for member in staff[:5]}
    for one in (twice.before, twice.now):
        assert len(one.entries) == 55
        assert not objecting & {entry.member_id for entry in one.entries}


def test_the_earlier_answers_are_compared_first_and_then_destroyed(school: School) -> None:
    staff = make_people(school, [30, 30])
    earlier = before(school, staff)
    scan = asked_more(after(school, staff, earlier), staff)
    assert words(scan)["mean_named"] == "risen"
    assert not AnswerBlob.objects.filter(scan=earlier).exists()
    earlier.refresh_from_db()
    assert earlier.destroyed_at is not None


def test_the_same_key_draws_the_same_verdicts(school: School) -> None:
    staff = make_people(school, [30, 30])
    scan = after(school, staff, before(school, staff))
    answer_all(scan, staff, seed=2)

    def once() -> Any:
        draws = closing.generator(sealed.key_of(scan), "change")
        return results.change_since(scan, read_asked(scan), draws)

    assert once() == once()


# --- what is not compared --------------------------------------------------------


def change_topic(scan: Scan) -> None:
    scan.topic_nl = "rekenen"
    scan.save()


def change_question(scan: Scan) -> None:
    assert scan.questionnaire
    question = next(one for one in scan.questionnaire["questions"] if one["id"] == "advice")
    question["text"]["nl"] = "Met wie overleg je?"
    scan.save()


def change_groups(scan: Scan) -> None:
    scan.partition = None
    scan.save()


def destroy_before(scan: Scan) -> None:
    assert scan.previous
    sealed.destroy(scan.previous, reason="retention is over")
    scan.previous.save()


def hide_report(scan: Scan) -> None:
    assert scan.previous
    scan.previous.status = Scan.Status.CLOSED
    scan.previous.save()


@pytest.mark.parametrize(
    ("make_different", "reason"),
    [
        (change_topic, "topic"),
        (change_question, "question"),
        (change_groups, "groups"),
        (destroy_before, "gone"),
        (hide_report, "no_report"),
    ],
)
def test_two_scans_that_differ_are_not_compared(
    school: School, make_different: Callable[[Scan], None], reason: str
) -> None:
    staff = make_people(school, [30, 30])
    scan = after(school, staff, before(school, staff))
    make_different(scan)
    asked_more(scan, staff)
    assert changed(scan)["reason"] == reason
    assert set(words(scan).values()) == {"cannot_say"}
    assert {one["reason"] for one in changed(scan)["verdicts"].values()} == {reason}


@pytest.mark.parametrize(
    ("opened_on", "reason"), [(dt.date(2025, 10, 2), "gone"), (dt.date(2025, 10, 3), None)]
)
def test_earlier_answers_are_not_read_on_the_day_after_their_retention(
    school: School, opened_on: dt.date, reason: str | None
) -> None:
    """They may lie there still: the report of the later scan is made in the same minute."""
    staff = make_people(school, [30, 30])
    earlier = before(school, staff, opened_on=opened_on)
    scan = after(school, staff, earlier)
    assert scan.closes_on
    made_on = scan.closes_on + dt.timedelta(days=1)
    assert earlier.retain_until == made_on - dt.timedelta(days=1 if reason else 0)
    assert sealed.can_open(earlier)
    asked_more(scan, staff)
    assert changed(scan)["reason"] == reason


@pytest.mark.parametrize(
    ("then", "now", "reason"), [(60, 47, "contract"), (47, 60, "contract_before")]
)
def test_change_needs_a_full_response_both_times(
    school: School, then: int, now: int, reason: str
) -> None:
    staff = make_people(school, [30, 30])
    earlier = make_scan(school, staff, opened_on=YEAR_BEFORE)
    answer_all(earlier, staff, answered=then)
    release(close(earlier))
    scan = asked_more(after(school, staff, earlier), staff, answered=now)
    assert changed(scan)["reason"] == reason


def test_change_needs_twenty_who_answered_both_times(school: School) -> None:
    """Nineteen of a staff of twenty-two answered twice; the twentieth makes the difference."""
    staff = make_people(school, [22])
    earlier = make_scan(school, staff, opened_on=YEAR_BEFORE)
    answer_all(earlier, staff, answered=20)
    release(close(earlier))
    asked = {n: after(school, staff, earlier, status=Scan.Status.CLOSED) for n in (19, 20)}
    for answered, scan in asked.items():
        answer_all(scan, staff, answered=answered)
        found = results.change_since(scan, read_asked(scan), np.random.default_rng(1))
        assert found
        assert found["reason"] == {19: "few_answers", 20: None}[answered]


def test_the_higher_floor_of_two_scans_holds_for_both(school: School) -> None:
    staff = make_people(school, [26])
    earlier = before(school, staff, floor_network=30)
    scan = after(school, staff, earlier)
    answer_all(scan, staff)
    found = results.change_since(scan, read_asked(scan), np.random.default_rng(1))
    assert found
    assert found["reason"] == "few_answers"


def test_the_higher_floor_of_two_scans_holds_for_who_has_a_post(school: School) -> None:
    staff = make_people(school, [30, 30])
    reasons = {}
    for floor in (10, 15):
        earlier = before(school, staff, floor_network=floor, leaders=12)
        scan = after(school, staff, earlier, leaders=12)
        answer_all(scan, staff)
        found = results.change_since(scan, read_asked(scan), np.random.default_rng(1))
        assert found
        reasons[floor] = found["verdicts"]["coupling"]["reason"]
        scan.delete()
    assert (reasons[10] == "few_leaders", reasons[15]) == (False, "few_leaders")


def test_answers_through_a_changed_address_make_no_twenty(school: School) -> None:
    staff = make_people(school, [22])
    earlier = before(school, staff)
    scan = after(school, staff, earlier)
    answer_all(scan, staff)
    for entry in roster(scan, staff)[:3]:
        give(scan, entry, named=[], through=False)
    found = results.change_since(scan, read_asked(scan), np.random.default_rng(1))
    assert found
    assert found["reason"] == "few_answers"


def test_a_network_that_one_person_decides_gets_no_verdict(school: School) -> None:
    staff = make_people(school, [30])
    earlier = before(school, staff)
    scan = after(school, staff, earlier)
    entries = roster(scan, staff)
    for entry in entries:
        give(scan, entry, named=[entries[0]] if entry is not entries[0] else entries[1:4])
    close(scan)
    assert changed(scan)["reason"] == "dominance"


def test_a_figure_that_may_be_told_of_persons_gets_no_verdict() -> None:
    verdicts = {name: {"word": "risen", "reason": None, "falling_back": None} for name in FAMILY}
    expected = {"figure": "reciprocity", "direction": "risen", "outcome": "met"}
    change = {"verdicts": verdicts, "expectation": expected}
    hidden = {"reciprocity": {"shown": False, "reason": "dominance"}}
    unsure = {"centralization": {"shown": False, "reason": "too_wide"}}
    for now, then in ((hidden | unsure, None), (unsure, {"figures": hidden})):
        found = results.published(change, now, then)
        assert found
        assert {name: one["word"] for name, one in found["verdicts"].items()} == {
            "mean_named": "risen", "reciprocity": "cannot_say", "centralization": "risen",
            "coupling": "risen",
        }  # fmt: skip
        assert found["verdicts"]["reciprocity"]["reason"] == "dominance"
        assert found["expectation"] == {**expected, "outcome": "cannot_say"}


def test_a_first_scan_has_nothing_to_compare(school: School) -> None:
    earlier = before(school, make_people(school, [22]))
    assert content(earlier)["change"] is None


def test_a_scan_after_a_cancelled_one_is_compared_with_the_one_before_that(school: School) -> None:
    staff = make_people(school, [30, 30])
    earlier = before(school, staff)
    cancelled = after(school, staff, earlier, status=Scan.Status.CANCELLED)
    scan = asked_more(after(school, staff, cancelled, partition=earlier.partition), staff)
    assert changed(scan)["since"] == "2025-11-21"
    assert words(scan)["mean_named"] == "risen"
    assert content(scan)["previous"]["closed_on"] == "2025-11-21"


# --- what nobody may learn -----------------------------------------------------------


SHAPE: dict[str, Any] = {
    "since": str,
    "reason": (str, type(None)),
    "verdicts": dict,
    "expectation": (dict, type(None)),
    "joined": (int, type(None)),
    "left": (int, type(None)),
}


def check_only_words(change: dict[str, Any]) -> None:
    """Nothing in it is more exact than a word, but people who came and went, in tens."""
    assert {name: isinstance(change[name], kind) for name, kind in SHAPE.items()} == dict.fromkeys(
        SHAPE, True
    )
    assert set(change) == set(SHAPE)
    for one in change["verdicts"].values():
        assert set(one) == {"word", "reason", "falling_back"}
        assert one["word"] in WORDS
        assert one["reason"] is None or one["reason"].replace("_", "").isalpha()
    for name in ("joined", "left"):
        assert change[name] is None or (change[name] >= 10 and change[name] % 10 == 0)


@given(row=st.sets(st.integers(0, 39), max_size=16), who=st.integers(0, 39))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.django_db(transaction=False)
def test_whatever_one_person_answers_only_words_can_differ(
    two_scans: tuple[Scan, Scan, list[Member]], row: set[int], who: int
) -> None:
    _earlier, scan, staff = two_scans
    entries = roster(scan, staff)
    kept = sealed.read_answers(scan, entries[who])
    assert kept
    give(scan, entries[who], named=[entries[i] for i in row if i != who])
    found = results.change_since(scan, read_asked(scan), np.random.default_rng(1))
    sealed.write_answers(scan, entries[who], kept)
    assert found
    check_only_words(found)


@pytest.fixture
def two_scans(school: School) -> tuple[Scan, Scan, list[Member]]:
    staff = make_people(school, [20, 20])
    earlier = before(school, staff, leaders=12)
    scan = after(school, staff, earlier, leaders=12)
    answer_all(scan, staff, seed=2)
    return earlier, scan, staff


def test_the_check_of_words_finds_a_number() -> None:
    verdict = {"word": "risen", "reason": None, "falling_back": None}
    change: dict[str, Any] = {
        "since": "2025-11-21", "reason": None, "verdicts": {"coupling": verdict},
        "expectation": None, "joined": None, "left": None,
    }  # fmt: skip
    check_only_words(change)
    for fault in ({"p": 0.03}, {"joined": 11}, {"verdicts": {"coupling": verdict | {"p": 0.1}}}):
        with pytest.raises(AssertionError):
            check_only_words(change | fault)
