"""From the rows of ties.csv to arcs, with every fault named by its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from zwerm.analyse.options import Options
from zwerm.analyse.people import People, number_in, people_named
from zwerm.analyse.reading import Row, Table
from zwerm.analyse.words import Fault, Sentence, sentence
from zwerm.analysis.arcs import Arcs, arcs_between, both_ways

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]

SHOWN = 5
"""How many rows or values a sentence lists before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class TieTable:
    """ties.csv, and which column holds what."""

    table: Table
    source: int
    target: int
    relation: int | None
    value: int | None


@dataclass(slots=True)
class LeftOut:
    """Rows that were not used, by the reason."""

    loops: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)

    def warnings(self, table: Table) -> Iterator[Sentence]:
        for key, rows in (("self_ties", self.loops), ("repeated_ties", self.repeats)):
            if rows:
                yield sentence(
                    f"{key}_one" if len(rows) == 1 else f"{key}_many",
                    file=table.name,
                    count=len(rows),
                    rows=listed([str(row) for row in rows]),
                )


def tie_table(table: Table, needs_rows: bool = True) -> TieTable:
    """Find the columns of ties.csv.

    Raises:
        Fault: source or target is missing, or no row follows the headings and nobody is known.
    """
    found = TieTable(
        table,
        table.needed("source"),
        table.needed("target"),
        table.place("relation"),
        table.place("value"),
    )
    if not table.rows and needs_rows:
        raise Fault("no_rows", file=table.name)
    return found


def of_relation(ties: TieTable, options: Options) -> list[Row]:
    """The rows of the one relation that is asked for; of all when each is a network."""
    if ties.relation is None:
        if options.relation is not None:
            raise Fault("no_relation_column", file=ties.table.name, columns=ties.table.columns)
        return ties.table.rows
    place, column = ties.relation, ties.table.headings[ties.relation]
    if options.by and options.by.casefold() == column.casefold():
        return ties.table.rows
    relations = list(dict.fromkeys(row.cells[place] for row in ties.table.rows))
    if options.relation is None:
        if len(relations) > 1:
            raise Fault(
                "several_relations",
                file=ties.table.name,
                relations=", ".join(relations),
                first=relations[0],
                column=column,
            )
        return ties.table.rows
    if options.relation not in relations:
        raise Fault(
            "unknown_relation",
            file=ties.table.name,
            relation=options.relation,
            relations=", ".join(relations),
        )
    return [row for row in ties.table.rows if row.cells[place] == options.relation]


def rows_by(table: Table, rows: list[Row], by: str | None) -> dict[str, list[Row]]:
    """The rows for each value of the column `by`; all under "" when there is none."""
    if by is None:
        return {"": rows}
    place = table.chosen("--by", by)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if not row.cells[place]:
            raise Fault("empty_cell", file=table.name, row=row.number, column=table.headings[place])
        groups.setdefault(row.cells[place], []).append(row)
    return groups


def rows_by_people(
    ties: TieTable, rows: list[Row], by: str, members: dict[str, People]
) -> dict[str, list[Row]]:
    """The rows by the network of their people, when only people.csv tells which that is.

    Raises:
        Fault: somebody is in two networks or in none, or a tie runs from one to another.
    """
    home = {person: name for name, people in members.items() for person in people.ids}
    everybody = people_named(home, next(iter(members.values())).table)
    if len(home) < sum(map(len, members.values())):
        ties.table.chosen("--by", by)
    check_people(ties, rows, everybody)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        one, other = row.cells[ties.source], row.cells[ties.target]
        if home[one] != home[other]:
            raise Fault(
                "between_networks",
                file=ties.table.name,
                row=row.number,
                source=one,
                target=other,
                one=home[one],
                other=home[other],
            )
        groups.setdefault(home[one], []).append(row)
    return groups


def ends_of(ties: TieTable, rows: list[Row]) -> Iterator[str]:
    """Everybody who is named in these rows, in their order."""
    for row in rows:
        yield from (row.cells[ties.source], row.cells[ties.target])


def among(ties: TieTable, rows: list[Row], people: People) -> list[Row]:
    """The rows among people who are known from elsewhere; all, where people.csv says who is."""
    if people.table:
        return rows
    known = people.number_of
    return [row for row in rows if {row.cells[ties.source], row.cells[ties.target]} <= known.keys()]


def arcs_from(
    ties: TieTable,
    rows: list[Row],
    people: People,
    respondents: npt.NDArray[np.bool_],
    options: Options,
    left_out: LeftOut,
) -> tuple[Arcs, Values]:
    """The arcs of one network, and the value of each: shape (arcs,).

    Raises:
        Fault: a row names somebody who is not there or did not answer, or its value is no number.
    """
    check_people(ties, rows, people)
    kept = list(real_ties(ties, rows, left_out))
    source = numbers(people, [row.cells[ties.source] for row in kept])
    target = numbers(people, [row.cells[ties.target] for row in kept])
    check_silent(ties, kept, people, respondents)
    value = np.array([value_of(ties, row) for row in kept], dtype=float)
    arcs = arcs_between(len(people), source, target, respondents)
    arcs = both_ways(arcs) if options.undirected else arcs
    return arcs, values_for(arcs, source, target, value, bool(options.undirected))


def values_for(
    arcs: Arcs, source: Numbers, target: Numbers, value: Values, is_undirected: bool
) -> Values:
    """The value of each arc, from a list that holds each arc, or each tie one way or both."""
    keys = source * arcs.people + target
    if is_undirected:
        keys = np.concatenate([keys, target * arcs.people + source])
        value = np.concatenate([value, value])
    known, first = np.unique(keys, return_index=True)
    found: Values = value[first[np.searchsorted(known, arcs.keys)]]
    return found


def numbers(people: People, ids: list[str]) -> npt.NDArray[np.int64]:
    return np.array([people.number_of[person] for person in ids], dtype=np.int64)


def check_people(ties: TieTable, rows: list[Row], people: People) -> None:
    """Everybody named must be somebody."""
    for place in (ties.source, ties.target):
        column = ties.table.headings[place]
        if empty := next((row for row in rows if not row.cells[place]), None):
            raise Fault("empty_cell", file=ties.table.name, row=empty.number, column=column)
        strangers = [row for row in rows if row.cells[place] not in people.number_of]
        if strangers and people.table:
            raise Fault(
                "not_in_people" if len(strangers) == 1 else "not_in_people_many",
                file=ties.table.name,
                people=people.table.name,
                row=strangers[0].number,
                column=column,
                person=strangers[0].cells[place],
                more=len(strangers) - 1,
            )


def real_ties(ties: TieTable, rows: list[Row], left_out: LeftOut) -> Iterator[Row]:
    """The rows that are a tie: not zero, not to oneself, not there before."""
    first: dict[tuple[str, str], tuple[Row, bool]] = {}
    for row in rows:
        ends = row.cells[ties.source], row.cells[ties.target]
        is_tie = value_of(ties, row) != 0
        if ends in first:
            check_repeat(ties, row, is_tie, *first[ends])
            left_out.repeats.append(row.number)
            continue
        first[ends] = row, is_tie
        if ends[0] == ends[1]:
            left_out.loops.append(row.number)
        elif is_tie:
            yield row


def value_of(ties: TieTable, row: Row) -> float:
    """The value of a tie; 1 when there is no such column."""
    if ties.value is None:
        return 1.0
    found = number_in(row.cells[ties.value])
    if found is None:
        raise Fault(
            "not_a_number" if row.cells[ties.value] else "empty_value",
            file=ties.table.name,
            row=row.number,
            column=ties.table.headings[ties.value],
            found=row.cells[ties.value],
        )
    return found


def check_repeat(ties: TieTable, row: Row, is_tie: bool, before: Row, was_tie: bool) -> None:
    """The same tie again is harmless; unless the two rows speak of different things."""
    if is_tie != was_tie:
        raise Fault("contradiction", file=ties.table.name, row=row.number, before=before.number)
    for place, heading in enumerate(ties.table.headings):
        if place != ties.value and row.cells[place] != before.cells[place]:
            raise Fault(
                "repeat_differs",
                file=ties.table.name,
                row=row.number,
                before=before.number,
                column=heading,
            )


def check_silent(
    ties: TieTable, rows: list[Row], people: People, respondents: npt.NDArray[np.bool_]
) -> None:
    """Who did not answer named nobody; else one of the two files is wrong."""
    for row in rows:
        if not respondents[people.number_of[row.cells[ties.source]]]:
            raise Fault(
                "silent_names",
                file=ties.table.name,
                row=row.number,
                person=row.cells[ties.source],
                people=people.table.name if people.table else "",
            )


def listed(words: list[str]) -> str:
    """The first few, and dots when there are more.

    >>> listed(["2", "3"]), listed([str(row) for row in range(2, 9)])
    ('2, 3', '2, 3, 4, 5, 6, ...')
    """
    return ", ".join([*words[:SHOWN], *(["..."] if len(words) > SHOWN else [])])
