"""What two people share, from dyads.csv: the same floor, the same subject, the same meetings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analyse.options import Options
from zwerm.analyse.people import ABSENT, People, number_in
from zwerm.analyse.reading import Row, Table
from zwerm.analyse.words import Fault

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dyads:
    """Pairs of people, each once, with their values: name of the column to shape (pairs,)."""

    i: Numbers
    j: Numbers
    values: dict[str, Values]


def dyads_of(table: Table, name: str, people: People, options: Options) -> Dyads:
    """The pairs of one network. NaN where a cell is empty; somebody with themselves is no pair.

    Raises:
        Fault: a pair names a stranger, is there twice, or a cell is no number.
    """
    places = table.needed("i"), table.needed("j")
    by = table.place(options.by) if options.by else None
    one, other = places
    rows = [
        row
        for row in table.rows
        if (by is None or row.cells[by] == name) and row.cells[one] != row.cells[other]
    ]
    pairs = pairs_of(table, rows, places, people)
    others = [
        place
        for place, heading in enumerate(table.headings)
        if heading and place not in {*places, by}
    ]
    values = {
        table.headings[place]: np.array([value_of(table, row, place) for row in rows], dtype=float)
        for place in others
    }
    return Dyads(pairs[:, 0], pairs[:, 1], values)


def pairs_of(table: Table, rows: list[Row], places: tuple[int, int], people: People) -> Numbers:
    """The two numbers of each row's pair, the lowest first: shape (rows, 2)."""
    first: dict[tuple[int, int], Row] = {}
    for row in rows:
        one, other = (number_of(table, row, place, people) for place in places)
        pair = min(one, other), max(one, other)
        before = first.setdefault(pair, row)
        if before is not row:
            raise Fault("pair_twice", file=table.name, row=row.number, before=before.number)
    return np.array(list(first), dtype=np.int64).reshape(-1, 2)


def number_of(table: Table, row: Row, place: int, people: People) -> int:
    person = row.cells[place]
    if person not in people.number_of:
        raise Fault(
            "unknown_in_pair",
            file=table.name,
            row=row.number,
            column=table.headings[place],
            person=person,
        )
    return people.number_of[person]


def value_of(table: Table, row: Row, place: int) -> float:
    cell = row.cells[place]
    if cell.casefold() in ABSENT:
        return float("nan")
    found = number_in(cell)
    if found is None:
        raise Fault(
            "not_a_number",
            file=table.name,
            row=row.number,
            column=table.headings[place],
            found=cell,
        )
    return found
