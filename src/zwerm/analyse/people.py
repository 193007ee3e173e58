"""Who is in a network: people.csv, or else whoever is named in ties.csv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analyse.options import Options
from zwerm.analyse.reading import Row, Table
from zwerm.analyse.words import Fault
from zwerm.analysis.largest import LARGEST

YES = {"1", "yes", "y", "true", "t", "ja", "j", "waar", "x"}
NO = {"", "0", "no", "n", "false", "f", "nee", "onwaar", "-"}
ABSENT = {"", "na", "n/a", "nan", "null", "."}


@dataclass(frozen=True, slots=True)
class People:
    """The members of one network, in the order of their file."""

    ids: tuple[str, ...]
    number_of: dict[str, int]
    table: Table | None = None
    rows: tuple[Row, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def cells(self, option: str, column: str) -> list[tuple[Row, str]]:
        """Each one's row and cell in the column that an option names."""
        if self.table is None:
            raise Fault("needs_people", option=option)
        place = self.table.chosen(option, column)
        return [(row, row.cells[place]) for row in self.rows]


def people_named(ids: Iterable[str], table: Table | None = None) -> People:
    """Everybody in the order in which they are first named."""
    order = tuple(dict.fromkeys(ids))
    return People(order, {person: number for number, person in enumerate(order)}, table)


def people_by(table: Table, by: str | None) -> dict[str, People]:
    """The members for each value of `by`; all under "" when the file has no such column."""
    place = table.place(by) if by else None
    own = table.needed("id")
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        for needed in (own, place):
            if needed is not None and not row.cells[needed]:
                column = table.headings[needed]
                raise Fault("empty_cell", file=table.name, row=row.number, column=column)
        groups.setdefault("" if place is None else row.cells[place], []).append(row)
    return {value: people_of(table, rows, own) for value, rows in groups.items()}


def people_of(table: Table, rows: list[Row], own: int) -> People:
    """One network's members; nobody may be there twice."""
    first: dict[str, Row] = {}
    for row in rows:
        before = first.setdefault(row.cells[own], row)
        if before is not row:
            raise Fault(
                "person_twice",
                file=table.name,
                row=row.number,
                before=before.number,
                column=table.headings[own],
                person=row.cells[own],
            )
    ids = tuple(first)
    number_of = {person: number for number, person in enumerate(ids)}
    return People(ids, number_of, table, tuple(rows))


def respondents_of(people: People, options: Options) -> npt.NDArray[np.bool_]:
    """Who answered: shape (m,); everybody when no column says so."""
    if options.respondents is None:
        return np.ones(len(people), dtype=bool)
    cells = people.cells("--respondents", options.respondents)
    return np.array([is_yes(people, options.respondents, *cell) for cell in cells], dtype=bool)


def is_yes(people: People, column: str, row: Row, cell: str) -> bool:
    if cell.casefold() in YES:
        return True
    if cell.casefold() in NO:
        return False
    raise Fault("not_yes_or_no", file=name_of(people), row=row.number, column=column, found=cell)


def teams_of(people: People, options: Options) -> tuple[str, ...] | None:
    """Each one's team, "" for none; nothing when no column was named."""
    if options.team is None:
        return None
    return tuple(cell for _row, cell in people.cells("--team", options.team))


def positions_of(people: People, options: Options) -> npt.NDArray[np.float64] | None:
    """Each one's place on the scale of posts, NaN where nothing is filled in: shape (m,)."""
    if options.position is None:
        return None
    cells = people.cells("--position", options.position)
    return np.array([position_of(people, options.position, *cell) for cell in cells])


def position_of(people: People, column: str, row: Row, cell: str) -> float:
    word = cell.casefold()
    if word in ABSENT:
        return float("nan")
    if word in YES | NO:
        return float(word in YES)
    found = number_in(cell)
    if found is None:
        raise Fault(
            "not_a_position", file=name_of(people), row=row.number, column=column, found=cell
        )
    return found


def number_in(cell: str) -> float | None:
    """The number in a cell, also with a decimal comma; None when there is none to compute with.

    >>> number_in("1,5"), number_in("2"), number_in("many"), number_in("nan"), number_in("1e99")
    (1.5, 2.0, None, None, None)
    """
    try:
        found = float(cell.replace(",", ".", 1) if "." not in cell else cell)
    except ValueError:
        return None
    return found if abs(found) <= LARGEST else None


def name_of(people: People) -> str:
    return people.table.name if people.table else ""
