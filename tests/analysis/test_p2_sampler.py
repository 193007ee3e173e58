"""Draws of the p2 model: against a plain random walk, and against the truth they should hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import chisquare

from tests.analysis.p2_pairs import drawn_network
from zwerm.analysis.p2.evidence import evidence_of
from zwerm.analysis.p2.sampler import fit_many

GROUP = np.array([0, 0, 0, 1, 1, 1])
LEADER = np.array([True, True, False, False, False, False])
RESPONDENTS = np.array([True, False, True, True, False, True])
SAME = GROUP[:, None] == GROUP[None, :]


def fitted(ties, respondents, rng, draws, chains):
    many = (len(ties), 1)
    evidence = evidence_of(ties, respondents, np.tile(GROUP, many), np.tile(LEADER, many))
    return fit_many(evidence, rng, chains=chains, draws=draws)


def log_normal(value, mean, variance):
    return -((value - mean) ** 2) / (2 * variance) - np.log(variance) / 2


def log_density(ties, walk):
    """Of w points at once: effects, mu, t, d, log sa2 and log sb2; up to a constant."""
    people = len(ties)
    a, b, g, rho = walk[:, :people], walk[:, people : 2 * people], walk[:, -7], walk[:, -6]
    mu, t, d = walk[:, -5:-4], walk[:, -4:-3], walk[:, -3:-2]
    found = sum(
        log_normal(value, mean, variance)
        for value, mean, variance in [
            (g, 0.5, 1),
            (rho, 1, 1.5**2),
            (mu[:, 0], -2, 9),
            (t[:, 0], 0, 0.25),
            (d[:, 0], 0.3, 1),
        ]
    )
    for log_variance in (walk[:, -2], walk[:, -1]):
        found = found - 1.5 * log_variance - 0.4 * np.exp(-log_variance)
    found = found + log_normal(a, mu + t * b, np.exp(walk[:, -2:-1])).sum(1)
    found = found + log_normal(b, d * LEADER, np.exp(walk[:, -1:])).sum(1)
    bonus, inside = np.exp(rho), np.exp(g[:, None, None] * SAME)
    odds = np.exp(a)[:, :, None] * np.exp(b)[:, None, :] * inside
    likely = 1.0
    for i in range(people):
        for j in range(i + 1, people):
            there, back = odds[:, i, j], odds[:, j, i]
            both = bonus * there * back
            cases = {(0, 0): 1.0, (1, 0): there, (0, 1): back, (1, 1): both}
            fits = [
                weight
                for (yes, no), weight in cases.items()
                if (not RESPONDENTS[i] or yes == ties[i, j])
                and (not RESPONDENTS[j] or no == ties[j, i])
            ]
            likely = likely * sum(fits) / (1 + there + back + both)
    return found + np.log(likely)


def moves(shape, rng):
    """Some coordinates, or the level of all at once: a with mu, or b against both."""
    step = rng.choice([0.1, 0.3, 1.0], (shape[0], 1)) * rng.standard_normal(shape)
    own = step * (rng.random(shape) < 0.25)
    level, trade = np.zeros((2, *shape))
    level[:, [*range(6), -5]] = step[:, :1]
    trade[:, [*range(6), -5]], trade[:, 6:12] = -step[:, :1], step[:, :1]
    return np.choose(rng.integers(0, 4, (shape[0], 1)), [own, own, level, trade])


def random_walk(ties, walkers, steps, rng):
    """A plain Metropolis walk of many walkers: the mean of each effect as a chance, per walker."""
    at = rng.normal(0, 0.5, (walkers, 2 * len(ties) + 7))
    at[:, [*range(6), -5]] -= 1
    here, total, kept = log_density(ties, at), np.zeros((2, walkers, 14)), 0
    for step in range(steps):
        to = at + moves(at.shape, rng)
        there = log_density(ties, to)
        taken = np.log(rng.random(walkers)) < there - here
        at, here = np.where(taken[:, None], to, at), np.where(taken, there, here)
        if step >= steps // 2:
            once = expit(at[:, :14])
            total, kept = total + np.stack([once, once**2]), kept + 1
    return total / kept


def test_draws_are_those_of_a_plain_random_walk():
    rng = np.random.default_rng(5)
    point = np.concatenate([rng.normal(-1, 0.5, 6), rng.normal(0, 0.5, 6), [0.5, 1]])
    ties = drawn_network(point, SAME, rng)
    walked = random_walk(ties, 200, 10_000, rng)
    draws = expit(fitted(ties[None], RESPONDENTS[None], rng, 500, 20).points[0])
    for found, each in zip((draws, draws**2), walked, strict=True):
        per_chain = found.mean(1)
        error = np.sqrt(per_chain.var(0, ddof=1) / 20 + each.var(0, ddof=1) / 200)
        off = (per_chain.mean(0) - each.mean(0)) / error
        assert abs(off).max() < 4, off.round(1)


def prior_points(count, rng):
    """Effects out of the prior."""
    mu, t, d, g, rho = (
        rng.normal(mean, spread, (count, 1))
        for mean, spread in [(-2, 3), (0, 0.5), (0.3, 1), (0.5, 1), (1, 1.5)]
    )
    spread_a, spread_b = np.sqrt(0.4 / rng.standard_gamma(1.5, (2, count, 1)))
    b = d * LEADER + spread_b * rng.standard_normal((count, 6))
    a = mu + t * b + spread_a * rng.standard_normal((count, 6))
    return np.concatenate([a, b, g, rho], axis=1)


def summed_up(points):
    """What is ranked: effects of who answered and who did not, what all share, and spreads."""
    a, b, shared = points[..., :6], points[..., 6:12], points[..., 12:]
    own = np.concatenate([points[..., [0, 1, 6, 7]], shared], axis=-1)
    level = np.stack([a.mean(-1), (a + b).mean(-1), a.std(-1), b.std(-1)], axis=-1)
    return np.concatenate([own, level], axis=-1)


def test_the_truth_has_any_rank_among_the_draws():
    """Simulation-based calibration (Talts e.a. 2018): all ranks are equally likely."""
    rng = np.random.default_rng(11)
    truth = prior_points(600, rng)
    ties = np.stack([drawn_network(point, SAME, rng) for point in truth])
    posterior = fitted(ties, np.tile(RESPONDENTS, (600, 1)), rng, 390, 1)
    draws = summed_up(posterior.points[:, 0, ::10])
    ranks = (draws < summed_up(truth)[:, None]).sum(1)
    chances = [chisquare(np.bincount(rank // 4, minlength=10)).pvalue for rank in ranks.T]
    assert min(chances) > 0.001, np.round(chances, 4)


def test_ranks_tell_when_the_model_is_another():
    """The same with arcs that come back more often than the truth says."""
    rng = np.random.default_rng(12)
    truth = prior_points(200, rng)
    truth[:, -1] = 1
    more = truth + np.eye(14)[-1] * 2
    ties = np.stack([drawn_network(point, SAME, rng) for point in more])
    posterior = fitted(ties, np.tile(RESPONDENTS, (200, 1)), rng, 390, 1)
    ranks = (posterior.points[:, 0, ::10, -1] < truth[:, None, -1]).sum(1)
    assert chisquare(np.bincount(ranks // 4, minlength=10)).pvalue < 1e-6


@pytest.mark.parametrize("density", [0.0, 0.3, 1.0])
def test_steps_are_accepted_also_when_nobody_or_everybody_is_named(density):
    rng = np.random.default_rng(1)
    ties = rng.random((4, 6, 6)) < density
    posterior = fitted(ties, np.tile(RESPONDENTS, (4, 1)), rng, 100, 2)
    assert posterior.points.shape == (4, 2, 100, 14)
    assert np.isfinite(posterior.points).all()
    assert posterior.accepted.min() > 0.3


def test_the_same_seed_gives_the_same_draws():
    ties = np.random.default_rng(2).random((2, 6, 6)) < 0.3
    each = [
        fitted(ties, np.tile(RESPONDENTS, (2, 1)), np.random.default_rng(seed), 20, 2).points
        for seed in (3, 3, 4)
    ]
    assert each[0].tobytes() == each[1].tobytes()
    assert each[0].tobytes() != each[2].tobytes()


def test_progress_rises_to_one():
    told: list[float] = []
    evidence = evidence_of(np.eye(3, k=1, dtype=bool)[None], np.ones((1, 3), dtype=bool))
    fit_many(evidence, np.random.default_rng(1), draws=5, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
