"""The p2 model: its likelihood against plain counting, its gradient against small steps."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from tests.analysis.p2_pairs import chance, completions
from zwerm.analysis.p2.evidence import evidence_of
from zwerm.analysis.p2.information import information
from zwerm.analysis.p2.likelihood import log_likelihood, odds_at, slopes
from zwerm.analysis.p2.priors import (
    LEAD_MEAN,
    LEAD_VARIANCE,
    LEVEL_MEAN,
    LEVEL_VARIANCE,
    SHARED_MEAN,
    SHARED_PRECISION,
    Shape,
    misfit,
    precision,
)

seeds = st.integers(0, 2**32 - 1)


def some(seed, networks=2, people=5, silent=2):
    """Random networks with some silent people, and random effects of three chains."""
    rng = np.random.default_rng(seed)
    size = (networks, people)
    quiet = rng.integers(0, silent + 1, networks)
    respondents = np.stack([rng.permutation(people) >= count for count in quiet])
    evidence = evidence_of(
        rng.random((networks, people, people)) < 0.4,
        respondents,
        rng.integers(-1, 2, size),
        rng.random(size) < 0.3,
    )
    return evidence, rng.normal(0, 0.8, (networks, 3, 2 * people + 2))


def value(evidence, point):
    return log_likelihood(evidence, point, odds_at(evidence, point))


def stepped(function, point, step=1e-5):
    """The gradient of a function of the last axis, by small steps in both directions."""
    found = []
    for at in range(point.shape[-1]):
        move = np.zeros(point.shape[-1])
        move[at] = step
        found.append((function(point + move) - function(point - move)) / (2 * step))
    return np.stack(found, axis=-1)


@pytest.mark.parametrize("people", [3, 4])
@pytest.mark.parametrize("silent", [0, 1, 2])
def test_missing_rows_are_summed_out(people, silent):
    rng = np.random.default_rng(people * 10 + silent)
    ties = (rng.random((people, people)) < 0.5) & ~np.eye(people, dtype=bool)
    respondents = np.arange(people) >= silent
    group = np.array([0, 0, 1, 1])[:people]
    point = rng.normal(0, 0.8, 2 * people + 2)
    same = group[:, None] == group[None, :]
    counted = sum(chance(full, point, same) for full in completions(ties, respondents))
    evidence = evidence_of(ties[None], respondents[None], group[None])
    assert value(evidence, point[None, None]).item() == pytest.approx(np.log(counted), abs=1e-9)


def test_the_chances_of_all_networks_are_one():
    cells = [(i, j) for i, j in product(range(3), repeat=2) if i != j]
    networks = np.zeros((64, 3, 3), dtype=bool)
    for at, answers in enumerate(product([False, True], repeat=6)):
        for (i, j), answer in zip(cells, answers, strict=True):
            networks[at, i, j] = answer
    evidence = evidence_of(networks, np.ones((64, 3), dtype=bool), np.zeros((64, 3), dtype=int))
    point = np.random.default_rng(1).normal(size=(1, 1, 8)).repeat(64, axis=0)
    assert np.exp(value(evidence, point)).sum() == pytest.approx(1, abs=1e-12)


@given(seeds)
def test_the_gradient_is_that_of_small_steps(seed):
    evidence, point = some(seed)
    found = slopes(evidence, odds_at(evidence, point))
    np.testing.assert_allclose(found, stepped(lambda at: value(evidence, at), point), atol=1e-6)


@given(seeds)
def test_single_precision_gives_the_same_gradient_but_for_the_sixth_figure(seed):
    evidence, point = some(seed)
    single = odds_at(evidence, point.astype(np.float32))
    np.testing.assert_allclose(
        slopes(evidence, single), slopes(evidence, odds_at(evidence, point)), atol=1e-4
    )
    assert log_likelihood(evidence, point, single) == pytest.approx(
        value(evidence, point), abs=1e-4
    )


@given(seeds)
def test_information_at_full_response_is_the_curvature(seed):
    evidence, point = some(seed, silent=0)
    first = point[:, :1]
    curve = -stepped(lambda at: slopes(evidence, odds_at(evidence, at))[:, 0], first[:, 0][:, None])
    found = information(evidence, first[:, 0])
    np.testing.assert_allclose(found, curve.reshape(found.shape), atol=1e-6)


@given(seeds)
def test_information_with_silent_people_is_what_their_silence_leaves_on_average(seed):
    """By all that one who answered, and one who did not, could have said to each other."""
    rng = np.random.default_rng(seed)
    point = rng.normal(0, 0.8, (1, 6))
    told = np.zeros((6, 6))
    for answer in (False, True):
        ties = np.array([[False, answer], [False, False]])
        evidence = evidence_of(ties[None], np.array([[True, False]]))
        gradient = slopes(evidence, odds_at(evidence, point[None]))[0, 0]
        told += np.exp(value(evidence, point[None]).item()) * np.outer(gradient, gradient)
    np.testing.assert_allclose(information(evidence, point)[0], told, atol=1e-9)


@given(seeds)
def test_information_is_never_negative(seed):
    evidence, point = some(seed, people=6, silent=5)
    assert np.linalg.eigvalsh(information(evidence, point[:, 0])).min() > -1e-9


@given(seeds)
def test_of_two_silent_people_nothing_is_known(seed):
    evidence, point = some(seed)
    quiet = evidence_of(evidence.ties, np.zeros_like(evidence.respondents))
    assert not value(quiet, point).any()
    assert not slopes(quiet, odds_at(quiet, point)).any()


def test_effects_without_end_stay_numbers_in_single_precision():
    evidence, point = some(3)
    for sign in (-1, 1):
        odds = odds_at(evidence, np.full(point.shape, sign * 500.0, dtype=np.float32))
        assert np.isfinite(slopes(evidence, odds)).all()
        assert np.isfinite(log_likelihood(evidence, point, odds)).all()


def shape_of(seed, networks=2, chains=3):
    rng = np.random.default_rng(seed)
    level, slope, lead = rng.normal(size=(3, networks, chains))
    return Shape(level, slope, lead, *rng.uniform(0.2, 2, (2, networks, chains)))


@given(seeds)
def test_misfit_is_the_normal_density_of_the_effects(seed):
    """With mu and d summed out: they add what everybody, and what all leaders, share."""
    evidence, point = some(seed)
    shape, people = shape_of(seed), evidence.people
    found, ones = misfit(evidence, point, shape)[0], np.ones((people, people))
    off = []
    for k, c in product(range(2), range(3)):
        leader, slope = evidence.leader[k, 0], shape.slope[k, c]
        a, b = point[k, c, :people], point[k, c, people:-2]
        spread_a = shape.sender[k, c] * np.eye(people) + LEVEL_VARIANCE * ones
        spread_b = shape.receiver[k, c] * np.eye(people)
        spread_b = spread_b + LEAD_VARIANCE * np.outer(leader, leader)
        parts = [
            (a - slope * b, np.full(people, LEVEL_MEAN), spread_a),
            (b, LEAD_MEAN * leader, spread_b),
            (point[k, c, -2:], SHARED_MEAN, np.diag(1 / SHARED_PRECISION)),
        ]
        top = sum(multivariate_normal.logpdf(mean, mean, spread) for _at, mean, spread in parts)
        here = sum(multivariate_normal.logpdf(at, mean, spread) for at, mean, spread in parts)
        off.append(top - here)
    np.testing.assert_allclose(found.ravel(), off, rtol=1e-6)


@given(seeds)
def test_the_pull_of_the_misfit_and_its_precision_are_those_of_small_steps(seed):
    evidence, point = some(seed)
    shape = shape_of(seed)
    pull = misfit(evidence, point, shape)[1]
    np.testing.assert_allclose(
        pull, stepped(lambda at: misfit(evidence, at, shape)[0], point), atol=1e-5
    )
    one = Shape(*(part[:, :1] for part in shape.parts))
    curve = stepped(lambda at: misfit(evidence, at, one)[1][:, 0], point[:, :1])
    np.testing.assert_allclose(precision(evidence, one), curve, atol=1e-5)


@pytest.mark.parametrize(
    ("ties", "respondents", "message"),
    [
        (np.zeros((3, 3), bool), np.ones((1, 3), bool), "ties must have shape"),
        (np.zeros((1, 3, 2), bool), np.ones((1, 3), bool), "ties must have shape"),
        (np.zeros((1, 3, 3), bool), np.ones((1, 4), bool), "respondents must have shape"),
    ],
)
def test_shapes_that_do_not_belong_together_are_refused(ties, respondents, message):
    with pytest.raises(ValueError, match=message):
        evidence_of(ties, respondents)


def test_a_group_for_too_few_people_is_refused():
    with pytest.raises(ValueError, match="group must have shape"):
        evidence_of(np.zeros((1, 3, 3), bool), np.ones((1, 3), bool), np.zeros((1, 2), int))
