"""How well the questions of a scale hang together: a table of its own, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zwerm.scans.sentences.tables import DASH, TableRow, value_text
from zwerm.scans.sentences.telling import Snapshot, Telling
from zwerm.scans.sentences.wording import phrase

COEFFICIENTS = ("alpha", "omega", "rwgj", "icc")


@dataclass(frozen=True, slots=True)
class Coherence:
    """The table of one part of the report."""

    title: str
    heads: tuple[str, ...]
    rows: list[TableRow]
    notes: tuple[str, ...]
    """What the figures say and what they do not."""


def coherence_of(snapshot: Snapshot, part: str, language: str) -> Coherence | None:
    """The table of a part; None where nothing of it may be shown, as with few answers.

    Snapshots of before there was such a table have none.
    """
    tell = Telling(snapshot, language)
    found = [
        (line, line["coherence"])
        for line in snapshot["scales"]
        if line["family"] == part and has_some(line.get("coherence", {}))
    ]
    if not found:
        return None
    names = shown_names([figures for _line, figures in found])
    rows = [coherence_row(tell, line, names) for line, _figures in found]
    heads = (phrase("tables.head.opinion", tell.language), *(head(tell, name) for name in names))
    return Coherence(tell.say("coherence.title"), heads, rows, tuple(notes(tell, found)))


def has_some(figures: dict[str, Any]) -> bool:
    return any(figure["shown"] for figure in figures.values())


def shown_names(all_figures: list[dict[str, Any]]) -> list[str]:
    """The columns in which something stands."""
    return [name for name in COEFFICIENTS if any(figures[name]["shown"] for figures in all_figures)]


def head(tell: Telling, name: str) -> str:
    return phrase(f"coherence.head.{name}", tell.language)


def coherence_row(tell: Telling, line: dict[str, Any], names: list[str]) -> TableRow:
    figures = line["coherence"]
    cells = (
        value_text(tell, name, figures[name]) if figures[name]["shown"] else DASH for name in names
    )
    return TableRow(line["label"][tell.language], tuple(cells))


def notes(tell: Telling, found: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[str]:
    """What each figure says, what none of them says, and why one may be missing or low."""
    all_figures = [figures for _line, figures in found]
    shown = shown_names(all_figures)
    said = [tell.say("coherence.alpha")]
    said += [tell.say(f"coherence.{name}") for name in ("rwgj", "icc") if name in shown]
    said.append(tell.say("coherence.not"))
    if tell.snapshot["scan"]["form"] != "long":
        said.append(tell.say("coherence.short"))
    if any(figures["omega"].get("reason") == "few_items" for figures in all_figures):
        said.append(tell.say("coherence.two"))
    return said
