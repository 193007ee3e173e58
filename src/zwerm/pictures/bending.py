"""Lines between groups, each bent to the side where the least is in its way."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zwerm.pictures.layout import Strength, Tie
from zwerm.pictures.placing import Box, Placed

_BENDS = (0.08, -0.08, 0.16, -0.16, 0.26, -0.26)
# Below this angle (radians) two lines of one group seem one line.
_FORK = 0.3
_SAMPLES = 28
_STRENGTHS: dict[Strength, int] = {"strong": 0, "some": 1, "hidden": 2}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A line between two groups, bent to one side."""

    tie: Tie
    x1: float
    y1: float
    cx: float
    cy: float
    x2: float
    y2: float

    def at(self, t: float) -> tuple[float, float]:
        """The point at share t of the way."""
        u = 1 - t
        x = u * u * self.x1 + 2 * u * t * self.cx + t * t * self.x2
        y = u * u * self.y1 + 2 * u * t * self.cy + t * t * self.y2
        return x, y

    @cached_property
    def points(self) -> Floats:
        """Points along the way, ends left out."""
        return np.array([self.at(step / _SAMPLES) for step in range(1, _SAMPLES)])

    def runs_under(self, box: Box) -> bool:
        """Whether the line passes through a rectangle."""
        x, y = self.points.T
        across = (box.left < x) & (x < box.right)
        return bool((across & (box.top < y) & (y < box.bottom)).any())


@dataclass(frozen=True)
class _Obstacles:
    """Circles and names as arrays, so that a line is tried in one go."""

    circles: Floats
    names: Floats
    right: float
    floor: float

    def cost(self, curve: Curve) -> float:
        """How much of the line runs over circles (worst), off the sheet, or over names."""
        x, y = curve.points.T[:, :, None]
        off = (y < 6) | (y > self.floor) | (x < 6) | (x > self.right)
        middle_x, middle_y, r = self.circles.T
        hit = (x - middle_x) ** 2 + (y - middle_y) ** 2 < (r + 12) ** 2
        hit[:, [curve.tie.a, curve.tie.b]] = False
        left, top, right, bottom = self.names.T
        over = (left < x) & (x < right) & (top < y) & (y < bottom)
        return float(2 * off.sum() + 3 * hit.sum() + over.sum())


def bend_lines(places: Sequence[Placed], ties: Sequence[Tie], floor: float) -> list[Curve]:
    """A line for every tie but "few": the strong ones choose their way first, and lie on top."""
    drawn = [tie for tie in ties if tie.strength != "few"]
    if not drawn:
        return []
    obstacles = _obstacles(places, floor)
    curves: list[Curve] = []
    for tie in sorted(drawn, key=lambda tie: _STRENGTHS[tie.strength]):
        curves.append(_best_curve(places, tie, obstacles, curves))
    return curves[::-1]


def _obstacles(places: Sequence[Placed], floor: float) -> _Obstacles:
    names = [place.label.grown(5) for place in places]
    return _Obstacles(
        np.array([(place.x, place.y, place.r) for place in places]),
        np.array([(name.left, name.top, name.right, name.bottom) for name in names]),
        max(place.x + place.r for place in places),
        floor,
    )


def _best_curve(
    places: Sequence[Placed], tie: Tie, obstacles: _Obstacles, others: Sequence[Curve]
) -> Curve:
    curves = [_curve(places, tie, bend) for bend in _BENDS]
    costs = [
        obstacles.cost(curve) + _merged(curve, others) + 8 * abs(bend)
        for curve, bend in zip(curves, _BENDS, strict=True)
    ]
    return curves[costs.index(min(costs))]


def _merged(curve: Curve, others: Sequence[Curve]) -> float:
    """How many other lines leave one of the two groups in nearly the same direction."""
    mine = _directions(curve)
    return 2.0 * sum(
        abs(_turn(angle - mine[group])) < _FORK
        for other in others
        for group, angle in _directions(other).items()
        if group in mine
    )


def _directions(curve: Curve) -> dict[int, float]:
    return {
        curve.tie.a: math.atan2(curve.cy - curve.y1, curve.cx - curve.x1),
        curve.tie.b: math.atan2(curve.cy - curve.y2, curve.cx - curve.x2),
    }


def _turn(angle: float) -> float:
    """The same angle between half a turn back and half a turn on."""
    return (angle + math.pi) % (2 * math.pi) - math.pi


def _curve(places: Sequence[Placed], tie: Tie, bend: float) -> Curve:
    a, b = places[tie.a], places[tie.b]
    middle_x, middle_y = (a.x + b.x) / 2, (a.y + b.y) / 2
    across_x, across_y = a.y - b.y, b.x - a.x
    return Curve(
        tie, a.x, a.y, middle_x + 2 * bend * across_x, middle_y + 2 * bend * across_y, b.x, b.y
    )
