"""The table behind each picture: the published values, exactly as published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zwerm.analysis.distributed import TEAMS
from zwerm.scans.sentences.patterns import Patterns
from zwerm.scans.sentences.saying import exact, step


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its heading and its cells."""

    label: str
    cells: list[str]


FIGURES = {
    "spread": ("mean_named", "reciprocity", "centralization", "unnamed"),
    "position": ("coupling", "leader_staff_share", "leader_arc_share"),
    "across": ("across", "outside"),
    "flock": ("mean_named", "reciprocity", "unnamed", "across"),
    "lead": ("takes_lead_overlap", "takes_lead_formal_share"),
    "change": ("mean_named", "reciprocity", "centralization"),
}


def figure_names() -> dict[str, str]:
    return {
        "mean_named": _("colleagues named, on average"),
        "reciprocity": _("questions that go both ways"),
        "centralization": _("questions end up with few people (0 to 1)"),
        "unnamed": _("people named by nobody"),
        "coupling": _("how often somebody with a post is asked more"),
        "leader_staff_share": _("people with a formal post"),
        "leader_arc_share": _("questions that go to them"),
        "across": _("questions to another team"),
        "outside": _("people who talk outside the school"),
        "takes_lead_overlap": _("taking the lead and being asked go together"),
        "takes_lead_formal_share": _("taking the lead by people with a post"),
        "works_together": _("working together, confirmed by both"),
    }


def heads(part: str, snapshot: dict[str, Any]) -> list[str]:
    """The column heads of the table of a part."""
    if part == "groups":
        return [_("Between"), _("How much")]
    if part in FIGURES:
        columns = [_("Figure"), _("Published"), _("Rounded to")]
        return columns + ([_("Last time")] if has_previous(part, snapshot) else [])
    return [_("Sentences about"), _("Disagree"), _("In between"), _("Agree")]


def has_previous(part: str, snapshot: dict[str, Any]) -> bool:
    return part in {"spread", "change"} and snapshot["previous"] is not None


def table_rows(snapshot: dict[str, Any], part: str, language: str) -> list[TableRow]:
    """The rows of the table of a part; none when it has no table."""
    if part in FIGURES:
        return figure_rows(snapshot, part, language)
    if part == "groups":
        return group_rows(snapshot)
    return scale_rows(snapshot, part, language)


def figure_rows(snapshot: dict[str, Any], part: str, language: str) -> list[TableRow]:
    names, say = figure_names(), Patterns(language)
    before = (snapshot["previous"] or {}).get("figures", {})
    rows = []
    for name in FIGURES[part]:
        figure = snapshot["figures"].get(name)
        if figure is None or figure.get("reason") == "not_asked":
            continue
        cells = published(figure, language, say)
        if has_previous(part, snapshot):
            cells.append(published(before.get(name, {"shown": False}), language, say)[0])
        rows.append(TableRow(names[name], cells))
    return rows


def published(figure: dict[str, Any], language: str, say: Patterns) -> list[str]:
    """A figure and its step as cells; a withheld one says why."""
    if not figure["shown"]:
        return [say.withheld(figure["reason"]) if "reason" in figure else "-", "-"]
    return [exact(figure, language), step(figure, language)]


def group_rows(snapshot: dict[str, Any]) -> list[TableRow]:
    groups = snapshot["groups"]
    if not groups["shown"]:
        return []
    names = [node["name"] for node in groups["nodes"]]
    words = {
        "strong": _("many"),
        "some": _("now and then"),
        "few": _("few"),
        "hidden": _("not shown"),
    }
    pair = _("%(a)s and %(b)s")
    return [
        TableRow(pair % {"a": names[one["a"]], "b": names[one["b"]]}, [words[one["strength"]]])
        for one in groups["blocks"]
    ]


def scale_rows(snapshot: dict[str, Any], family: str, language: str) -> list[TableRow]:
    say = Patterns(language)
    rows = []
    for scale in snapshot["scales"]:
        if scale["family"] != family:
            continue
        label = scale["label"][language]
        if scale.get("shown") is False:
            rows.append(TableRow(label, [say.withheld(scale["reason"]), "-", "-"]))
            continue
        parts = [scale[part] for part in ("disagree", "between", "agree")]
        rows.append(TableRow(label, [exact(one, language) for one in parts]))
    return rows


def team_rows(language: str) -> list[TableRow]:
    """The published table of 14 teams, as facts."""
    comma = "," if language == "nl" else "."
    return [
        TableRow(
            team.name,
            [
                f"{team.respondents} / {team.members}",
                f"{team.density * (team.members - 1):.1f}".replace(".", comma),
                f"{team.reciprocity:.2f}".replace(".", comma),
                f"{team.centralization:.2f}".replace(".", comma),
            ],
        )
        for team in TEAMS
    ]
