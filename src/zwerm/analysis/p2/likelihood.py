"""How likely the observed arcs are under the p2 model, with the arcs of the silent summed out.

A pair (i, j) has x = exp(a_i + b_j + g same), back = exp(a_j + b_i + g same), R = exp(rho), and
P(0,0) = 1/Z, P(1,0) = x/Z, P(0,1) = back/Z, P(1,1) = R x back/Z, Z = 1 + x + back + R x back.
When only j answered, y = y_ji has chance back^y (1 + x R^y) / Z; when nobody did, there is nothing.
Source: van Duijn, Snijders & Zijlstra (2004), Statistica Neerlandica 58(2), 234-254.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.p2.evidence import Evidence, Reals


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """The odds of every pair at one point, 0 where nothing is known of it. Axes as `Evidence`."""

    there: Reals
    back: Reals
    both: Reals
    total: Reals
    """Z"""
    quiet: Reals
    """(k, c, q, n): odds that a silent person named somebody, given whether they were named."""


def odds_at(evidence: Evidence, point: Reals) -> Odds:
    """The odds of every pair.

    Args:
        evidence: k networks of n people.
        point: shape (k, c, 2n + 2): a, b, g and rho of each chain.
    """
    people = evidence.people
    effect = np.exp(point)
    sends, draws = effect[..., :people], effect[..., people:-2]
    ease = evidence.known + (effect[..., -2, None, None] - 1) * evidence.known_same
    there = ease * sends[..., :, None]
    there *= draws[..., None, :]
    ease *= sends[..., None, :]
    ease *= draws[..., :, None]
    both = there * ease
    both *= effect[..., -1, None, None]
    total = there + ease
    total += both
    total += 1
    return Odds(there, ease, both, total, _quiet_odds(evidence, there, effect[..., -1]))


def _quiet_odds(evidence: Evidence, there: Reals, bonus: Reals) -> Reals:
    rows = np.arange(len(there))[:, None]
    of_quiet = there[rows, :, evidence.quiet].swapaxes(1, 2) * evidence.half
    odds: Reals = of_quiet * (1 + (bonus[..., None, None] - 1) * evidence.returned)
    return odds


def log_likelihood(evidence: Evidence, point: Reals, odds: Odds) -> Reals:
    """Shape (k, c): the logarithm of the chance of all that was observed."""
    linear: Reals = (evidence.totals * point).sum(-1)
    pairs = np.log(odds.total).sum((-1, -2)) / 2
    return linear - pairs + np.log1p(odds.quiet).sum((-1, -2))


def slopes(evidence: Evidence, odds: Odds) -> Reals:
    """Shape (k, c, 2n + 2): the gradient of `log_likelihood`, observed minus expected."""
    share = 1 / odds.total
    mutual = (odds.both * share).sum((-1, -2)) / 2
    share *= odds.there + odds.both
    within = (share * evidence.known_same).sum((-1, -2))
    expected = np.concatenate(
        [share.sum(-1), share.sum(-2), within[..., None], mutual[..., None]], axis=-1
    )
    found: Reals = evidence.totals - expected + _quiet_slopes(evidence, odds.quiet)
    return found


def _quiet_slopes(evidence: Evidence, quiet: Reals) -> Reals:
    """What the silent are expected to have named, given who named them."""
    people, rows = evidence.people, np.arange(len(quiet))[:, None]
    guess = quiet / (1 + quiet)
    found = np.zeros((*guess.shape[:2], 2 * people + 2))
    found[rows, :, evidence.quiet] = guess.sum(-1).swapaxes(1, 2)
    found[..., people:-2] = guess.sum(-2)
    found[..., -2] = (guess * evidence.quiet_same).sum((-1, -2))
    found[..., -1] = (guess * evidence.returned).sum((-1, -2))
    return found
