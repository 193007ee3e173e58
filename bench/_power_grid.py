"""Which schools the benchmark of change compares with themselves, with and without a change."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from bench import choice
from bench.choice import Density, Kind, Movable, Silence, World

PEOPLE = (20, 25, 40, 60, 84, 120, 150)
RESPONSES = (1.0, 0.8, 0.65)
PAIRS = 25
"""How many schools, of two scans each, are measured at once."""

PLANTED: tuple[tuple[int, float, World], ...] = (
    (25, 1.0, "A"),
    (40, 0.8, "A"),
    (60, 0.8, "A"),
    (60, 0.8, "B"),
    (120, 0.8, "A"),
)
"""In which schools changes are planted: people, the share that answers, and the world."""
TIMES = (0.75, 1.3)
"""How large: so many times the size from which swaps without a change would see them."""
FIGURES: tuple[Movable, ...] = ("mean_named", "reciprocity", "centralization", "coupling")


@dataclass(frozen=True, slots=True)
class Case:
    """Schools of one sort: all that a cell of a table is about, and the kind of network."""

    people: int
    world: World
    response: float
    kind: Kind
    density: Density
    silence: Silence = "at_random"
    moved: Movable | None = None
    by: float = 0.0
    """The size of the change of `moved`."""

    @property
    def still(self) -> Case:
        """The same schools without a change."""
        return replace(self, moved=None, by=0.0)


@dataclass(frozen=True, slots=True)
class Portion:
    """A number of schools of one case: the least that is measured at once."""

    case: Case
    number: int
    pairs: int = PAIRS

    @property
    def name(self) -> str:
        case = self.case
        moved = f"-{case.moved}-{case.by:.4f}" if case.moved else ""
        return (
            f"{case.people}-{case.world}-{round(100 * case.response)}-{case.silence}-"
            f"{case.kind}-{case.density}{moved}-{self.number}"
        )

    @property
    def seed(self) -> int:
        """The same for the same portion, whatever was measured before it."""
        return zlib.crc32(self.name.encode())


def cell(people: int, world: World, response: float, silence: Silence = "at_random") -> Case:
    """A cell of a table: it stands for all kinds and densities, which are pooled."""
    return Case(people, world, response, "even", "sparse", silence)


def still_cells(people: tuple[int, ...] = PEOPLE) -> list[Case]:
    """Cells without a change; two more in which the less connected are the silent ones."""
    cells = [
        cell(number, world, response)
        for world, response, number in product(choice.WORLDS, RESPONSES, people)
    ]
    for number, world in product((60, 120), choice.WORLDS):
        if number in people:
            cells.append(cell(number, world, 0.8, "less_connected"))
    return cells


def planted_cells(sizes: Mapping[Case, Mapping[str, float]]) -> list[Case]:
    """Cells with changes of several sizes, for each figure that is tested in them."""
    return [
        replace(cell, moved=figure, by=round(times * by[figure], 4))
        for cell, by in sizes.items()
        for figure in FIGURES
        for times in TIMES
        if figure in by
    ]


def cases_of(one: Case) -> Iterator[Case]:
    """The kinds and densities of a cell."""
    for kind, density in product(choice.KINDS, choice.DENSITIES):
        yield replace(one, kind=kind, density=density)


def portions(one: Case, schools: int) -> Iterator[Portion]:
    """The portions of a cell, `schools` of each kind and density.

    A school with a planted change takes long to find, so those of a case go together.
    """
    size = schools if one.moved else min(PAIRS, schools)
    for case in cases_of(one):
        for number in range(-(-schools // size)):
            yield Portion(case, number, min(size, schools - number * size))
