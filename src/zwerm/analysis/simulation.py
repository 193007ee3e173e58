"""An invented school: who would name whom, by a model of choice, occasion after occasion.

Person i names the `k_i` colleagues with the highest appeal: popularity of the other, being in
the same team, a liking shared by both, a one-sided liking, and chance on each occasion. The
likings last, so that the same people asked again name mostly the same colleagues.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST_NAMED = 16


@dataclass(frozen=True, slots=True)
class Temper:
    """How a school chooses: larger means more of it."""

    mean_named: float = 4.0
    popularity: float = 0.35
    """Spread (standard deviation) of how appealing people are to everybody."""
    leader_appeal: float = 0.0
    homophily: float = 1.0
    """How much more appealing somebody of one's own team is."""
    mutuality: float = 1.0
    liking: float = 0.8
    chance: float = 0.6


@dataclass(frozen=True, slots=True)
class Bonds:
    """What lasts between people: drawn once, used on every occasion."""

    popular: npt.NDArray[np.float64]
    shared: npt.NDArray[np.float64]
    one_sided: npt.NDArray[np.float64]
    talkative: npt.NDArray[np.float64]


def bonds(people: int, rng: np.random.Generator) -> Bonds:
    """Draw what lasts between `people` people."""
    half = np.triu(rng.standard_normal((people, people)), 1)
    return Bonds(
        popular=rng.standard_normal(people),
        shared=half + half.T,
        one_sided=rng.standard_normal((people, people)),
        talkative=rng.lognormal(0.0, 0.45, people),
    )


def occasion(
    lasting: Bonds,
    team: npt.NDArray[np.int64],
    leader: npt.NDArray[np.bool_],
    temper: Temper,
    rng: np.random.Generator,
) -> npt.NDArray[np.bool_]:
    """Who names whom this time.

    Args:
        lasting: the bonds of m people.
        team: shape (m,), the number of each one's team.
        leader: shape (m,), who is a formal leader.
        temper: how the school chooses.
        rng: chance of this occasion.

    Returns:
        Shape (m, m), true where row names column; the diagonal is false.
    """
    people = len(team)
    appeal = (
        temper.popularity * lasting.popular
        + temper.leader_appeal * leader
        + temper.homophily * (team[:, None] == team[None, :])
        + temper.mutuality * lasting.shared
        + temper.liking * lasting.one_sided
        + temper.chance * rng.gumbel(size=(people, people))
    )
    np.fill_diagonal(appeal, -np.inf)
    wanted = temper.mean_named * lasting.talkative / lasting.talkative.mean()
    named = np.minimum(rng.poisson(wanted), min(MOST_NAMED, people - 1))
    rank = np.argsort(np.argsort(-appeal, axis=1), axis=1)
    ties: npt.NDArray[np.bool_] = rank < named[:, None]
    return ties
