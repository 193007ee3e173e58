"""Files that hold several waves, divided into a file for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zwerm.analyse.people import number_in
from zwerm.analyse.reading import Row, Table
from zwerm.analyse.words import Fault

Tables = tuple[Table, Table | None, Table | None]
"""Ties, people and pairs."""
DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")


def in_order(waves: Sequence[str]) -> list[str]:
    """Waves from early to late: numbers and dates by their value, else as they come in the file.

    >>> in_order(["10", "9"]), in_order(["2025-09", "2024-09"]), in_order(["before", "after"])
    (['9', '10'], ['2024-09', '2025-09'], ['before', 'after'])
    """
    if all(number_in(wave) is not None for wave in waves):
        return sorted(waves, key=lambda wave: number_in(wave) or 0.0)
    return sorted(waves) if all(DATE.fullmatch(wave) for wave in waves) else list(waves)


def waves_in(ties: Table, column: str) -> list[str]:
    """The waves that the ties name, from early to late.

    Raises:
        Fault: there is no such column, a cell of it is empty, or there is one wave only.
    """
    place = ties.chosen("--wave", column)
    empty = next((row for row in ties.rows if not row.cells[place]), None)
    if empty:
        raise Fault("empty_cell", file=ties.name, row=empty.number, column=ties.headings[place])
    waves = list(dict.fromkeys(row.cells[place] for row in ties.rows))
    if len(waves) < 2:
        raise Fault("one_wave", file=ties.name, column=column, waves=", ".join(waves))
    return in_order(waves)


def of_wave(table: Table, column: str, wave: str) -> Table:
    """The rows of one wave; the whole table when it does not know of waves."""
    place = table.place(column)
    if place is None:
        return table
    rows = [without(row, place) for row in table.rows if row.cells[place] == wave]
    headings = without(Row(1, table.headings), place).cells
    return replace(table, headings=headings, rows=rows)


def without(row: Row, place: int) -> Row:
    """The row without one of its cells."""
    return Row(row.number, row.cells[:place] + row.cells[place + 1 :])


def divided_by_wave(tables: Tables, column: str) -> Iterator[tuple[str, Tables]]:
    """Ties, people and pairs of each wave. People who name no wave are there in every one."""
    ties, people, dyads = tables
    for wave in waves_in(ties, column):
        members = None if people is None else of_wave(people, column, wave)
        if members is not None and not members.rows:
            row = next(row for row in ties.rows if row.cells[ties.chosen("--wave", column)] == wave)
            raise Fault(
                "no_people_for",
                file=ties.name,
                people=members.name,
                column=column,
                value=wave,
                row=row.number,
            )
        pairs = None if dyads is None else of_wave(dyads, column, wave)
        yield wave, (of_wave(ties, column, wave), members, pairs)
