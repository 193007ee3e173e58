"""How many fewer the silent name than others like them: read from how they are asked.

What the silent would have named, nothing tells. How they are asked, the others tell. It is assumed
that silence goes with asking as it goes with being asked, give or take: with A and B the logarithms
of how many colleagues person i would name and is named by, i is silent with the log odds

    c + e (A_i + B_i) + f A_i        e (1 + t) ~ N(-.2, 1)    f ~ N(0, .4^2)

B is known from the answers but for chance, as b. Given b, A is about normal with variance v: that
of a, and 1 / m for the chance of who names m colleagues. So e shows in who is silent, and among the
silent A lies (e + f) v (1 - p) higher than that of others with the same b, p being the chance of
silence: the normal distribution tilted by the odds. See docs/methods/completion.md.
"""

from __future__ import annotations

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.intervals.pairs import Reals

BELIEF = np.array([-1.0, -0.2])
"""c, and e (1 + t): before anything is seen, the silent are thought slightly less connected."""
BELIEF_VARIANCE = np.array([1.5, 1.0]) ** 2
AWAY = 0.4
"""How far (standard deviation) silence may go with asking otherwise than with being asked."""
LEAST_TIE = -0.3
"""t, how asking follows being asked, counts for no less: e would grow without end."""
LEAST_NAMED = 0.5
"""m counts for no less: chance would be everything."""
FARTHEST = 4.0
"""No shift is larger: odds stay numbers in single precision."""
CLIMBS = 8


def shifts(points: Reals, respondents: Mask, named: float, rng: np.random.Generator) -> Reals:
    """How much higher the log odds are that a silent person names somebody, in each draw.

    Args:
        points: shape (s, 2n + 2): a, b, g and rho, in which the silent ask as others like them.
        respondents: shape (n,).
        named: how many colleagues a respondent names on average.
        rng: chance.

    Returns:
        Shape (s, 1), mostly below zero when the silent are asked less than those who answered.
    """
    if not len(points):
        return np.empty((0, 1))
    people = len(respondents)
    a, b = (_centred(points[:, part]) for part in (slice(0, people), slice(people, -2)))
    tie = (a * b).sum(1) / np.maximum((b**2).sum(1), 1e-12)
    left = ((a - tie[:, None] * b) ** 2).mean(1) + 1 / max(named, LEAST_NAMED)
    slope, variance = selection(b.mean(0), ~respondents)
    luck = rng.standard_normal((2, len(points)))
    goes_with = (slope + np.sqrt(variance) * luck[0]) / (1 + np.maximum(tie, LEAST_TIE))
    found = (goes_with + AWAY * luck[1]) * left * respondents.mean()
    within: Reals = np.clip(found, -FARTHEST, FARTHEST)[:, None]
    return within


def selection(asked: Reals, silent: Mask) -> tuple[float, float]:
    """How silence goes with being asked: a logistic regression under `BELIEF`.

    Args:
        asked: shape (n,), how much each person is asked: the mean of b, about zero.
        silent: shape (n,).

    Returns:
        The likeliest slope, and its variance there.
    """
    table = np.column_stack([np.ones_like(asked), asked])
    at = BELIEF
    for _climb in range(CLIMBS):
        # The logistic function; written so that it overflows nowhere.
        chance = (1 + np.tanh(table @ at / 2)) / 2
        curve = (table.T * (chance * (1 - chance))) @ table + np.diag(1 / BELIEF_VARIANCE)
        pull = table.T @ (silent - chance) - (at - BELIEF) / BELIEF_VARIANCE
        at = at + np.linalg.solve(curve, pull)
    return float(at[1]), float(np.linalg.inv(curve)[1, 1])


def _centred(values: Reals) -> Reals:
    """Rows about their means."""
    off: Reals = values - values.mean(1, keepdims=True)
    return off
