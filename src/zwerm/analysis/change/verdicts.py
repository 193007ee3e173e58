"""Whether figures rose or fell between two scans, with a promise that holds for a whole report.

Source: docs/methods/change.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

from zwerm.analysis.arcs import Arcs, Mask, Numbers, Ties, arcs_of
from zwerm.analysis.change.falling import Word
from zwerm.analysis.change.kept import Kept, kept_of
from zwerm.analysis.change.swaps import Rows, Values, differences, random_swaps, rows_of
from zwerm.analysis.change.testing import p_of, spread_of, step_down, studentised

Figure = Literal["mean_named", "reciprocity", "centralization", "coupling"]
Direction = Literal["risen", "fallen"]
Reason = Literal["few_answers", "few_members", "few_leaders", "no_ties", "too_wide"]

FAMILY: tuple[Figure, ...] = get_args(Figure)
MATTERS: Mapping[Figure, float] = {
    "mean_named": 0.75,
    "reciprocity": 0.15,
    "centralization": 0.15,
    "coupling": 0.20,
}
"""The size from which a change matters, in the unit of the figure."""
FEWEST_ANSWERS = 20
"""Who answered both times: under this number no verdict is given."""
FEWEST_FOR_COUPLING = 40
LEVEL = 0.10
NINE_IN_TEN = 1.645
"""How many standard deviations lie on either side of nine in ten."""
FEWEST_SWAPS = 99


class Expectation(NamedTuple):
    """What a school wrote down before its next scan: one figure and its direction."""

    figure: Figure
    direction: Direction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an expectation: tested first and alone, one-sided at 10 %.

    Attributes:
        figure: what it was about.
        direction: which way it would go.
        word: met, not_met, or cannot_say with the verdict of the figure.
        p: one-sided; None when the figure was not tested.
    """

    figure: Figure
    direction: Direction
    word: Literal["met", "not_met", "cannot_say"]
    p: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """After less before, how much it differs by chance alone, and where nine in ten fall."""

    difference: float
    sd: float

    @property
    def low(self) -> float:
        return self.difference - NINE_IN_TEN * self.sd

    @property
    def high(self) -> float:
        return self.difference + NINE_IN_TEN * self.sd


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of one figure.

    Attributes:
        word: risen, fallen, no_clear_change, or cannot_say.
        reason: why nothing can be said; None for every other word.
        difference: after less before, over those who answered both times, in the unit of the
            figure; None where the figure does not exist.
        sd: the standard deviation of that difference without change.
        p: the p-value that the word rests on, already corrected for the other figures; None
            when the figure was not tested.
        low: the lower end of the interval of nine in ten of the change.
        high: its upper end.
    """

    word: Word
    reason: Reason | None
    difference: float | None
    sd: float | None
    p: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """Two scans of the same people compared.

    Attributes:
        people: how many stood on both rosters.
        answered_twice: how many of them answered both times. All that follows is about them.
        verdicts: a verdict for each of FAMILY.
        expectation: what became of what was written down; None when nothing was.
        without_verdict: Gini, share across groups and share unnamed, as far as they exist.
        arcs: how many arcs were kept, made and ended.
    """

    people: int
    answered_twice: int
    verdicts: dict[Figure, Verdict]
    expectation: Outcome | None
    without_verdict: dict[str, Difference]
    arcs: Kept

    @property
    def sd(self) -> dict[str, float]:
        """By how much each figure differs when the same people are asked again, as far as known.

        For the interval of re-measurement after a second scan: observed +- 1.645 x sd.
        """
        known = {name: one.sd for name, one in self.verdicts.items() if one.sd is not None}
        return known | {name: one.sd for name, one in self.without_verdict.items()}


def change_of(
    before: Ties | Arcs,
    after: Ties | Arcs,
    *,
    rng: np.random.Generator,
    group: Numbers | None = None,
    leader: Mask | Numbers | Values | None = None,
    expectation: tuple[Figure, Direction] | None = None,
    swaps: int = 999,
    progress: Callable[[float], None] | None = None,
) -> Change:
    """Whether mean named, reciprocity, centralization and coupling rose or fell.

    Without change it is as likely that somebody gave their two answers the other way round. So
    the two rows of each person who answered both times are exchanged at random, again and again,
    and what was seen is compared with what that gives. At most one report in ten without change
    holds a "risen" or "fallen"; with an expectation, one in five.

    Args:
        before: who names whom among the people on both rosters, at the earlier scan. `Arcs` say
            who answered; in a table of shape (m, m) everybody did.
        after: the same people in the same order, at the later scan.
        rng: draws the swaps.
        group: shape (m,), the number of each one's group (-1 for none), for the share across.
        leader: shape (m,), who is a formal leader, or each one's place on an ordered scale (NaN
            for none), for coupling. One marking for both scans, so that an appointment in
            between is no change in whom people ask.
        expectation: the figure and the direction that were written down before the later scan.
        swaps: how many times rows are exchanged.
        progress: called with the share that is done.

    Raises:
        ValueError: the two are not about the same number of people, or about nobody; a marking
            of another length; too few swaps; an expectation about something else.

    Source: docs/methods/change.md; Westfall & Young (1993), Resampling-Based Multiple Testing,
    algorithm 2.8 (step-down max-T).

    Example:
        >>> ring = np.roll(np.eye(25, dtype=bool), 1, axis=1)
        >>> star = np.zeros((25, 25), dtype=bool)
        >>> star[1:, 0] = True
        >>> change = change_of(ring, ring | star, rng=np.random.default_rng(1))
        >>> change.verdicts["mean_named"].word, change.verdicts["coupling"].reason
        ('risen', 'few_leaders')
    """
    rows = _compared(arcs_of(before), arcs_of(after), group, leader)
    if swaps < FEWEST_SWAPS:
        raise ValueError(f"swaps must be {FEWEST_SWAPS} or more, got {swaps}; 999 is usual")
    wanted = _checked(expectation)
    return judged(rows, differences(rows, random_swaps(rows, swaps, rng), progress), wanted)


def judged(rows: Rows, found: Mapping[str, Values], wanted: Expectation | None) -> Change:
    """The same, from the differences under swaps: each of shape (k,), the first as seen."""
    family: dict[Figure, Values] = {
        name: found[name] for name in FAMILY if _is_tested(rows, name, found)
    }
    called = called_of(family, wanted)
    verdicts = {name: _verdict(rows, name, found.get(name), called.get(name)) for name in FAMILY}
    return Change(
        people=rows.people,
        answered_twice=rows.answered,
        verdicts=verdicts,
        expectation=_outcome(family, wanted, verdicts) if wanted else None,
        without_verdict={
            name: Difference(float(values[0]), spread_of(values))
            for name, values in found.items()
            if name not in FAMILY and not np.isnan(values[0])
        },
        arcs=kept_of(rows),
    )


class Called(NamedTuple):
    """What the test says of one figure: where it went, if anywhere, and how surely."""

    direction: Direction | None
    p: float


def called_of(
    family: Mapping[Figure, Values], wanted: Expectation | None = None
) -> dict[Figure, Called]:
    """Which figures rose or fell: at most one set in ten without change holds a call.

    An expectation is tested first and alone, in its own direction. The other figures share a
    second one in ten, and so does the expected figure in the direction that nobody expected: a
    school that hoped for a rise must hear of a fall.

    Args:
        family: differences of shape (k,) of each figure that is tested, the first as seen.
        wanted: what was written down beforehand.
    """
    units = {name: studentised(values) for name, values in family.items()}
    sides = {name: np.abs(values) for name, values in units.items()}
    if wanted and wanted.figure in units:
        sides[wanted.figure] = -_towards(units[wanted.figure], wanted.direction)
    together = step_down(sides)
    called = {
        name: Called(_direction(units[name]) if p <= LEVEL else None, p)
        for name, p in together.items()
    }
    if wanted and wanted.figure in units:
        p = p_of(_towards(units[wanted.figure], wanted.direction))
        if p <= LEVEL:
            called[wanted.figure] = Called(wanted.direction, p)
    return called


def _towards(values: Values, direction: Direction) -> Values:
    return values if direction == "risen" else -values


def _direction(values: Values) -> Direction:
    return "risen" if values[0] > 0 else "fallen"


def _is_tested(rows: Rows, name: Figure, found: Mapping[str, Values]) -> bool:
    """Whether a figure is tested at all: this may not depend on who gave which answer when."""
    return name in found and not (name == "coupling" and rows.people < FEWEST_FOR_COUPLING)


def _verdict(rows: Rows, name: Figure, values: Values | None, called: Called | None) -> Verdict:
    if values is None or np.isnan(values[0]):
        return Verdict("cannot_say", _reason(rows, name, values), None, None, None, None, None)
    seen = Difference(float(values[0]), spread_of(values))
    word: Word = "no_clear_change"
    reason = _reason(rows, name, values)
    if reason is None and called and called.direction:
        word = called.direction
    elif reason is None and max(-seen.low, seen.high) > MATTERS[name]:
        reason = "too_wide"
    return Verdict(
        word="cannot_say" if reason else word,
        reason=reason,
        difference=seen.difference,
        sd=seen.sd,
        p=called.p if called else None,
        low=seen.low,
        high=seen.high,
    )


def _reason(rows: Rows, name: Figure, values: Values | None) -> Reason | None:
    """Why nothing can be said of a figure, whatever its difference; None when something can."""
    if rows.answered < FEWEST_ANSWERS:
        return "few_answers"
    if values is None:
        return "few_leaders"
    if name == "coupling" and rows.people < FEWEST_FOR_COUPLING:
        return "few_members"
    return "no_ties" if np.isnan(values[0]) else None


def _outcome(
    family: Mapping[Figure, Values], wanted: Expectation, verdicts: Mapping[Figure, Verdict]
) -> Outcome:
    figure, direction = wanted
    seen = verdicts[figure].word
    word: Literal["met", "not_met", "cannot_say"] = "met" if seen == direction else "not_met"
    p = p_of(_towards(studentised(family[figure]), direction)) if figure in family else None
    return Outcome(figure, direction, "cannot_say" if seen == "cannot_say" else word, p)


def _compared(
    before: Arcs,
    after: Arcs,
    group: Numbers | None,
    leader: Mask | Numbers | Values | None,
) -> Rows:
    if before.people != after.people:
        raise ValueError(
            f"before is about {before.people} people and after about {after.people}: give the "
            "people on both rosters, in the same order"
        )
    if not before.people:
        raise ValueError("the two scans share nobody: 0 people to compare; check the names")
    for name, marking in (("group", group), ("leader", leader)):
        if marking is not None and marking.shape != (before.people,):
            raise ValueError(
                f"{name} must have shape ({before.people},), got {marking.shape}: one for each "
                "of the people on both rosters"
            )
    return rows_of(before, after, group, None if leader is None else leader.astype(np.float64))


def _checked(expectation: tuple[Figure, Direction] | None) -> Expectation | None:
    if expectation is None:
        return None
    figure, direction = expectation
    if figure not in FAMILY or direction not in get_args(Direction):
        raise ValueError(
            f"an expectation is about one of {', '.join(FAMILY)}, and risen or fallen; "
            f"got {figure} and {direction}"
        )
    return Expectation(figure, direction)
