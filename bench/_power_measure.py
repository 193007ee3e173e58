"""What the test of change says of invented schools of which we know whether they changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from bench import choice
from bench._power_grid import FIGURES, Case, Portion
from bench.choice import Schools, Temper
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.change.swaps import Rows, differences, random_swaps, rows_of
from zwerm.analysis.change.testing import p_of, studentised
from zwerm.analysis.change.verdicts import (
    FAMILY,
    LEVEL,
    Change,
    Direction,
    Expectation,
    judged,
)

Values = npt.NDArray[np.float64]

SWAPS = 999
PILOTS = 40
OCCASIONS = 10
EXPECTATIONS = [
    Expectation(figure, direction) for figure in FAMILY for direction in get_args(Direction)
]
WORDS = ("fallen", "no_clear_change", "risen", "cannot_say")
assert FAMILY == FIGURES


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found of k schools. Figures in the order of FAMILY, NaN for one that is no part."""

    difference: Values
    """(k, 4): after less before, over who answered both times."""
    sd: Values
    """(k, 4): how far swaps spread it."""
    critical: Values
    """(k,): from which number of standard deviations one of the figures is called changed."""
    alone: Values
    """(k, 4): the same when that figure and its direction were written down."""
    word: Values
    """(k, 4): the place of the verdict in WORDS."""
    called: Values
    """(k, 4): -1, 0 or 1: what the test says when nobody asks how many answered."""
    one_by_one: Values
    """(k,): 1 where any of the four is beyond its own 10 %, as if it were the only one."""
    met: Values
    """(k, 8): 1 where an expectation (EXPECTATIONS) would have come true."""
    alarmed: Values
    """(k, 8): 1 where a report with that expectation would hold a risen or fallen."""
    twice: Values
    """(k,): how many answered both times."""
    stability: Values
    """(k,): the share of their arcs that was kept."""
    truth: Values
    """(k,): by how much the figure of this school that was planted really changed, over many
    occasions and with everybody answering; NaN when nothing was planted."""


FOUR, EIGHT = np.zeros((0, 4)), np.zeros((0, 8))
NONE = np.zeros(0)
NOBODY = Found(FOUR, FOUR, NONE, FOUR, FOUR, FOUR, NONE, EIGHT, EIGHT, NONE, NONE, NONE)


def measure(portion: Portion) -> Found:
    """Two scans of each of so many schools, and everything that is said of them.

    Of nobody when the change cannot be reached in schools of this kind.
    """
    try:
        before, after = tempers(portion.case)
    except ValueError:
        return NOBODY
    rng = np.random.default_rng(portion.seed)
    lasting = choice.schools(portion.case.people, portion.pairs, rng)
    truth = true_change(lasting, before, after, portion, rng)
    seen = [
        (*of_one(rows, rng), true)
        for rows, true in zip(compared(lasting, before, after, portion, rng), truth, strict=True)
    ]
    return Found(*(np.array(column, dtype=np.float64) for column in zip(*seen, strict=True)))


def compared(
    lasting: Schools, before: Temper, after: Temper, portion: Portion, rng: np.random.Generator
) -> Iterator[Rows]:
    """The two scans of each school."""
    case, leader = portion.case, lasting.leader.astype(np.float64)
    ties = [choice.occasion(lasting, temper, rng) for temper in (before, after)]
    answered = [choice.respondents(one, case.response, case.silence, rng) for one in ties]
    for number in range(portion.pairs):
        earlier, later = (arcs_of(ties[n][number], answered[n][number]) for n in (0, 1))
        yield rows_of(earlier, later, leader=leader)


def true_change(
    lasting: Schools, before: Temper, after: Temper, portion: Portion, rng: np.random.Generator
) -> Values:
    """The mean difference over many occasions: shape (k,)."""
    figure = portion.case.moved
    if figure is None:
        return np.full(portion.pairs, np.nan)
    values = [
        [
            choice.figures(choice.occasion(lasting, temper, rng), lasting.team, lasting.leader)[
                figure
            ]
            for _ in range(OCCASIONS)
        ]
        for temper in (before, after)
    ]
    earlier, later = np.mean(values, axis=1)
    change: Values = later - earlier
    return change


def tempers(case: Case) -> tuple[Temper, Temper]:
    """How the schools choose before and after; what was planted rises.

    From where these schools are; where the rise cannot be reached from there, to where they are,
    or from a little under it to a little over it.

    Raises:
        ValueError: no such rise can be reached.
    """
    calm = choice.temper_of(case.people, case.kind, case.density, case.world)
    if case.moved is None:
        return calm, calm
    pilots = choice.schools(case.people, PILOTS, np.random.default_rng(7))
    value = choice.expected(pilots, calm, case.moved, seed=8)
    for under in (0.0, 1.0, 0.5, 0.75, 0.25):
        low = value - under * case.by
        with suppress(ValueError):
            return with_value(calm, case, low), with_value(calm, case, low + case.by)
    raise ValueError(f"{case.moved} cannot rise by {case.by} in {case}")


def with_value(calm: Temper, case: Case, value: float) -> Temper:
    assert case.moved
    return choice.temper_with(calm, case.moved, value, pilots=PILOTS)


def of_one(rows: Rows, rng: np.random.Generator) -> tuple[object, ...]:
    """What is said of one school, in the order of Found."""
    found = differences(rows, random_swaps(rows, SWAPS, rng))
    plain = judged(rows, found, None)
    family = [name for name in FAMILY if plain.verdicts[name].p is not None]
    units = {name: studentised(found[name]) for name in family}
    largest = np.max([np.abs(values) for values in units.values()], axis=0)
    written = [judged(rows, found, wanted) for wanted in EXPECTATIONS]
    return (
        [nan(plain.verdicts[name].difference) for name in FAMILY],
        [nan(plain.verdicts[name].sd) for name in FAMILY],
        np.quantile(largest, 1 - LEVEL, method="higher"),
        [
            np.quantile(np.abs(units[name]), 1 - 2 * LEVEL, method="higher")
            if name in units
            else np.nan
            for name in FAMILY
        ],
        [WORDS.index(plain.verdicts[name].word) for name in FAMILY],
        [called(plain, number) for number in range(len(FAMILY))],
        float(any(p_of(np.abs(values)) <= LEVEL for values in units.values())),
        [float(one.expectation is not None and one.expectation.word == "met") for one in written],
        [float(has_call(one)) for one in written],
        rows.answered,
        nan(plain.arcs.stability),
    )


def nan(value: float | None) -> float:
    return np.nan if value is None else value


def called(change: Change, number: int) -> float:
    verdict = change.verdicts[FAMILY[number]]
    if verdict.p is None or verdict.difference is None or verdict.p > LEVEL:
        return 0.0
    return float(np.sign(verdict.difference))


def has_call(change: Change) -> bool:
    """Whether a report would hold a "risen" or "fallen"."""
    return any(verdict.word in ("risen", "fallen") for verdict in change.verdicts.values())
