"""Where each person stands on the drawing of a network."""

from __future__ import annotations

from dataclasses import dataclass

import igraph
import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs
from zwerm.analysis.structure import Seeded

Numbers = npt.NDArray[np.int64]
Points = npt.NDArray[np.float64]

ROUNDS = 1_000
APART = 60
"""How often people who overlap are pushed apart."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the sheet for people with a tie."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> Points:
        return np.array([self.right - self.left, self.bottom - self.top])


def places_of(arcs: Arcs, group: Numbers, radii: Points, frame: Frame, seed: int) -> Points:
    """The middle of each one's round: shape (m, 2). People who are alone stay at (0, 0).

    `group` has shape (m,): the number of each one's team, or -1. Members of a team are drawn
    towards each other a little, so that a team can be named in one place.
    """
    tied = np.unique(np.concatenate([arcs.source, arcs.target]))
    places = np.zeros((arcs.people, 2))
    if len(tied):
        loose = spread(arcs, tied, group, seed)
        places[tied] = apart(fitted(turned(loose, frame), frame), radii[tied], frame)
    return places


def spread(arcs: Arcs, tied: Numbers, group: Numbers, seed: int) -> Points:
    """Tied people near each other, by springs. The same seed gives the same places."""
    skeleton = arcs.skeleton.induced_subgraph(tied.tolist())
    people = skeleton.vcount()
    weights = [1.0] * skeleton.ecount()
    teams = np.unique(group[tied][group[tied] >= 0])
    if len(teams) > 1:
        # A point that is not drawn in the middle of each team, and weak springs towards it.
        hubs = {int(team): people + place for place, team in enumerate(teams)}
        members = [(i, hubs[int(team)]) for i, team in enumerate(group[tied]) if team >= 0]
        skeleton.add_vertices(len(teams))
        skeleton.add_edges(members)
        weights += [0.6] * len(members)
    angle = np.linspace(0, 2 * np.pi, skeleton.vcount(), endpoint=False)
    start = np.column_stack([np.cos(angle), np.sin(angle)]) * people**0.5
    with Seeded(seed):
        found = skeleton.layout_fruchterman_reingold(
            weights=weights, niter=ROUNDS, seed=igraph.Layout(start.tolist()), grid="nogrid"
        )
    places: Points = np.array(found.coords)[:people]
    return places


def turned(points: Points, frame: Frame) -> Points:
    """The longest way of the cloud along the longest side of the frame."""
    middle: Points = points - points.mean(axis=0)
    _left, _sizes, axes = np.linalg.svd(middle, full_matrices=False)
    if len(axes) < 2:
        return middle
    # The sign of an axis is a matter of chance; one rule makes it the same everywhere.
    axes = axes * np.where(axes[:, :1] < 0, -1, 1)
    along: Points = middle @ axes.T
    wide, high = frame.size
    upright: Points = along[:, ::-1]
    return along if wide >= high else upright


def fitted(points: Points, frame: Frame) -> Points:
    """The cloud on the whole of the frame, stretched where that is needed."""
    low, high = points.min(axis=0), points.max(axis=0)
    extent = np.where(high - low > 1e-9, high - low, 1.0)
    share = np.where(high - low > 1e-9, (points - low) / extent, 0.5)
    return np.array([frame.left, frame.top]) + share * frame.size


def apart(points: Points, radii: Points, frame: Frame) -> Points:
    """Push rounds off each other, within the frame."""
    wanted = radii[:, None] + radii[None, :] + 5.0
    np.fill_diagonal(wanted, 0.0)
    low, high = np.array([frame.left, frame.top]), np.array([frame.right, frame.bottom])
    for _ in range(APART):
        way = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-6)
        overlap = np.clip(wanted - distance, 0, None)
        if not overlap.any():
            break
        push = (way / distance[..., None] * (overlap / 2)[..., None]).sum(axis=1)
        points = np.clip(points + 0.6 * push, low, high)
    return points
