"""From what was said of invented schools to shares, their errors, and sizes that can be seen."""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from bench._power_grid import FIGURES, Case
from bench._power_measure import EXPECTATIONS, WORDS, Found
from zwerm.analysis.change.verdicts import FEWEST_ANSWERS, Expectation

Values = npt.NDArray[np.float64]

POWER = 0.8
RISEN, FALLEN = WORDS.index("risen"), WORDS.index("fallen")
RESAMPLES = 200


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole

    @property
    def error(self) -> float:
        """The standard error."""
        return math.sqrt(self.value * (1 - self.value) / self.whole)

    @property
    def upper(self) -> float:
        """The upper limit of 95 %, one-sided and exact.

        Source: Clopper & Pearson (1934), Biometrika 26(4), 404-413.
        """
        if self.part == self.whole:
            return 1.0
        return float(stats.beta.ppf(0.95, self.part + 1, self.whole - self.part))


def share_of(is_so: npt.NDArray[np.bool_]) -> Share:
    return Share(int(is_so.sum()), is_so.size)


def moved(found: Found) -> npt.NDArray[np.bool_]:
    """Which reports hold a risen or fallen: shape (k,)."""
    return np.asarray(np.isin(found.word, [RISEN, FALLEN]).any(axis=1), dtype=np.bool_)


def needed(found: Found, figure: int, *, expected: bool) -> Values:
    """Which size each school would have needed for a call, a rise and a fall: shape (2k,).

    As if a change of size d only added d to the difference that is seen. That is too rosy: a real
    change also widens what swaps give. `factors` mends it.
    """
    critical = found.alone[:, figure] if expected else found.critical
    bar, by_itself = critical * found.sd[:, figure], found.difference[:, figure]
    sizes: Values = np.concatenate([bar - by_itself, bar + by_itself])
    return sizes


def shifted(found: Found, figure: int, *, expected: bool) -> float:
    """The size that eight of ten schools would have needed or less; NaN for what is not tested."""
    if np.isnan(found.alone[:, figure]).any():
        return math.nan
    return float(np.nanquantile(needed(found, figure, expected=expected), POWER))


def relative_error(found: Found, figure: int) -> float:
    """The standard error of `shifted` as a share of it, by drawing the schools anew."""
    rng = np.random.default_rng(1)
    pairs = needed(found, figure, expected=False).reshape(2, -1)
    drawn = [
        np.nanquantile(pairs[:, rng.integers(0, pairs.shape[1], pairs.shape[1])], POWER)
        for _ in range(RESAMPLES)
    ]
    return float(np.std(drawn) / shifted(found, figure, expected=False))


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """Schools in which one figure was made to rise: how much, in units of `shifted`; and seen?"""

    size: Values
    is_seen: npt.NDArray[np.bool_]

    def __add__(self, other: Trials) -> Trials:
        return Trials(
            np.concatenate([self.size, other.size]),
            np.concatenate([self.is_seen, other.is_seen]),
        )

    def draw(self, rng: np.random.Generator) -> Trials:
        chosen = rng.integers(0, len(self.size), len(self.size))
        return Trials(self.size[chosen], self.is_seen[chosen])

    def at_power(self) -> float:
        """The size that is seen in eight of ten, by probit regression on the size."""
        wanted = self.is_seen.astype(float)

        def misfit(line: Values) -> float:
            share = stats.norm.cdf(line[0] + line[1] * self.size).clip(1e-9, 1 - 1e-9)
            return float(-np.mean(wanted * np.log(share) + (1 - wanted) * np.log1p(-share)))

        start, slope = optimize.minimize(misfit, np.array([-2.0, 2.0]), method="Nelder-Mead").x
        return float((stats.norm.ppf(POWER) - start) / slope)

    def error(self) -> float:
        """The standard error of `at_power`, by drawing the schools anew."""
        rng = np.random.default_rng(1)
        return float(np.std([self.draw(rng).at_power() for _ in range(RESAMPLES // 4)]))


def trials(found: Found, case: Case, shift: float, *, expected: bool) -> Trials:
    """What was seen of the changes that were planted in a cell."""
    figure = FIGURES.index(case.moved or "mean_named")
    written = EXPECTATIONS.index(Expectation(FIGURES[figure], "risen"))
    is_seen = found.met[:, written] > 0 if expected else found.word[:, figure] == RISEN
    return Trials(found.truth / shift, is_seen)


def all_trials(cells: Mapping[Case, Found], figure: str, *, expected: bool) -> dict[Case, Trials]:
    """The trials of one figure, by the cell without a change that they belong to."""
    together: dict[Case, Trials] = {}
    number = FIGURES.index(figure)
    for case, found in cells.items():
        if case.moved == figure and case.still in cells:
            shift = shifted(cells[case.still], number, expected=expected)
            one = trials(found, case, shift, expected=expected)
            together[case.still] = together[case.still] + one if case.still in together else one
    return together


def factors_of(cells: Mapping[Case, Found]) -> dict[tuple[str, bool], Trials]:
    """By figure, and by whether it was expected: how many times `shifted` a change must be.

    One factor for all cells, since the trials of one cell are few: their `at_power`.
    """
    factors: dict[tuple[str, bool], Trials] = {}
    for figure, expected in itertools.product(FIGURES, (False, True)):
        found = list(all_trials(cells, figure, expected=expected).values())
        if found:
            factors[figure, expected] = functools.reduce(operator.add, found)
    return factors


def visible(
    found: Found, factors: Mapping[tuple[str, bool], float], *, expected: bool
) -> dict[str, float]:
    """The smallest change of each tested figure that is called in eight of ten schools."""
    sizes = {
        name: shifted(found, number, expected=expected) * factors.get((name, expected), math.nan)
        for number, name in enumerate(FIGURES)
    }
    return {name: size for name, size in sizes.items() if not math.isnan(size)}


def wrong_way(cells: Mapping[Case, Found], still: Case, figure: str) -> Share:
    """How often a rise that was planted is called a fall."""
    words = [
        found.word[:, FIGURES.index(figure)]
        for case, found in cells.items()
        if case.moved == figure and case.still == still
    ]
    return share_of(np.concatenate(words) == FALLEN)


def is_enough(case: Case) -> bool:
    """Whether so many are expected to answer both times that a verdict is given."""
    return case.people * case.response**2 >= FEWEST_ANSWERS
