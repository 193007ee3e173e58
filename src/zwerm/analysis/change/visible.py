"""How large a change must be before a school like ours sees it, by simulation.

The sizes are in visible.json, which `./zwerm bench power` writes; docs/methods/change.md has them
as tables, and says of what invented schools they are.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from zwerm.analysis.change.verdicts import (
    FAMILY,
    FEWEST_ANSWERS,
    FEWEST_FOR_COUPLING,
    Figure,
)

FEWEST_RESPONSE = 0.65
"""With less participation nothing was simulated, and a report says little."""
UNKNOWN_STABILITY = 0.5
"""The share of arcs that the same people name again, as long as nobody has measured it."""


def visible_change(
    members: int,
    response: float,
    *,
    stability: float = UNKNOWN_STABILITY,
    expected: bool = False,
) -> dict[str, float]:
    """The smallest change that eight of ten such schools would see, per figure.

    Between the simulated schools sizes are drawn straight on 1 / sqrt(members), on response and
    on stability; beyond them they stay as they are. So a school of over 150 sees more than this.

    Args:
        members: how many people stand on the roster.
        response: the share that answers, each time anew, 0-1.
        stability: the share of arcs that people name again without any change; a second scan
            measures it (`Kept.stability`).
        expected: for a figure that was written down beforehand with its direction.

    Returns:
        Sizes in the unit of each figure. Empty when hardly 20 would answer both times, or under
        65 % response; without coupling under 40 members.

    Raises:
        ValueError: a share outside 0-1, or nobody on the roster.

    Source: docs/methods/change.md.

    Example:
        >>> visible_change(24, 0.8)
        {}
        >>> list(visible_change(30, 0.9))
        ['mean_named', 'reciprocity', 'centralization']
    """
    if members < 1 or not 0 <= response <= 1 or not 0 <= stability <= 1:
        raise ValueError(
            "members must be 1 or more, response and stability between 0 and 1; "
            f"got {members}, {response} and {stability}"
        )
    if members * response**2 < FEWEST_ANSWERS or response < FEWEST_RESPONSE:
        return {}
    rule = "expected" if expected else "any"
    return {
        name: _size(name, rule, members, response, stability)
        for name in FAMILY
        if name != "coupling" or members >= FEWEST_FOR_COUPLING
    }


def _size(name: Figure, rule: str, members: int, response: float, stability: float) -> float:
    table = _table()
    sizes = [
        np.interp(
            response,
            table["responses"],
            [_at(members, table["people"], row) for row in world[rule][name]],
        )
        for world in table["worlds"]
    ]
    return float(np.interp(stability, [world["stability"] for world in table["worlds"]], sizes))


def _at(members: int, people: list[int], row: list[float | None]) -> float:
    """The size on a row of the table, from many people to few: chance goes with 1 / sqrt(n)."""
    known = [(n**-0.5, size) for n, size in zip(people, row, strict=True) if size is not None]
    places, sizes = zip(*reversed(known), strict=True)
    return float(np.interp(members**-0.5, places, sizes))


@cache
def _table() -> dict[str, Any]:
    text = resources.files("zwerm.analysis.change").joinpath("visible.json").read_text("utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
