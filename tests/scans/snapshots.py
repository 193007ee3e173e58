"""Ready-made snapshots of a report, schema 1: a large school, a small one, and a withheld one."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from zwerm.scans.library.questionnaire import questionnaire
from zwerm.scans.library.scoring import scale_results
from zwerm.scans.library.texts import Text

Snapshot = dict[str, Any]

TOPIC = {"nl": "het werken met ouders", "en": "working with parents"}
POST_GROUP = {"nl": "teamleiders en coördinatoren", "en": "team leaders and coordinators"}
CONDITIONS = ("culture", "structure", "vision", "environment")
FIGURES = (
    "mean_named",
    "reciprocity",
    "centralization",
    "coupling",
    "leader_staff_share",
    "leader_arc_share",
    "across",
    "outside",
    "unnamed",
    "works_together",
    "takes_lead_formal_share",
    "takes_lead_overlap",
)


def make_number(value: float, step: float, word: str, end: str | None = None) -> dict[str, Any]:
    shown = {"shown": True, "kind": "number", "value": value, "step": step}
    return {**shown, "end": end, "word": word}


def make_share(value: float, step: float, word: str, end: str | None = None) -> dict[str, Any]:
    return {**make_number(value, step, word, end), "kind": "share"}


def make_word(word: str) -> dict[str, Any]:
    return {"shown": True, "kind": "word", "word": word}


def make_withheld(reason: str = "few_answers") -> dict[str, Any]:
    return {"shown": False, "reason": reason}


DISAGREED = {
    "word": "low",
    "disagree": make_share(0.6, 0.1, "high"),
    "between": make_share(0.2, 0.1, "low"),
    "agree": make_share(0.2, 0.1, "low"),
}


def make_snapshot(**overrides: Any) -> Snapshot:
    """A school of 84 with 80 % response: everything is shown. `overrides` replace whole keys.

    A key with two underscores reaches inside: `figures__coupling=...`, `response__size=...`.
    """
    snapshot: Snapshot = {
        "schema": 1,
        "wording": "2026-11",
        "school": {"name": "De Waterlelie", "sector": "vo"},
        "scan": {
            "title": "Najaar 2026",
            "topic": dict(TOPIC),
            "form": "short",
            "opened_on": "2026-11-02",
            "closed_on": "2026-11-20",
            "report_on": "2026-11-24",
            "relations": ["advice", "outside"],
            "post_group": dict(POST_GROUP),
            "floors": {"network": 10, "scale": 5, "comments": 10},
        },
        "members": 84,
        "response": {"low": 0.8, "high": 0.9, "contract": "full", "size": "large"},
        "figures": make_figures(),
        "intervals": make_intervals(),
        "profile": make_word("middle"),
        "groups": make_groups(),
        "scales": make_scales("short"),
        "fit": {"shown": True, "word": "high", "highest": "culture", "lowest": "structure"},
        "previous": None,
        "audit": {"sets": 41, "smallest": 11},
    }
    return put(snapshot, overrides)


def make_small_snapshot(**overrides: Any) -> Snapshot:
    """A school of 12, all but a few answered: mean named, reciprocity and conditions only."""
    few = dict.fromkeys(FIGURES, make_withheld())
    asked = dict.fromkeys(FIGURES[-3:], make_withheld("not_asked"))
    figures = few | asked
    figures["mean_named"] = make_number(3.0, 1.0, "middle")
    figures["reciprocity"] = make_share(0.5, 0.25, "high")
    small = {
        "school": {"name": "De Kikker", "sector": "po"},
        "members": 12,
        "response": {"low": 2 / 3, "high": 1.0, "contract": "full", "size": "tiny"},
        "figures": figures,
        "intervals": {
            "mean_named": make_interval((1, 1), (1, 2)),
            "reciprocity": make_interval((1, 1), (1, 1)),
        },
        "profile": make_withheld(),
        "groups": make_withheld(),
        "scales": [in_words(line) for line in make_scales("short")],
        "fit": {"shown": True, "word": "middle", "highest": "vision", "lowest": "structure"},
    }
    return make_snapshot(**(small | overrides))


def make_withheld_snapshot(**overrides: Any) -> Snapshot:
    """A school of 84 of which too few answered: participation, conditions and drives only."""
    held = make_withheld("contract")
    withheld = {
        "response": {"low": 0.5, "high": 0.6, "contract": "little", "size": "small"},
        "figures": dict.fromkeys(FIGURES, held),
        "intervals": {},
        "profile": held,
        "groups": held,
    }
    return make_snapshot(**(withheld | overrides))


def make_figures() -> dict[str, Any]:
    return {
        "mean_named": make_number(4.2, 0.2, "middle"),
        "reciprocity": make_share(0.35, 0.05, "middle"),
        "centralization": make_number(0.2, 0.1, "middle"),
        "unnamed": make_word("middle"),
        "across": make_share(0.3, 0.05, "middle"),
        "coupling": make_share(0.7, 0.1, "high"),
        "leader_staff_share": make_share(0.2, 0.05, "low"),
        "leader_arc_share": make_share(0.4, 0.05, "middle"),
        "outside": make_share(0.55, 0.05, "middle"),
        "works_together": make_withheld("not_asked"),
        "takes_lead_formal_share": make_withheld("not_asked"),
        "takes_lead_overlap": make_withheld("not_asked"),
    }


def make_interval(completion: tuple[int, int], remeasurement: tuple[int, int]) -> dict[str, Any]:
    """So many steps below and above, had everybody answered and next week."""
    pairs = {"completion": completion, "remeasurement": remeasurement}
    return {kind: {"down": down, "up": up} for kind, (down, up) in pairs.items()}


def make_intervals() -> dict[str, Any]:
    return {
        "mean_named": make_interval((2, 1), (4, 2)),
        "reciprocity": make_interval((1, 2), (2, 3)),
        "centralization": make_interval((1, 1), (1, 2)),
        "across": make_interval((1, 1), (2, 2)),
        "coupling": {**make_interval((1, 1), (2, 2)), "chance": "seldom"},
    }


def make_older_snapshot(**overrides: Any) -> Snapshot:
    """One from before there were intervals."""
    older = make_snapshot(**overrides)
    del older["intervals"]
    return older


def make_groups() -> dict[str, Any]:
    names = ("Onderbouw", "Bovenbouw", "Zorg")
    return {
        "shown": True,
        "nodes": [{"name": name, "members": 28, "shown": True} for name in names],
        "blocks": [
            {"a": 0, "b": 1, "strength": "strong"},
            {"a": 0, "b": 2, "strength": "some"},
            {"a": 1, "b": 2, "strength": "few"},
        ],
    }


def make_scales(form: str) -> list[dict[str, Any]]:
    """Every line about opinions that a form asks: alike, but that structure is recognised less."""
    frozen = questionnaire(form, topic=Text(**TOPIC)).to_json()
    lines = [make_line(result) for result in scale_results(frozen)]
    return [line | DISAGREED if line["id"] == "structure" else line for line in lines]


def make_line(result: Any) -> dict[str, Any]:
    line = {
        "id": result.id,
        "family": result.family,
        "label": result.label,
        "kind": result.kind,
        "word": "high",
        "disagree": make_share(0.1, 0.1, "low", "low"),
        "between": make_share(0.2, 0.1, "low"),
        "agree": make_share(0.7, 0.1, "high"),
    }
    if result.ends:
        line["low_end"], line["high_end"] = result.ends
    return line


def in_words(line: dict[str, Any]) -> dict[str, Any]:
    """A line as it is published for few answers."""
    words = {side: make_word(line[side]["word"]) for side in ("disagree", "between", "agree")}
    return line | words


def put(snapshot: Snapshot, overrides: dict[str, Any]) -> Snapshot:
    made = deepcopy(snapshot)
    for name, value in overrides.items():
        place, *path = name.split("__")
        if place not in made:
            raise KeyError(f"a snapshot has no {place}")
        inside, keys = made, [place, *path]
        for key in keys[:-1]:
            inside = inside[key]
        inside[keys[-1]] = deepcopy(value)
    return made


VERDICTS = {
    "mean_named": "risen",
    "reciprocity": "no_clear_change",
    "centralization": "fallen",
    "coupling": "cannot_say",
}


def make_change(**overrides: Any) -> dict[str, Any]:
    """What a snapshot holds of change: one of each verdict. `words` replaces some of them."""
    words = VERDICTS | overrides.pop("words", {})
    back = overrides.pop("falling_back", {})
    verdicts = {
        name: {
            "word": word,
            "reason": "too_wide" if word == "cannot_say" else None,
            "falling_back": back.get(name),
        }
        for name, word in words.items()
    }
    change = {"since": "2025-11-21", "reason": None, "verdicts": verdicts}
    return {**change, "joined": None, "left": None, "expectation": None, **overrides}


def make_not_compared(reason: str, **overrides: Any) -> dict[str, Any]:
    """The same of two scans that are not compared at all."""
    verdict = {"word": "cannot_say", "reason": reason, "falling_back": None}
    verdicts = {name: dict(verdict) for name in VERDICTS}
    return make_change(**({"reason": reason, "verdicts": verdicts} | overrides))


def make_next_snapshot(change: dict[str, Any] | None = None, **overrides: Any) -> Snapshot:
    """The large school a year later: it asks more, and fewer people carry what is asked."""
    then = make_figures()
    now = {
        "figures__mean_named": make_number(5.0, 0.2, "high"),
        "figures__centralization": make_number(0.1, 0.1, "low"),
        "figures__reciprocity": make_share(0.4, 0.05, "middle"),
    }
    then["centralization"] = make_number(0.4, 0.1, "high")
    previous = {
        "closed_on": "2025-11-21", "figures": then, "same_topic": True, "same_groups": True,
    }  # fmt: skip
    snapshot = make_snapshot(previous=previous, **now)
    snapshot["change"] = make_change() if change is None else change
    return put(snapshot, overrides)
