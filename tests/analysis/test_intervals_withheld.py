"""Which figures get no interval, and why."""

from __future__ import annotations

import numpy as np
import pytest

from zwerm.analysis.intervals.pairs import FIGURES
from zwerm.analysis.intervals.settled import split_rhat
from zwerm.analysis.intervals.withheld import Basis, barred, too_wide


def reasons(members, respondents, leaders=5, groups=3, ratio=None):
    """What is withheld, by figure."""
    basis = Basis(members, respondents, leaders, groups, ratio)
    each = {figure: barred(figure, basis) for figure in FIGURES}
    return {figure: reason for figure, reason in each.items() if reason}


def all_for(reason):
    return dict.fromkeys(FIGURES, reason)


def test_a_school_of_sixty_of_whom_four_in_five_answered_hears_everything():
    assert reasons(60, 48) == {}


@pytest.mark.parametrize("respondents", [0, 10, 11])
def test_under_twelve_members_there_are_no_intervals(respondents):
    assert reasons(11, respondents) == all_for("few_members")


@pytest.mark.parametrize(("members", "least"), [(60, 39), (25, 17), (150, 98)])
def test_under_65_per_cent_there_are_no_intervals(members, least):
    assert reasons(members, least - 1) == all_for("few_answers")
    assert reasons(members, least) != all_for("few_answers")


def test_under_twenty_members_the_mean_needs_80_per_cent_and_coupling_is_never_told():
    assert reasons(19, 15) == {"mean_named": "few_answers", "coupling": "few_members"}
    assert reasons(19, 16) == {"coupling": "few_members"}
    assert reasons(20, 15) == {}


def test_from_a_hundred_members_reciprocity_needs_80_per_cent():
    assert reasons(100, 79) == {"reciprocity": "few_answers"}
    assert reasons(100, 80) == reasons(99, 65) == {}


@pytest.mark.parametrize("leaders", [0, 1, 30])
def test_coupling_needs_two_leaders_and_somebody_else(leaders):
    assert reasons(30, 30, leaders=leaders) == {"coupling": "few_leaders"}


def test_coupling_needs_no_more_than_two_leaders():
    assert reasons(30, 30, leaders=2) == {}


def test_with_one_group_there_are_no_walls():
    assert reasons(30, 30, groups=1) == {"across": "few_groups"}


def test_when_the_silent_are_asked_much_more_three_figures_cannot_be_told():
    told = dict.fromkeys(["mean_named", "reciprocity", "gini"], "much_asked_silent")
    assert reasons(60, 48, ratio=1.26) == told
    assert reasons(60, 48, ratio=1.25) == reasons(60, 48, ratio=None) == {}


def test_in_a_large_school_the_unnamed_cannot_be_told_then_either():
    three = ["mean_named", "reciprocity", "gini"]
    assert reasons(99, 90, ratio=1.26) == dict.fromkeys(three, "much_asked_silent")
    four = [*three, "unnamed_share"]
    assert reasons(100, 90, ratio=1.26) == dict.fromkeys(four, "much_asked_silent")
    assert reasons(100, 90, ratio=1.25) == {}


def test_betweenness_needs_80_per_cent():
    basis = Basis(members=60, respondents=47, leaders=0, groups=0)
    assert barred("betweenness", basis) == "few_answers"
    assert barred("betweenness", Basis(60, 48, 0, 0)) is None


@pytest.mark.parametrize(
    ("figure", "half"), [("mean_named", 1.5), ("reciprocity", 0.2), ("centralization", 0.15)]
)
def test_wide_intervals_say_nothing(figure, half):
    assert not too_wide(figure, 0.5, 0.5 + 1.999 * half)
    assert too_wide(figure, 0.5, 0.5 + 2.001 * half)


@pytest.mark.parametrize("figure", ["gini", "coupling", "across", "unnamed_share"])
def test_other_figures_have_no_widest(figure):
    assert not too_wide(figure, 0, 1)


def test_chains_of_one_kind_are_settled():
    draws = np.random.default_rng(1).normal(size=(2, 250, 3))
    assert (split_rhat(draws) < 1.02).all()


def test_chains_that_lie_apart_or_drift_are_not():
    rng = np.random.default_rng(2)
    apart = rng.normal(size=(2, 250, 1)) + np.array([0, 2])[:, None, None]
    drifting = rng.normal(size=(2, 250, 1)) + np.linspace(0, 3, 250)[:, None]
    assert split_rhat(apart)[0] > 1.2
    assert split_rhat(drifting)[0] > 1.2


def test_split_rhat_of_a_known_table():
    """Four halves with means 1, 2, 3, 4 and variance 2: sqrt((1/2 x 2 + 5/3) / 2)."""
    draws = np.array([[[0], [2], [1], [3]], [[2], [4], [3], [5]]], dtype=float)
    assert split_rhat(draws)[0] == pytest.approx(np.sqrt((1 + 5 / 3) / 2))


def test_draws_that_are_all_the_same_are_settled_and_chains_that_each_stand_still_are_not():
    same, apart = np.ones((2, 8, 1)), np.arange(2.0)[:, None, None] * np.ones((2, 8, 1))
    assert split_rhat(same).tolist() == [1.0]
    assert split_rhat(apart).tolist() == [np.inf]


def test_three_draws_tell_nothing():
    with pytest.raises(ValueError, match="needs four draws a chain, got 3"):
        split_rhat(np.ones((2, 3, 1)))
