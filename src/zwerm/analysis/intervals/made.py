"""Intervals for one network or for many: what if all had answered, and if asked again?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Arcs, Mask, Numbers, Ties, arcs_of
from zwerm.analysis.intervals.fitted import CHAINS, Draws, Networks, draws_of_many
from zwerm.analysis.intervals.pairs import FIGURES, Reals
from zwerm.analysis.intervals.settled import split_rhat
from zwerm.analysis.intervals.withheld import SETTLED, Reason, barred, barred_again, too_wide

ENDS = (0.05, 0.95)
WIDENED = ((20, 1.2, 1.2), (40, 1.14, 1.14), (100, 1.1, 1.05))
"""With fewer members than the first: by how much completion is widened, and mean named."""
WIDENED_LARGE = dict.fromkeys(("reciprocity", "centralization", "coupling", "across"), 1.1)
"""The same with more members: the others are wide enough by what is assumed of the silent."""
WIDENED_AGAIN = 1.14
DRAWS = 500
STABILITY = 0.5


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """How sure the figures of one network are. The keys are those of `FIGURES`.

    A figure without an interval stands in `withheld` with its reason, and in no other of these but
    `observed`. One that is only withheld when asked again stands in `withheld_again`. `coupling`
    stands nowhere when nobody leads or everybody does, `across` when there are no groups.
    """

    observed: dict[str, float]
    """As `zwerm.analysis.network` gives it of who answered."""
    estimate: dict[str, float]
    """The median of what it would be if everybody had answered."""
    completion: dict[str, Interval]
    """Where it would be, nine times in ten, if everybody had answered."""
    completion_at_random: dict[str, Interval]
    """The same if the silent name as many as others like them."""
    remeasurement: dict[str, Interval]
    """Where it would fall, nine times in ten, if the same people were asked again."""
    withheld: dict[str, Reason]
    withheld_again: dict[str, Reason]
    silent_asked_ratio: float | None
    """How often the silent are asked, divided by the others; None under ten silent people."""


def intervals_of(
    ties: Ties | Arcs,
    respondents: Mask | None = None,
    *,
    rng: np.random.Generator,
    group: Numbers | None = None,
    leader: Mask | None = None,
    stability: float = STABILITY,
    draws: int = DRAWS,
    progress: Callable[[float], None] | None = None,
) -> Intervals:
    """The intervals of one network.

    Args:
        ties: shape (n, n), or arcs.
        respondents: shape (n,), who answered; everybody when not given.
        rng: chance; the same seed gives the same intervals.
        group: shape (n,), the number of each one's group, -1 for none.
        leader: shape (n,), who is a formal leader.
        stability: which share of named ties would be named again, from 0 to 1.
        draws: how many networks to draw.
        progress: called with the share that is done.

    Raises:
        ValueError: shapes that do not belong together, a stability outside 0-1, few draws, or more
            than 2,000 people.
    """
    arcs = arcs_of(ties, respondents)
    table = np.zeros((1, arcs.people, arcs.people), dtype=bool)
    table[0, arcs.source, arcs.target] = True
    one = Networks(
        table,
        arcs.respondents[None],
        None if group is None else group[None],
        None if leader is None else leader[None],
    )
    found = draws_of_many(one, rng=rng, stability=stability, draws=draws, progress=progress)
    return intervals_from(found[0])


def intervals_of_many(
    networks: Networks,
    *,
    rng: np.random.Generator,
    stability: float = STABILITY,
    draws: int = DRAWS,
    progress: Callable[[float], None] | None = None,
) -> list[Intervals]:
    """The same for k networks of n people each, much quicker than one by one."""
    found = draws_of_many(networks, rng=rng, stability=stability, draws=draws, progress=progress)
    return [intervals_from(one) for one in found]


def intervals_from(draws: Draws, *, is_widened: bool = True) -> Intervals:
    """Intervals out of draws; not widened only to check the model itself."""
    reasons = _reasons(draws)
    factors = {one: _widening(one, draws.basis.members) if is_widened else 1.0 for one in FIGURES}
    completion = _completion(draws, draws.drawn.completion, factors, reasons)
    reasons |= _wide(completion)
    again = _again(draws, WIDENED_AGAIN if is_widened else 1.0, reasons)
    reasons_again = _wide(again) | _barred_again(draws, again)
    return Intervals(
        observed=draws.observed,
        estimate=_medians(draws, reasons),
        completion=_without(completion, reasons),
        completion_at_random=_completion(draws, draws.drawn.at_random, factors, reasons),
        remeasurement=_without(again, reasons_again),
        withheld=reasons,
        withheld_again=reasons_again,
        silent_asked_ratio=draws.basis.silent_asked_ratio,
    )


def _widening(figure: str, members: int) -> float:
    for most, factor, of_mean in WIDENED:
        if members < most:
            return of_mean if figure == "mean_named" else factor
    return WIDENED_LARGE.get(figure, 1.0)


def _reasons(draws: Draws) -> dict[str, Reason]:
    """Why figures have no interval, before it is known how wide they are."""
    found: dict[str, Reason] = {}
    for figure in draws.figures:
        reason = barred(figure, draws.basis) or _unfit(draws, figure)
        if reason:
            found[figure] = reason
    return found


def _unfit(draws: Draws, figure: str) -> Reason | None:
    """Whether the draws are of no use."""
    each = np.stack([of[:, FIGURES.index(figure)] for of in draws.drawn.each], axis=1)
    if not each.size or np.isnan(each).any():
        return "few_arcs"
    rhat = split_rhat(each.reshape(CHAINS, -1, each.shape[1]))
    return "not_settled" if (rhat > SETTLED).any() else None


def _barred_again(draws: Draws, intervals: dict[str, Interval]) -> dict[str, Reason]:
    reasons = {figure: barred_again(figure, draws.basis) for figure in intervals}
    return {figure: reason for figure, reason in reasons.items() if reason}


def _wide(intervals: dict[str, Interval]) -> dict[str, Reason]:
    wide: Reason = "too_wide"
    return {
        figure: wide for figure, one in intervals.items() if too_wide(figure, one.low, one.high)
    }


def _without(intervals: dict[str, Interval], reasons: dict[str, Reason]) -> dict[str, Interval]:
    return {figure: one for figure, one in intervals.items() if figure not in reasons}


def _medians(draws: Draws, reasons: dict[str, Reason]) -> dict[str, float]:
    found = {}
    for figure in draws.figures:
        if figure not in reasons:
            values = draws.drawn.completion[:, FIGURES.index(figure)]
            found[figure] = float(np.median(values))
    return found


def _completion(
    draws: Draws, values: Reals, factors: dict[str, float], reasons: dict[str, Reason]
) -> dict[str, Interval]:
    """Quantiles, widened about their middle, within what the answers allow."""
    found = {}
    for figure in draws.figures:
        if figure not in reasons:
            at = FIGURES.index(figure)
            low, high = np.quantile(values[:, at], ENDS)
            found[figure] = _widened(low, high, factors[figure], *draws.bounds[at])
    return found


def _again(draws: Draws, factor: float, reasons: dict[str, Reason]) -> dict[str, Interval]:
    """Quantiles, stretched to hold what the figure is now, and widened about their middle."""
    found, now = {}, _medians(draws, reasons)
    for figure, value in now.items():
        low, high = np.quantile(draws.drawn.remeasurement[:, FIGURES.index(figure)], ENDS)
        most = draws.basis.members - 1 if figure == "mean_named" else 1
        found[figure] = _widened(min(low, value), max(high, value), factor, 0, most)
    return found


def _widened(low: float, high: float, factor: float, least: float, most: float) -> Interval:
    middle, half = (low + high) / 2, (high - low) / 2 * factor
    ends = np.clip([middle - half, middle + half], least, most)
    return Interval(float(ends[0]), float(ends[1]))
