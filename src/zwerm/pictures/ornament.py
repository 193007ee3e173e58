"""A flock that stands for nothing: for the start page, covers, posters and empty places."""

import numpy as np
from numpy.typing import NDArray

from zwerm.pictures.birds import calm_air, headings, nearness, strokes
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import number, tag

Floats = NDArray[np.float64]

# A wing in shares of the sheet, from the last birds to the first.
_SPINE = np.array(
    [
        (0.02, 0.30),
        (0.11, 0.46),
        (0.22, 0.64),
        (0.36, 0.73),
        (0.50, 0.71),
        (0.61, 0.66),
        (0.69, 0.50),
        (0.76, 0.28),
        (0.84, 0.15),
        (0.94, 0.17),
    ]
)
# How many birds fly along the wing, and how far from it, at the same places.
_CROWD = np.array([0.05, 0.1, 0.55, 1.5, 0.9, 1.7, 1.5, 0.9, 1.1, 0.35])
_BREADTH = np.array([0.05, 0.05, 0.045, 0.042, 0.07, 0.10, 0.09, 0.05, 0.035, 0.03])


def ornament_flock(
    seed: int, width: float, height: float, birds: int = 800, has_lead: bool = True
) -> str:
    """One wing of birds across the sheet, with one bird in saffron ahead.

    Decoration: hidden from a screen reader. The same arguments always give the same drawing.

    >>> ornament_flock(1, 360, 160, birds=50) == ornament_flock(1, 360, 160, birds=50)
    True
    """
    if birds < 0 or width <= 0 or height <= 0:
        raise ValueError(f"no sheet of {width} by {height} for {birds} birds")
    rng = np.random.default_rng(seed)
    spine = _SPINE + rng.normal(0, 0.018, _SPINE.shape)
    drawn = _wing(spine, birds, np.array([width, height]), rng)
    if has_lead:
        drawn += _lead(spine, width, height)
    return (
        f'<svg class="flock" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {number(width)} {number(height)}" aria-hidden="true">{drawn}</svg>'
    )


def _wing(spine: Floats, birds: int, sheet: Floats, rng: np.random.Generator) -> str:
    along = _along(birds, rng)
    places = _curve(spine, along) * sheet
    breadth = np.interp(along, np.linspace(0, 1, len(spine)), _BREADTH)
    places += _scatter(birds, rng) * breadth[:, None] * (sheet.min() * 0.4 + sheet.max() * 0.3)
    air = calm_air(rng, float(sheet.max()) * 0.4)
    places = air.carry(places, float(sheet.min()) * 0.05)
    places = np.clip(places, 3, sheet - 3)
    towards = _towards(spine, along, sheet) * 1.6 + headings(air, places, (0.3, 0.0), rng)
    towards /= np.maximum(np.hypot(*towards.T), 1e-9)[:, None]
    size = float(np.clip(sheet.max() / 700, 0.7, 1.7))
    return strokes(places, towards, nearness(places, float(sheet.max()) / 6, rng), size)


def _along(birds: int, rng: np.random.Generator) -> Floats:
    """Shares of the way along the wing, crowded where the wing is."""
    grid = np.linspace(0, 1, 400)
    crowd = np.cumsum(np.interp(grid, np.linspace(0, 1, len(_CROWD)), _CROWD))
    return np.interp(rng.uniform(0, crowd[-1], birds), crowd, grid)


def _scatter(birds: int, rng: np.random.Generator) -> Floats:
    far = 0.5 + rng.exponential(0.5, birds)
    return rng.normal(0, 1, (birds, 2)) * far[:, None]


def _curve(spine: Floats, along: Floats) -> Floats:
    """A smooth line through the points of the spine (Catmull-Rom)."""
    ends = np.concatenate([2 * spine[:1] - spine[1:2], spine, 2 * spine[-1:] - spine[-2:-1]])
    place = np.clip(along, 0, 1) * (len(spine) - 1)
    left = np.minimum(place.astype(np.int64), len(spine) - 2)
    t = (place - left)[:, None]
    before, first, last, after = (ends[left + k] for k in range(4))
    curve: Floats = 0.5 * (
        2 * first
        + (last - before) * t
        + (2 * before - 5 * first + 4 * last - after) * t**2
        + (3 * first - before - 3 * last + after) * t**3
    )
    return curve


def _towards(spine: Floats, along: Floats, sheet: Floats) -> Floats:
    ahead = _curve(spine, np.minimum(along + 0.01, 1)) - _curve(spine, np.maximum(along - 0.01, 0))
    ahead = ahead * sheet
    unit: Floats = ahead / np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
    return unit


def _lead(spine: Floats, width: float, height: float) -> str:
    """The bird that saw it first."""
    x = min(spine[-1][0] + 0.03, 0.985) * width
    y = min(spine[-1][1] + 0.10, 0.95) * height
    return tag("circle", cx=x, cy=y, r=max(2.4, width / 230), fill=colour("saffron"))
