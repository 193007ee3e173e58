"""Room for every circle and every name on the group map, and lines that keep clear of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from zwerm.pictures.layout import Tie, seating, seats
from zwerm.pictures.lettering import widest, wrap
from zwerm.pictures.svg import NARROW, WIDE

_GAP = 16.0


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
