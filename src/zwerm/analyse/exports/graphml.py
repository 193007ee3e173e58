"""GraphML of the networks, for igraph, Gephi, networkx, visone and for this command again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from zwerm.analyse.exports.table import Column, arcs_of, are_valued, people_of, told_apart
from zwerm.analyse.figures import Figures
from zwerm.analyse.markup import UNFIT
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options

NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
NAME = "name"
"""The attribute with the id of a person: the id of a node may hold no spaces."""


Parts = Mapping[str, Sequence[Column]]
Keys = Mapping[str, tuple[str, str]]


def graphml_of(
    networks: Sequence[Network], found: Mapping[str, Figures], options: Options
) -> bytes:
    """One file with a graph per network; what `--by` told apart is an attribute of the graph."""
    people = {one.name: people_of(one, found[one.name], options, NAME) for one in networks}
    arcs = {one.name: arcs_of(one, are_valued(networks)) for one in networks}
    nodes = keys_of("v", people)
    edges = keys_of("e", {name: columns[2:] for name, columns in arcs.items()})
    apart = told_apart(networks[0], options)
    graphs = {column: (f"g{place}", "string") for place, column in enumerate(apart)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(
            declaration
            for of, keys in (("graph", graphs), ("node", nodes), ("edge", edges))
            for declaration in declared(of, keys)
        ),
    ]
    for place, one in enumerate(networks):
        kind = "undirected" if one.is_undirected else "directed"
        lines.append(f'<graph id="network-{place + 1}" edgedefault="{kind}">')
        said = told_apart(one, options)
        lines += [data(key, said[column]) for column, (key, _type) in graphs.items()]
        lines += nodes_of(people[one.name], nodes)
        lines += edges_of(one, arcs[one.name], edges)
        lines.append("</graph>")
    return "\n".join([*lines, "</graphml>", ""]).encode()


def keys_of(letter: str, parts: Parts) -> dict[str, tuple[str, str]]:
    """Each heading with the id of its key and its type."""
    columns: dict[str, list[Column]] = {}
    for found in parts.values():
        for column in found:
            columns.setdefault(column.heading, []).append(column)
    return {
        heading: (f"{letter}{place}", "string" if heading == NAME else type_of(same))
        for place, (heading, same) in enumerate(columns.items())
    }


def type_of(columns: Sequence[Column]) -> str:
    """`double` when every cell that is filled in is a number as GraphML writes it."""
    cells = [cell for column in columns for cell in column.cells if cell]
    return "double" if cells and all(map(is_number, cells)) else "string"


def is_number(cell: str) -> bool:
    """Whether a program that expects a number will take this.

    >>> is_number("-1.5e3"), is_number("1,5"), is_number("007"), is_number("nan")
    (True, False, False, False)
    """
    return bool(NUMBER.fullmatch(cell))


def declared(of: str, keys: Keys) -> Iterator[str]:
    for heading, (key, kind) in keys.items():
        name = quoteattr(fit(heading))
        yield f'<key id="{key}" for="{of}" attr.name={name} attr.type="{kind}"/>'


def nodes_of(columns: Sequence[Column], keys: Keys) -> Iterator[str]:
    for place in range(len(columns[0].cells)):
        yield f'<node id="n{place}">{inside(columns, place, keys)}</node>'


def edges_of(one: Network, columns: Sequence[Column], keys: Keys) -> Iterator[str]:
    numbers = one.people.number_of
    ends = zip(columns[0].cells, columns[1].cells, strict=True)
    for place, (source, target) in enumerate(ends):
        said = f'source="n{numbers[source]}" target="n{numbers[target]}"'
        yield f"<edge {said}>{inside(columns[2:], place, keys)}</edge>"


def inside(columns: Sequence[Column], place: int, keys: Keys) -> str:
    """The data of one node or edge; an empty cell is left out."""
    return "".join(
        data(keys[column.heading][0], column.cells[place])
        for column in columns
        if column.cells[place]
    )


def data(key: str, words: str) -> str:
    return f'<data key="{key}">{escape(fit(words))}</data>'


def fit(words: str) -> str:
    """Words without the characters that XML does not allow at all."""
    return UNFIT.sub("\ufffd", words)
