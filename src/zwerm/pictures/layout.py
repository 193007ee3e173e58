"""Which group stands where: seats in staggered rows, and the seating with the calmest lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Strength = Literal["strong", "some", "few", "hidden"]

_ROWS: dict[int, tuple[int, ...]] = {
    0: (),
    1: (1,),
    2: (2,),
    3: (1, 2),
    4: (2, 2),
    5: (2, 3),
    6: (3, 3),
    7: (2, 3, 2),
    8: (3, 2, 3),
    9: (3, 3, 3),
}
# Weights of the seating: long lines, lines that cross, lines that run over a third group.
_PULL: dict[Strength, float] = {"strong": 2.0, "some": 1.0, "few": 0.0, "hidden": 0.25}
_CROSSING = 0.35
_RUN_OVER = 1.2
_NEAR = 0.11
# With more groups than this a map is no help, and swapping takes long.
_MOST_SWAPPED = 14


@dataclass(frozen=True)
class Tie:
    """How much two groups ask each other: numbers of the groups, and a word."""

    a: int
    b: int
    strength: Strength


Points = NDArray[np.float64]


def seats(count: int, is_wide: bool) -> Points:
    """Places for so many groups, in units of the width of the page; rows from top to bottom."""
    places = _wide_seats(count) if is_wide else _narrow_seats(count)
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def _wide_seats(count: int) -> list[tuple[float, float]]:
    rows = _ROWS.get(count) or _many_rows(count)
    fullest = max(rows, default=1)
    return [
        (_across(row, column, held, fullest), _down(row, column, len(rows)))
        for row, held in enumerate(rows)
        for column in range(held)
    ]


def _many_rows(count: int) -> tuple[int, ...]:
    """Rows of four and three in turn, for more groups than a map should have."""
    rows: list[int] = []
    while count > 0:
        rows.append(min(count, 4 - len(rows) % 2))
        count -= rows[-1]
    return tuple(rows)


def _across(row: int, column: int, held: int, fullest: int) -> float:
    """Cells of one width in every row; rows of the same length are shifted against each other."""
    cell = 1 / max(fullest, 2)
    start = (1 - held * cell) / 2
    shift = (-0.17 if row % 2 else 0.17) * cell if held == fullest and fullest > 1 else 0.0
    return start + (column + 0.5) * cell + shift


def _down(row: int, column: int, rows: int) -> float:
    """Neighbours in a row stand a little higher and lower; two rows get more air than three."""
    return row * (0.26 if rows == 2 else 0.2) + (0.03 if (row + column) % 2 else -0.03)


def _narrow_seats(count: int) -> list[tuple[float, float]]:
    """One by one from left to right and back, each half a step lower."""
    lefts, rights = (0.24, 0.29, 0.25), (0.73, 0.76, 0.71)
    return [((rights if seat % 2 else lefts)[seat // 2 % 3], seat * 0.25) for seat in range(count)]


def seating(count: int, ties: Sequence[Tie], is_wide: bool) -> list[int]:
    """For each group its seat: swaps of two groups as long as the lines get calmer.

    The same groups and ties always get the same seats.
    """
    if count < 3 or count > _MOST_SWAPPED:
        return list(range(count))
    costs = _Costs(seats(count, is_wide), ties)
    tries = [_improved(start, costs) for start in _starts(count, ties)]
    return min(tries, key=lambda found: (round(costs.of(found), 6), found))


def _starts(count: int, ties: Sequence[Tie]) -> list[list[int]]:
    pull = [0.0] * count
    for tie in ties:
        pull[tie.a] += _PULL[tie.strength]
        pull[tie.b] += _PULL[tie.strength]
    by_pull = sorted(range(count), key=lambda group: (-pull[group], group))
    turned = [[(seat + turn) % count for seat in range(count)] for turn in range(0, count, 2)]
    return [*turned, [by_pull.index(group) for group in range(count)]]


def _improved(seated: list[int], costs: "_Costs") -> list[int]:
    best = costs.of(seated)
    improved = True
    while improved:
        improved = False
        for a, b in combinations(range(len(seated)), 2):
            seated[a], seated[b] = seated[b], seated[a]
            cost = costs.of(seated)
            if cost < best - 1e-9:
                best, improved = cost, True
            else:
                seated[a], seated[b] = seated[b], seated[a]
    return seated


class _Costs:
    """What a seating costs; everything between seats is computed once."""

    def __init__(self, places: Points, ties: Sequence[Tie]) -> None:
        drawn = [tie for tie in ties if _PULL[tie.strength] > 0 and tie.a != tie.b]
        self.ends = np.array([(tie.a, tie.b) for tie in drawn], dtype=np.intp).reshape(-1, 2)
        self.pull = np.array([_PULL[tie.strength] for tie in drawn])
        pairs = list(combinations(range(len(places)), 2))
        self.index = np.zeros((len(places), len(places)), dtype=np.intp)
        for number, (a, b) in enumerate(pairs):
            self.index[a, b] = self.index[b, a] = number
        first = places[[a for a, _ in pairs]]
        last = places[[b for _, b in pairs]]
        self.length = np.hypot(*(last - first).T)
        self.over = _runs_over(places, first, last)
        self.crosses = _crossings(first, last)

    def of(self, seated: Sequence[int]) -> float:
        """Length, crossings and groups run over, together."""
        at = np.asarray(seated, dtype=np.intp)[self.ends]
        lines = self.index[at[:, 0], at[:, 1]]
        crossed = self.crosses[np.ix_(lines, lines)]
        both = self.pull[:, None] * self.pull[None, :]
        return float(
            (self.pull * (self.length[lines] + _RUN_OVER * self.over[lines])).sum()
            + _CROSSING * (crossed * both).sum() / 2
        )


def _runs_over(places: Points, first: Points, last: Points) -> Points:
    """For each pair of seats: how many other seats lie near the line between them."""
    along = last - first
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    offset = places[None, :, :] - first[:, None, :]
    share = (offset * along[:, None, :]).sum(axis=2) / squared[:, None]
    foot = first[:, None, :] + share[:, :, None] * along[:, None, :]
    apart = np.hypot(*np.moveaxis(places[None, :, :] - foot, 2, 0))
    near = (share > 0.05) & (share < 0.95) & (apart < _NEAR)
    counted: Points = near.sum(axis=1).astype(np.float64)
    return counted


def _crossings(first: Points, last: Points) -> NDArray[np.float64]:
    """For each two pairs of seats: 1 when the lines between them cross, else 0."""
    sides = _side(first, last, first), _side(first, last, last)
    parted = sides[0] * sides[1] < -1e-12
    return (parted & parted.T).astype(np.float64)


def _side(first: Points, last: Points, points: Points) -> NDArray[np.float64]:
    """On which side of each line each point lies: row is the line, column the point."""
    along = last - first
    dx = points[None, :, 0] - first[:, None, 0]
    dy = points[None, :, 1] - first[:, None, 1]
    side: NDArray[np.float64] = along[:, 0, None] * dy - along[:, 1, None] * dx
    return side
