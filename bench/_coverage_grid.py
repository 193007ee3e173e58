"""Which schools the coverage benchmark asks, and by which seeds: the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from bench import choice

SIZES = (12, 25, 60, 150)
RESPONSES = (1.0, 0.8, 0.65)
GOAL_SILENCES: tuple[choice.Silence, ...] = ("at_random", "less_connected")
STRESS_SILENCES: tuple[choice.Silence, ...] = (
    "stronger",
    "much_asked",
    "asked_only",
    "asks_little",
)
PORTION = 20
"""So many schools of one cell are one piece of work: what is lost when somebody stops it."""
AGAIN = 24
"""On how many fresh occasions the same people are asked again."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Schools of one size, response, silence, kind, density and world."""

    people: int
    response: float
    silence: choice.Silence
    kind: choice.Kind
    density: choice.Density
    world: choice.World

    @property
    def name(self) -> str:
        """The name of the cell, as its files have it."""
        parts = (
            f"n{self.people:03d}",
            f"r{round(100 * self.response):03d}",
            self.silence,
            self.kind,
            self.density,
            self.world,
        )
        return "-".join(parts)

    @property
    def temper(self) -> choice.Temper:
        return choice.temper_of(self.people, self.kind, self.density, self.world)

    def is_of_the_goal(self) -> bool:
        """Whether the goals speak of it; the others show how the method bends."""
        return self.silence in GOAL_SILENCES


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of the schools of a cell: the work between two saved results."""

    cell: Cell
    number: int
    schools: int

    @property
    def name(self) -> str:
        return f"{self.cell.name}-{self.number:02d}"

    @property
    def people(self) -> int:
        return self.cell.people

    def school_seed(self) -> np.random.Generator:
        """The same schools whatever the response and who is silent: differences then show."""
        cell = self.cell
        words = f"{cell.people} {cell.kind} {cell.density} {cell.world} {self.number}"
        return np.random.default_rng([1, crc32(words.encode())])

    def answer_seed(self) -> np.random.Generator:
        return np.random.default_rng([2, crc32(self.name.encode())])


def cells(sizes: Sequence[int], *, stress: bool = True) -> Iterator[Cell]:
    """The grid of the goals, smallest schools first; then, in world A, the harder silences."""
    for people in sizes:
        for response, silence in answers():
            for kind in choice.KINDS:
                for density in choice.DENSITIES:
                    for world in worlds(silence):
                        if stress or silence in GOAL_SILENCES:
                            yield Cell(people, response, silence, kind, density, world)


def answers() -> list[tuple[float, choice.Silence]]:
    """Response and silence; when everybody answers, there is no silence to speak of."""
    silences = (*GOAL_SILENCES, *STRESS_SILENCES)
    partly = [(response, silence) for silence in silences for response in RESPONSES[1:]]
    return [(1.0, "at_random"), *partly]


def worlds(silence: choice.Silence) -> tuple[choice.World, ...]:
    return choice.WORLDS if silence in GOAL_SILENCES else ("A",)


def portions(cell: Cell, networks: int) -> list[Portion]:
    """The pieces of work of one cell; the first are the same, however many follow."""
    starts = range(0, networks, PORTION)
    return [
        Portion(cell, number, min(PORTION, networks - start)) for number, start in enumerate(starts)
    ]
