"""The figures of one network by python-igraph alone, as somebody who knows it would get them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

import igraph
import numpy as np
import numpy.typing as npt

from zwerm.analysis.structure import CLOSED, PATHS, TRIADS

DAMPING = 0.85


@dataclass(frozen=True, slots=True)
class Described:
    """Every figure of the suite, as igraph and plain Python give them."""

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
    indegree: list[int]
    outdegree: list[int]
    betweenness: list[float]
    pagerank: list[float]
    constraint: list[float]
    coreness: list[int]
    across_share: float
    ei_index: float
    between: list[list[int]]


def describe(
    source: npt.NDArray[np.int64],
    target: npt.NDArray[np.int64],
    respondents: Sequence[bool],
    group: Sequence[int],
) -> Described:
    """The suite; `group` numbers each one's team from 0, -1 for none."""
    people, edges = len(group), list(zip(source.tolist(), target.tolist(), strict=True))
    graph = igraph.Graph(n=people, edges=edges, directed=True)
    skeleton = graph.as_undirected(mode="collapse")
    answered = [person for person, responds in enumerate(respondents) if responds]
    named, naming, arcs = graph.indegree(), graph.outdegree(), graph.ecount()
    through = graph.betweenness(directed=True)
    census = [int(count) for count in graph.triad_census()]
    between = Counter((group[one], group[other]) for one, other in edges)
    placed = {pair: count for pair, count in between.items() if min(pair) >= 0}
    inside = sum(count for (one, other), count in placed.items() if one == other)
    return Described(
        density=arcs / (len(answered) * (people - 1)),
        mean_named=arcs / len(answered),
        reciprocity=graph.reciprocity(),
        reciprocity_among_respondents=graph.induced_subgraph(answered).reciprocity(),
        reciprocity_dyadic=graph.reciprocity(mode="ratio"),
        indegree_centralization=spread(named) / (people - 1) ** 2,
        outdegree_centralization=spread([naming[person] for person in answered])
        / ((len(answered) - 1) * (people - 1)),
        betweenness_centralization=spread(through) / ((people - 1) ** 2 * (people - 2)),
        central_members=named.count(max(named)),
        gini_indegree=gini(named),
        most_asked_share=sum(sorted(named)[people - math.ceil(people / 10) :]) / arcs,
        unnamed=named.count(0),
        isolates=graph.degree().count(0),
        weak_components=len(graph.connected_components(mode="weak")),
        strong_components=len(graph.connected_components(mode="strong")),
        triad_census=dict(zip(TRIADS, census, strict=True)),
        transitivity_weak=sum(map(mul, CLOSED.values(), census))
        / sum(map(mul, PATHS.values(), census)),
        transitivity_undirected=skeleton.transitivity_undirected(),
        indegree=named,
        outdegree=naming,
        betweenness=through,
        pagerank=graph.pagerank(damping=DAMPING),
        constraint=graph.constraint(),
        coreness=skeleton.coreness(),
        across_share=(sum(placed.values()) - inside) / sum(placed.values()),
        ei_index=(sum(placed.values()) - 2 * inside) / sum(placed.values()),
        between=[
            [between[one, other] for other in range(max(group) + 1)]
            for one in range(max(group) + 1)
        ],
    )


def spread(values: Sequence[float]) -> float:
    """How far everybody is below the highest, together."""
    return max(values) * len(values) - sum(values)


def gini(values: Sequence[int]) -> float:
    n = len(values)
    ranked = sum((2 * rank - n - 1) * one for rank, one in enumerate(sorted(values), start=1))
    return ranked / (n * sum(values))
