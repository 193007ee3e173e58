"""The networks in somebody's files: read, checked, and ready to compute."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    arcs_from,
    ends_of,
    of_relation,
    rows_by,
    rows_by_people,
    tie_table,
    values_for,
)
from zwerm.analyse.words import Fault, Sentence, sentence
from zwerm.analysis.arcs import Arcs, both_ways

ALL = "all"
"""The name of the only network when nothing divides them."""

FEWEST_IN_ORDER = 10


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


def read_networks(options: Options) -> tuple[list[Network], list[Sentence]]:
    """Every network in the files, and what their owner should know about them.

    Raises:
        Fault: a file cannot be used; says which row and column, and what to do.
    """
    found = read_ties(options.ties)
    people = read_people(options.people) if options.people else found.people
    dyads = read_dyads(options.dyads) if options.dyads else found.dyads
    ties = tie_table(found.ties, people is None)
    check_columns(people, options)
    scales = read_scales(options.scales) if options.scales else None
    source = Source(ties, people, dyads, options, LeftOut(), scales)
    members = people_by(people, options.by) if people else None
    rows = divided(ties, of_relation(ties, options), options.by, members)
    names = names_of(rows, members)
    networks = [
        network_of(source, name, rows.get(name, []), people_for(source, name, rows, members))
        for name in names
    ]
    networks, noted = settle_direction(networks, options, found)
    tables = [table for table in (ties.table, people, dyads) if table]
    warnings = [warning for table in tables for warning in table.warnings]
    return networks, [*warnings, *source.left_out.warnings(ties.table), *noted]


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


def network_of(source: Source, name: str, rows: list[Row], people: People) -> Network:
    options = source.options
    respondents = respondents_of(people, options)
    arcs, value = arcs_from(source.ties, rows, people, respondents, options, source.left_out)
    return Network(
        name=name or ALL,
        people=people,
        arcs=arcs,
        value=value,
        is_undirected=bool(options.undirected),
        team=teams_of(people, options),
        position=positions_of(people, options),
        dyads=dyads_of(source.dyads, name, people, options) if source.dyads else None,
        scales=answered_by(people, source.scales) if source.scales else None,
    )


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
    arcs = both_ways(one.arcs)
    value = values_for(arcs, one.arcs.source, one.arcs.target, one.value, is_undirected=True)
    return replace(one, arcs=arcs, value=value, is_undirected=True)


def looks_undirected(networks: list[Network]) -> bool:
    """Every tie runs from an earlier person to a later one, and there are enough to tell.

    That is how a list of ties without direction looks, with each tie once. Ten arcs with a
    direction would all lie so by chance once in a thousand times.
    """
    arcs = [network.arcs for network in networks]
    enough = sum(len(one) for one in arcs) >= FEWEST_IN_ORDER
    return enough and all(bool((one.source < one.target).all()) for one in arcs)
