"""The table of everybody: a researcher's own people, so nobody is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zwerm.analyse.figures import Figures
from zwerm.analyse.markup import Markup, el, table_of
from zwerm.analyse.networks import Network
from zwerm.analyse.words import Words

MOST_ROWS = 500
"""A page with more rows opens slowly, and nobody reads it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key of its heading, and the cell of a person by their number."""

    key: str
    cell: Callable[[int], str]


def persons(network: Network, figures: Figures, words: Words) -> list[Markup]:
    """A row for each person, in the order of their file."""
    columns = columns_of(network, figures, words)
    shown = min(len(figures.people), MOST_ROWS)
    rows = [[one.cell(person) for one in columns] for person in range(shown)]
    headings = [words(one.key) for one in columns]
    table = table_of(words("persons_caption"), headings, rows, class_="numbers")
    members = words.number(figures.members)
    cut = (
        [el("p", words("persons_first", shown=shown, members=members), class_="note")]
        if shown < figures.members
        else []
    )
    told = [words("persons_says")]
    if not network.is_undirected:
        told.insert(0, words("persons_named"))
    if network.has_response:
        told.append(words("persons_silent"))
    return [el("p", " ".join(told), class_="soft"), *cut, table]


def columns_of(network: Network, figures: Figures, words: Words) -> list[Column]:
    def numbers(key: str, values: object, digits: int = 0) -> Column:
        cells = values.tolist()  # type: ignore[attr-defined]  # an array of whichever kind

        def cell(person: int) -> str:
            return words.number(cells[person], digits)

        return Column(key, cell)

    def named_by(person: int) -> str:
        """How many somebody names; of who did not answer that is not known, and not 0."""
        if figures.outdegree is None or not network.arcs.respondents[person]:
            return words.number(float("nan"))
        return words.number(int(figures.outdegree[person]))

    ids, team = figures.people, network.team
    return [
        Column("column_person", lambda person: ids[person]),
        *([Column("column_team", lambda person: team[person])] if team else []),
        *(
            [numbers("column_degree", figures.degree)]
            if network.is_undirected
            else [
                numbers("column_indegree", figures.indegree),
                Column("column_outdegree", named_by),
            ]
        ),
        numbers("column_betweenness", figures.betweenness, 1),
        numbers("column_pagerank", figures.pagerank, 3),
        numbers("column_constraint", figures.constraint, 2),
        numbers("column_coreness", figures.coreness),
        numbers("column_community", figures.communities),
    ]
