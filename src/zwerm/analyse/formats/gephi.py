"""Edge lists as Gephi exports them: Source, Target, Type, Id, Label, Weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zwerm.analyse.formats.found import Found
from zwerm.analyse.reading import Row, Table

KINDS = {"directed", "undirected", "mutual"}
OWN = {"type", "id", "label", "timeset", "interval"}
"""Columns of Gephi that say nothing of a tie."""


def of_gephi(table: Table) -> Found:
    """The same table; of an edge list of Gephi its own columns are taken out and Type is obeyed."""
    kind = kind_column(table)
    if kind is None:
        return Found(table)
    is_both = [row.cells[kind].casefold() != "directed" for row in table.rows]
    rows = [
        one
        for row, both in zip(table.rows, is_both, strict=True)
        for one in rows_of(table, row, both and not all(is_both))
    ]
    kept = [place for place, heading in enumerate(table.headings) if heading.casefold() not in OWN]
    headings = tuple(table.headings[place] for place in kept)
    narrowed = [Row(row.number, tuple(row.cells[place] for place in kept)) for row in rows]
    return Found(replace(table, headings=headings, rows=narrowed), is_undirected=all(is_both))


def kind_column(table: Table) -> int | None:
    """Where Gephi says of each edge whether it has a direction; None in any other file."""
    lowered = [heading.casefold() for heading in table.headings]
    if "type" not in lowered or table.place("source") is None or not table.rows:
        return None
    place = lowered.index("type")
    return place if {row.cells[place].casefold() for row in table.rows} <= KINDS else None


def rows_of(table: Table, row: Row, is_turned: bool) -> Iterator[Row]:
    """The row, and its reverse where an edge without direction stands among others."""
    yield row
    if is_turned:
        source, target = table.needed("source"), table.needed("target")
        cells = list(row.cells)
        cells[source], cells[target] = cells[target], cells[source]
        if cells[source] != cells[target]:
            yield Row(row.number, tuple(cells))
