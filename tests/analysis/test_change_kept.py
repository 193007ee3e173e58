"""Arcs kept, made and ended; who stands on both rosters; composition beside behaviour."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import arcs_table, complete, empty, ring, star
from zwerm.analysis import network
from zwerm.analysis.arcs import Ties, arcs_of
from zwerm.analysis.change import (
    Kept,
    Parts,
    change_of,
    composition_of,
    falling_back,
    stayers_of,
)
from zwerm.analysis.coupling import coupling

DATA = Path(__file__).resolve().parents[3] / "shared/data/s50-waves"


def rng():
    return np.random.default_rng(1)


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the data of published studies are not beside this checkout"
)
@pytest.mark.parametrize(("earlier", "later"), [("1", "2"), ("2", "3")])
def test_arcs_kept_made_and_ended_are_those_of_the_published_waves(earlier, later):
    waves: dict[str, Ties] = defaultdict(lambda: empty(50))
    with (DATA / "ties.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            waves[row["wave"]][int(row["source"]) - 1, int(row["target"]) - 1] = True
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["change"]
    reference = expected[f"w{earlier}_w{later}"]
    arcs = change_of(waves[earlier], waves[later], rng=rng()).arcs
    assert (arcs.kept, arcs.made, arcs.ended) == (
        reference["stable"],
        reference["created"],
        reference["dissolved"],
    )
    assert arcs.jaccard == pytest.approx(reference["jaccard"], abs=1e-12)
    assert arcs.made + arcs.ended == reference["hamming"]


def test_only_rows_of_who_answered_twice_count_as_kept_or_ended():
    answered = np.array([True, True, False, True])
    before = arcs_of(complete(4), answered)
    after = arcs_of(arcs_table(4, [(0, 1), (1, 2), (2, 3), (3, 0)]))
    arcs = change_of(before, after, rng=rng()).arcs
    assert arcs == Kept(kept=3, made=0, ended=6)
    assert (arcs.jaccard, arcs.stability) == (1 / 3, 1 / 3)


def test_arcs_that_were_made_do_not_lower_stability():
    arcs = change_of(ring(5), complete(5), rng=rng()).arcs
    assert (arcs.stability, arcs.jaccard) == (1.0, 0.25)


def test_without_arcs_nothing_was_kept_and_nothing_can_be_shared():
    assert (Kept(0, 0, 0).jaccard, Kept(0, 0, 0).stability) == (None, None)
    assert (Kept(0, 3, 0).jaccard, Kept(0, 3, 0).stability) == (0.0, None)


def test_people_on_both_rosters_are_found_by_name_in_any_order():
    before = arcs_table(4, [(0, 1), (1, 3), (3, 0)])
    after = arcs_table(3, [(2, 0), (1, 0)])
    found = stayers_of(
        arcs_of(before, np.array([True, True, False, True])), after, "abcd", ["d", "x", "a"]
    )
    assert (found.came, found.went) == (1, 2)
    assert (found.place_before.tolist(), found.place_after.tolist()) == ([0, 3], [2, 0])
    assert list(zip(found.before.source, found.before.target, strict=True)) == [(1, 0)]
    assert list(zip(found.after.source, found.after.target, strict=True)) == [(0, 1)]
    assert found.before.respondents.tolist() == [True, True]


@given(st.permutations(range(9)), st.integers(0, 10**6))
def test_the_order_of_the_later_roster_makes_no_difference(order, seed):
    table = np.random.default_rng(seed).random((9, 9)) < 0.3
    shuffled = table[np.ix_(order, order)]
    one = stayers_of(table, table, range(9), range(9))
    other = stayers_of(table, shuffled, range(9), order)
    np.testing.assert_array_equal(other.after.keys, one.after.keys)
    np.testing.assert_array_equal(other.before.keys, one.before.keys)


@pytest.mark.parametrize(
    ("who_before", "who_after", "said"),
    [
        ("abc", "xyz", "the two scans share nobody: none of 3 and 3 names"),
        ("ab", "abc", "2 names were given for 3 people"),
        ("abc", "aba", "1 of 3 names stand twice on one roster"),
    ],
)
def test_rosters_that_do_not_fit_are_named(who_before, who_after, said):
    with pytest.raises(ValueError, match=said):
        stayers_of(ring(3), star(3), who_before, who_after)


def test_composition_is_what_came_with_others():
    """Of 25 people nobody changes; one who named all leaves, and one who names nobody comes."""
    before = ring(26)
    before[25] = True
    after = ring(26)
    after[25] = False
    after[24] = after[:, 25] = False
    after[24, 0] = before[24, 0] = True
    before[24, 25] = False
    names = [*range(25)]
    both = stayers_of(before, after, [*names, "left"], [*names, "came"])
    change = change_of(both.before, both.after, rng=rng())
    parts = composition_of(before, after, change)
    assert change.verdicts["mean_named"].difference == 0.0
    assert parts["mean_named"] == Parts(whole=-25 / 26, behaviour=0.0)
    assert parts["mean_named"].composition == -25 / 26
    assert parts.keys() == {"mean_named", "reciprocity", "centralization"}


def test_composition_knows_each_scans_own_leaders():
    table = np.random.default_rng(3).random((60, 60)) < 0.1
    other = np.random.default_rng(4).random((60, 60)) < 0.1
    leader, leader_then = np.arange(60) < 6, np.arange(60) < 9
    change = change_of(table, other, rng=rng(), leader=leader)
    parts = composition_of(table, other, change, leader_before=leader_then, leader_after=leader)
    assert parts["coupling"].whole == pytest.approx(
        coupling(network.indegree(other), leader) - coupling(network.indegree(table), leader_then)
    )
    assert parts["coupling"].behaviour == change.verdicts["coupling"].difference
    assert parts["reciprocity"].composition == pytest.approx(0.0)
    without = composition_of(table, other, change, leader_before=np.ones(60), leader_after=leader)
    assert without.keys() == {"mean_named", "reciprocity", "centralization"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], None),
        (["fallen"], None),
        (["risen"], None),
        (["risen", "fallen"], "after_rise"),
        (["fallen", "fallen"], "twice"),
        (["risen", "fallen", "fallen"], "twice"),
        (["fallen", "risen"], None),
        (["risen", "fallen", "no_clear_change"], None),
        (["risen", "no_clear_change", "fallen"], "after_rise"),
        (["risen", "cannot_say", "fallen"], "after_rise"),
        (["fallen", "no_clear_change", "fallen"], None),
        (["risen", "fallen", "no_clear_change", "fallen"], None),
        (["no_clear_change", "fallen"], None),
    ],
)
def test_falling_back_is_a_fall_after_a_rise_or_two_falls_in_a_row(words, said):
    assert falling_back(words) == said


@given(st.lists(st.sampled_from(["risen", "no_clear_change", "cannot_say"])))
def test_without_a_fall_at_the_end_nobody_falls_back(words):
    assert falling_back([*words, "risen"]) is None
    assert falling_back(words) is None


def test_a_word_that_is_no_verdict_is_refused():
    with pytest.raises(ValueError, match=r"a verdict is one of risen, .*; got fell"):
        falling_back(["risen", "fell"])
