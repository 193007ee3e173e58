"""What people think of the sentences: each scale as three shares, and how conditions fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from zwerm.analysis import disclosure
from zwerm.analysis.disclosure import ShownScale, Withheld
from zwerm.scans.library.scoring import ScaleResult, scale_results, scale_values
from zwerm.scans.models import Scan
from zwerm.scans.results.arrays import Asked
from zwerm.scans.results.network import Draws

FROM_20 = 20
"""Under this many answers the conditions are shown, and nothing else of what people think (R5)."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """The lines of the report about opinions, ready for the snapshot."""

    scales: list[dict[str, Any]]
    fit: dict[str, Any]


def opinions(scan: Scan, asked: Asked, draws: Draws) -> Opinions:
    """Every scale, single item and profile item; and the gap between the conditions."""
    given = [
        {name: one.answer for name, one in answers.given.items()}
        for answers, counts in zip(asked.answers, asked.counts, strict=True)
        if answers and counts
    ]
    lines: list[dict[str, Any]] = []
    conditions: dict[str, ShownScale | Withheld] = {}
    for scale in scale_results(scan.questionnaire or {"scales": []}):
        values = [scale_values(scale, answers) for answers in given]
        present = np.array([one for one in values if one is not None], dtype=np.float64)
        shown = disclosure.show_scale(
            present,
            rng=draws(scale.id),
            floor=scan.floor_scale,
            from_people=0 if scale.family == "conditions" else FROM_20,
        )
        lines.append(line(scale, shown))
        if scale.consistency:
            conditions[scale.id] = shown
    return Opinions(lines, disclosure.show_fit(conditions).to_json())


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
