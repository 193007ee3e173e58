"""Verdicts on two scans: what they promise, what they refuse, and what makes no difference."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.networks import complete, empty, ring, star
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.change import FAMILY, MATTERS, Expectation, Outcome, change_of
from zwerm.analysis.change.swaps import FIGURES, differences, random_swaps, rows_of
from zwerm.analysis.change.verdicts import LEVEL, Direction, called_of, judged

LEADER = np.arange(60) < 6
DIRECTIONS: dict[Direction, Direction] = {"risen": "fallen", "fallen": "risen"}
UPSIDE_DOWN = {str(one): str(other) for one, other in DIRECTIONS.items()}
EXPECTATIONS = [Expectation(figure, direction) for figure in FAMILY for direction in DIRECTIONS]


def rng(seed=1):
    return np.random.default_rng(seed)


def drawn(people=60, share=0.08, seed=0):
    table = rng(seed).random((people, people)) < share
    np.fill_diagonal(table, False)
    return table


def words(change):
    return {name: verdict.word for name, verdict in change.verdicts.items()}


def reasons(change):
    return {name: verdict.reason for name, verdict in change.verdicts.items()}


def known(number):
    """A number that is there: most may be missing."""
    assert number is not None
    return number


def turned_to_few(table, few=3):
    """The same, but all turn to the first few as well."""
    table = table.copy()
    table[:, :few] = True
    np.fill_diagonal(table, False)
    return table


@st.composite
def two_scans(draw):
    """Two scans of 20 to 30 people that resemble each other more or less; not all answered."""
    people = draw(st.integers(20, 30))
    chance = rng(draw(st.integers(0, 10**6)))
    table = chance.random((people, people)) < 0.15
    anew = chance.random((people, people)) < draw(st.sampled_from([0.0, 0.3, 1.0]))
    other = np.where(anew, chance.random((people, people)) < 0.2, table)
    answered = chance.random((2, people)) < draw(st.sampled_from([0.9, 1.0]))
    before, after = arcs_of(table, answered[0]), arcs_of(other, answered[1])
    return before, after, chance.random(people) < 0.3


def test_equal_scans_show_no_change_in_anything():
    change = change_of(drawn(), drawn(), rng=rng(), leader=LEADER)
    assert words(change) == dict.fromkeys(FAMILY, "no_clear_change")
    assert {verdict.p for verdict in change.verdicts.values()} == {1.0}
    assert {(one.low, one.high, one.sd) for one in change.verdicts.values()} == {(0.0, 0.0, 0.0)}


def test_a_school_that_turns_to_the_same_few_has_changed_in_that():
    before, after = drawn(), turned_to_few(drawn())
    change = change_of(before, after, rng=rng(), leader=LEADER, group=np.arange(60) // 6)
    assert words(change) == {
        "mean_named": "risen",
        # Whom the first few name now names them back.
        "reciprocity": "risen",
        "centralization": "risen",
        "coupling": "risen",
    }
    seen = change.verdicts["mean_named"]
    assert seen.p == 0.001
    assert seen.difference == pytest.approx((after.sum() - before.sum()) / 60)
    half = 1.645 * known(seen.sd)
    assert (seen.low, seen.high) == pytest.approx(
        (known(seen.difference) - half, seen.difference + half)
    )
    assert (change.people, change.answered_twice, change.expectation) == (60, 60, None)
    assert change.without_verdict.keys() == {"gini", "across", "unnamed_share"}
    assert change.sd.keys() == set(FIGURES)
    assert change.sd["gini"] == change.without_verdict["gini"].sd > 0
    assert change.sd["coupling"] == change.verdicts["coupling"].sd


@settings(max_examples=40)
@given(two_scans())
def test_the_other_way_round_what_rose_has_fallen(case):
    before, after, leader = case
    forth = change_of(before, after, rng=rng(), leader=leader, swaps=199)
    back = change_of(after, before, rng=rng(), leader=leader, swaps=199)
    assert words(back) == {name: UPSIDE_DOWN.get(word, word) for name, word in words(forth).items()}
    for name, there in forth.verdicts.items():
        again = back.verdicts[name]
        assert (again.reason, again.p) == (there.reason, there.p)
        if there.difference is not None:
            assert again.difference == pytest.approx(-there.difference)
            assert again.sd == pytest.approx(there.sd)
            assert again.low == pytest.approx(-known(there.high))
            assert again.high == pytest.approx(-known(there.low))


@settings(max_examples=40)
@given(two_scans(), st.sampled_from(EXPECTATIONS))
def test_an_expectation_turns_round_with_the_scans(case, wanted):
    before, after, leader = case
    other = Expectation(wanted.figure, DIRECTIONS[wanted.direction])
    forth = change_of(before, after, rng=rng(), leader=leader, expectation=wanted, swaps=199)
    back = change_of(after, before, rng=rng(), leader=leader, expectation=other, swaps=199)
    assert forth.expectation == replace(known(back.expectation), direction=wanted.direction)
    assert words(back) == {name: UPSIDE_DOWN.get(word, word) for name, word in words(forth).items()}


@settings(max_examples=20)
@given(two_scans())
def test_the_order_of_people_makes_no_difference(case):
    """With the same people's rows exchanged everything is the same: differences, sd and p."""
    before, after, leader = case
    order = rng().permutation(before.people)
    earlier, later = (
        arcs_of(tabled(arcs)[np.ix_(order, order)], arcs.respondents[order])
        for arcs in (before, after)
    )
    one = rows_of(before, after, leader=leader.astype(float))
    other = rows_of(earlier, later, leader=leader[order].astype(float))
    swapped = random_swaps(one, 199, rng())
    # The same exchanges, in the new order of those who answered both times.
    moved = swapped[:, one.place[order[other.both]]]
    found, again = differences(one, swapped), differences(other, moved)
    for name, values in found.items():
        assert again[name] == pytest.approx(values, nan_ok=True, abs=1e-12), name
    known_words = judged(one, found, None)
    assert words(judged(other, found, None)) == words(known_words)
    assert judged(other, found, None).arcs == known_words.arcs


def tabled(arcs):
    table = np.zeros((arcs.people,) * 2, dtype=bool)
    table[arcs.source, arcs.target] = True
    return table


@settings(max_examples=30)
@given(two_scans())
def test_somebody_silent_whom_nobody_named_only_counts_as_one_more_person(case):
    before, after, leader = case
    more = [arcs_of(grown(arcs), np.append(arcs.respondents, False)) for arcs in (before, after)]
    one = change_of(before, after, rng=rng(), leader=leader, swaps=199)
    other = change_of(*more, rng=rng(), leader=np.append(leader, False), swaps=199)
    assert (one.arcs, one.answered_twice) == (other.arcs, other.answered_twice)
    assert other.people == one.people + 1
    for name in ("mean_named", "reciprocity"):
        then, now = one.verdicts[name], other.verdicts[name]
        assert (now.difference, now.sd) == (then.difference, then.sd)


def grown(arcs):
    table = np.zeros((arcs.people + 1,) * 2, dtype=bool)
    table[arcs.source, arcs.target] = True
    return table


def every_swap(people):
    return np.array(list(product([False, True], repeat=people)))


@pytest.mark.parametrize("seed", range(6))
def test_whoever_was_swapped_at_most_one_report_in_ten_holds_a_call(seed):
    """Exact: each of the 256 ways to swap may have been what was seen; all others are compared."""
    before, after = drawn(8, 0.35, seed), drawn(8, 0.45, seed + 100)
    rows = rows_of(arcs_of(before), arcs_of(after), leader=(np.arange(8) < 3).astype(float))
    swaps = every_swap(8)
    found = differences(rows, swaps)
    calls = dict.fromkeys([None, *EXPECTATIONS], 0)
    met = dict.fromkeys(EXPECTATIONS, 0)
    for number in range(len(swaps)):
        # As seen: swap `number`. Every other one is a swap of that.
        place = np.arange(len(swaps)) ^ number
        family = {name: found[name][place] for name in FAMILY}
        for wanted in calls:
            called = called_of(family, wanted)
            calls[wanted] += any(one.direction for one in called.values())
            if wanted:
                met[wanted] += called[wanted.figure].direction == wanted.direction
    assert calls.pop(None) <= LEVEL * len(swaps)
    assert max(calls.values()) <= 2 * LEVEL * len(swaps)
    assert max(met.values()) <= LEVEL * len(swaps)
    assert min(met.values()) > 0


def test_what_was_expected_is_seen_sooner():
    """A rise of one figure that the four together do not show."""
    before, after = drawn(), drawn()
    after[:4, 30:32] = True
    alone = change_of(before, after, rng=rng())
    wanted = Expectation("mean_named", "risen")
    change = change_of(before, after, rng=rng(), expectation=wanted)
    assert (words(alone)["mean_named"], words(change)["mean_named"]) == (
        "no_clear_change",
        "risen",
    )
    assert change.expectation == Outcome(
        "mean_named", "risen", "met", change.verdicts["mean_named"].p
    )
    assert known(known(change.expectation).p) <= LEVEL < known(alone.verdicts["mean_named"].p)


def test_who_hoped_for_a_rise_hears_of_a_fall():
    change = change_of(
        turned_to_few(drawn()), drawn(), rng=rng(), expectation=("mean_named", "risen")
    )
    assert words(change)["mean_named"] == "fallen"
    assert change.expectation == Outcome("mean_named", "risen", "not_met", 1.0)


def test_an_expectation_of_which_nothing_can_be_said_is_neither_met_nor_not():
    change = change_of(drawn(), drawn(seed=5), rng=rng(), expectation=("coupling", "fallen"))
    assert change.expectation == Outcome("coupling", "fallen", "cannot_say", None)
    few = change_of(star(12), ring(12), rng=rng(), expectation=("centralization", "fallen"))
    outcome = known(few.expectation)
    assert (outcome.word, outcome.p < LEVEL) == ("cannot_say", True)


def test_with_fewer_than_twenty_who_answered_twice_nothing_can_be_said():
    half = np.arange(60) < 19
    change = change_of(arcs_of(drawn(), half), turned_to_few(drawn()), rng=rng(), leader=LEADER)
    assert change.answered_twice == 19
    assert words(change) == dict.fromkeys(FAMILY, "cannot_say")
    assert reasons(change) == dict.fromkeys(FAMILY, "few_answers")
    # A researcher still has the figures.
    assert change.verdicts["mean_named"].p == 0.001


def test_one_who_answered_twice_is_compared_without_a_verdict():
    one = np.arange(60) == 3
    change = change_of(arcs_of(drawn(), one), drawn(seed=9), rng=rng())
    assert reasons(change) == dict.fromkeys(FAMILY, "few_answers")
    assert change.verdicts["mean_named"].p == 1.0
    assert change.verdicts["reciprocity"].difference is None


def test_when_nobody_answered_twice_there_is_no_figure_at_all():
    half = np.arange(60) < 30
    change = change_of(arcs_of(drawn(), half), arcs_of(drawn(), ~half), rng=rng(), leader=LEADER)
    assert reasons(change) == dict.fromkeys(FAMILY, "few_answers")
    assert change.verdicts["mean_named"].difference is None
    assert (change.arcs.jaccard, change.arcs.stability) == (None, None)


def test_coupling_needs_forty_people_and_some_who_have_a_post_and_some_who_have_not():
    few = change_of(drawn(39), drawn(39, seed=2), rng=rng(), leader=LEADER[:39])
    enough = change_of(drawn(40), drawn(40, seed=2), rng=rng(), leader=LEADER[:40])
    everybody = change_of(drawn(), drawn(), rng=rng(), leader=np.ones(60, dtype=bool))
    nobody = change_of(drawn(), drawn(), rng=rng())
    assert [
        (one.verdicts["coupling"].word, one.verdicts["coupling"].reason)
        for one in (few, everybody, nobody)
    ] == [
        ("cannot_say", "few_members"),
        ("cannot_say", "few_leaders"),
        ("cannot_say", "few_leaders"),
    ]
    assert enough.verdicts["coupling"].reason != "few_members"
    assert (few.verdicts["coupling"].p, few.verdicts["coupling"].difference is None) == (
        None,
        False,
    )


def test_a_figure_that_chance_moves_too_far_cannot_be_told():
    change = change_of(drawn(25, 0.3), drawn(25, 0.3, seed=3), rng=rng())
    verdict = change.verdicts["mean_named"]
    assert (verdict.word, verdict.reason) == ("cannot_say", "too_wide")
    assert max(-known(verdict.low), known(verdict.high)) > MATTERS["mean_named"]


def test_scans_without_arcs_have_no_reciprocity_and_no_change():
    change = change_of(empty(60), empty(60), rng=rng(), leader=LEADER, group=np.zeros(60, int))
    assert words(change) == {
        "mean_named": "no_clear_change",
        "reciprocity": "cannot_say",
        "centralization": "no_clear_change",
        "coupling": "no_clear_change",
    }
    assert reasons(change)["reciprocity"] == "no_ties"
    assert change.without_verdict.keys() == {"unnamed_share"}


def test_scans_in_which_all_name_all_show_no_change():
    change = change_of(complete(60), complete(60), rng=rng(), leader=LEADER)
    assert words(change) == dict.fromkeys(FAMILY, "no_clear_change")


def test_from_nothing_to_all_is_a_rise_and_nothing_else_can_be_told():
    change = change_of(empty(60), complete(60), rng=rng(), leader=LEADER)
    assert words(change)["mean_named"] == "risen"
    assert (change.arcs.kept, change.arcs.made, change.arcs.ended) == (0, 60 * 59, 0)
    assert reasons(change) == {
        "mean_named": None,
        "reciprocity": "no_ties",
        "centralization": None,
        "coupling": "too_wide",
    }


def test_places_on_a_scale_are_compared_as_leaders_are():
    post = np.where(LEADER, 3.0, 1.0)
    post[-5:] = np.nan
    change = change_of(drawn(), turned_to_few(drawn()), rng=rng(), leader=post)
    assert words(change)["coupling"] == "risen"


def test_progress_is_told():
    told: list[float] = []
    change_of(ring(30), star(30), rng=rng(), progress=told.append)
    assert told == [1.0]


@pytest.mark.parametrize(
    ("given_wrong", "said"),
    [
        ({"after": ring(25)}, "before is about 24 people and after about 25"),
        ({"leader": np.ones(23, dtype=bool)}, r"leader must have shape \(24,\), got \(23,\)"),
        ({"group": np.ones(25, dtype=int)}, r"group must have shape \(24,\), got \(25,\)"),
        ({"swaps": 98}, "swaps must be 99 or more, got 98"),
        ({"expectation": ("gini", "risen")}, "an expectation is about one of mean_named"),
        ({"expectation": ("coupling", "up")}, "risen or fallen; got coupling and up"),
        ({"before": empty(0), "after": empty(0)}, "the two scans share nobody: 0 people"),
    ],
)
def test_what_cannot_be_compared_is_named(given_wrong, said):
    usual = {"before": ring(24), "after": star(24)}
    arguments = usual | given_wrong
    with pytest.raises(ValueError, match=said):
        change_of(arguments.pop("before"), arguments.pop("after"), rng=rng(), **arguments)
