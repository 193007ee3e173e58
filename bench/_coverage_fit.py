"""One portion of schools: made, asked, fitted, and what is kept of it."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt

from bench import choice
from bench._coverage_grid import AGAIN, Portion
from bench._coverage_store import LEVELS, Found
from zwerm.analysis.intervals import FIGURES, STABILITY, Draws, Networks, draws_of_many
from zwerm.analysis.intervals.fitted import CHAINS
from zwerm.analysis.intervals.settled import split_rhat

Values = npt.NDArray[np.float64]
Many = choice.Many


def measure(portion: Portion, draws: int) -> Found:
    """Everything that the scores of this portion need; the same each time."""
    ties, again, lasting = schools_of(portion)
    rng = portion.answer_seed()
    answered = choice.respondents(ties, portion.cell.response, portion.cell.silence, rng)
    asked = Networks(
        ties,
        answered,
        np.repeat(lasting.team[None], len(ties), axis=0),
        np.repeat(lasting.leader[None], len(ties), axis=0),
    )
    return fitted(asked, table(ties, lasting), again, rng, draws)


def schools_of(portion: Portion) -> tuple[Many, Values, choice.Schools]:
    """The networks (k, n, n), their figures on fresh occasions (k, AGAIN, 7), and what lasts."""
    rng = portion.school_seed()
    lasting = choice.schools(portion.cell.people, portion.schools, rng)
    ties = choice.occasion(lasting, portion.cell.temper, rng)
    again = [
        table(choice.occasion(lasting, portion.cell.temper, rng), lasting) for _ in range(AGAIN)
    ]
    return ties, np.stack(again, axis=1), lasting


def table(ties: Many, lasting: choice.Schools) -> Values:
    """The figures of complete networks: shape (k, 7)."""
    found = choice.figures(ties, lasting.team, lasting.leader)
    return np.column_stack([found[figure] for figure in FIGURES])


def fitted(
    asked: Networks, truth: Values, again: Values, rng: np.random.Generator, draws: int
) -> Found:
    """Fit the model to what was answered, and keep the quantiles of its draws."""
    started = time.process_time()
    made = draws_of_many(asked, rng=rng, stability=STABILITY, draws=draws)
    spent = (time.process_time() - started) / len(made)
    return Found(
        truth=truth,
        again=again,
        observed=np.array([observed(one) for one in made]),
        completion=quantiles([one.drawn.completion for one in made]),
        at_random=quantiles([one.drawn.at_random for one in made]),
        remeasurement=quantiles([one.drawn.remeasurement for one in made]),
        bounds=np.array([one.bounds for one in made]),
        unsettled=np.array([unsettled(one) for one in made]),
        basis=np.array([basis(one) for one in made]),
        seconds=np.full(len(made), spent),
    )


def observed(one: Draws) -> list[float]:
    """The figures of who answered, in order; NaN where one does not exist."""
    return [one.observed.get(figure, float("nan")) for figure in FIGURES]


def quantiles(each: list[Values]) -> Values:
    """Shape (k, levels, 7)."""
    return np.stack([np.quantile(draws, LEVELS, axis=0) for draws in each])


def unsettled(one: Draws) -> Values:
    """The worst split R-hat of the three, for each figure."""
    each = [draws.reshape(CHAINS, -1, len(FIGURES)) for draws in one.drawn.each]
    worst: Values = np.max([split_rhat(draws) for draws in each], axis=0)
    return worst


def basis(one: Draws) -> list[float]:
    """What it rests on, as numbers."""
    rests, ratio = one.basis, one.basis.silent_asked_ratio
    told = float("nan") if ratio is None else ratio
    return [rests.members, rests.respondents, rests.leaders, rests.groups, told]
