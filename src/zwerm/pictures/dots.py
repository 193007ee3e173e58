"""A row of dots for a group that is being formed: big enough, or not yet."""

from zwerm.pictures.palette import colour
from zwerm.pictures.svg import number, tag

_PITCH = 9.6
_ROW = 20
_GAP = 5.0


def group_dots(members: int, floor: int = 10) -> str:
    """One dot per member of a group on the staff list, with a stroke where `floor` is reached.

    Decoration beside the words that say the same, so hidden from a screen reader.

    >>> group_dots(3).count("<circle")
    3
    """
    if members < 0 or floor < 1:
        raise ValueError(f"members must be 0 or more and floor above 0, got {members}, {floor}")
    fill = colour("teal" if members >= floor else "saffron")
    dots = "".join(_dot(place, floor, fill) for place in range(members))
    stroke = tag(
        "path",
        d=f"M{number(_floor_x(floor))} {14 * ((floor - 1) // _ROW)}v14",
        stroke=colour("edge"),
        stroke_width=1.5,
    )
    # Always as wide as a full row, so that rows under each other line up.
    wide = number(_x(_ROW - 1, floor) + 5)
    high = 14 * max(1, -(-max(members, floor) // _ROW))
    return (
        f'<svg class="dots" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" aria-hidden="true">{dots}{stroke}</svg>'
    )


def _dot(place: int, floor: int, fill: str) -> str:
    column, row = place % _ROW, place // _ROW
    return tag("circle", cx=_x(column, floor), cy=7.0 + 14 * row, r=3.6, fill=fill)


def _x(column: int, floor: int) -> float:
    """A little air after the dot that reaches the floor, for the stroke."""
    return 5 + _PITCH * column + (_GAP if column > (floor - 1) % _ROW else 0)


def _floor_x(floor: int) -> float:
    return _x((floor - 1) % _ROW, floor) + (_PITCH + _GAP) / 2
