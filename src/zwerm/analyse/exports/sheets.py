"""CSV that a spreadsheet and R open alike, and in which no cell runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from zwerm.analyse.exports.table import arcs_of, are_valued, people_of, stacked, words_of
from zwerm.analyse.inference.inferred import Inferred
from zwerm.analyse.inference.sure import NAMES
from zwerm.analyse.options import Options
from zwerm.analyse.people import number_in
from zwerm.analyse.results import Results
from zwerm.analyse.summary import SHOWN, value_of

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet may run as a formula; the last four are the wide signs of
Chinese and Japanese keyboards, which some spreadsheets take for the others."""


INTERVALS = ("completion_low", "completion_high", "remeasurement_low", "remeasurement_high")


def sheets_of(results: Results, options: Options) -> dict[str, bytes]:
    """`people.csv`, `ties.csv` and `figures.csv`; the first two can be analysed again."""
    networks, found = results.networks, results.figures
    people = {one.name: people_of(one, found[one.name], options) for one in networks}
    arcs = {one.name: arcs_of(one, are_valued(networks)) for one in networks}
    return {
        "people.csv": written(*stacked(people, networks, options)),
        "ties.csv": written(*stacked(arcs, networks, options)),
        "figures.csv": written(["network", "figure", "value", *INTERVALS], figure_rows(results)),
    }


def figure_rows(results: Results) -> list[list[str]]:
    """A row for each figure of each network that has it, with its intervals where there are."""
    return [
        [network, name, *words_of([value]), *ends_of(results.inferred.get(network), name)]
        for network, figures in results.figures.items()
        for name in SHOWN
        if (value := value_of(figures, name)) is not None
    ]


def ends_of(inferred: Inferred | None, name: str) -> list[str]:
    """Low and high of both intervals, empty where there is none."""
    own = {shown: one for one, shown in NAMES.items()}.get(name, "")
    sure = inferred.sure.found if inferred and inferred.sure else None
    kinds = [sure.completion.get(own), sure.remeasurement.get(own)] if sure else [None, None]
    return [
        word
        for one in kinds
        for word in (("", "") if one is None else words_of([one.low, one.high]))
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
