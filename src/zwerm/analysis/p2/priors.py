"""What is believed of the effects before anything is seen, and exact draws of the shape of it.

a_i ~ N(mu + t b_i, sa2)   mu flat, t ~ N(0, .5^2)     how much somebody asks
b_j ~ N(d leader_j, sb2)   d ~ N(.3, 1)                how much somebody is asked
g ~ N(.5, 1)  rho ~ N(1, 1.5^2)                        same group; asking back
sa2, sb2 ~ inverse gamma(1.5, .4)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.p2.evidence import Evidence, Reals

LEVEL_MEAN, LEVEL_VARIANCE = -2.0, 3.0**2
SLOPE_VARIANCE = 0.5**2
LEAD_MEAN, LEAD_VARIANCE = 0.3, 1.0
SHARED_MEAN = np.array([0.5, 1.0])
SHARED_PRECISION = np.array([1.0, 1.5**-2])
"""Of g and of rho."""
SHAPE, SCALE = 1.5, 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """How the effects of people are spread; each of shape (k, c)."""

    level: Reals
    """mu"""
    slope: Reals
    """t"""
    lead: Reals
    """d"""
    sender: Reals
    """sa2"""
    receiver: Reals
    """sb2"""

    def repeated(self, chains: int) -> Shape:
        """The same for each chain, of a shape for one chain."""
        return Shape(*(np.repeat(part, chains, axis=1) for part in self.parts))

    @property
    def parts(self) -> tuple[Reals, ...]:
        """All of them, in order."""
        return self.level, self.slope, self.lead, self.sender, self.receiver


def mean_shape(shapes: list[Shape]) -> Shape:
    """The mean over shapes and chains, as one chain; of variances the harmonic mean."""
    parts = [np.concatenate(part, axis=1) for part in zip(*(s.parts for s in shapes), strict=True)]
    level, slope, lead = (part.mean(1, keepdims=True) for part in parts[:3])
    sender, receiver = (1 / (1 / part).mean(1, keepdims=True) for part in parts[3:])
    return Shape(level, slope, lead, sender, receiver)


def first_shape(evidence: Evidence) -> Shape:
    """Where to begin: everybody about as often as is seen."""
    pairs = evidence.respondents.sum(1) * (evidence.people - 1)
    seen = evidence.ties.sum((1, 2))
    level = np.log((seen + 1) / (pairs - seen + 1))[:, None]
    flat = np.zeros_like(level)
    return Shape(level, flat, flat + LEAD_MEAN, flat + 0.5, flat + 0.5)


def misfit(evidence: Evidence, point: Reals, shape: Shape) -> tuple[Reals, Reals]:
    """How unlikely effects are given t, sa2 and sb2: minus the log density, and its gradient.

    mu and d are summed out, or the whole level could move only as fast as mu does. Shapes (k, c)
    and (k, c, 2n + 2), up to what does not depend on the effects.
    """
    people = evidence.people
    a, b = point[..., :people], point[..., people:-2]
    slope, sender, receiver = (v[..., None] for v in (shape.slope, shape.sender, shape.receiver))
    send = a - slope * b - LEVEL_MEAN
    level = send.sum(-1, keepdims=True) * _share(people, sender / LEVEL_VARIANCE)
    pull_a = (send - level) / sender
    draw = b - LEAD_MEAN * evidence.leader
    leaders = evidence.leader.sum(-1, keepdims=True)
    led = (evidence.leader * draw).sum(-1, keepdims=True) * _share(
        leaders, receiver / LEAD_VARIANCE
    )
    pull_b = (draw - led * evidence.leader) / receiver
    shared = point[..., -2:] - SHARED_MEAN
    pull = np.concatenate([pull_a, pull_b - slope * pull_a, shared * SHARED_PRECISION], axis=-1)
    value = (send * pull_a).sum(-1) + (draw * pull_b).sum(-1)
    return (value + (shared**2 * SHARED_PRECISION).sum(-1)) / 2, pull


def _share(people: Reals | int, ratio: Reals) -> Reals:
    """What remains of a sum over `people` when their common part is summed out.

    The inverse of a variance plus a rank-one matrix; Sherman & Morrison (1950).
    """
    share: Reals = 1 / (ratio + people)
    return share


def precision(evidence: Evidence, shape: Shape) -> Reals:
    """Shape (k, d, d): the curvature of `misfit`, for a shape of one chain."""
    people = evidence.people
    found = np.zeros((len(shape.level), 2 * people + 2, 2 * people + 2))
    a, b = slice(0, people), slice(people, 2 * people)
    slope, sender, receiver = (v[..., None] for v in (shape.slope, shape.sender, shape.receiver))
    send = (np.eye(people) - _share(people, sender / LEVEL_VARIANCE)) / sender
    leaders = evidence.leader.sum(-1, keepdims=True)
    led = evidence.leader.swapaxes(1, 2) @ evidence.leader
    led = led * _share(leaders, receiver / LEAD_VARIANCE)
    found[:, a, a], found[:, a, b], found[:, b, a] = send, -slope * send, -slope * send
    found[:, b, b] = slope**2 * send + (np.eye(people) - led) / receiver
    found[:, -2, -2], found[:, -1, -1] = SHARED_PRECISION
    return found


def drawn_shape(evidence: Evidence, point: Reals, shape: Shape, rng: np.random.Generator) -> Shape:
    """Each part of the shape in turn, exactly, given the effects and the other parts."""
    people = evidence.people
    a, b = point[..., :people], point[..., people:-2]
    level, slope = _drawn_line(a, b, shape.sender, rng)
    lead = _drawn_lead(b, evidence.leader, shape.receiver, rng)
    off_a = ((a - level[..., None] - slope[..., None] * b) ** 2).sum(-1)
    off_b = ((b - lead[..., None] * evidence.leader) ** 2).sum(-1)
    return Shape(
        level, slope, lead, _drawn_variance(off_a, people, rng), _drawn_variance(off_b, people, rng)
    )


def _drawn_line(
    a: Reals, b: Reals, variance: Reals, rng: np.random.Generator
) -> tuple[Reals, Reals]:
    """mu and t together: t with mu summed out, then mu."""
    weight = a.shape[-1] / variance + 1 / LEVEL_VARIANCE
    cross = b.sum(-1) / variance
    pull = a.sum(-1) / variance + LEVEL_MEAN / LEVEL_VARIANCE
    left = (b**2).sum(-1) / variance + 1 / SLOPE_VARIANCE - cross**2 / weight
    slope = ((a * b).sum(-1) / variance - cross * pull / weight) / left
    slope = slope + rng.standard_normal(slope.shape) / np.sqrt(left)
    noise = rng.standard_normal(slope.shape) / np.sqrt(weight)
    return (pull - cross * slope) / weight + noise, slope


def _drawn_lead(b: Reals, leader: Reals, variance: Reals, rng: np.random.Generator) -> Reals:
    weight = (leader**2).sum(-1) / variance + 1 / LEAD_VARIANCE
    mean = ((leader * b).sum(-1) / variance + LEAD_MEAN / LEAD_VARIANCE) / weight
    found: Reals = mean + rng.standard_normal(mean.shape) / np.sqrt(weight)
    return found


def _drawn_variance(off: Reals, people: int, rng: np.random.Generator) -> Reals:
    found: Reals = (SCALE + off / 2) / rng.standard_gamma(SHAPE + people / 2, off.shape)
    return found
