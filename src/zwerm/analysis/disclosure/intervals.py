"""How far a published figure may be off: the published value plus or minus whole steps (R5).

How many steps follows from what is published anyway: the figure itself, how many people the
school has, and the band of participation. It does not follow from anybody's answers, so an
interval tells nobody anything that was not told. The widths behind it are those of invented
schools of that size and participation: see docs/methods/report-intervals.md.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from zwerm.analysis.disclosure.figures import COUPLING_IN_QUARTERS, CUTS
from zwerm.analysis.disclosure.grid import ROUNDED_AT_RANDOM_UNDER, Shown, Withheld, Word, word_of
from zwerm.analysis.intervals.withheld import FEWEST_MEMBERS, SMALL, WIDEST
from zwerm.analysis.response import BROAD, FULL, Contract

FIGURES = ("mean_named", "reciprocity", "centralization", "coupling", "across")
"""The figures that are published with an interval."""

WORDS: tuple[Word, ...] = ("low", "middle", "high")
ROWS = (
    *("mean_named", "reciprocity", "coupling", "across"),
    *("centralization even", "centralization uneven"),
    *(f"centralization {word}" for word in WORDS),
)
"""The rows of the table of widths. Where questions are uneven a silent few hide more, so that
centralization has two; where it is published as a word, one for each, of how often it moves."""

UNEVEN = 0.2
MOVES = 0.1
"""A word that moves that way in more than one of ten schools may be another one."""

AT_RANDOM, TO_NEAREST = 1 - math.sqrt(0.1), 0.45
"""Within so many steps nine of ten values stay of where rounding moves them."""
SELDOM = 1.96
"""Standard deviations: chance alone goes further one time in twenty."""


@dataclass(frozen=True, slots=True)
class Steps:
    """So many whole steps below and above a published value; of a published word, whole words."""

    down: int
    up: int


@dataclass(frozen=True, slots=True)
class ShownIntervals:
    """What is published of how sure one figure is."""

    completion: Steps
    """Where it would lie had everybody answered, nine times in ten."""
    remeasurement: Steps
    """Where it would lie, nine times in ten, were the same people asked again next week."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Widths:
    """How far the truth lies from what was observed, in nine of ten invented schools."""

    members: tuple[int, ...]
    responses: tuple[float, ...]
    rows: dict[str, list[list[list[float]]]]
    """For each row, response and number of members: completion below and above, and the same of
    next week. Of the mean on the scale of logarithms; of a word the share that moves."""

    def at(self, row: str, members: int, answered: float) -> list[float]:
        """The four of a school; between two sizes on a straight line of their logarithms.

        Raises:
            ValueError: fewer answered than the table knows of.
        """
        known = [i for i, one in enumerate(self.responses) if one <= answered + 1e-9]
        if not known:
            raise ValueError(
                f"intervals need a response of {self.responses[0]:.0%}, got {answered:.0%}; "
                "below it show no figure of the network"
            )
        place = known[-1]
        sizes = np.log(self.members)
        columns = zip(*self.rows[row][place], strict=True)
        return [float(np.interp(math.log(members), sizes, column)) for column in columns]


@cache
def widths() -> Widths:
    """The table, as `./zwerm bench widths --write` made it."""
    text = resources.files(__package__).joinpath("widths.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return Widths(tuple(found["members"]), tuple(found["responses"]), found["widths"])


def least_answered(low: float, agreed: Contract) -> float:
    """The smallest share that can have answered, by the published band and class.

    Example:
        >>> least_answered(0.65, "full"), least_answered(0.9, "full")
        (0.8, 0.9)
    """
    return max(low, {"full": FULL, "broad": BROAD, "little": 0}[agreed] / 100)


def show_intervals(
    name: str, shown: Shown, respondents: int, *, members: int, answered: float
) -> ShownIntervals | Withheld:
    """How sure a published figure is, in whole steps.

    Args:
        name: one of FIGURES.
        shown: the figure as it is published.
        respondents: who count towards the floor. Of them only this is used: whether they are so
            few that values were rounded at random, which the published size class tells too.
        members: everybody on the roster.
        answered: the smallest share that can have answered, from `least_answered`.

    Returns:
        Withheld "few_members" where there is no good way to say how sure it is, and "too_wide"
        where it is so unsure that the figure itself cannot be said.

    Raises:
        ValueError: under 65 % answered.
    """
    if members < FEWEST_MEMBERS:
        return Withheld("few_members")
    if name == "mean_named" and members < SMALL and answered < FULL / 100:
        return Withheld("too_wide")
    if shown.kind == "word":
        found = _of_a_word(widths().at(f"{name} {shown.word}", members, answered))
    else:
        away = _in_its_unit(name, shown, widths().at(_row_of(name, shown), members, answered))
        if (away[0] + away[1]) / 2 > WIDEST.get(name, math.inf):
            return Withheld("too_wide")
        found = _of_a_value(shown, away, _rounded(respondents))
    return Withheld("too_wide") if may_be_anything(name, shown, found.completion) else found


def _row_of(name: str, shown: Shown) -> str:
    """The row of the table for a value."""
    if name != "centralization":
        return name
    assert shown.value is not None
    return f"{name} {'uneven' if shown.value >= UNEVEN else 'even'}"


def _in_its_unit(name: str, shown: Shown, away: list[float]) -> list[float]:
    """Widths as distances from the published value: the mean's grow with it."""
    if name != "mean_named":
        return away
    assert shown.value is not None
    signs = (-1, 1, -1, 1)
    return [
        shown.value * sign * math.expm1(sign * one) for sign, one in zip(signs, away, strict=True)
    ]


def _of_a_value(shown: Shown, away: list[float], rounding: float) -> ShownIntervals:
    """Whole steps, outward: the rounding of the value itself and the doubt, taken together."""
    assert shown.step
    steps = [math.ceil(math.hypot(one / shown.step, rounding) - 1e-9) for one in away]
    return ShownIntervals(_ending(shown, *steps[:2]), _ending(shown, *steps[2:]))


def _ending(shown: Shown, down: int, up: int) -> Steps:
    """From an end band everything below it, or above it, is within as well."""
    assert shown.value is not None
    assert shown.step
    if shown.end == "low":
        down = round(shown.value / shown.step)
    if shown.end == "high":
        up = round((1 - shown.value) / shown.step)
    return Steps(down, up)


def _of_a_word(moving: list[float]) -> ShownIntervals:
    """Whether a word may be the one below it, or the one above."""
    down, up, down_again, up_again = (int(one > MOVES) for one in moving)
    return ShownIntervals(Steps(down, up), Steps(down_again, up_again))


def ends(name: str, shown: Shown, steps: Steps) -> tuple[float, float]:
    """Between which values a figure lies, never beyond what is possible.

    Example:
        >>> ends("across", Shown("share", "low", 0.1, 0.1, "low"), Steps(1, 2))
        (0.0, 0.3)
    """
    assert shown.value is not None
    assert shown.step
    low = max(0.0, round(shown.value - steps.down * shown.step, 10))
    high = round(shown.value + steps.up * shown.step, 10)
    return low, high if name == "mean_named" else min(1.0, high)


def reach(name: str, shown: Shown, steps: Steps) -> tuple[Word, Word]:
    """The words for the two ends of an interval.

    Example:
        >>> reach("reciprocity", Shown("share", "low", 0.15, 0.05), Steps(1, 3))
        ('low', 'middle')
    """
    if shown.kind == "word":
        place = WORDS.index(shown.word)
        return WORDS[max(0, place - steps.down)], WORDS[min(2, place + steps.up)]
    assert shown.step
    low, high = ends(name, shown, steps)
    cuts = _cuts_of(name, shown)
    # An end that just touches the next word does not reach into it.
    inside = shown.step / 4
    return word_of(low + inside, shown.step, None, cuts), word_of(
        high - inside, shown.step, None, cuts
    )


def may_be_anything(name: str, shown: Shown, steps: Steps) -> bool:
    """Whether all three words lie within; where there are but two, everything possible."""
    if shown.kind != "word" and len(set(_cuts_of(name, shown))) == 1:
        return ends(name, shown, steps) == (0.0, 1.0)
    return reach(name, shown, steps) == ("low", "high")


def may_be_chance(shown: Shown, leaders: int, others: int, respondents: int) -> bool:
    """Whether posts that were dealt at random would couple as much, one time in twenty or more.

    It is asked of the published value, moved towards a half by what it may have been rounded: the
    same question about the exact one would be a second threshold on it. That posts are dealt at
    random moves coupling by the standard deviation of Mann & Whitney (1947); people who are asked
    equally often only make it smaller.

    Args:
        shown: coupling, as published.
        leaders: people with a formal post.
        others: people without.
        respondents: who count towards the floor, see `show_intervals`.

    Example:
        >>> may_be_chance(Shown("share", "high", 0.8, 0.1), 17, 67, 68)
        False
    """
    assert shown.value is not None
    assert shown.step
    away = abs(shown.value - 0.5) - _rounded(respondents) * shown.step
    deviation = math.sqrt((leaders + others + 1) / (12 * leaders * others))
    return away < SELDOM * deviation


def _rounded(respondents: int) -> float:
    """Within how many steps of a published value nine of ten lie that were rounded to it."""
    return AT_RANDOM if respondents < ROUNDED_AT_RANDOM_UNDER else TO_NEAREST


def _cuts_of(name: str, shown: Shown) -> tuple[float, float]:
    """Where the words of a figure begin, as it is published."""
    is_in_quarters = name == "coupling" and shown.step == 0.25
    return COUPLING_IN_QUARTERS if is_in_quarters else CUTS[name]
