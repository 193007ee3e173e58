"""Every figure of one network, under the names that the JSON uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analyse.networks import Network
from zwerm.analyse.scale_figures import ScaleFigures, scale_figures
from zwerm.analysis import centrality, network, structure, walls
from zwerm.analysis.arcs import Arcs
from zwerm.analysis.coupling import coupling

Numbers = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Progress = Callable[[float], None]

DIRECTED = (
    "reciprocity",
    "reciprocity_among_respondents",
    "reciprocity_dyadic",
    "indegree_centralization",
    "outdegree_centralization",
    "gini_indegree",
    "most_asked_share",
    "unnamed_share",
    "indegree",
    "outdegree",
)
"""Figures without a meaning when ties have no direction."""


@dataclass(frozen=True, slots=True)
class Coupling:
    """Position against influence; the two shares only when the position is leader or not."""

    value: float
    leaders: int | None = None
    share_of_members: float | None = None
    share_of_ties: float | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Ties between teams; `ties[a][b]` counts those from team a to team b."""

    names: list[str]
    members: list[int]
    respondents: list[int]
    ties: list[list[int]]
    across_share: float
    ei_index: float


@dataclass(frozen=True, slots=True)
class Shared:
    """One column of dyads.csv: its mean over tied pairs beside its mean over all pairs."""

    ties: float
    pairs: float


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One network. NaN: not defined here; None: not asked for, or without a meaning here."""

    members: int
    respondents: int
    ties: int
    density: float
    mean_named: float
    reciprocity: float | None
    reciprocity_among_respondents: float | None
    reciprocity_dyadic: float | None
    indegree_centralization: float | None
    outdegree_centralization: float | None
    degree_centralization: float | None
    betweenness_centralization: float
    central_members: int
    gini_indegree: float | None
    most_asked_share: float | None
    unnamed_share: float | None
    isolates: int
    weak_components: int
    strong_components: int
    transitivity_weak: float
    transitivity_undirected: float
    triad_census: dict[str, int]
    modularity: float
    people: tuple[str, ...]
    answered: Mask | None
    """None when everybody did. Who did not has an out-degree of 0, which is not theirs."""
    indegree: Numbers | None
    outdegree: Numbers | None
    degree: Numbers | None
    betweenness: Shares
    pagerank: Shares
    constraint: Shares
    coreness: Numbers
    communities: Numbers
    coupling: Coupling | None = None
    teams: Reach | None = None
    dyads: dict[str, Shared] | None = None
    scales: dict[str, ScaleFigures] | None = None

    @property
    def ties_of(self) -> Numbers:
        """How often each person is named; without direction, how many ties each has."""
        named = self.degree if self.indegree is None else self.indegree
        if named is None:
            raise ValueError("a network has in-degrees or degrees")
        return named

    def as_json(self) -> dict[str, object]:
        """What there is, by its name; the values still as they are."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: plain(value) for name, value in found.items() if value is not None}


def plain(value: object) -> object:
    """Dataclasses, arrays and NaN as JSON knows them.

    >>> plain([float("nan"), np.array([1])])
    [None, [1]]
    """
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, Coupling | Reach | Shared):
        return {name: plain(one) for name, one in asdict(value).items() if one is not None}
    if isinstance(value, ScaleFigures):
        return plain(value.as_json())
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and np.isnan(value) else value


def figures_of(one: Network, seed: int, progress: Progress | None = None) -> Figures:
    """Compute one network."""
    arcs = one.arcs
    # These two take nearly all the time.
    through = centrality.betweenness(arcs, stretch(progress, 0.0))
    found = structure.communities(arcs, seed, stretch(progress, 0.5))
    # Without direction each tie is two arcs, and each path runs twice.
    twice = 2 if one.is_undirected else 1
    return Figures(
        members=arcs.people,
        respondents=int(arcs.respondents.sum()),
        ties=len(arcs) // twice,
        density=network.density(arcs),
        mean_named=network.mean_named(arcs),
        **(undirected(arcs) if one.is_undirected else directed(arcs)),
        betweenness_centralization=centrality.betweenness_centralization(through),
        central_members=network.central_members(arcs),
        isolates=structure.isolates(arcs),
        weak_components=structure.weak_components(arcs),
        strong_components=structure.strong_components(arcs),
        transitivity_weak=structure.transitivity_weak(arcs),
        transitivity_undirected=structure.transitivity_undirected(arcs),
        triad_census=structure.triad_census(arcs),
        modularity=found.modularity,
        people=one.people.ids,
        answered=arcs.respondents if one.has_response else None,
        betweenness=through / twice,
        pagerank=centrality.pagerank(arcs),
        constraint=centrality.constraint(arcs),
        coreness=structure.coreness(arcs),
        communities=found.member_of,
        coupling=coupling_of(network.indegree(arcs), one.position),
        teams=reach_of(arcs, one.team),
        dyads=shared_of(one),
        scales=None if one.scales is None else scale_figures(one.scales),
    )


def stretch(progress: Progress | None, start: float) -> Progress | None:
    """The half of the way that begins at `start`."""
    return (lambda part: progress(start + part / 2)) if progress else None


def directed(arcs: Arcs) -> dict[str, Any]:
    """The figures that need a direction: who names, and who is named."""
    named = network.indegree(arcs)
    return {
        "reciprocity": network.reciprocity(arcs),
        "reciprocity_among_respondents": network.reciprocity_among_respondents(arcs),
        "reciprocity_dyadic": network.reciprocity_dyadic(arcs),
        "indegree_centralization": network.indegree_centralization(arcs),
        "outdegree_centralization": network.outdegree_centralization(arcs),
        "gini_indegree": network.gini(named),
        "most_asked_share": network.most_asked_share(arcs),
        "unnamed_share": network.share(network.unnamed(arcs), arcs.people),
        "indegree": named,
        "outdegree": network.outdegree(arcs),
        "degree": None,
        "degree_centralization": None,
    }


def undirected(arcs: Arcs) -> dict[str, Any]:
    """What stands in their place when a tie has no direction."""
    return {
        **dict.fromkeys(DIRECTED),
        "degree": network.indegree(arcs),
        "degree_centralization": structure.degree_centralization(arcs),
    }


def coupling_of(named: Numbers, position: Shares | None) -> Coupling | None:
    """None when no position was asked for, or when everybody has the same one."""
    if position is None:
        return None
    known = ~np.isnan(position)
    places = np.unique(position[known])
    if len(places) < 2:
        return None
    value = coupling(named[known], position[known])
    if places.tolist() != [0.0, 1.0]:
        return Coupling(value)
    leader = position == 1
    return Coupling(
        value,
        leaders=int(leader.sum()),
        share_of_members=network.share(int(leader.sum()), int(known.sum())),
        share_of_ties=network.share(int(named[leader].sum()), int(named[known].sum())),
    )


def groups_of(team: tuple[str, ...]) -> tuple[list[str], Numbers]:
    """The names of the teams, in order of appearance, and the number of each one's, or -1."""
    names = list(dict.fromkeys(name for name in team if name))
    number = {name: place for place, name in enumerate(names)}
    return names, np.array([number.get(name, -1) for name in team], dtype=np.int64)


def reach_of(arcs: Arcs, team: tuple[str, ...] | None) -> Reach | None:
    if team is None:
        return None
    names, group = groups_of(team)
    reach = walls.reach_of(arcs, group)
    return Reach(
        names=names,
        members=np.bincount(group[group >= 0], minlength=len(names)).tolist(),
        respondents=np.bincount(
            group[(group >= 0) & arcs.respondents], minlength=len(names)
        ).tolist(),
        ties=reach.between.tolist(),
        across_share=reach.across_share,
        ei_index=reach.ei_index,
    )


def shared_of(one: Network) -> dict[str, Shared] | None:
    """For each column of dyads.csv: what it is among tied pairs, and among all in the file."""
    if one.dyads is None:
        return None
    arcs, dyads = one.arcs, one.dyads
    low, high = np.minimum(arcs.source, arcs.target), np.maximum(arcs.source, arcs.target)
    pair = dyads.i * arcs.people + dyads.j
    # An arc either way ties a pair; a pair that names each other counts twice, as two arcs.
    weight = np.array([0]) if not len(pair) else counts_of(pair, low * arcs.people + high)
    return {
        name: Shared(mean_of(values, weight), mean_of(values, np.ones_like(values)))
        for name, values in dyads.values.items()
    }


def counts_of(pair: Numbers, arc: Numbers) -> Numbers:
    """How often each pair occurs among the arcs."""
    known, times = np.unique(arc, return_counts=True)
    if not len(known):
        return np.zeros(len(pair), dtype=np.int64)
    place = np.minimum(np.searchsorted(known, pair), len(known) - 1)
    return np.where(known[place] == pair, times[place], 0)


def mean_of(values: Shares, weight: npt.NDArray[np.generic]) -> float:
    """The weighted mean of the values that are there; NaN when none is."""
    there = ~np.isnan(values)
    weights = np.broadcast_to(weight, values.shape)[there].astype(float)
    return float(values[there] @ weights / weights.sum()) if weights.sum() else float("nan")
