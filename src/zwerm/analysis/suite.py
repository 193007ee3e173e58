"""Every descriptive figure of one network together: quick enough for thousands of schools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis import centrality, network, structure
from zwerm.analysis.arcs import Arcs, Mask, Ties, arcs_of
from zwerm.analysis.walls import Reach, reach_of

Numbers = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Suite:
    """One network in full, but for its communities. NaN: not defined here.

    Each figure is that of the function with its name in `network`, `structure` or `centrality`;
    those of each person have shape (m,).
    """

    members: int
    respondents: int
    ties: int
    density: float
    mean_named: float
    reciprocity: float
    reciprocity_among_respondents: float
    reciprocity_dyadic: float
    indegree_centralization: float
    outdegree_centralization: float
    betweenness_centralization: float
    central_members: int
    gini_indegree: float
    most_asked_share: float
    unnamed: int
    isolates: int
    weak_components: int
    strong_components: int
    triad_census: dict[str, int]
    transitivity_weak: float
    transitivity_undirected: float
    indegree: Numbers
    outdegree: Numbers
    betweenness: Shares
    pagerank: Shares
    constraint: Shares
    coreness: Numbers
    reach: Reach | None


def suite_of(
    ties: Ties | Arcs, respondents: Mask | None = None, group: Numbers | None = None
) -> Suite:
    """Compute all of them; what several of them need is worked out once.

    Args:
        ties: shape (m, m), or arcs.
        respondents: shape (m,), who answered; everybody when not given.
        group: shape (m,), the number of each one's group, or -1; without it there is no reach.

    Raises:
        ValueError: `ties` is not square, or `respondents` or `group` has another length.

    Example:
        >>> suite_of(np.array([[0, 1], [1, 0]], dtype=bool)).reciprocity
        1.0
    """
    arcs = arcs_of(ties, respondents)
    # First what needs the skeleton: who names each other follows from it.
    undirected = structure.transitivity_undirected(arcs)
    through = centrality.betweenness(arcs)
    return Suite(
        members=arcs.people,
        respondents=arcs.answered,
        ties=len(arcs),
        density=network.density(arcs),
        mean_named=network.mean_named(arcs),
        reciprocity=network.reciprocity(arcs),
        reciprocity_among_respondents=network.reciprocity_among_respondents(arcs),
        reciprocity_dyadic=network.reciprocity_dyadic(arcs),
        indegree_centralization=network.indegree_centralization(arcs),
        outdegree_centralization=network.outdegree_centralization(arcs),
        betweenness_centralization=centrality.betweenness_centralization(through),
        central_members=network.central_members(arcs),
        gini_indegree=network.gini(arcs.named),
        most_asked_share=network.most_asked_share(arcs),
        unnamed=network.unnamed(arcs),
        isolates=structure.isolates(arcs),
        weak_components=structure.weak_components(arcs),
        strong_components=structure.strong_components(arcs),
        triad_census=structure.triad_census(arcs),
        transitivity_weak=structure.transitivity_weak(arcs),
        transitivity_undirected=undirected,
        indegree=arcs.indegree,
        outdegree=arcs.outdegree,
        betweenness=through,
        pagerank=centrality.pagerank(arcs),
        constraint=centrality.constraint(arcs),
        coreness=structure.coreness(arcs),
        reach=None if group is None else reach_of(arcs, group),
    )
