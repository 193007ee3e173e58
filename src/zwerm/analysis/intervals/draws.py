"""Networks as they may be: completed for who did not answer, and asked again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Mask, Ties
from zwerm.analysis.intervals.pairs import FIGURES, Arcs, Ends, Pairs, Reals, arcs_in, figures_of
from zwerm.analysis.p2.likelihood import HIGHEST_BONUS, HIGHEST_EFFECT, HIGHEST_SAME

Odds = npt.NDArray[np.float32]
"""Single precision: chance is drawn no finer."""

LEAST = 1e-9
"""A share that is as good as none."""
AT_ONCE = 40_000
"""How many pairs are drawn at once: about what a core keeps at hand."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The figures of each draw: shape (s, 7) each, in order of `FIGURES`."""

    completion: Reals
    """As if everybody had answered, when silence goes with asking as with being asked."""
    at_random: Reals
    """The same when the silent name as many as others like them."""
    remeasurement: Reals
    """Asked again."""

    @property
    def each(self) -> tuple[Reals, Reals, Reals]:
        """The three of them."""
        return self.completion, self.at_random, self.remeasurement


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Some draws of the p2 model as odds: shape (w, n) of each person, (w, 1) of all."""

    sends: Odds
    draws: Odds
    inside: Odds
    """exp(g)"""
    bonus: Odds
    """R"""


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """The odds of some pairs: shape (w, p) each."""

    there: Odds
    back: Odds
    bonus: Odds
    """(w, 1)"""
    both: Odds
    total: Odds
    """Z"""


def drawn(
    pairs: Pairs,
    ties: Ties,
    respondents: Mask,
    points: Reals,
    shift: Reals,
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
        shift: shape (s, 1): how much higher the log odds are that a silent person names somebody.
        rng: chance.
        stability: which share of named ties would be named again.
    """
    sizes = (len(points), len(FIGURES))
    found = Drawn(np.empty(sizes), np.empty(sizes), np.empty(sizes))
    step = max(1, AT_ONCE // max(1, len(pairs.ends.first)))
    seen = arcs_in(pairs, ties)
    fixed = figures_of(pairs, seen) if respondents.all() and len(points) else None
    for start in range(0, len(points), step):
        rows = slice(start, start + step)
        plain = _effects(pairs, points[rows])
        moved = _moved(plain, respondents, shift[rows])
        full = seen
        if fixed is None:
            full, at_random = _completed(pairs, seen, respondents, moved, plain, rng)
            found.completion[rows] = figures_of(pairs, full)
            found.at_random[rows] = figures_of(pairs, at_random)
        else:
            found.completion[rows] = found.at_random[rows] = fixed
        again = asked_again(full, _chances(pairs.ends, moved), rng, stability)
        found.remeasurement[rows] = figures_of(pairs, again)
    return found


def _effects(pairs: Pairs, points: Reals) -> Effects:
    people = pairs.people
    effect = np.exp(np.minimum(points[:, :-2], HIGHEST_EFFECT)).astype(np.float32)
    shared = np.exp(np.minimum(points[:, -2:], [HIGHEST_SAME, HIGHEST_BONUS])).astype(np.float32)
    return Effects(effect[:, :people], effect[:, people:], shared[:, :1], shared[:, 1:])


def _moved(effects: Effects, respondents: Mask, shift: Reals) -> Effects:
    """The same effects, when the silent name fewer or more than others like them."""
    sends = effects.sends * np.exp(shift * ~respondents).astype(np.float32)
    return Effects(sends, effects.draws, effects.inside, effects.bonus)


def _chances(ends: Ends, effects: Effects) -> Chances:
    ease = (effects.inside - 1) * ends.same
    ease += 1
    there = effects.sends.take(ends.first, axis=1)
    there *= effects.draws.take(ends.second, axis=1)
    there *= ease
    back = effects.sends.take(ends.second, axis=1)
    back *= effects.draws.take(ends.first, axis=1)
    back *= ease
    both = there * back
    both *= effects.bonus
    total = there + back
    total += both
    total += 1
    return Chances(there, back, effects.bonus, both, total)


def _completed(
    pairs: Pairs,
    seen: Arcs,
    respondents: Mask,
    moved: Effects,
    plain: Effects,
    rng: np.random.Generator,
) -> tuple[Arcs, Arcs]:
    """The rows of the silent, moved and plain, with the same luck."""
    unknown = np.flatnonzero(~(respondents[pairs.ends.first] & respondents[pairs.ends.second]))
    ends = pairs.ends.only(unknown)
    known = Arcs(seen.there[:, unknown], seen.back[:, unknown])
    luck = rng.random((len(plain.sends), len(unknown)), dtype=np.float32)
    filled = []
    for effects in (moved, plain):
        new = _filled(known, ends, respondents, _chances(ends, effects), luck)
        there = np.repeat(seen.there, len(luck), axis=0)
        back = np.repeat(seen.back, len(luck), axis=0)
        there[:, unknown], back[:, unknown] = new.there, new.back
        filled.append(Arcs(there, back))
    return filled[0], filled[1]


def _filled(known: Arcs, ends: Ends, respondents: Mask, chances: Chances, luck: Odds) -> Arcs:
    """The arcs of pairs in which the first, the second or both are silent."""
    first, second = respondents[ends.first], respondents[ends.second]
    there = chances.there * np.where(known.back, chances.bonus, 1)
    back = chances.back * np.where(known.there, chances.bonus, 1)
    new = drawn_pairs(chances, luck)
    return Arcs(
        np.where(first, known.there, np.where(second, luck * (1 + there) < there, new.there)),
        np.where(second, known.back, np.where(first, luck * (1 + back) < back, new.back)),
    )


def drawn_pairs(chances: Chances, luck: Odds) -> Arcs:
    """Both answers of each pair; `luck` from 0 to 1, and from 1 there is no arc."""
    at = luck * chances.total
    to_both = chances.there + chances.both
    there, back = at < to_both, at >= chances.there
    to_both += chances.back
    back &= at < to_both
    return Arcs(there, back)


def asked_again(full: Arcs, chances: Chances, rng: np.random.Generator, stability: float) -> Arcs:
    """Keep both answers of a pair, or draw them again, so that `stability` of the arcs stay."""
    share = _redrawn_share(full, chances, stability)
    luck = rng.random(chances.there.shape, dtype=np.float32)
    kept = luck >= share
    luck /= share
    new = drawn_pairs(chances, luck)
    return Arcs(new.there | (full.there & kept), new.back | (full.back & kept))


def _redrawn_share(full: Arcs, chances: Chances, stability: float) -> Odds:
    """Which share of the pairs to draw again: some of the arcs come back by themselves."""
    likely = chances.there * full.there
    likely += chances.back * full.back
    arcs = full.there.astype(np.float32) + full.back
    likely += chances.both * arcs
    likely /= chances.total
    fitted = likely.sum(1, keepdims=True) / np.maximum(arcs.sum(1, keepdims=True), 1)
    share = (1 - stability) / np.maximum(1 - fitted, LEAST)
    redrawn: Odds = np.clip(share, LEAST, 1).astype(np.float32)
    return redrawn
