"""How sure the published figures are: from what is published, and hardly from the answers.

Only one thing is asked of the answers themselves: whether those who stayed silent are asked
clearly more than the others. Then no way of making up for them holds, and the figure is not shown.
"""

from __future__ import annotations

from typing import Any

from zwerm.analysis.disclosure import (
    Shown,
    Withheld,
    intervals,
    least_answered,
    may_be_chance,
    show_intervals,
)
from zwerm.analysis.intervals import Networks
from zwerm.analysis.intervals.fitted import basis_of
from zwerm.analysis.intervals.withheld import MISSED_BY_MUCH_ASKED
from zwerm.scans.results.arrays import Asked, Relation, leaders

Figures = dict[str, Shown | Withheld]

CLEARLY_MORE = 1.5
"""How often the silent are asked, over how often the others are. At 1.25 chance alone says so of
one school in six; at this of one in twenty, and two in three are found of those where it is so."""


def sure_enough(figures: Figures, advice: Relation) -> Figures:
    """The figures, without those that say something else when the much-asked are silent."""
    network = Networks(advice.ties[None], advice.respondents[None])
    ratio = basis_of(network, 0).silent_asked_ratio
    if ratio is None or ratio <= CLEARLY_MORE:
        return figures
    held = Withheld("much_asked_silent")
    return {
        name: held if name in MISSED_BY_MUCH_ASKED and isinstance(figure, Shown) else figure
        for name, figure in figures.items()
    }


def figures_and_intervals(
    figures: Figures, response: dict[str, Any], respondents: int, asked: Asked
) -> tuple[Figures, dict[str, Any]]:
    """Each figure with what is published of how sure it is.

    Args:
        figures: as they would be published.
        response: the published band and class of the response.
        respondents: who count towards the floor.
        asked: the roster: how many people there are, and how many with a formal post.

    Returns:
        The figures, those that are too unsure withheld; and the intervals of the others by name,
        each with its steps, or with the reason why there is none.
    """
    kept: Figures = dict(figures)
    found: dict[str, Any] = {}
    for name in intervals.FIGURES:
        shown = figures[name]
        if not isinstance(shown, Shown):
            continue
        answered = least_answered(response["low"] or 0.0, response["contract"])
        interval = show_intervals(
            name, shown, respondents, members=len(asked.entries), answered=answered
        )
        if isinstance(interval, Withheld) and interval.reason == "too_wide":
            kept[name] = interval
        else:
            found[name] = interval.to_json()
    return kept, found | chance(kept, found, respondents, asked)


def chance(
    figures: Figures, found: dict[str, Any], respondents: int, asked: Asked
) -> dict[str, Any]:
    """The interval of coupling, with whether posts dealt at random would do the same."""
    shown = figures["coupling"]
    if not isinstance(shown, Shown) or "coupling" not in found:
        return {}
    inside = int(leaders(asked.entries).sum())
    is_possible = may_be_chance(shown, inside, len(asked.entries) - inside, respondents)
    word = "possible" if is_possible else "seldom"
    return {"coupling": {**found["coupling"], "chance": word}}
