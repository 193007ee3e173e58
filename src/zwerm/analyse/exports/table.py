"""Everybody with their figures, and every arc, as rows of words for any other program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zwerm.analyse.figures import Figures
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options

OF_A_PERSON = (
    "indegree",
    "outdegree",
    "degree",
    "betweenness",
    "pagerank",
    "constraint",
    "coreness",
    "communities",
)
"""The figures of a person, by the names that the JSON uses."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and a cell per person or arc."""

    heading: str
    cells: Sequence[str]


def people_of(
    network: Network, figures: Figures, options: Options, id_: str = "id"
) -> list[Column]:
    """The id (under the heading `id_`), the columns of people.csv, and the figures."""
    own = [column for column in own_columns(network) if not is_by(column.heading, options)]
    found = [
        Column(name, words_of(values))
        for name in OF_A_PERSON
        if (values := getattr(figures, name)) is not None
    ]
    return distinct([Column(id_, network.people.ids), *own, *found])


def is_by(heading: str, options: Options) -> bool:
    return options.by is not None and heading.casefold() == options.by.casefold()


def own_columns(network: Network) -> Iterator[Column]:
    """What people.csv says of everybody, as it is written there."""
    table = network.people.table
    if table is None:
        return
    own = table.needed("id")
    for place, heading in enumerate(table.headings):
        if heading and place != own:
            yield Column(heading, [row.cells[place] for row in network.people.rows])


def distinct(columns: Sequence[Column]) -> list[Column]:
    """A heading that is there already, or that would be taken for the id, gets a number."""
    taken = {"id", columns[0].heading}
    found = [columns[0]]
    for column in columns[1:]:
        heading, number = column.heading, 2
        while heading.casefold() in taken:
            heading, number = f"{column.heading}_{number}", number + 1
        taken.add(heading.casefold())
        found.append(Column(heading, column.cells))
    return found


def arcs_of(network: Network, is_valued: bool) -> list[Column]:
    """Who names whom, and how much when it is valued; each tie without direction once."""
    arcs, ids = network.arcs, network.people.ids
    kept = arcs.source < arcs.target if network.is_undirected else np.ones(len(arcs), dtype=bool)
    columns = [
        Column("source", [ids[one] for one in arcs.source[kept]]),
        Column("target", [ids[one] for one in arcs.target[kept]]),
    ]
    if is_valued:
        columns.append(Column("value", words_of(network.value[kept])))
    return columns


def are_valued(networks: Iterable[Network]) -> bool:
    """Whether a tie of any of them says more than that it is there."""
    return any(bool((one.value != 1).any()) for one in networks)


def words_of(values: Iterable[object]) -> list[str]:
    """Numbers in full, so that nothing is lost; an empty cell where there is none.

    >>> words_of(np.array([0.1, 2.0, float("nan")])), words_of(np.array([3]))
    (['0.1', '2', ''], ['3'])
    """
    plain = np.asarray(values).tolist()
    return ["" if one != one else f"{one:.17g}" if is_whole(one) else repr(one) for one in plain]


def is_whole(value: float) -> bool:
    return float(value).is_integer()


def told_apart(network: Network, options: Options) -> dict[str, str]:
    """What tells this network from the others: the column of `--by` and of `--wave`."""
    columns = ((options.by, network.group), (options.wave, network.wave))
    return {column: value for column, value in columns if column is not None}


def stacked(
    parts: Mapping[str, Sequence[Column]], networks: Sequence[Network], options: Options
) -> tuple[list[str], list[list[str]]]:
    """The columns of all networks below each other, behind what tells these apart."""
    headings = list(
        dict.fromkeys(column.heading for columns in parts.values() for column in columns)
    )
    rows: list[list[str]] = []
    for one in networks:
        cells = {column.heading: column.cells for column in parts[one.name]}
        front = list(told_apart(one, options).values())
        for place in range(len(parts[one.name][0].cells)):
            rest = [cells[heading][place] if heading in cells else "" for heading in headings]
            rows.append([*front, *rest])
    return [*told_apart(networks[0], options), *headings], rows
