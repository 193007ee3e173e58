"""CSV that a spreadsheet and R open alike, and in which no cell runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from zwerm.analyse.exports.table import arcs_of, are_valued, people_of, stacked, words_of
from zwerm.analyse.figures import Figures
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analyse.people import number_in
from zwerm.analyse.summary import SHOWN, value_of

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet may run as a formula."""


def sheets_of(
    networks: Sequence[Network], found: Mapping[str, Figures], options: Options
) -> dict[str, bytes]:
    """`people.csv`, `ties.csv` and `figures.csv`; the first two can be analysed again."""
    people = {one.name: people_of(one, found[one.name], options) for one in networks}
    arcs = {one.name: arcs_of(one, are_valued(networks)) for one in networks}
    return {
        "people.csv": written(*stacked(people, networks, options)),
        "ties.csv": written(*stacked(arcs, networks, options)),
        "figures.csv": written(["network", "figure", "value"], figure_rows(found)),
    }


def figure_rows(found: Mapping[str, Figures]) -> list[list[str]]:
    """A row for each figure of each network that has it."""
    return [
        [network, name, *words_of([value])]
        for network, figures in found.items()
        for name in SHOWN
        if (value := value_of(figures, name)) is not None
    ]


def written(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Commas, UTF-8, and an apostrophe before what would run."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerows([[harmless(cell) for cell in row] for row in (headings, *rows)])
    return text.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """The same cell, unable to run; a number stays a number.

    >>> harmless("=1+1"), harmless("-1.5"), harmless("Bo")
    ("'=1+1", '-1.5', 'Bo')
    """
    return f"'{cell}" if cell.startswith(DANGEROUS) and number_in(cell) is None else cell
