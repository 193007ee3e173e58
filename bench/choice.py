"""Invented schools for the benchmarks of intervals and of change: a model of choice, not p2.

Person i names the `k_i` colleagues with the highest appeal

    popularity_j + homophily x same team + mutual x u_ij + liking x e_ij + chance x Gumbel

in which `u_ij = u_ji` is what two people share and `e_ij` what one feels. All but the Gumbel
last: the same people asked again name mostly the same colleagues. Many schools of one size are
made at once: `B` of them, of `n` people. What is chosen freely and what follows from it is in
docs/methods/coverage.md; `zwerm.analysis.simulation`, which the demo uses, is another one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

Many = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]

Kind = Literal["even", "central", "cluster"]
Density = Literal["sparse", "dense"]
World = Literal["A", "B"]
Silence = Literal[
    "at_random", "less_connected", "stronger", "much_asked", "asked_only", "asks_little"
]
Movable = Literal["mean_named", "reciprocity", "centralization", "coupling"]

KINDS: tuple[Kind, ...] = ("even", "central", "cluster")
DENSITIES: tuple[Density, ...] = ("sparse", "dense")
WORLDS: tuple[World, ...] = ("A", "B")
FIGURES = (
    "mean_named",
    "reciprocity",
    "centralization",
    "gini",
    "coupling",
    "across",
    "unnamed_share",
)

MEAN_NAMED = {"sparse": 3.0, "dense": 6.0}
MOST_NAMED = {"sparse": 10, "dense": 16}
TALKATIVE_SD = 0.45
TEAM = 10
HUBS = 0.04

PULL: dict[Silence, float] = {
    "at_random": 0.0,
    "less_connected": -0.8,
    "stronger": -1.4,
    "much_asked": 0.8,
    "asked_only": 0.8,
    "asks_little": -0.8,
}
"""How much likelier somebody is silent per standard deviation of what counts, as a logarithm."""
# Naming and being named count together, but for two in which only one of them does.
ASKING_COUNTS: frozenset[Silence] = frozenset(PULL) - {"asked_only"}
ASKED_COUNTS: frozenset[Silence] = frozenset(PULL) - {"asks_little"}


@dataclass(frozen=True, slots=True)
class Temper:
    """How the schools choose: each weight is in the units of the appeal."""

    people: int
    mean_named: float
    most_named: int
    popularity: float
    leader: float
    hub: float
    homophily: float
    mutual: float
    liking: float
    chance: float
    jitter: float
    """By how much (standard deviation, as a share) the number of names differs per occasion."""


@dataclass(frozen=True, slots=True, eq=False)
class Schools:
    """What lasts: drawn once, used on every occasion.

    Attributes:
        team: shape (n,), the number of each one's team, the same in all schools.
        leader: shape (n,), who is a formal leader: about one in each team.
        popular: shape (B, n), standard normal.
        hub: shape (B, n), who is asked far more than others.
        shared: shape (B, n, n), symmetric, standard normal.
        one_sided: shape (B, n, n), standard normal.
        talkative: shape (B, n), around 1.
        place: shape (B, n), each one's place in the Poisson distribution of names, 0-1.
    """

    team: npt.NDArray[np.int64]
    leader: Many
    popular: Values
    hub: Many
    shared: Values
    one_sided: Values
    talkative: Values
    place: Values


def temper_of(people: int, kind: Kind, density: Density, world: World = "A") -> Temper:
    """The weights of schools of `people` people (12-150; beyond, the same lines go on).

    The differences between people weigh more in a larger school, and chance less: otherwise the
    many would drown the few whom somebody likes, and neither asking back nor asking again would
    be left.
    """
    # 0 at 12 people, 1 at 150.
    size = math.log(people / 12) / math.log(150 / 12)
    growth = 1 + 0.9 * size
    central = kind == "central"
    chance = 0.70 * (0.36 / 0.70) ** size
    return Temper(
        people=people,
        mean_named=MEAN_NAMED[density],
        most_named=MOST_NAMED[density],
        popularity=(0.6 if central else 0.35) * growth,
        leader=1.0 * growth if central else 0.0,
        hub=1.7 * growth if central else 0.0,
        homophily=(1.8 if kind == "cluster" else 0.6) * growth,
        mutual=1.0 + 1.7 * size**0.75,
        liking=1.2 + 0.6 * size,
        chance=chance if world == "A" else 2.2 * chance,
        jitter=0.20 if world == "A" else 0.35,
    )


def schools(people: int, count: int, rng: np.random.Generator) -> Schools:
    """Draw what lasts in `count` schools of `people` people.

    Example:
        >>> schools(25, 2, np.random.default_rng(1)).team
        array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1,
               1, 1, 1])
    """
    team = teams(people)
    half = np.triu(rng.standard_normal((count, people, people)), 1)
    order = rng.random((count, people)).argsort(axis=1)
    return Schools(
        team=team,
        leader=leaders(team),
        popular=rng.standard_normal((count, people)),
        hub=order < max(1, round(HUBS * people)),
        shared=half + half.transpose(0, 2, 1),
        one_sided=rng.standard_normal((count, people, people)),
        talkative=rng.lognormal(-(TALKATIVE_SD**2) / 2, TALKATIVE_SD, (count, people)),
        place=rng.random((count, people)),
    )


def teams(people: int) -> npt.NDArray[np.int64]:
    """The number of each one's team: at least two, of about ten people."""
    number = max(2, round(people / TEAM))
    return np.arange(people, dtype=np.int64) * number // people


def leaders(team: npt.NDArray[np.int64]) -> Many:
    """The first of each team is its formal leader."""
    first: Many = np.concatenate([[True], np.diff(team) > 0])
    return first


def occasion(lasting: Schools, temper: Temper, rng: np.random.Generator) -> Many:
    """Who names whom this time: shape (B, n, n), row names column, the diagonal false."""
    appeal = lasting_appeal(lasting, temper)
    appeal += temper.chance * rng.gumbel(size=appeal.shape)
    people = np.arange(temper.people)
    appeal[:, people, people] = -np.inf
    return highest(appeal, names(lasting, temper, rng))


def lasting_appeal(lasting: Schools, temper: Temper) -> Values:
    """How much each one appeals to each, whatever the occasion: shape (B, n, n)."""
    pull = (
        temper.popularity * lasting.popular
        + temper.hub * lasting.hub
        + temper.leader * lasting.leader
    )
    together = temper.homophily * (lasting.team[:, None] == lasting.team)
    appeal: Values = (
        pull[:, None, :]
        + together
        + temper.mutual * lasting.shared
        + temper.liking * lasting.one_sided
    )
    return appeal


def names(lasting: Schools, temper: Temper, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """How many colleagues each one names this time: shape (B, n)."""
    most = min(temper.most_named, temper.people - 1)
    usual = stats.poisson.ppf(lasting.place, temper.mean_named * lasting.talkative)
    noise = np.exp(temper.jitter * rng.standard_normal(usual.shape) - temper.jitter**2 / 2)
    # The cap is a habit (nobody names more), so it holds before and after the jitter.
    wanted = np.minimum(usual, most) * noise
    given: npt.NDArray[np.int64] = np.minimum(np.rint(wanted), most).astype(np.int64)
    return given


def highest(appeal: Values, number: npt.NDArray[np.int64]) -> Many:
    """The `number[b, i]` highest of each row; shape of `appeal`."""
    order = np.argsort(-appeal, axis=2)
    chosen = np.arange(appeal.shape[2]) < number[:, :, None]
    ties = np.zeros(appeal.shape, dtype=np.bool_)
    np.put_along_axis(ties, order, chosen, axis=2)
    return ties


def respondents(ties: Many, response: float, silence: Silence, rng: np.random.Generator) -> Many:
    """Who answered: shape (B, n), with the same number in each school, rounded up.

    Who is silent is drawn one after the other with weight exp(PULL x z), z the standardised
    number of colleagues whom somebody names and is named by, or one of these.
    """
    count, people = ties.shape[:2]
    z = connected(ties, asking=silence in ASKING_COUNTS, asked=silence in ASKED_COUNTS)
    weight = PULL[silence] * z + rng.gumbel(size=(count, people))
    silent = people - math.ceil(round(response * people, 6))
    rank = np.argsort(np.argsort(-weight, axis=1), axis=1)
    answered: Many = rank >= silent
    return answered


def connected(ties: Many, *, asking: bool = True, asked: bool = True) -> Values:
    """Out- plus in-degree, or one of them, standardised within each school: shape (B, n)."""
    degree = (asked * ties.sum(axis=1) + asking * ties.sum(axis=2)).astype(float)
    spread = degree.std(axis=1, keepdims=True)
    centred: Values = degree - degree.mean(axis=1, keepdims=True)
    return centred / np.where(spread > 0, spread, 1.0)


def figures(ties: Many, team: npt.NDArray[np.int64], leader: Many) -> dict[str, Values]:
    """The seven figures of each complete network, under the names of FIGURES: shape (B,).

    A figure of a network in which it does not exist (no arcs) is NaN.
    """
    people = ties.shape[1]
    named = ties.sum(axis=1)
    arcs = named.sum(axis=1).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (
            arcs / people,
            (ties & ties.transpose(0, 2, 1)).sum(axis=(1, 2)) / arcs,
            (named.max(axis=1) * people - arcs) / (people - 1) ** 2,
            (np.sort(named, axis=1) * (2 * np.arange(1, people + 1) - people - 1)).sum(axis=1)
            / (people * arcs),
            above(named[:, leader], named[:, ~leader]),
            (ties & (team[:, None] != team)).sum(axis=(1, 2)) / arcs,
            (named == 0).mean(axis=1),
        )
    return dict(zip(FIGURES, found, strict=True))


def above(some: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> Values:
    """The chance that one of `some` is above one of `others`, ties half: shape (B,)."""
    first, second = some[:, :, None], others[:, None, :]
    higher: Values = ((first > second) + 0.5 * (first == second)).mean(axis=(1, 2))
    return higher


def stability(before: Many, after: Many) -> float:
    """The share of the ties named on one occasion that is named again on the next."""
    return float((before & after).sum() / before.sum())


def expected(lasting: Schools, temper: Temper, figure: str, seed: int) -> float:
    """The mean of a figure over these schools, on one occasion of the given seed."""
    ties = occasion(lasting, temper, np.random.default_rng(seed))
    return float(np.nanmean(figures(ties, lasting.team, lasting.leader)[figure]))


def driven(temper: Temper, figure: Movable, strength: float) -> Temper:
    """The same temper with another strength of what drives `figure`.

    A factor on the weights of now; for coupling the pull of a formal post itself, since a kind
    of school that has none would stay at none.
    """
    if figure == "mean_named":
        return replace(temper, mean_named=temper.mean_named * strength)
    if figure == "reciprocity":
        return replace(temper, mutual=temper.mutual * strength)
    if figure == "coupling":
        return replace(temper, leader=strength)
    return replace(temper, popularity=temper.popularity * strength, hub=temper.hub * strength)


def temper_with(temper: Temper, figure: Movable, value: float, *, pilots: int = 200) -> Temper:
    """The temper with which `figure` is `value` on average, all else the same.

    The schools that show it are the same each time, so the answer is too. A change of known size
    is the temper with the value before on one occasion and the temper with the value after on the
    next, in the same `schools`. What drives one figure moves others a little: that is so in life.

    Raises:
        ValueError: no strength of what drives the figure brings it there.

    Example:
        >>> calm = temper_of(25, "even", "sparse")
        >>> round(temper_with(calm, "mean_named", 4.0, pilots=20).mean_named, 1)
        4.1
    """
    lasting = schools(temper.people, pilots, np.random.default_rng(7))

    def at(strength: float) -> float:
        return expected(lasting, driven(temper, figure, strength), figure, seed=8)

    low, high = (-6.0, 6.0) if figure == "coupling" else (0.01, 8.0)
    if not at(low) <= value <= at(high):
        raise ValueError(
            f"{figure} of {value} cannot be reached: from {at(low):.3f} to {at(high):.3f} can"
        )
    for _ in range(14):
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle) < value else (low, middle)
    return driven(temper, figure, (low + high) / 2)
