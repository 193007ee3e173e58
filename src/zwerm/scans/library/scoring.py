"""From one person's answers to one value for each scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zwerm.analysis.scales import enough_of


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """One published line of the report: a scale, a single item, or one item of a profile."""

    id: str
    family: str
    kind: str
    label: dict[str, str]
    ends: list[dict[str, str]] | None
    consistency: bool
    items: list[dict[str, Any]]


def scale_results(questionnaire: Mapping[str, Any]) -> list[ScaleResult]:
    """Every line about opinions, in the order of the report. Profiles fall apart in items."""
    results: list[ScaleResult] = []
    for scale in questionnaire["scales"]:
        if scale["kind"] == "profile":
            results += [one_item(scale, item) for item in scale["items"]]
        else:
            results.append(
                ScaleResult(
                    id=scale["id"],
                    family=scale["family"],
                    kind=scale["kind"],
                    label=scale["items"][0]["text"] if scale["kind"] == "item" else scale["label"],
                    ends=scale["ends"],
                    consistency=scale["consistency"],
                    items=scale["items"],
                )
            )
    return results


def one_item(scale: Mapping[str, Any], item: dict[str, Any]) -> ScaleResult:
    return ScaleResult(
        id=item["id"],
        family=scale["family"],
        kind="profile_item",
        label=item["text"],
        ends=None,
        consistency=False,
        items=[item],
    )


def scale_values(scale: ScaleResult, answers: Mapping[str, Any]) -> float | None:
    """The value of one person on one scale, 1 to 5; None when too few items were answered.

    Reversed items count as 6 minus the answer; "I do not know" (0) is missing.
    """
    given = [
        6 - answers[item["id"]] if item["reversed"] else answers[item["id"]]
        for item in scale.items
        if answers.get(item["id"])
    ]
    return sum(given) / len(given) if len(given) >= enough_of(len(scale.items)) else None
