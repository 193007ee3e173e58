"""What a figure says, in one plain sentence with the figure itself in it."""

from __future__ import annotations

import math

from zwerm.analyse.words import Words

UNDIRECTED = {
    "members": "undirected_members",
    "ties": "undirected_ties",
    "mean_named": "undirected_named",
}


def says(name: str, value: float | int, words: Words, is_undirected: bool = False) -> str:
    """The sentence of one figure of a whole network."""
    if math.isnan(value):
        return words("says_nothing")
    key = UNDIRECTED.get(name) if is_undirected else None
    return words(
        key or f"says_{name}",
        value=words.number(value, 1),
        percent=words.number(round(100 * value)),
    )
