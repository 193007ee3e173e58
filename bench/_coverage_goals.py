"""The goals of the intervals, one by one, each held or not with its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench import choice
from bench._coverage_grid import GOAL_SILENCES
from bench._coverage_score import Row, Share

POOLED = 0.85
CELL = 0.80
FEW = 20
WIDEST = 1.3
WIDEST_MEAN = 2.3
MEAN = choice.FIGURES.index("mean_named")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with where it is not held; `checked` counts where it was looked at."""

    says: str
    checked: int
    broken: tuple[str, ...]
    nearest: str

    @property
    def is_held(self) -> bool:
        return self.checked > 0 and not self.broken


@dataclass(frozen=True, slots=True)
class Look:
    """One figure in one row or cell, looked at for one goal; `room` is below zero when broken."""

    says: str
    room: float


def goals(rows: Sequence[Row]) -> list[Goal]:
    """Every goal of the intervals over the rows that were measured."""
    ours = [row for row in rows if row.silence in GOAL_SILENCES]
    partly = [row for row in ours if row.response < 1]
    return [
        goal("completion holds the figure in at least 85 % of schools, pooled", pooled(partly)),
        goal(
            "completion holds it in no cell in under 80 % by more than two standard errors",
            in_cells(partly, "completion", always=True),
        ),
        goal(
            "its width is at most 1.3 times the plain 90 % interval, on average",
            widths(partly, lambda figure: figure != MEAN, WIDEST),
        ),
        goal(
            "for mean named (and density) at most 2.3 times",
            widths(partly, lambda figure: figure == MEAN, WIDEST_MEAN),
        ),
        goal("with everybody's answers it has no width, and is right", full(ours)),
        goal(
            "re-measurement holds a fresh occasion in at least 85 %, pooled, in both worlds",
            pooled(ours, "remeasurement"),
        ),
        goal(
            "re-measurement holds it in at least 80 % in every cell of 20 schools that show it",
            in_cells(ours, "remeasurement", always=False),
        ),
    ]


def goal(says: str, looks: Iterator[Look]) -> Goal:
    found = sorted(looks, key=lambda look: look.room)
    return Goal(
        says=says,
        checked=len(found),
        broken=tuple(look.says for look in found if look.room < 0),
        nearest=found[0].says if found else "nothing was measured",
    )


def pooled(rows: Sequence[Row], of: str = "completion") -> Iterator[Look]:
    """Every shown figure of every row: at least 85 %."""
    for row in rows:
        for number, figure in enumerate(choice.FIGURES):
            share = row.pooled.coverage(of, number)
            if share is not None:
                yield Look(f"{figure} at {row.name}: {share}", share.value - POOLED)


def in_cells(rows: Sequence[Row], of: str, *, always: bool) -> Iterator[Look]:
    """Every shown figure of every cell: at least 80 %.

    Two standard errors less is allowed, `always` or only where so few schools show the figure
    that their share says nothing.
    """
    for row in rows:
        for (kind, density), cell in row.cells.items():
            for number, figure in enumerate(choice.FIGURES):
                share = cell.coverage(of, number)
                if share is not None:
                    says = f"{figure} at {row.name}, {kind}, {density}: {share}"
                    allowed = 2 * error_at(share) if always or share.schools < FEW else 0.0
                    yield Look(says, share.value - CELL + allowed)


def error_at(share: Share) -> float:
    """The standard error that a share of 80 % of as many schools has."""
    return math.sqrt(CELL * (1 - CELL) / share.schools)


def widths(rows: Sequence[Row], chosen: Callable[[int], bool], most: float) -> Iterator[Look]:
    """The chosen figures of every row: how wide beside the plain interval."""
    for row in rows:
        for number, figure in enumerate(choice.FIGURES):
            beside = row.pooled.beside_plain(number)
            if chosen(number) and not math.isnan(beside):
                yield Look(f"{figure} at {row.name}: {beside:.2f} times", most - beside)


def full(rows: Sequence[Row]) -> Iterator[Look]:
    """Rows in which everybody answered: no width, and the figure itself."""
    for row in rows:
        if row.response == 1:
            for number, figure in enumerate(choice.FIGURES):
                share = row.pooled.coverage("completion", number)
                if share is not None:
                    width = row.pooled.mean_width("width", number)
                    is_exact = share.value == 1 and width == 0
                    says = f"{figure} at {row.name}: width {width:.3g}, held in {share}"
                    yield Look(says, 0.0 if is_exact else -1.0)
