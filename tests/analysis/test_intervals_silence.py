"""How many fewer the silent name than others like them, read from how they are asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from zwerm.analysis.intervals.silence import (
    AWAY,
    BELIEF,
    BELIEF_VARIANCE,
    FARTHEST,
    selection,
    shifts,
)


def school(rng, people, slope, away=0.0, tie=0.2, spread=0.6):
    """How people ask, are asked, and who of them is silent."""
    b = rng.normal(0, 0.8, people)
    a = tie * b + rng.normal(0, spread, people)
    odds = -1 + slope * (a - a.mean() + b - b.mean()) + away * (a - a.mean())
    return a, b, rng.random(people) > expit(odds)


def shifted(a, b, respondents, rng, draws=400, named=1e9):
    """Out of draws that are all alike, with a great many names: nothing is left to their chance."""
    return shifts(np.tile(np.concatenate([a, b, [0.5, 1]]), (draws, 1)), respondents, named, rng)


@given(st.integers(0, 2**32 - 1))
def test_selection_is_the_summit_of_a_logistic_regression(seed):
    rng = np.random.default_rng(seed)
    _a, asked, respondents = school(rng, 30, rng.normal())
    silent = ~respondents

    def height(at):
        odds = at[0] + at[1] * asked
        told = log_expit(np.where(silent, odds, -odds)).sum()
        return ((at - BELIEF) ** 2 / BELIEF_VARIANCE).sum() / 2 - told

    top = minimize(height, BELIEF, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}).x
    slope, variance = selection(asked, silent)
    assert slope == pytest.approx(top[1], abs=1e-5)
    step = 1e-3 * np.eye(2)
    curve = [
        [
            (height(top + p + q) - height(top + p - q) - height(top - p + q) + height(top - p - q))
            for q in step
        ]
        for p in step
    ]
    assert variance == pytest.approx(np.linalg.inv(np.array(curve) / 4e-6)[1, 1], rel=1e-3)


def test_the_more_the_silent_are_asked_the_more_they_are_thought_to_ask():
    rng = np.random.default_rng(1)
    a, b, _respondents = school(rng, 60, 0)
    least, most = b < np.quantile(b, 0.25), b > np.quantile(b, 0.75)
    means = [
        shifted(a, b, ~silent, np.random.default_rng(2)).mean()
        for silent in (least, rng.permutation(60) < 15, most)
    ]
    assert means == sorted(means)
    assert means[0] < -0.2
    assert means[2] > 0.2


def test_when_hardly_anybody_is_silent_little_but_the_belief_is_known():
    rng = np.random.default_rng(3)
    a, b, _respondents = school(rng, 40, 0, tie=0.0)
    respondents = np.arange(40) != abs(b - b.mean()).argmin()
    found = shifted(a, b, respondents, rng, 4000)
    left = a.var()
    assert found.mean() == pytest.approx(left * BELIEF[1], abs=0.3 * left)
    assert found.std() > AWAY * left


@pytest.mark.parametrize("slope", [-0.8, 0.0, 0.8])
def test_the_silent_differ_by_as_much_as_a_tilted_normal_says(slope):
    """So many people that what is not known is only how far asking goes its own way."""
    rng = np.random.default_rng(4)
    a, b, respondents = school(rng, 40_000, slope)
    off = a - 0.2 * b
    truth = off[~respondents].mean() - off.mean()
    found = shifted(a, b, respondents, rng, 300)
    assert found.mean() == pytest.approx(truth, abs=0.05)


def test_who_names_few_differs_more_by_chance_from_how_they_ask():
    """Silence goes with what people would have named: the logarithm of a Poisson number too."""
    rng, people, slope = np.random.default_rng(8), 40_000, 0.3
    b = rng.normal(0, 0.5, people)
    a = rng.normal(0, 0.4, people)
    named = rng.poisson(6 * np.exp(a))
    odds = -1 + slope * (np.log(np.maximum(named, 0.5)) - np.log(6) + b)
    respondents = rng.random(people) > expit(odds)
    truth = np.log(named[~respondents].mean() / named.mean())
    found = shifted(a, b, respondents, rng, 300, named[respondents].mean())
    assert found.mean() == pytest.approx(truth, abs=0.03)


def test_nine_in_ten_shifts_hold_the_truth_when_it_is_drawn_from_the_belief():
    """Of 300 schools between 250 and 288 with 99.9 %."""
    rng, held = np.random.default_rng(5), 0
    for _school in range(300):
        slope = rng.normal(BELIEF[1], np.sqrt(BELIEF_VARIANCE[1])) / 1.2
        away = rng.normal(0, AWAY)
        a, b, respondents = school(rng, 50, slope, away)
        truth = (slope + away) * 0.6**2 * respondents.mean()
        low, high = np.quantile(shifted(a, b, respondents, rng), [0.05, 0.95])
        held += low <= truth <= high
    assert 250 <= held <= 288


def test_no_shift_is_without_end():
    rng = np.random.default_rng(6)
    b = np.linspace(-6, 6, 30)
    found = shifted(-0.9 * b + rng.normal(0, 9, 30), b, b < 0, rng)
    assert abs(found).max() == FARTHEST


def test_without_draws_there_are_no_shifts():
    assert (
        shifts(np.empty((0, 26)), np.ones(12, dtype=bool), 3.0, np.random.default_rng(7)).size == 0
    )
