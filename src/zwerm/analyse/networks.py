"""The networks in somebody's files: read, checked, and ready to compute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from zwerm.analyse.dyads import Dyads, dyads_of
from zwerm.analyse.files import read_dyads, read_people, read_ties
from zwerm.analyse.formats.found import Found
from zwerm.analyse.options import Options
from zwerm.analyse.people import (
    People,
    people_by,
    people_named,
    positions_of,
    respondents_of,
    teams_of,
)
from zwerm.analyse.reading import Row, Table
from zwerm.analyse.scales import Answered, Scale, answered_by, read_scales
from zwerm.analyse.ties import (
    LeftOut,
    TieTable,
    among,
    arcs_from,
    ends_of,
    of_relation,
    rows_by,
    rows_by_people,
    tie_table,
    values_for,
)
from zwerm.analyse.waves import Tables, divided_by_wave
from zwerm.analyse.words import Fault, Sentence, sentence
from zwerm.analysis.arcs import Arcs, both_ways

ALL = "all"
"""The name of the only network when nothing divides them."""

FEWEST_IN_ORDER = 10


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation among the people of a network."""

    arcs: Arcs
    value: npt.NDArray[np.float64]
    """Shape (arcs,): what the file says of each arc."""


@dataclass(frozen=True, slots=True)
class Network:
    """One network: its people, its arcs, and what is known of both."""

    name: str
    people: People
    arcs: Arcs
    value: npt.NDArray[np.float64]
    """Shape (arcs,): what the file says of each arc, 1 where it says no more than that it is."""
    is_undirected: bool
    team: tuple[str, ...] | None
    position: npt.NDArray[np.float64] | None
    dyads: Dyads | None
    scales: tuple[Answered, ...] | None = None
    """Answers to the scales of scales.yaml; None when there is no such file."""
    group: str = ALL
    """The value of `--by`, which the waves of one network share."""
    wave: str = ""
    relations: Mapping[str, Relation] = field(default_factory=dict)
    """The other relations that terms speak of, among the same people."""

    @property
    def has_response(self) -> bool:
        """Whether somebody did not answer."""
        return not bool(self.arcs.respondents.all())


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one run, read and not yet divided."""

    ties: TieTable
    people: Table | None
    dyads: Table | None
    options: Options
    left_out: LeftOut
    scales: tuple[Scale, ...] | None = None
    wave: str = ""
    relations: tuple[str, ...] = ()


def read_networks(
    options: Options, relations: Sequence[str] = ()
) -> tuple[list[Network], list[Sentence]]:
    """Every network in the files, and what their owner should know about them.

    Args:
        options: what was asked for.
        relations: the other relations that terms speak of.

    Raises:
        Fault: a file cannot be used; says which row and column, and what to do.
    """
    found = read_ties(options.ties)
    people = read_people(options.people) if options.people else found.people
    dyads = read_dyads(options.dyads) if options.dyads else found.dyads
    check_columns(people, options)
    scales = read_scales(options.scales) if options.scales else None
    left_out = LeftOut()
    networks = []
    for wave, tables in by_wave((found.ties, people, dyads), options):
        ties = tie_table(tables[0], needs_rows=not (people and people.rows))
        source = Source(ties, *tables[1:], options, left_out, scales, wave, tuple(relations))
        networks += networks_in(source)
    networks, noted = settle_direction(networks, options, found)
    tables_read = [table for table in (found.ties, people, dyads) if table]
    warnings = [warning for table in tables_read for warning in table.warnings]
    return networks, [*warnings, *left_out.warnings(found.ties), *noted]


def by_wave(tables: Tables, options: Options) -> Iterable[tuple[str, Tables]]:
    """The tables of each wave; those there are when nothing was asked about waves."""
    if options.wave is None:
        return [("", tables)]
    if options.by and options.by.casefold() == options.wave.casefold():
        raise Fault("by_is_wave", column=options.wave)
    return divided_by_wave(tables, options.wave)


def networks_in(source: Source) -> list[Network]:
    """The networks of one wave."""
    options = source.options
    members = people_by(source.people, options.by) if source.people else None
    rows = divided(source.ties, of_relation(source.ties, options), options.by, members)
    others = {name: other_rows(source, name, members) for name in source.relations}
    return [
        network_of(
            source,
            name,
            rows.get(name, []),
            people_for(source, name, rows, members),
            {relation: found.get(name, []) for relation, found in others.items()},
        )
        for name in names_of(rows, members)
    ]


def other_rows(
    source: Source, relation: str, members: dict[str, People] | None
) -> dict[str, list[Row]]:
    """The rows of another relation, by network."""
    options = replace(source.options, relation=relation)
    ties = source.ties
    if ties.relation is None:
        columns = ties.table.columns
        raise Fault("term_needs_relation", file=ties.table.name, found=relation, columns=columns)
    if ties.relation is not None and options.by == ties.table.headings[ties.relation]:
        # Each network is a relation: all of them are set beside the same other one.
        same = of_relation(ties, replace(options, by=None))
        return dict.fromkeys(rows_by(ties.table, ties.table.rows, options.by), same)
    return divided(ties, of_relation(ties, options), options.by, members)


def check_columns(people: Table | None, options: Options) -> None:
    """Every column that an option names must be there, before any row is looked at."""
    asked = {
        "--respondents": options.respondents,
        "--position": options.position,
        "--team": options.team,
    }
    for option, column in asked.items():
        if column is None:
            continue
        if people is None:
            raise Fault("needs_people", option=option)
        people.chosen(option, column)


def divided(
    ties: TieTable, rows: list[Row], by: str | None, members: dict[str, People] | None
) -> dict[str, list[Row]]:
    """The rows of each network: by the column of the ties, else by that of the people."""
    if by and ties.table.place(by) is None and members and "" not in members:
        return rows_by_people(ties, rows, by, members)
    return rows_by(ties.table, rows, by)


def names_of(rows: dict[str, list[Row]], members: dict[str, People] | None) -> list[str]:
    """The value of each network, in the order of people.csv, then of ties.csv."""
    if members is None or "" in members:
        return list(rows)
    return list(dict.fromkeys([*members, *rows]))


def people_for(
    source: Source, name: str, rows: dict[str, list[Row]], members: dict[str, People] | None
) -> People:
    """The members of one network. Without people.csv: whoever its rows name."""
    if members is None:
        return people_named(ends_of(source.ties, rows[name]))
    if "" in members:
        return members[""]
    if name not in members:
        raise Fault(
            "no_people_for",
            file=source.ties.table.name,
            people=source.people.name if source.people else "",
            column=source.options.by,
            value=name,
            row=rows[name][0].number,
        )
    return members[name]


def network_of(
    source: Source, name: str, rows: list[Row], people: People, others: dict[str, list[Row]]
) -> Network:
    options = source.options
    found = relation_of(source, rows, people)
    return Network(
        name=", ".join(filter(None, (name, source.wave))) or ALL,
        people=people,
        arcs=found.arcs,
        value=found.value,
        is_undirected=bool(options.undirected),
        team=teams_of(people, options),
        position=positions_of(people, options),
        dyads=dyads_of(source.dyads, name, people, options) if source.dyads else None,
        scales=answered_by(people, source.scales) if source.scales else None,
        group=name or ALL,
        wave=source.wave,
        relations={
            relation: relation_of(source, among(source.ties, other, people), people)
            for relation, other in others.items()
        },
    )


def relation_of(source: Source, rows: list[Row], people: People) -> Relation:
    """The arcs of one relation with what the file says of each."""
    respondents = respondents_of(people, source.options)
    arcs, value = arcs_from(source.ties, rows, people, respondents, source.options, source.left_out)
    return Relation(arcs, value)


def settle_direction(
    networks: list[Network], options: Options, found: Found
) -> tuple[list[Network], list[Sentence]]:
    """Read ties without direction where nothing was asked and the file says so, or looks so."""
    if options.undirected is not None:
        return networks, []
    if found.is_undirected and options.respondents:
        raise Fault("undirected_respondents")
    said = found.is_undirected is not None
    if not (
        found.is_undirected if said else not options.respondents and looks_undirected(networks)
    ):
        return networks, []
    turned = [without_direction(one) for one in networks]
    return turned, [] if said else [sentence("read_undirected", file=found.ties.name)]


def without_direction(one: Network) -> Network:
    turned = both_directions(Relation(one.arcs, one.value))
    relations = {name: both_directions(found) for name, found in one.relations.items()}
    return replace(
        one, arcs=turned.arcs, value=turned.value, relations=relations, is_undirected=True
    )


def both_directions(one: Relation) -> Relation:
    arcs = both_ways(one.arcs)
    source, target = one.arcs.source, one.arcs.target
    return Relation(arcs, values_for(arcs, source, target, one.value, is_undirected=True))


def looks_undirected(networks: list[Network]) -> bool:
    """Every tie runs from an earlier person to a later one, and there are enough to tell.

    That is how a list of ties without direction looks, with each tie once. Ten arcs with a
    direction would all lie so by chance once in a thousand times.
    """
    arcs = [network.arcs for network in networks]
    enough = sum(len(one) for one in arcs) >= FEWEST_IN_ORDER
    return enough and all(bool((one.source < one.target).all()) for one in arcs)
