"""How likely the observed arcs are under the p2 model, with the arcs of the silent summed out.

A pair (i, j) has x = exp(a_i + b_j + g same), back = exp(a_j + b_i + g same), R = exp(rho), and
P(0,0) = 1/Z, P(1,0) = x/Z, P(0,1) = back/Z, P(1,1) = R x back/Z, Z = 1 + x + back + R x back.
When only j answered, y = y_ji has chance back^y (1 + x R^y) / Z; when nobody did, there is nothing.
Source: van Duijn, Snijders & Zijlstra (2004), Statistica Neerlandica 58(2), 234-254.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.p2.evidence import Evidence, Reals

Cells = npt.NDArray[np.float32] | npt.NDArray[np.float64]

HIGHEST_EFFECT, HIGHEST_SAME, HIGHEST_BONUS = 12.0, 8.0, 12.0
"""Larger effects count for no more: the odds of a pair then stay a number in single precision."""


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """The odds of every pair at one point, 0 where nothing is known of it. Axes as `Evidence`."""

    there: Cells
    back: Cells
    both: Cells
    total: Cells
    """Z"""
    quiet: Cells
    """(k, c, q, n): odds that a silent person named somebody, given whether they were named."""


def odds_at(evidence: Evidence, point: Cells) -> Odds:
    """The odds of every pair, in the precision of `point`.

    Args:
        evidence: k networks of n people.
        point: shape (k, c, 2n + 2): a, b, g and rho of each chain.
    """
    people = evidence.people
    effect = np.exp(np.minimum(point[..., :-2], HIGHEST_EFFECT))
    sends, draws = effect[..., :people], effect[..., people:]
    inside = np.exp(np.minimum(point[..., -2, None, None], HIGHEST_SAME)) - 1
    bonus = np.exp(np.minimum(point[..., -1, None, None], HIGHEST_BONUS))
    back = inside * evidence.known_same
    back += evidence.known
    there = back * sends[..., :, None]
    there *= draws[..., None, :]
    back *= sends[..., None, :]
    back *= draws[..., :, None]
    both = there * back
    both *= bonus
    total = there + back
    total += both
    total += 1
    return Odds(there, back, both, total, _quiet_odds(evidence, there, bonus))


def _quiet_odds(evidence: Evidence, there: Cells, bonus: Cells) -> Cells:
    rows = np.arange(len(there))[:, None]
    odds = there[rows, :, evidence.quiet].swapaxes(1, 2) * evidence.half
    odds *= 1 + (bonus - 1) * evidence.returned
    return odds


def log_likelihood(evidence: Evidence, point: Reals, odds: Odds) -> Reals:
    """Shape (k, c): the logarithm of the chance of all that was observed."""
    linear: Reals = (evidence.totals * point).sum(-1)
    pairs = np.log(odds.total).sum((-1, -2), dtype=np.float64) / 2
    found: Reals = linear - pairs + np.log1p(odds.quiet).sum((-1, -2), dtype=np.float64)
    return found


def slopes(evidence: Evidence, odds: Odds) -> Reals:
    """Shape (k, c, 2n + 2): the gradient of `log_likelihood`, observed minus expected."""
    share = 1 / odds.total
    mutual = np.einsum("kcij,kcij->kc", odds.both, share) / 2
    share *= odds.there + odds.both
    within = np.einsum("kcij,kij->kc", share, evidence.known_same[:, 0])
    expected = np.concatenate(
        [share.sum(-1), share.sum(-2), within[..., None], mutual[..., None]], axis=-1
    )
    found: Reals = evidence.totals - expected + _quiet_slopes(evidence, odds.quiet)
    return found


def _quiet_slopes(evidence: Evidence, quiet: Cells) -> Reals:
    """What the silent are expected to have named, given who named them."""
    people, rows = evidence.people, np.arange(len(quiet))[:, None]
    guess = quiet / (1 + quiet)
    found = np.zeros((*guess.shape[:2], 2 * people + 2))
    found[rows, :, evidence.quiet] = guess.sum(-1).swapaxes(1, 2)
    found[..., people:-2] = guess.sum(-2)
    found[..., -2] = (guess * evidence.quiet_same).sum((-1, -2))
    found[..., -1] = (guess * evidence.returned).sum((-1, -2))
    return found
