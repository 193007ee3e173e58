"""Birds: places carried through a smooth field of air, and written as short strokes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zwerm.pictures.palette import colour
from zwerm.pictures.svg import number, tag

Floats = NDArray[np.float64]

# Five widths of a bird, how opaque each is, and how many of a hundred birds have it.
_LOOK = ((0.8, "0.42"), (1.2, "0.56"), (1.6, "0.71"), (2.0, "0.85"), (2.4, "1"))
_EDGES = (0.26, 0.6, 0.84, 0.965)
_STEPS = 24


@dataclass(frozen=True)
class Air:
    """A field without sources or sinks: it bends a flock, but nowhere thins it out or heaps it up.

    The speed is the turned slope of a sum of waves, so its divergence is exactly zero.
    """

    waves: Floats
    phases: Floats
    heights: Floats

    def speed(self, places: Floats) -> Floats:
        """Speed at each place, in the unit of the places."""
        slope = np.cos(places @ self.waves.T + self.phases) * self.heights
        return np.stack([slope @ self.waves[:, 1], -(slope @ self.waves[:, 0])], axis=1)

    def carry(self, places: Floats, reach: float) -> Floats:
        """Where the places drift to: small steps, each taken half-way first (midpoint rule)."""
        step = reach / _STEPS
        for _ in range(_STEPS):
            half = places + step / 2 * self.speed(places)
            places = places + step * self.speed(half)
        return places


def calm_air(rng: np.random.Generator, length: float) -> Air:
    """Air with waves of about `length`, of which the longest carry most."""
    count = 6
    turns = rng.uniform(0, 2 * np.pi, count)
    lengths = length * np.geomspace(1.5, 0.45, count)
    size = 2 * np.pi / lengths
    waves = np.stack([np.cos(turns), np.sin(turns)], axis=1) * size[:, None]
    # Each wave's speed is its height times its size; together they reach at most 1.
    speeds = lengths / lengths.sum()
    return Air(waves, rng.uniform(0, 2 * np.pi, count), speeds / size)


def headings(
    air: Air, places: Floats, lean: tuple[float, float], rng: np.random.Generator
) -> Floats:
    """Directions to fly in: with the air, leaning one way together, hardly any two the same."""
    speed = air.speed(places)
    typical = float(np.hypot(*speed.T).mean()) if len(speed) else 0.0
    towards = speed / max(typical, 1e-9) + np.array(lean)
    angle = np.arctan2(towards[:, 1], towards[:, 0]) + rng.normal(0, 0.13, len(places))
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def fit(places: Floats, width: float, most: float, margin: float) -> tuple[Floats, float]:
    """Stretched until all but a few outliers lie within the margins; with the height it takes."""
    low, high = np.quantile(places, 0.005, axis=0), np.quantile(places, 0.995, axis=0)
    extent = np.maximum(high - low, 1e-6)
    scale = float(((np.array([width, most]) - 2 * margin) / extent).min())
    height = float(np.ceil(extent[1] * scale + 2 * margin))
    return (places - (low + high) / 2) * scale + np.array([width, height]) / 2, height


def on_sheet(places: Floats, width: float, height: float) -> NDArray[np.bool_]:
    """Which places are on the sheet: a bird beyond it is out of sight."""
    inside: NDArray[np.bool_] = (places > 3) & (places < np.array([width, height]) - 3)
    return inside[:, 0] & inside[:, 1]


def nearness(places: Floats, length: float, rng: np.random.Generator) -> Floats:
    """From 0 (far) to 1 (near): chance, but alike for birds that fly close together."""
    waves = rng.normal(0, 2 * np.pi / length, (3, 2))
    swell = np.sin(places @ waves.T + rng.uniform(0, 2 * np.pi, 3)).mean(axis=1)
    drawn = swell * 0.7 + rng.normal(0, 0.6, len(places))
    ranks = np.argsort(np.argsort(drawn, kind="stable"), kind="stable")
    return (ranks + 0.5) / max(len(places), 1)


def strokes(places: Floats, towards: Floats, near: Floats, size: float) -> str:
    """One path per width; the nearer a bird, the broader, longer and darker its stroke."""
    classes = np.digitize(near, _EDGES)
    return "".join(
        _path(places[classes == place], towards[classes == place], thick * size, opaque)
        for place, (thick, opaque) in enumerate(_LOOK)
    )


def _path(places: Floats, towards: Floats, thick: float, opaque: str) -> str:
    if not len(places):
        return ""
    along = towards * (0.35 + thick * 1.05)
    order = np.lexsort((places[:, 0], np.floor(places[:, 1] / 20)))
    written = "".join(_bird(*places[k], *along[k]) for k in order)
    return tag(
        "path",
        d=written,
        fill="none",
        stroke=colour("bird"),
        stroke_width=f"{thick:.2f}",
        stroke_linecap="round",
        opacity=opaque,
    )


def _bird(x: float, y: float, dx: float, dy: float) -> str:
    return f"M{_pair(x, y)}l{_pair(dx, dy)}"


def _pair(x: float, y: float) -> str:
    """Two numbers with no more between them than a reader of paths needs."""
    first, second = number(x), number(y)
    close = second.startswith("-") or (second.startswith(".") and "." in first)
    return f"{first}{'' if close else ' '}{second}"
