"""The figures in a few lines on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zwerm.analyse.figures import Figures
from zwerm.analyse.results import Results
from zwerm.analyse.scale_page import scale_summary
from zwerm.analyse.sentences import name_of
from zwerm.analyse.words import Words

SHOWN = (
    "members",
    "respondents",
    "ties",
    "density",
    "mean_named",
    "reciprocity",
    "reciprocity_among_respondents",
    "reciprocity_dyadic",
    "indegree_centralization",
    "outdegree_centralization",
    "degree_centralization",
    "betweenness_centralization",
    "central_members",
    "gini_indegree",
    "most_asked_share",
    "unnamed_share",
    "isolates",
    "weak_components",
    "strong_components",
    "transitivity_weak",
    "transitivity_undirected",
    "modularity",
    "coupling",
    "across_share",
    "ei_index",
)
"""The figures of a whole network, in the order in which they are told."""
ROOM = 100


def value_of(figures: Figures, name: str) -> float | int | None:
    """One figure of a whole network by its name; None when it was not asked for."""
    if name == "coupling":
        return figures.coupling.value if figures.coupling else None
    if name in {"across_share", "ei_index"}:
        found: float | None = getattr(figures.teams, name) if figures.teams else None
        return found
    value: float | int | None = getattr(figures, name)
    return value


def summary_of(results: Results, words: Words, more: Sequence[str] = ()) -> str:
    """A table: a row per figure, a column per network; as many columns as fit, then on.

    `more` are blocks of lines to put below it.
    """
    found = results.figures
    names = list(found)
    label = max(len(words(f"figure_{name}")) for name in SHOWN)
    width = max(9, *(len(name) for name in names)) + 2
    fit = max(1, (ROOM - label) // width)
    blocks = [names[start : start + fit] for start in range(0, len(names), fit)]
    tables = [
        table_of({name: found[name] for name in block}, words, label, width) for block in blocks
    ]
    scales = {name: figures.scales for name, figures in found.items()}
    return "\n\n".join([*tables, *scale_summary(scales, words), *more, words("see_more")])


def table_of(found: Mapping[str, Figures], words: Words, label: int, width: int) -> str:
    lines = [" " * label + "".join(f"{name:>{width}}" for name in found)]
    for name in SHOWN:
        values = [value_of(figures, name) for figures in found.values()]
        if any(value is not None for value in values):
            cells = [words.number(float("nan") if value is None else value) for value in values]
            shown = "".join(f"{cell:>{width}}" for cell in cells)
            called = name_of(name, words, any(one.degree is not None for one in found.values()))
            lines.append(f"{called:<{label}}{shown}")
    return "\n".join(lines)
