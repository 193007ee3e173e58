"""The figures under every way to swap, against the plain definitions on tables that are swapped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.networks import complete, empty, ring, star
from zwerm.analysis import network
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.change import swaps as module
from zwerm.analysis.change.swaps import FIGURES, differences, random_swaps, rows_of
from zwerm.analysis.coupling import coupling


@st.composite
def twice(draw, most=8):
    """Two tables of the same people, who answered when, groups, places, and whom to swap."""
    people = draw(st.integers(3, most))
    seed = draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    share = draw(st.sampled_from([0.0, 0.1, 0.4, 0.9]))
    before, after = rng.random((2, people, people)) < share
    answered = rng.random((2, people)) < draw(st.sampled_from([0.5, 0.9, 1.0]))
    leader = rng.integers(0, draw(st.integers(2, 4)), people).astype(float)
    leader[rng.random(people) < 0.1] = np.nan
    group = rng.integers(-1, 3, people)
    return before, after, answered, group, leader, rng


def plain(ties, both, group, leader):
    """The seven figures of the rows of `both`, each as its own page defines it."""
    arcs = arcs_of(ties, both)
    named = np.bincount(arcs.target, minlength=len(ties))
    share = named / np.maximum(both.sum() - both, 1)
    source, target = group[arcs.source], group[arcs.target]
    placed = (source >= 0) & (target >= 0)
    found = {
        "mean_named": network.mean_named(arcs),
        "reciprocity": network.reciprocity_among_respondents(arcs),
        "centralization": (share.max() - share).sum() / (len(ties) - 1),
        "gini": network.gini(named),
        "across": network.share(int((placed & (source != target)).sum()), int(placed.sum())),
        "unnamed_share": network.unnamed(arcs) / len(ties),
    }
    if len(np.unique(leader[~np.isnan(leader)])) > 1:
        found["coupling"] = coupling(named, leader)
    return found


@settings(max_examples=200)
@given(twice())
def test_every_figure_is_that_of_the_tables_with_the_rows_swapped(case):
    before, after, answered, group, leader, rng = case
    rows = rows_of(arcs_of(before, answered[0]), arcs_of(after, answered[1]), group, leader)
    swapped = random_swaps(rows, 5, rng)
    found = differences(rows, swapped)
    both = answered[0] & answered[1]
    for number, whose in enumerate(swapped):
        turned = np.zeros(len(before), dtype=bool)
        turned[both] = whose
        earlier = np.where(turned[:, None], after, before)
        later = np.where(turned[:, None], before, after)
        first, second = (plain(ties, both, group, leader) for ties in (earlier, later))
        expected = {name: second[name] - first[name] for name in FIGURES if name in first}
        assert {name: found[name][number] for name in found} == pytest.approx(
            expected, nan_ok=True, abs=1e-12
        )


@given(twice())
def test_swapping_everybody_turns_each_difference_round(case):
    before, after, answered, group, leader, _rng = case
    rows = rows_of(arcs_of(before, answered[0]), arcs_of(after, answered[1]), group, leader)
    nobody = np.zeros((1, rows.answered), dtype=bool)
    one, other = differences(rows, nobody), differences(rows, ~nobody)
    assert {name: -other[name][0] for name in other} == pytest.approx(
        {name: one[name][0] for name in one}, nan_ok=True, abs=1e-12
    )


@given(twice())
def test_the_whole_is_the_same_in_parts(case):
    before, after, answered, group, leader, rng = case
    rows = rows_of(arcs_of(before, answered[0]), arcs_of(after, answered[1]), group, leader)
    swapped = random_swaps(rows, 20, rng)
    told: list[float] = []
    whole = differences(rows, swapped)
    at_once, module.AT_ONCE = module.AT_ONCE, 30
    try:
        parts = differences(rows, swapped, told.append)
    finally:
        module.AT_ONCE = at_once
    for name in whole:
        np.testing.assert_array_equal(parts[name], whole[name])
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_when_everybody_answered_centralization_is_that_of_freeman():
    rows = rows_of(arcs_of(ring(9)), arcs_of(star(9)))
    found = differences(rows, np.zeros((1, 9), dtype=bool))["centralization"][0]
    assert found == pytest.approx(network.indegree_centralization(star(9)))


def test_centralization_does_not_shrink_with_the_number_who_answered():
    """Half of the people answer; all of them name the first, as everybody would."""
    half = np.arange(21) % 2 == 0
    rows = rows_of(arcs_of(empty(21), half), arcs_of(star(21), half))
    found = differences(rows, np.zeros((1, 11), dtype=bool))["centralization"][0]
    assert found == pytest.approx(1.0)
    assert network.indegree_centralization(star(21), half) == pytest.approx(0.5)


def test_two_people_have_no_centralization():
    rows = rows_of(arcs_of(complete(2)), arcs_of(empty(2)))
    assert np.isnan(differences(rows, np.zeros((1, 2), dtype=bool))["centralization"]).all()


def test_without_groups_and_leaders_their_figures_are_left_out():
    rows = rows_of(arcs_of(ring(5)), arcs_of(star(5)))
    found = differences(rows, np.zeros((1, 5), dtype=bool))
    assert found.keys() == {"mean_named", "reciprocity", "centralization", "gini", "unnamed_share"}
