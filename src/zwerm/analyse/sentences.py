"""What a figure is called and what it says, in one plain sentence with the figure itself in it."""

from __future__ import annotations

import math

from zwerm.analyse.words import Words

UNDIRECTED = {"members", "ties", "mean_named", "central_members", "isolates", "coupling"}
"""Figures that are told in other words when a tie has no direction."""


def name_of(figure: str, words: Words, is_undirected: bool = False) -> str:
    """What a person calls this figure."""
    is_other = is_undirected and figure == "mean_named"
    return words("figure_mean_ties" if is_other else f"figure_{figure}")


def says(figure: str, value: float | int, words: Words, is_undirected: bool = False) -> str:
    """The sentence of one figure of a whole network."""
    if math.isnan(value):
        return words("says_nothing")
    kind = "undirected" if is_undirected and figure in UNDIRECTED else "says"
    return words(
        f"{kind}_{figure}",
        value=words.number(value, 1),
        percent=words.hundredths(value),
    )
