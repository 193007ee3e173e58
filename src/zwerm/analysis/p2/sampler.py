"""Draws from what may be believed of the p2 effects, many networks and chains at once.

Given the shape of the effects, the effects are nearly normal. So they move along the exact paths of
that normal distribution, and the difference between it and the truth kicks them on the way (a split
Hamiltonian step); a draw then hardly remembers the one before, at the price of two gradients.
Source: Neal (2011), Handbook of Markov Chain Monte Carlo, chapter 5; Shahbaba, Lan, Johnson & Neal
(2014), Statistics and Computing 24, 339-349.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.p2.evidence import Evidence, Reals
from zwerm.analysis.p2.information import information
from zwerm.analysis.p2.likelihood import log_likelihood, odds_at, slopes
from zwerm.analysis.p2.priors import Shape, drawn_shape, first_shape, misfit, precision

CLIMBS = 8
STAGES = (30, 40, 50)
"""Sweeps of each stage of the burn-in; after each, the normal distribution is laid anew."""
KICKS = 3
WIDEST = np.pi / 2 / KICKS
WANTED = 0.85
"""Which share of steps should be accepted."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Draws of k networks."""

    points: Reals
    """(k, c, s, 2n + 2): a, b, g and rho, per network, chain and sweep."""
    accepted: Reals
    """(k, c): the share of the steps that were accepted."""


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """The normal distribution near the posterior of the effects of each network."""

    centre: Reals
    """(k, 1, d)"""
    root: Reals
    """(k, d, d): lower triangular, root times its transpose is the precision."""
    inverse: Reals
    """(k, d, d): the inverse of `root`."""

    def standard(self, point: Reals) -> Reals:
        """Effects to standard normal coordinates."""
        return (point - self.centre) @ self.root

    def effects(self, standard: Reals) -> Reals:
        """And back."""
        return self.centre + standard @ self.inverse

    def pulled(self, pull: Reals) -> Reals:
        """A gradient with respect to effects as one with respect to standard coordinates."""
        return pull @ self.inverse.swapaxes(1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where each chain is, and what the likelihood says there."""

    point: Reals
    shape: Shape
    height: Reals
    """(k, c): the log likelihood."""
    slope: Reals
    """(k, c, d): its gradient."""


def fit_many(
    evidence: Evidence,
    rng: np.random.Generator,
    *,
    chains: int = 2,
    draws: int = 250,
    progress: Callable[[float], None] | None = None,
) -> Posterior:
    """Draw the effects of each network, `draws` from each of `chains` chains.

    `progress` is called with the share that is done.
    """
    normal, shape = _summit(evidence)
    point = normal.effects(rng.standard_normal((len(evidence.ties), chains, normal.root.shape[1])))
    state = _state(evidence, point, _per_chain(shape, chains))
    angle = np.full((len(point), 1, 1), WIDEST * 0.7)
    total, done = sum(STAGES) + draws, 0
    for stage in STAGES:
        state, angle, kept, _accepted = _sweeps(evidence, state, normal, angle, stage, rng, True)
        normal = _laid(evidence, *kept)
        done += stage
        if progress:
            progress(done / total)
    state, angle, kept, accepted = _sweeps(evidence, state, normal, angle, draws, rng, False)
    if progress:
        progress(1.0)
    return Posterior(kept[0], accepted)


def _per_chain(shape: Shape, chains: int) -> Shape:
    parts = (shape.level, shape.slope, shape.lead, shape.sender, shape.receiver)
    return Shape(*(np.repeat(part, chains, axis=1) for part in parts))


def _state(evidence: Evidence, point: Reals, shape: Shape) -> State:
    odds = odds_at(evidence, point)
    return State(point, shape, log_likelihood(evidence, point, odds), slopes(evidence, odds))


def _summit(evidence: Evidence) -> tuple[Normal, Shape]:
    """The normal distribution at the likeliest effects, for the first guess at their shape."""
    shape, people = first_shape(evidence), evidence.people
    point = np.zeros((len(evidence.ties), 1, 2 * people + 2))
    point[..., :people], point[..., -2:] = shape.level[..., None], 0.5
    for _climb in range(CLIMBS):
        normal = _normal(evidence, point, shape)
        _value, pull = misfit(evidence, point, shape)
        up = normal.pulled(slopes(evidence, odds_at(evidence, point)) - pull)
        point = point + up @ normal.inverse
        level = point[..., :people].mean(-1)
        shape = Shape(level, shape.slope, shape.lead, shape.sender, shape.receiver)
    return _normal(evidence, point, shape), shape


def _laid(evidence: Evidence, points: Reals, shapes: list[Shape]) -> Normal:
    """The normal distribution around the mean of some draws."""
    parts = zip(*((s.level, s.slope, s.lead, s.sender, s.receiver) for s in shapes), strict=True)
    together = Shape(*(np.concatenate(part, axis=1) for part in parts)).over(1)
    return _normal(evidence, points.mean((1, 2))[:, None], together)


def _normal(evidence: Evidence, centre: Reals, shape: Shape) -> Normal:
    curve = information(evidence, centre[:, 0]) + precision(evidence, shape)
    root: Reals = np.linalg.cholesky(curve).astype(np.float64)
    return Normal(centre, root, np.linalg.inv(root))


def _sweeps(
    evidence: Evidence,
    state: State,
    normal: Normal,
    angle: Reals,
    count: int,
    rng: np.random.Generator,
    adapts: bool,
) -> tuple[State, Reals, tuple[Reals, list[Shape]], Reals]:
    """Some sweeps: where they end, the angle then, what was passed, and how much was accepted."""
    passed = np.empty((*state.point.shape[:2], count, state.point.shape[2]))
    shapes, total = [], np.zeros(state.height.shape)
    for sweep in range(count):
        shape = drawn_shape(evidence, state.point, state.shape, rng)
        state = State(state.point, shape, state.height, state.slope)
        state, accepted = _step(evidence, state, normal, angle, rng)
        if adapts:
            gain = np.exp((accepted.mean(1) - WANTED) / (1 + sweep) ** 0.5)
            angle = np.minimum(angle * gain[:, None, None], WIDEST)
        passed[:, :, sweep], total = state.point, total + accepted
        shapes.append(state.shape)
    return state, angle, (passed, shapes), total / count


def _step(
    evidence: Evidence, state: State, normal: Normal, angle: Reals, rng: np.random.Generator
) -> tuple[State, Reals]:
    """One Hamiltonian step of the effects; also the chance (k, c) with which it was accepted."""
    at = normal.standard(state.point)
    push = rng.standard_normal(at.shape)
    turn = angle * rng.uniform(0.8, 1.0, (len(at), 1, 1))
    cos, sin = np.cos(turn), np.sin(turn)
    value, pull = misfit(evidence, state.point, state.shape)
    before = state.height - value - (push**2).sum(-1) / 2
    off = normal.pulled(state.slope - pull) + at
    for _kick in range(KICKS):
        push = push + turn / 2 * off
        at, push = at * cos + push * sin, push * cos - at * sin
        point = normal.effects(at)
        odds = odds_at(evidence, point)
        slope = slopes(evidence, odds)
        value, pull = misfit(evidence, point, state.shape)
        off = normal.pulled(slope - pull) + at
        push = push + turn / 2 * off
    height = log_likelihood(evidence, point, odds)
    after = height - value - (push**2).sum(-1) / 2
    chance = np.exp(np.minimum(np.nan_to_num(after - before, nan=-np.inf), 0))
    taken = rng.random(chance.shape) < chance
    return State(
        np.where(taken[..., None], point, state.point),
        state.shape,
        np.where(taken, height, state.height),
        np.where(taken[..., None], slope, state.slope),
    ), chance
