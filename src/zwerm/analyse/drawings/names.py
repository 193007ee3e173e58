"""Names on a crowded drawing: beside what they name, off everything else, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from zwerm.pictures.lettering import width

Points = npt.NDArray[np.float64]
Boxes = npt.NDArray[np.float64]

STEP = 10.0


@dataclass(slots=True)
class Room:
    """What is taken on a sheet: rectangles as left, top, right, bottom."""

    wide: float
    high: float
    taken: Boxes = field(default_factory=lambda: np.zeros((0, 4)))

    def take(self, boxes: Boxes) -> None:
        self.taken = np.vstack([self.taken, boxes])

    def is_free(self, boxes: Boxes) -> npt.NDArray[np.bool_]:
        """Which of the rectangles stay on the sheet and off all that is taken."""
        inside = (
            (boxes[:, 0] >= 0)
            & (boxes[:, 1] >= 0)
            & (boxes[:, 2] <= self.wide)
            & (boxes[:, 3] <= self.high)
        )
        one, other = boxes[:, None, :], self.taken[None, :, :]
        meets = (
            (one[..., 0] < other[..., 2])
            & (other[..., 0] < one[..., 2])
            & (one[..., 1] < other[..., 3])
            & (other[..., 1] < one[..., 3])
        )
        return inside & ~meets.any(axis=1)


def boxes_around(middles: Points, wide: Points | float, high: Points | float) -> Boxes:
    """Rectangles of this width and height: shape (n, 4)."""
    half = np.column_stack(
        [np.broadcast_to(np.asarray(side) / 2, len(middles)) for side in (wide, high)]
    )
    return np.hstack([middles - half, middles + half])


def rounds(places: Points, radii: Points) -> Boxes:
    """What the rounds of people take, with a little air."""
    return boxes_around(places, 2 * radii + 2, 2 * radii + 2)


def beside(room: Room, place: Points, radius: float, words: str, size: float) -> Points | None:
    """The middle of a name next to a round: right, left, below or above; None without room."""
    wide, high = width(words, size), size
    off_x, off_y = radius + 3 + wide / 2, radius + 3 + high / 2
    tries = place + np.array([[off_x, 0], [-off_x, 0], [0, off_y], [0, -off_y]])
    boxes = boxes_around(tries, wide, high)
    free = np.flatnonzero(room.is_free(boxes))
    if not len(free):
        return None
    room.take(boxes[free[:1]])
    found: Points = tries[free[0]]
    return found


def near(room: Room, members: Points, words: str, size: float) -> Points | None:
    """The middle of a team's name: in the free place that is nearest to its members."""
    wide, high = width(words, size) + 6, size * 1.2
    across = np.arange(wide / 2, room.wide - wide / 2 + 1, STEP)
    down = np.arange(high / 2, room.high - high / 2 + 1, STEP)
    tries = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    boxes = boxes_around(tries, wide, high)
    free = room.is_free(boxes)
    if not free.any():
        return None
    tries, boxes = tries[free], boxes[free]
    far = np.hypot(*(tries[:, None, :] - members[None, :, :]).transpose(2, 0, 1))
    # Near the middle of the team, and nearer still to somebody of it.
    best = int(np.argmin(np.median(far, axis=1) + 0.7 * far.min(axis=1)))
    room.take(boxes[best : best + 1])
    found: Points = tries[best]
    return found
