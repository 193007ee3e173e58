"""The drawing of a network with what a reader may do with it: choose somebody, search, colour."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from zwerm.analyse.drawings.network import COLOURS, QUIET, QUIET_SHARE
from zwerm.analyse.figures import Figures
from zwerm.analyse.markup import Markup, el, table_of
from zwerm.analyse.networks import Network
from zwerm.analyse.people import ABSENT, number_in
from zwerm.analyse.words import Words
from zwerm.pictures.svg import Picture

Numbers = npt.NDArray[np.float64]
SCRIPT = Path(__file__).with_name("network.js")

PAINTS = {
    "kinds": [*((name, "1") for name in COLOURS), (QUIET, QUIET_SHARE)],
    "amounts": [("teal", share) for share in ("0.2", "0.42", "0.68", "1")] + [(QUIET, "0.4")],
}
"""A colour and how thick it is laid on: for kinds, and for more and more of something."""
MOST_KINDS = len(COLOURS)
SHORT_LIST = 60
"""A column with more kinds than this is a name or a note, and colours nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column to colour by: which class each person is in, and what the classes are called."""

    name: str
    member: list[int]
    classes: list[str]
    paints: str

    def as_json(self) -> dict[str, object]:
        return {"member": self.member, "classes": self.classes, "paints": self.paints}


@cache
def script() -> str:
    return SCRIPT.read_text("utf-8")


def script_hash() -> str:
    """What the policy of the page lets run: this script, and nothing else."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()}'"


def lively(
    picture: Picture, network: Network, figures: Figures, words: Words, place: int
) -> Markup:
    """The drawing with its tools, which are hidden until the script runs."""
    columns = columns_of(network, figures, words)
    return el(
        "div",
        el(
            "div",
            tools(network, columns, words, place),
            *([] if network.is_undirected else [el("p", words("net_says"), class_="soft")]),
            hidden="hidden",
            data_tools="",
        ),
        el("p", class_="net-said", role="status", data_said=""),
        Markup(picture.wide),
        Markup(picture.narrow),
        el("ul", class_="net-key", data_key=""),
        el("script", Markup(data_of(network, columns, words)), type="application/json"),
        data_network="",
    )


def tools(network: Network, columns: Sequence[Column], words: Words, place: int) -> Markup:
    """To choose or search, to colour, and to begin again."""
    who, names, column = f"who-{place}", f"names-{place}", f"column-{place}"
    options = [el("option", value=person) for person in network.people.ids]
    choices = [el("option", one.name, value=str(at)) for at, one in enumerate(columns)]
    return el(
        "div",
        el("label", words("net_who"), for_=who),
        el(
            "span",
            el("input", id=who, type="search", list=names, autocomplete="off", data_who=""),
            el("button", words("net_clear"), type="button", data_clear=""),
        ),
        el("datalist", *options, id=names),
        el("label", words("net_colour"), for_=column),
        el("select", *choices, id=column, autocomplete="off", data_column=""),
        class_="net-tools",
    )


def data_of(network: Network, columns: Sequence[Column], words: Words) -> str:
    """What the script knows, harmless inside a page."""
    kind = "net_chosen_undirected" if network.is_undirected else "net_chosen"
    said = {
        "people": network.people.ids,
        "arcs": np.column_stack([network.arcs.source, network.arcs.target]).tolist(),
        "columns": [one.as_json() for one in columns],
        "paints": PAINTS,
        "silent": np.flatnonzero(~network.arcs.respondents).tolist(),
        "words": {
            "chosen": template(words, kind, "name", "out", "named", "in", "namers"),
            "silent": template(words, "net_silent", "name", "in", "namers"),
            "nobody": words("net_nobody"),
            "none": template(words, "net_none", "text"),
            "one": template(words, "net_found_one", "n", "text"),
            "many": template(words, "net_found_many", "n", "text"),
        },
    }
    written = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("&", "\\u0026")


def template(words: Words, key: str, *names: str) -> str:
    """A sentence in which the script fills in the names."""
    return words(key, **{name: f"{{{name}}}" for name in names})


def columns_of(network: Network, figures: Figures, words: Words) -> list[Column]:
    """The team first, then the columns of people.csv, and two figures of a person."""
    found = []
    if network.team is not None:
        found.append(kinds(words("column_team"), list(network.team), words))
    found.append(amounts(words("column_times"), figures.ties_of.tolist(), words))
    table = network.people.table
    own = -1 if table is None else table.needed("id")
    for place, heading in enumerate(table.headings if table else ()):
        if heading and place != own:
            cells = [row.cells[place] for row in network.people.rows]
            column = column_of(heading, cells, words)
            # The team is there already.
            found += [] if column is None or tuple(cells) == network.team else [column]
    communities = [str(one) for one in figures.communities.tolist()]
    return [*found, kinds(words("column_community"), communities, words)]


def column_of(heading: str, cells: list[str], words: Words) -> Column | None:
    """Numbers as amounts when there are many, else kinds; None for what only tells people apart."""
    there = [cell for cell in cells if cell.casefold() not in ABSENT]
    numbers = [number_in(cell) for cell in there]
    if len(set(there)) > MOST_KINDS and None not in numbers:
        values = [number_in(cell) if cell.casefold() not in ABSENT else None for cell in cells]
        return amounts(heading, values, words)
    return kinds(heading, cells, words) if 1 < len(set(there)) <= SHORT_LIST else None


def kinds(name: str, cells: list[str], words: Words) -> Column:
    """The most frequent words each a class, the others one together."""
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell] = counts.get(cell, 0) + (cell != "")
    common = sorted((one for one in counts if one), key=lambda one: -counts[one])[:MOST_KINDS]
    place = {word: at for at, word in enumerate(common)}
    member = [place.get(cell, MOST_KINDS) for cell in cells]
    classes = [f"{word} ({words.number(counts[word])})" for word in common]
    if rest := member.count(MOST_KINDS):
        classes += [""] * (MOST_KINDS - len(classes)) + [f"{words('net_rest')} ({rest})"]
    return Column(name, member, classes, "kinds")


def amounts(name: str, values: Sequence[float | None], words: Words) -> Column:
    """Four classes with about as many people each, from low to high; a fifth without a value."""
    known = np.array([value for value in values if value is not None], dtype=float)
    cuts = np.quantile(known, (0.25, 0.5, 0.75)) if len(known) else np.zeros(3)
    none = len(cuts) + 1
    member = [
        none if value is None else int(np.searchsorted(cuts, value, side="left"))
        for value in values
    ]
    classes = [range_of(part, words) for part in parts_of(known, cuts)]
    if none in member:
        classes.append(f"{words('net_no_value')} ({member.count(none)})")
    return Column(name, member, classes, "amounts")


def parts_of(known: Numbers, cuts: Numbers) -> list[Numbers]:
    """The values of each class."""
    place = np.searchsorted(cuts, known, side="left")
    return [known[place == at] for at in range(len(cuts) + 1)]


def range_of(part: Numbers, words: Words) -> str:
    """From the lowest to the highest of a class; nothing when nobody is in it."""
    if not len(part):
        return ""
    low, high = (written(float(one), words) for one in (part.min(), part.max()))
    return f"{low} ({len(part)})" if low == high else f"{low}–{high} ({len(part)})"


def written(value: float, words: Words) -> str:
    return words.number(int(value)) if value.is_integer() else words.number(value, 2)


def ties_table(network: Network, words: Words) -> Markup:
    """Who names whom, both ways, in words: the drawing for who does not see it."""
    ids, arcs = network.people.ids, network.arcs
    named: list[list[str]] = [[] for _ in ids]
    namers: list[list[str]] = [[] for _ in ids]
    for source, target in zip(arcs.source.tolist(), arcs.target.tolist(), strict=True):
        named[source].append(ids[target])
        namers[target].append(ids[source])
    if network.is_undirected:
        headings = [words("column_person"), words("column_tied_to")]
        rows = [[one, ", ".join(named[at])] for at, one in enumerate(ids)]
    else:
        headings = [words("column_person"), words("column_names"), words("column_named_by")]
        rows = [
            [
                one,
                ", ".join(named[at]) if answered else words("did_not_answer"),
                ", ".join(namers[at]),
            ]
            for at, (one, answered) in enumerate(zip(ids, arcs.respondents, strict=True))
        ]
    return table_of(words("ties_caption"), headings, rows, class_="margins")
