"""Where each person stands in a network. Of use to researchers on their own data only.

A school's report never holds a figure of one person. `ties[i, j]` is true when i named j; `Arcs`
are taken as well. Definitions and sources: docs/methods/persons.md.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Ties, arcs_of

Shares = npt.NDArray[np.float64]

DAMPING = 0.85
AT_ONCE = 100
"""From how many people paths are counted before progress is told."""


def betweenness(ties: Ties | Arcs, progress: Callable[[float], None] | None = None) -> Shares:
    """Over how many shortest paths between two others each person lies: shape (m,); directed.

    When there are several shortest paths between two people, each counts for its part.
    `progress` is called with the share that is done.

    Source: Freeman (1977), Sociometry 40(1), 35-41; Brandes (2001), Journal of Mathematical
    Sociology 25(2), 163-177.

    Example:
        >>> betweenness(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)).tolist()
        [0.0, 1.0, 0.0]
    """
    arcs = arcs_of(ties)
    graph = arcs.graph
    if arcs.people <= AT_ONCE:
        return np.array(graph.betweenness(directed=True), dtype=np.float64)
    total = np.zeros(arcs.people)
    for start in range(0, arcs.people, AT_ONCE):
        end = min(start + AT_ONCE, arcs.people)
        total += graph.betweenness(directed=True, sources=range(start, end))
        if progress:
            progress(end / arcs.people)
    return total


def betweenness_centralization(through: Shares) -> float:
    """0 when all paths run over everybody alike, 1 when all run over one person.

    sum(max - b_i) / ((m - 1)^2 (m - 2)), for directed `betweenness` of shape (m,); NaN under 3
    people.

    Source: Freeman (1978), Social Networks 1(3), 215-239.

    Example:
        >>> betweenness_centralization(np.array([2.0, 0.0, 0.0]))
        1.0
    """
    people, paths = len(through), through.tolist()
    if people < 3:
        return float("nan")
    return float((people * max(paths) - sum(paths)) / ((people - 1) ** 2 * (people - 2)))


def pagerank(ties: Ties | Arcs) -> Shares:
    """How often a walk comes by each person: shape (m,), together 1; damping 0.85.

    The walk goes from the asker to the one asked, and in 15 of 100 steps, or when somebody names
    nobody, to anybody.

    Source: Brin & Page (1998), Computer Networks 30, 107-117.

    Example:
        >>> pagerank(np.array([[0, 1], [1, 0]], dtype=bool)).round(9).tolist()
        [0.5, 0.5]
    """
    ranks = np.array(arcs_of(ties).graph.pagerank(damping=DAMPING), dtype=np.float64)
    return ranks if len(ranks) else np.zeros(0)


def constraint(ties: Ties | Arcs) -> Shares:
    """How far each one's contacts are contacts of each other: shape (m,), NaN for an isolate.

    High: the same closed circle. Low: somebody who bridges gaps. Ties count in both directions.

    Source: Burt (1992), Structural Holes, chapter 2.
    """
    arcs = arcs_of(ties)
    return np.array(arcs.graph.constraint() if arcs.people else [], dtype=np.float64)
