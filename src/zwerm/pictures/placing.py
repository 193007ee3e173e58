"""Room for every circle and every name on the group map, and lines that keep clear of both."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zwerm.pictures.layout import Strength, Tie, seating, seats
from zwerm.pictures.lettering import widest, wrap
from zwerm.pictures.svg import NARROW, WIDE

_GAP = 16.0
_BENDS = (0.08, -0.08, 0.16, -0.16, 0.26, -0.26)
# Below this angle (radians) two lines of one group seem one line.
_FORK = 0.3
_SAMPLES = 28


@dataclass(frozen=True)
class Group:
    """A group with its size on the staff list; hidden groups say so with `hidden_label`."""

    name: str
    members: int
    is_shown: bool = True
    hidden_label: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return not (
            self.right <= other.left
            or other.right <= self.left
            or self.bottom <= other.top
            or other.bottom <= self.top
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within."""
        return self.left < x < self.right and self.top < y < self.bottom

    def grown(self, by: float) -> "Box":
        """The same with a margin around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Sizes:
    """What differs between the two drawings."""

    page: float
    scale: float
    largest: float
    smallest: float
    text: float
    label_room: float


SIZES_WIDE = Sizes(WIDE, 9.1, 50, 22, 17, 196)
SIZES_NARROW = Sizes(NARROW, 6.6, 36, 17, 15, 152)


@dataclass(frozen=True)
class Placed:
    """A circle and its name."""

    x: float
    y: float
    r: float
    lines: tuple[str, ...]
    is_above: bool
    text: float
    label_x: float

    @property
    def label(self) -> Box:
        """Where the name stands."""
        half = widest(self.lines, self.text) / 2
        deep = self.text * 1.2 * len(self.lines)
        top = self.y - self.r - 9 - deep if self.is_above else self.y + self.r + 7
        return Box(self.label_x - half, top, self.label_x + half, top + deep)

    @property
    def circle(self) -> Box:
        """The square around the circle."""
        return Box(self.x - self.r, self.y - self.r, self.x + self.r, self.y + self.r)

    def moved_down(self, by: float) -> "Placed":
        """The same, lower."""
        return Placed(
            self.x, self.y + by, self.r, self.lines, self.is_above, self.text, self.label_x
        )


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

    def points(self) -> list[tuple[float, float]]:
        """Points along the way, ends left out."""
        return [self.at(step / _SAMPLES) for step in range(1, _SAMPLES)]


def place_groups(groups: Sequence[Group], ties: Sequence[Tie], sizes: Sizes) -> list[Placed]:
    """Every circle and name on a place of its own, in the order of the groups."""
    is_wide = sizes.page == WIDE
    places = seats(len(groups), is_wide)
    seated = seating(len(groups), ties, is_wide)
    in_rows = sorted(range(len(groups)), key=lambda group: seated[group])
    done: dict[int, Placed] = {}
    for group in in_rows:
        x, y = (float(value) * sizes.page for value in places[seated[group]])
        above = _has_more_below(group, ties, [float(places[seat][1]) for seat in seated])
        start = _placed(groups[group], x, y, above, sizes, _largest(groups))
        done[group] = _free(start, list(done.values()))
    return _from_the_top([done[group] for group in range(len(groups))])


def _largest(groups: Sequence[Group]) -> int:
    return max((group.members for group in groups), default=1)


def _has_more_below(group: int, ties: Sequence[Tie], heights: Sequence[float]) -> bool:
    """Whether more lines leave this group downwards than upwards."""
    balance = 0.0
    for tie in ties:
        if group in (tie.a, tie.b) and tie.strength in ("strong", "some"):
            other = tie.b if tie.a == group else tie.a
            balance += heights[other] - heights[group]
    return balance > 0


def _placed(group: Group, x: float, y: float, above: bool, sizes: Sizes, largest: int) -> Placed:
    scale = min(sizes.scale, sizes.largest / max(largest, 1) ** 0.5)
    r = max(sizes.smallest, scale * max(group.members, 1) ** 0.5)
    lines = wrap(group.name, sizes.text, sizes.label_room)
    if not group.is_shown:
        lines += wrap(group.hidden_label, sizes.text, sizes.label_room)
    half = widest(lines, sizes.text) / 2
    label_x = min(max(x, half + 2), sizes.page - half - 2)
    return Placed(x, y, r, tuple(lines), above, sizes.text, label_x)


def _free(start: Placed, others: Sequence[Placed]) -> Placed:
    """Moved down until it touches nothing that stands already."""
    place = start
    while (hit := _lowest_hit(place, others)) is not None:
        place = place.moved_down(max(2.0, hit))
    return place


def _lowest_hit(place: Placed, others: Sequence[Placed]) -> float | None:
    """How far down to go to clear what is in the way, or nothing when all is clear."""
    own = (place.circle.grown(_GAP / 2), place.label.grown(_GAP / 2))
    taken = [box.grown(_GAP / 2) for other in others for box in (other.circle, other.label)]
    hits = [box.bottom - mine.top for mine in own for box in taken if mine.meets(box)]
    return min(hits, default=None)


def _from_the_top(places: list[Placed]) -> list[Placed]:
    top = min((min(place.circle.top, place.label.top) for place in places), default=0.0)
    return [place.moved_down(4 - top) for place in places]


def depth(places: Sequence[Placed]) -> float:
    """How far down the lowest circle or name reaches."""
    return max((max(place.circle.bottom, place.label.bottom) for place in places), default=0.0)


def bend_lines(places: Sequence[Placed], ties: Sequence[Tie], floor: float) -> list[Curve]:
    """A line for every tie but "few", each bent to where the least is in its way."""
    order: dict[Strength, int] = {"strong": 0, "some": 1, "hidden": 2, "few": 3}
    drawn = sorted((tie for tie in ties if tie.strength != "few"), key=lambda t: order[t.strength])
    curves: list[Curve] = []
    for tie in drawn:
        curves.append(_best_curve(places, tie, floor, curves))
    # Laid down the other way round: the thick lines on top.
    return curves[::-1]


def _best_curve(places: Sequence[Placed], tie: Tie, floor: float, others: Sequence[Curve]) -> Curve:
    curves = [_curve(places, tie, bend) for bend in _BENDS]
    costs = [
        _in_the_way(places, curve, floor) + _merged(curve, others) + 8 * abs(bend)
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


def _in_the_way(places: Sequence[Placed], curve: Curve, floor: float) -> float:
    """How much of the line runs over circles (worst), over names, or off the sheet."""
    cost = 0.0
    for x, y in curve.points():
        if y < 6 or y > floor or x < 6 or x > max(place.x + place.r for place in places):
            cost += 2.0
        for number, place in enumerate(places):
            inside = (x - place.x) ** 2 + (y - place.y) ** 2 < (place.r + 12) ** 2
            if inside and number not in (curve.tie.a, curve.tie.b):
                cost += 3.0
            if place.label.grown(5).holds(x, y):
                cost += 1.0
    return cost
