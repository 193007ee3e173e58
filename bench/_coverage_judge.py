"""From kept quantiles to intervals, by the code that a report uses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bench._coverage_score import Judged
from bench._coverage_store import Found
from zwerm.analysis.intervals import FIGURES, Basis, Draws, Interval, Intervals, intervals_from
from zwerm.analysis.intervals.draws import Drawn
from zwerm.analysis.intervals.withheld import SETTLED

Values = npt.NDArray[np.float64]

NOWHERE = Interval(math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Three looks at one school."""

    reported: Intervals
    """What a report would have."""
    open: Intervals
    """The same if everything rested on all answers: also what the report withholds for them."""
    plain: Intervals
    """And with nothing widened."""


def judged(found: Found) -> Judged:
    """The intervals of k schools, those that are withheld too."""
    each = [verdict(found, at) for at in range(len(found.truth))]
    settled = found.unsettled <= SETTLED
    return Judged(
        truth=found.truth,
        again=found.again,
        completion=np.stack([ends(one.open.completion) for one in each]),
        plain=np.stack([ends(one.plain.completion_at_random) for one in each]),
        remeasurement=np.stack([ends(one.open.remeasurement) for one in each]),
        shown=settled & np.stack([shown(one.reported.completion) for one in each]),
        shown_again=settled & np.stack([shown(one.reported.remeasurement) for one in each]),
    )


def verdict(found: Found, at: int) -> Verdict:
    """Three looks at one of the schools."""
    draws = draws_of(found, at)
    basis = replace(draws.basis, respondents=draws.basis.members, silent_asked_ratio=None)
    seen_through = replace(draws, basis=basis)
    return Verdict(
        reported=intervals_from(draws),
        open=intervals_from(seen_through),
        plain=intervals_from(seen_through, is_widened=False),
    )


def draws_of(found: Found, at: int) -> Draws:
    """One school as if its quantiles were its draws: their quantiles are the same ones."""
    members, respondents, leaders, groups, ratio = found.basis[at]
    observed = dict(zip(FIGURES, found.observed[at].tolist(), strict=True))
    return Draws(
        observed={figure: value for figure, value in observed.items() if not math.isnan(value)},
        basis=Basis(
            members=int(members),
            respondents=int(respondents),
            leaders=int(leaders),
            groups=int(groups),
            silent_asked_ratio=None if math.isnan(ratio) else float(ratio),
        ),
        bounds=found.bounds[at],
        drawn=Drawn(
            completion=twice(found.completion[at]),
            at_random=twice(found.at_random[at]),
            remeasurement=twice(found.remeasurement[at]),
        ),
    )


def twice(quantiles: Values) -> Values:
    """Quantiles, each twice, in two chains that run through them in steps of two.

    Twice, because of an even number the chains are as long; the quantiles of the outcome at
    `LEVELS` are again those. In steps, because sorted chains would seem not to have settled;
    whether the real ones have is kept apart, in `Found.unsettled`.
    """
    chain = np.concatenate([quantiles[::2], quantiles[1::2]])
    both: Values = np.concatenate([chain, chain])
    return both


def ends(intervals: Mapping[str, Interval]) -> Values:
    """Shape (2, 7): low and high, NaN where there is none."""
    found = [intervals.get(figure, NOWHERE) for figure in FIGURES]
    return np.array([[one.low for one in found], [one.high for one in found]])


def shown(intervals: Mapping[str, Interval]) -> npt.NDArray[np.bool_]:
    """Shape (7,): which figures have one."""
    return np.array([figure in intervals for figure in FIGURES])
