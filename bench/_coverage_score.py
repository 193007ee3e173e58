"""From results to rows: how often an interval holds what it should, how wide it is, what is shown.

A row is one size, response, silence and world; six cells (kind x density) stand under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench import choice
from bench._coverage_grid import Cell

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
HAIR = 1e-9
"""An end that equals the figure holds it, whatever the last bit of a sum."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Intervals of k schools as a report would have them, with what they should hold."""

    truth: Values
    """(k, 7)"""
    again: Values
    """(k, occasions, 7)"""
    completion: Values
    """(k, 2, 7): low and high ends, of figures that are withheld too."""
    plain: Values
    """(k, 2, 7): 90 % of the draws, the silent naming as many as others, nothing widened."""
    remeasurement: Values
    """(k, 2, 7)"""
    shown: Mask
    """(k, 7): whose completion is not withheld."""
    shown_again: Mask
    """(k, 7): whose re-measurement is not withheld."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `schools` schools, with its standard error."""

    value: float
    error: float
    schools: int

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} % (s.e. {100 * self.error:.1f})"


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """Of one cell or row, per figure (k, 7), whether each interval holds, and what is shown."""

    completion: Values
    """1 when the interval holds the figure of the whole network, else 0."""
    plain: Values
    remeasurement: Values
    """The share of the fresh occasions that the interval holds."""
    width: Values
    plain_width: Values
    again_width: Values
    shown: Mask
    shown_again: Mask

    @property
    def schools(self) -> int:
        return len(self.shown)

    def shows(self, of: str) -> Mask:
        """(k, 7): where the interval that is spoken of is shown."""
        return self.shown_again if of in {"remeasurement", "again_width"} else self.shown

    def coverage(self, of: str, figure: int, *, only_shown: bool = True) -> Share | None:
        """How often it holds where the figure is shown, or else wherever it has ends.

        None when that is nowhere.
        """
        counts = self.shows(of)[:, figure] if only_shown else ~np.isnan(self.width[:, figure])
        values = getattr(self, of)[:, figure][counts]
        return share_of(values) if len(values) else None

    def mean_width(self, of: str, figure: int) -> float:
        """The mean width where the figure is shown; NaN when nowhere."""
        values = getattr(self, of)[:, figure][self.shows(of)[:, figure]]
        return float(values.mean()) if len(values) else float("nan")

    def beside_plain(self, figure: int) -> float:
        """The mean width in plain ones; NaN when nothing is shown, or nothing is open."""
        plain = self.mean_width("plain_width", figure)
        return self.mean_width("width", figure) / plain if plain > 0 else float("nan")

    def withheld(self, of: str, figure: int) -> float:
        """In which share of schools it is not shown."""
        return 1 - float(self.shows(of)[:, figure].mean())


@dataclass(frozen=True, slots=True)
class Row:
    """One size, response, silence and world, pooled; and its cells by kind and density."""

    people: int
    response: float
    silence: choice.Silence
    world: choice.World
    pooled: Score
    cells: dict[tuple[choice.Kind, choice.Density], Score]

    @property
    def name(self) -> str:
        silence = self.silence.replace("_", " ")
        return (
            f"{self.people} people, {round(100 * self.response)} %, {silence}, world {self.world}"
        )

    def worst(self, of: str, figure: int) -> Share | None:
        """The lowest coverage of its cells."""
        found = [cell.coverage(of, figure) for cell in self.cells.values()]
        shares = [share for share in found if share is not None]
        return min(shares, key=lambda share: share.value) if shares else None


def score(judged: Judged) -> Score:
    """What the intervals of one cell were worth."""
    return Score(
        completion=holds(judged.completion, judged.truth[:, None]).mean(axis=1),
        plain=holds(judged.plain, judged.truth[:, None]).mean(axis=1),
        remeasurement=holds(judged.remeasurement, judged.again).mean(axis=1),
        width=judged.completion[:, 1] - judged.completion[:, 0],
        plain_width=judged.plain[:, 1] - judged.plain[:, 0],
        again_width=judged.remeasurement[:, 1] - judged.remeasurement[:, 0],
        shown=judged.shown,
        shown_again=judged.shown_again,
    )


def holds(ends: Values, figures: Values) -> Values:
    """Shape (k, occasions, 7): 1 where a figure lies between the ends of its school's interval.

    A figure that does not exist (no arcs) is held by no interval.
    """
    low, high = ends[:, None, 0] - HAIR, ends[:, None, 1] + HAIR
    return ((low <= figures) & (figures <= high)).astype(float)


def share_of(values: Values) -> Share:
    """The mean over schools with its standard error, which shares of 0 and 1 have too.

    Schools are drawn apart, occasions of one school are not: the spread is between schools.
    With all the same, the error is that of half a school that went the other way.
    """
    number, mean = len(values), float(values.mean())
    spread = float(values.std(ddof=1)) if number > 1 else 0.5
    least = np.sqrt(0.5 / number * (1 - 0.5 / number))
    return Share(mean, max(spread, float(least)) / np.sqrt(number), number)


def together(scores: Iterable[Score]) -> Score:
    """Several cells as one."""
    listed = list(scores)
    return Score(
        **{
            name: np.concatenate([getattr(one, name) for one in listed])
            for name in Score.__dataclass_fields__
        }
    )


def rows_of(scores: Sequence[tuple[Cell, Score]]) -> list[Row]:
    """The rows of which every cell is there, in the order in which their cells come."""
    grouped: dict[
        tuple[int, float, choice.Silence, choice.World],
        dict[tuple[choice.Kind, choice.Density], Score],
    ] = {}
    for cell, one in scores:
        key = (cell.people, cell.response, cell.silence, cell.world)
        grouped.setdefault(key, {})[cell.kind, cell.density] = one
    return [
        Row(*key, together(found.values()), found)
        for key, found in grouped.items()
        if len(found) == len(choice.KINDS) * len(choice.DENSITIES)
    ]
