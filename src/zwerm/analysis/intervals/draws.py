"""Networks as they may be: completed for who did not answer, and asked again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask, Ties
from zwerm.analysis.intervals.pairs import FIGURES, Arcs, Pairs, Reals, arcs_in, figures_of

FEWER_MEAN, FEWER_SD = -0.22, 0.25
"""How much fewer the silent name than others alike would, as a log odds: assumed, never seen."""
AT_ONCE = 40_000
"""How many pairs are drawn at once: about what a core keeps at hand."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The figures of each draw: shape (s, 7) each, in order of `FIGURES`."""

    completion: Reals
    """As if everybody had answered, when the silent name somewhat fewer."""
    at_random: Reals
    """The same when the silent name as many as others."""
    remeasurement: Reals
    """Asked again."""

    @property
    def each(self) -> tuple[Reals, Reals, Reals]:
        """The three of them."""
        return self.completion, self.at_random, self.remeasurement


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Some draws of the p2 model as odds of each pair: shape (w, p) each, or (w, 1)."""

    there: Reals
    back: Reals
    bonus: Reals
    """R"""
    fewer: Reals
    """exp(s)"""


def drawn(
    pairs: Pairs,
    ties: Ties,
    respondents: Mask,
    points: Reals,
    rng: np.random.Generator,
    *,
    stability: float,
) -> Drawn:
    """Complete one network, and ask its people again, once for each draw of the model.

    Args:
        pairs: its pairs.
        ties: shape (n, n); rows of the silent are false.
        respondents: shape (n,).
        points: shape (s, 2n + 2): a, b, g and rho.
        rng: chance.
        stability: which share of named ties would be named again.
    """
    sizes = (len(points), len(FIGURES))
    found = Drawn(np.empty(sizes), np.empty(sizes), np.empty(sizes))
    step = max(1, AT_ONCE // max(1, len(pairs.first)))
    seen = arcs_in(pairs, ties)
    fixed = figures_of(pairs, seen) if respondents.all() else None
    for start in range(0, len(points), step):
        rows = slice(start, start + step)
        effects = _effects(pairs, points[rows], respondents, rng)
        if fixed is None:
            full, plain = _completed(pairs, seen, respondents, effects, rng)
            found.completion[rows] = figures_of(pairs, full)
            found.at_random[rows] = figures_of(pairs, plain)
        else:
            full, found.completion[rows], found.at_random[rows] = seen, fixed, fixed
        again = _asked_again(full, _thinned(pairs, effects, respondents), rng, stability)
        found.remeasurement[rows] = figures_of(pairs, again)
    return found


def _effects(pairs: Pairs, points: Reals, respondents: Mask, rng: np.random.Generator) -> Effects:
    people = pairs.people
    a, b = points[:, :people], points[:, people:-2]
    shared = points[:, -2:-1] * pairs.same
    there = np.exp(a[:, pairs.first] + b[:, pairs.second] + shared)
    back = np.exp(a[:, pairs.second] + b[:, pairs.first] + shared)
    fewer = np.exp(FEWER_MEAN + FEWER_SD * rng.standard_normal((len(points), 1)))
    return Effects(there, back, np.exp(points[:, -1:]), fewer)


def _thinned(pairs: Pairs, effects: Effects, respondents: Mask) -> Effects:
    """The same effects, when the silent name fewer."""
    there = np.where(respondents[pairs.first], effects.there, effects.there * effects.fewer)
    back = np.where(respondents[pairs.second], effects.back, effects.back * effects.fewer)
    return Effects(there, back, effects.bonus, effects.fewer)


def _completed(
    pairs: Pairs, seen: Arcs, respondents: Mask, effects: Effects, rng: np.random.Generator
) -> tuple[Arcs, Arcs]:
    """The rows of the silent, drawn with and without naming fewer, with the same luck."""
    first, second = respondents[pairs.first], respondents[pairs.second]
    unknown = ~(first & second)
    luck = rng.random((len(effects.there), int(unknown.sum())))
    filled = []
    for odds in (_thinned(pairs, effects, respondents), effects):
        there = np.repeat(seen.there, len(odds.there), axis=0)
        back = np.repeat(seen.back, len(odds.back), axis=0)
        some = Effects(odds.there[:, unknown], odds.back[:, unknown], odds.bonus, odds.fewer)
        known = Arcs(there[:, unknown], back[:, unknown])
        new = _filled(known, first[unknown], second[unknown], some, luck)
        there[:, unknown], back[:, unknown] = new.there, new.back
        filled.append(Arcs(there, back))
    return filled[0], filled[1]


def _filled(known: Arcs, first: Mask, second: Mask, odds: Effects, luck: Reals) -> Arcs:
    """The arcs of pairs in which the first, the second or both are silent."""
    there = odds.there * np.where(known.back, odds.bonus, 1)
    back = odds.back * np.where(known.there, odds.bonus, 1)
    both = drawn_pairs(odds, luck)
    return Arcs(
        np.where(first, known.there, np.where(second, luck * (1 + there) < there, both.there)),
        np.where(second, known.back, np.where(first, luck * (1 + back) < back, both.back)),
    )


def drawn_pairs(odds: Effects, luck: Reals) -> Arcs:
    """Both answers of each pair; `luck` below 0 or from 1 gives none."""
    both = odds.bonus * odds.there * odds.back
    at = luck * (1 + odds.there + odds.back + both)
    to_both = odds.there + both
    return Arcs((at >= 0) & (at < to_both), (at >= odds.there) & (at < to_both + odds.back))


def _asked_again(full: Arcs, odds: Effects, rng: np.random.Generator, stability: float) -> Arcs:
    """Keep both answers of a pair, or draw them again, so that `stability` of the arcs stay."""
    share = _redrawn_share(full, odds, stability)
    luck = rng.random(odds.there.shape)
    new = drawn_pairs(odds, luck / share)
    is_kept = luck >= share
    return Arcs(np.where(is_kept, full.there, new.there), np.where(is_kept, full.back, new.back))


def _redrawn_share(full: Arcs, odds: Effects, stability: float) -> Reals:
    """Which share of the pairs to draw again: some of the arcs come back by themselves."""
    both = odds.bonus * odds.there * odds.back
    total = 1 + odds.there + odds.back + both
    chance = (odds.there + both) * full.there + (odds.back + both) * full.back
    arcs = full.there.sum(1, keepdims=True) + full.back.sum(1, keepdims=True)
    fitted = (chance / total).sum(1, keepdims=True) / np.maximum(arcs, 1)
    share: Reals = np.clip((1 - stability) / np.maximum(1 - fitted, 1e-9), 1e-9, 1)
    return share
