"""What people think of the sentences: each scale as three shares, and how conditions fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis import disclosure
from zwerm.analysis.disclosure import ShownScale, Withheld
from zwerm.scans.library.scoring import ScaleResult, scale_results, scale_values
from zwerm.scans.models import Scan
from zwerm.scans.results.arrays import Asked
from zwerm.scans.results.coherence import Limits, coherence, grouping, item_answers
from zwerm.scans.results.network import Draws

FROM_20 = 20
"""Under this many answers the conditions are shown, and nothing else of what people think (R5)."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """The lines of the report about opinions, ready for the snapshot."""

    scales: list[dict[str, Any]]
    fit: dict[str, Any]


def opinions(scan: Scan, asked: Asked, draws: Draws, groups: Mapping[str, Any]) -> Opinions:
    """Every scale, single item and profile item; and the gap between the conditions.

    `groups` is the map as it is published: ICC is shown over these groups or not at all.
    """
    given = [
        {name: one.answer for name, one in answers.given.items()} if answers and counts else {}
        for answers, counts in zip(asked.answers, asked.counts, strict=True)
    ]
    limits = Limits(draws, scan.floor_scale, grouping(asked, groups, scan.floor_network))
    lines: list[dict[str, Any]] = []
    conditions: dict[str, ShownScale | Withheld] = {}
    for scale in scale_results(scan.questionnaire or {"scales": []}):
        answered = [scale_values(scale, answers) for answers in given]
        values = np.array(answered, dtype=np.float64)
        shown = disclosure.show_scale(
            values[np.isfinite(values)],
            rng=draws(scale.id),
            floor=scan.floor_scale,
            from_people=0 if scale.family == "conditions" else FROM_20,
        )
        lines.append(line(scale, shown) | beside(scale, shown, given, values, limits))
        if scale.consistency:
            conditions[scale.id] = shown
    return Opinions(lines, disclosure.show_fit(conditions).to_json())


def beside(
    scale: ScaleResult,
    shown: ShownScale | Withheld,
    given: list[dict[str, Any]],
    values: npt.NDArray[np.float64],
    limits: Limits,
) -> dict[str, Any]:
    """What stands beside the shares: whether answers lie apart, and how questions hang together."""
    if isinstance(shown, Withheld):
        return {}
    if scale.kind != "scale":
        return {"apart": disclosure.lies_apart(shown, Withheld("not_asked"))}
    found = coherence(scale, item_answers(scale, given), values, limits)
    return {
        "apart": disclosure.lies_apart(shown, found["rwgj"]),
        "coherence": {name: figure.to_json() for name, figure in found.items()},
    }


def line(scale: ScaleResult, shown: ShownScale | Withheld) -> dict[str, Any]:
    """One line of the snapshot."""
    content: dict[str, Any] = {
        "id": scale.id,
        "family": scale.family,
        "label": scale.label,
        "kind": scale.kind,
        **shown.to_json(),
    }
    if scale.ends:
        content["low_end"], content["high_end"] = scale.ends
    return content
