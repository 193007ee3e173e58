"""Draws from what may be believed of the p2 effects, many networks and chains at once.

Given the shape of the effects, the effects are nearly normal. So they move along the exact paths of
that normal distribution, and the difference between it and the truth kicks them on the way (a split
Hamiltonian step); a draw then hardly remembers the one before, at the price of three gradients.
Source: Neal (2011), Handbook of Markov Chain Monte Carlo, chapter 5; Shahbaba, Lan, Johnson & Neal
(2014), Statistics and Computing 24, 339-349.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.p2.evidence import Evidence, Reals
from zwerm.analysis.p2.information import information
from zwerm.analysis.p2.likelihood import log_likelihood, odds_at, slopes
from zwerm.analysis.p2.priors import (
    SHARED_MEAN,
    Shape,
    drawn_shape,
    first_shape,
    mean_shape,
    misfit,
    precision,
)

CLIMBS = 8
LONGEST = 2.0
"""How far an effect may move in one climb."""
STAGES = (30, 40, 50)
"""Sweeps of each stage of the burn-in; after each, the normal distribution is laid anew."""
KICKS = 3
WIDEST = np.pi / 2 / KICKS
"""After a quarter turn in all, a draw has forgotten where it began."""
FIRST_ANGLE = 0.7 * WIDEST
JITTER = (0.8, 1.0)
"""Between which shares of the angle a step turns, so that no orbit closes."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """Where the chains were during some sweeps, and where they ended."""

    points: Reals
    """(k, c, s, d)"""
    shapes: list[Shape]
    accepted: Reals
    """(k, c, s): the chance with which each step was accepted."""
    end: State
    angle: Reals
    """(k, 1, 1): how far a kick carries, at the end."""


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
    state = _state(evidence, point, shape.repeated(chains))
    angle, total, done = np.full((len(point), 1, 1), FIRST_ANGLE), sum(STAGES) + draws, 0
    for stage in STAGES:
        trail = _walked(evidence, state, normal, angle, stage, rng, wanted=WANTED)
        normal, state, angle = _laid(evidence, trail), trail.end, trail.angle
        done += stage
        if progress:
            progress(done / total)
    trail = _walked(evidence, state, normal, angle, draws, rng)
    if progress:
        progress(1.0)
    return Posterior(trail.points, trail.accepted.mean(-1))


def _state(evidence: Evidence, point: Reals, shape: Shape) -> State:
    odds = odds_at(evidence, point.astype(np.float32))
    return State(point, shape, log_likelihood(evidence, point, odds), slopes(evidence, odds))


def _summit(evidence: Evidence) -> tuple[Normal, Shape]:
    """The normal distribution at the likeliest effects, for the first guess at their shape."""
    shape, people = first_shape(evidence), evidence.people
    point = np.zeros((len(evidence.ties), 1, 2 * people + 2))
    point[..., :people], point[..., -2:] = shape.level[..., None], SHARED_MEAN
    for _climb in range(CLIMBS):
        normal = _normal(evidence, point, shape)
        _value, pull = misfit(evidence, point, shape)
        step = normal.pulled(slopes(evidence, odds_at(evidence, point)) - pull) @ normal.inverse
        point = point + step / np.maximum(abs(step).max(-1, keepdims=True) / LONGEST, 1)
    return _normal(evidence, point, shape), shape


def _laid(evidence: Evidence, trail: Trail) -> Normal:
    """The normal distribution around the mean of where the chains were."""
    centre = trail.points.mean((1, 2))[:, None]
    return _normal(evidence, centre, mean_shape(trail.shapes))


def _normal(evidence: Evidence, centre: Reals, shape: Shape) -> Normal:
    curve = information(evidence, centre[:, 0]) + precision(evidence, shape)
    root: Reals = np.linalg.cholesky(curve).astype(np.float64)
    inverse: Reals = np.linalg.inv(root).astype(np.float64)
    return Normal(centre, root, inverse)


def _walked(
    evidence: Evidence,
    state: State,
    normal: Normal,
    angle: Reals,
    count: int,
    rng: np.random.Generator,
    wanted: float | None = None,
) -> Trail:
    """Some sweeps; with `wanted`, the angle is turned until so many steps are accepted."""
    points = np.empty((*state.point.shape[:2], count, state.point.shape[2]))
    accepted, shapes = np.empty(points.shape[:3]), []
    for sweep in range(count):
        shape = drawn_shape(evidence, state.point, state.shape, rng)
        state, chance = _step(evidence, replace(state, shape=shape), normal, angle, rng)
        if wanted is not None:
            gain = np.exp((chance.mean(1) - wanted) / np.sqrt(1 + sweep))
            angle = np.minimum(angle * gain[:, None, None], WIDEST)
        points[:, :, sweep], accepted[:, :, sweep] = state.point, chance
        shapes.append(shape)
    return Trail(points, shapes, accepted, state, angle)


def _step(
    evidence: Evidence, state: State, normal: Normal, angle: Reals, rng: np.random.Generator
) -> tuple[State, Reals]:
    """One Hamiltonian step of the effects; also the chance (k, c) with which it was accepted."""
    at, slope, shape = normal.standard(state.point), state.slope, state.shape
    push = rng.standard_normal(at.shape)
    turn = angle * rng.uniform(*JITTER, (len(at), 1, 1))
    cos, sin = np.cos(turn), np.sin(turn)
    value, pull = misfit(evidence, state.point, shape)
    before = state.height - value - (push**2).sum(-1) / 2
    for _kick in range(KICKS):
        push = push + turn / 2 * (normal.pulled(slope - pull) + at)
        at, push = at * cos + push * sin, push * cos - at * sin
        point = normal.effects(at)
        odds = odds_at(evidence, point.astype(np.float32))
        slope = slopes(evidence, odds)
        value, pull = misfit(evidence, point, shape)
        push = push + turn / 2 * (normal.pulled(slope - pull) + at)
    height = log_likelihood(evidence, point, odds)
    after = height - value - (push**2).sum(-1) / 2
    chance: Reals = np.exp(np.minimum(after - before, 0))
    taken = rng.random(chance.shape) < chance
    return _either(taken, State(point, shape, height, slope), state), chance


def _either(taken: Mask, one: State, other: State) -> State:
    """The first state for the chains that took the step, the second for the others."""
    wide = taken[..., None]
    return State(
        np.where(wide, one.point, other.point),
        one.shape,
        np.where(taken, one.height, other.height),
        np.where(wide, one.slope, other.slope),
    )
