"""How much the observed arcs tell about each effect: the expected information of the p2 model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.p2.evidence import Evidence, Marks, Reals
from zwerm.analysis.p2.likelihood import HIGHEST_BONUS, Odds, odds_at


@dataclass(frozen=True, slots=True, eq=False)
class Spreads:
    """How much is left to chance in each pair: shape (k, n, n) each.

    A pair of which one is silent tells only what the other's answer tells.
    """

    own: Reals
    """Variance of the arc."""
    between: Reals
    """Covariance with the arc back."""
    with_both: Reals
    """Covariance with both being there."""
    both: Reals
    """Variance of both being there; each pair counts twice."""


def information(evidence: Evidence, point: Reals) -> Reals:
    """Shape (k, d, d), d = 2n + 2: minus the expected curvature of the likelihood at `point`.

    Never negative, so that it may serve as a metric anywhere. At full response it is the exact
    curvature.

    Args:
        evidence: k networks of n people.
        point: shape (k, d).
    """
    odds = odds_at(evidence, point[:, None])
    bonus = np.exp(np.minimum(point[:, -1, None, None], HIGHEST_BONUS))
    spread = _spreads(evidence, odds, bonus)
    people = evidence.people
    found = np.zeros((len(point), 2 * people + 2, 2 * people + 2))
    a, b, on = slice(0, people), slice(people, 2 * people), np.arange(people)
    found[:, a, a] = found[:, b, b] = spread.between
    found[:, a, b] = spread.own
    found[:, on, on] += spread.own.sum(2)
    found[:, people + on, people + on] += spread.own.sum(1)
    found[:, on, people + on] += spread.between.sum(2)
    _add_shared(found, spread, evidence.known_same[:, 0])
    upper = np.triu(found)
    return upper + np.triu(found, 1).swapaxes(1, 2)


def _add_shared(found: Reals, spread: Spreads, same: Marks) -> None:
    """What pairs tell of g and rho, in the last two columns."""
    people = same.shape[1]
    within = same * (spread.own + spread.between)
    found[:, :people, -2], found[:, people:-2, -2] = within.sum(2), within.sum(1)
    found[:, :people, -1] = spread.with_both.sum(2)
    found[:, people:-2, -1] = spread.with_both.sum(1)
    found[:, -2, -2] = within.sum((1, 2))
    found[:, -2, -1] = (same * spread.with_both).sum((1, 2))
    found[:, -1, -1] = spread.both.sum((1, 2)) / 2


def _spreads(evidence: Evidence, odds: Odds, bonus: Reals) -> Spreads:
    there, total = odds.there[:, 0], odds.total[:, 0]
    both = odds.both[:, 0] / total
    chance = there / total + both
    own, left = chance * (1 - chance), 1 - chance
    one_way = evidence.respondents[:, :, None] & ~evidence.respondents[:, None, :]
    guess = bonus * there / (1 + bonus * there)
    lift = guess - there / (1 + there)
    back = np.where(one_way, own, 0).swapaxes(1, 2)
    is_guessed, guess_back = one_way.swapaxes(1, 2), guess.swapaxes(1, 2)
    covered = np.where(one_way, own * lift.swapaxes(1, 2), back * lift)
    either = one_way | is_guessed
    return Spreads(
        own=np.where(is_guessed, back * lift**2, own),
        between=np.where(either, covered, both - chance * chance.swapaxes(1, 2)),
        with_both=np.where(
            one_way, own * guess_back, np.where(is_guessed, back * lift * guess, both * left)
        ),
        both=np.where(
            one_way,
            own * guess_back**2,
            np.where(is_guessed, back * guess**2, both * (1 - both)),
        ),
    )
