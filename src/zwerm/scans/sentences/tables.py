"""The table behind each picture: the published values, with the step they were rounded to."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zwerm.scans.sentences import intervals
from zwerm.scans.sentences.change import verdicts_of
from zwerm.scans.sentences.labels import say
from zwerm.scans.sentences.numbers import ABOUT
from zwerm.scans.sentences.telling import NOT_ASKED, Figure, Snapshot, Telling
from zwerm.scans.sentences.withheld import OPINIONS, reason
from zwerm.scans.sentences.wording import phrase

FIGURES: dict[str, tuple[str, ...]] = {
    "spread": ("mean_named", "reciprocity", "centralization", "unnamed", "works_together"),
    "position": ("coupling", "leader_staff_share", "leader_arc_share"),
    "across": ("across", "outside"),
    "flock": ("mean_named", "reciprocity", "unnamed", "across"),
    "lead": ("takes_lead_overlap", "takes_lead_formal_share"),
}
UNSURE = ("spread", "position", "across")
"""The parts whose tables say how sure each figure is."""
DASH = "–"
COMPARED = ("mean_named", "reciprocity", "centralization", "coupling", "across")
"""Figures that stand beside those of the scan before."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table: what it is, and its cells in the order of the heads."""

    label: str
    cells: tuple[str, ...]


def table_heads(snapshot: Snapshot, part: str, language: str) -> tuple[str, ...]:
    """What stands above the columns of a part's table, the label's own column included."""
    tell = Telling(snapshot, language)
    names: tuple[str, ...] = ("figure", "now", *columns(tell, part), "step")
    if part == "groups":
        names = ("between_groups", "questions")
    elif part in OPINIONS:
        names = ("opinion", "disagree", "between", "agree", "step")
    elif part == "change":
        verdict = ("verdict",) if verdicts_of(tell) else ()
        names = ("figure", *verdict, "before", "now", "step")
    return tuple(phrase(f"tables.head.{name}", tell.language) for name in names)


def table_rows(snapshot: Snapshot, part: str, language: str) -> list[TableRow]:
    """The rows behind the picture of a part; empty where nothing was asked."""
    tell = Telling(snapshot, language)
    special: dict[str, Callable[[Telling], list[TableRow]]] = {
        "groups": group_rows,
        "flock": flock_rows,
        "change": change_rows,
        "response": response_rows,
    }
    if part in special:
        return special[part](tell)
    if part in OPINIONS:
        return [scale_row(tell, line) for line in snapshot["scales"] if line["family"] == part]
    names = [name for name in FIGURES.get(part, ()) if is_asked(tell, name)]
    return [unsure_row(tell, name, columns(tell, part)) for name in names]


def columns(tell: Telling, part: str) -> tuple[str, ...]:
    """The columns of intervals: of the parts that have any, in a report that has them."""
    is_unsure = part in UNSURE and any(tell.intervals.get(name) for name in FIGURES[part])
    return intervals.KINDS if is_unsure else ()


def unsure_row(tell: Telling, name: str, kinds: tuple[str, ...]) -> TableRow:
    """One figure with its intervals between its value and its step."""
    row = figure_row(tell, name)
    cells = (intervals.cell(tell, name, kind, number) or DASH for kind in kinds)
    return TableRow(row.label, (row.cells[0], *cells, row.cells[1]))


def is_asked(tell: Telling, name: str) -> bool:
    figure = tell.figure(name)
    return bool(figure["shown"] or figure["reason"] != "not_asked")


def figure_row(tell: Telling, name: str) -> TableRow:
    figure = tell.figure(name)
    label = tell.say(f"tables.row.{name}")
    if not figure["shown"]:
        return TableRow(label, (why_not(tell, name, figure), DASH))
    return TableRow(label, (value_text(tell, name, figure), step_text(tell, figure)))


def why_not(tell: Telling, name: str, figure: Figure) -> str:
    """Why a figure is not shown, in the cell where its value would stand."""
    part = next((part for part, names in FIGURES.items() if name in names), "opinions")
    return reason(tell, figure["reason"], part)


def value_text(tell: Telling, name: str, figure: Figure) -> str:
    """A published value as it stands in a table: with its sign for an end band."""
    if figure["kind"] == "word":
        return say(name, figure, tell.language)
    sign = figure.get("end") or "about"
    return phrase(f"tables.value.{sign}", tell.language, n=number(tell, figure, figure["value"]))


def number(tell: Telling, figure: Figure, value: float) -> str:
    """A number with its decimals, or a share as a percentage."""
    if figure["kind"] == "share":
        percent = tell.decimal(round(100 * value, 1))
        return phrase("tables.value.percent", tell.language, n=percent)
    return tell.decimal(value)


def step_text(tell: Telling, figure: Figure) -> str:
    """What a value was rounded to."""
    if figure["kind"] == "word":
        return phrase("tables.value.in_words", tell.language)
    if figure["kind"] == "share":
        points = tell.decimal(round(100 * figure["step"], 1))
        return phrase("tables.value.points", tell.language, n=points)
    return tell.decimal(figure["step"])


def scale_row(tell: Telling, line: dict[str, Any]) -> TableRow:
    """The three shares of one scale or sentence."""
    label = line["label"][tell.language]
    if not line.get("shown", True):
        return TableRow(label, (reason(tell, line["reason"], "opinions"), DASH, DASH, DASH))
    sides = [line[side] for side in ("disagree", "between", "agree")]
    values = [value_text(tell, "share", side) for side in sides]
    return TableRow(label, (*values, step_text(tell, sides[0])))


def group_rows(tell: Telling) -> list[TableRow]:
    """How much each pair of groups asks each other."""
    found = tell.snapshot["groups"]
    if not found["shown"]:
        return []
    names = [node["name"] for node in found["nodes"]]
    return [
        TableRow(
            phrase("tables.pair", tell.language, a=names[block["a"]], b=names[block["b"]]),
            (phrase(f"tables.strength.{block['strength']}", tell.language),),
        )
        for block in found["blocks"]
    ]


def flock_rows(tell: Telling) -> list[TableRow]:
    """The figures from which the flock was drawn."""
    found = tell.snapshot["groups"]
    if not found["shown"]:
        return []
    sizes = ", ".join(str(node["members"]) for node in found["nodes"])
    rows = [figure_row(tell, name) for name in FIGURES["flock"] if is_asked(tell, name)]
    return [TableRow(tell.say("tables.row.sizes"), (sizes, DASH)), *rows]


def response_rows(tell: Telling) -> list[TableRow]:
    """The published band of participation, and what it allows."""
    response = tell.snapshot["response"]
    few = "_few" if response["contract"] == "full" and tell.in_few else ""
    allows = phrase(f"tables.contract.{response['contract']}{few}", tell.language)
    rows = [TableRow(tell.say("tables.row.contract"), (allows, DASH))]
    if response["low"] is None:
        return rows
    edges = (math.floor(100 * response["low"] + ABOUT), math.ceil(100 * response["high"] - ABOUT))
    low, high = (phrase("tables.value.percent", tell.language, n=str(edge)) for edge in edges)
    points = phrase("tables.value.points", tell.language, n=str(edges[1] - edges[0]))
    band = phrase("tables.value.band", tell.language, low=low, high=high)
    return [TableRow(tell.say("tables.row.response"), (band, points)), *rows]


def change_rows(tell: Telling) -> list[TableRow]:
    """The figures of the scan before beside those of now, with the verdict on each."""
    previous = tell.snapshot["previous"]
    if previous is None:
        return []
    return [row for name in COMPARED if (row := change_row(tell, name, previous["figures"]))]


def change_row(tell: Telling, name: str, then: dict[str, Figure]) -> TableRow | None:
    """One figure then and now; None where it is shown in neither, or compared in no way."""
    before, now = then.get(name, NOT_ASKED), tell.figure(name)
    if not (before["shown"] and now["shown"]):
        return None
    verdict: tuple[str, ...] = ()
    if verdicts_of(tell):
        word = verdicts_of(tell).get(name, {"word": "not_compared"})["word"]
        verdict = (phrase(f"change.word.{word}", tell.language),)
    cells = (*verdict, value_text(tell, name, before), *figure_row(tell, name).cells)
    return TableRow(tell.say(f"tables.row.{name}"), cells)
