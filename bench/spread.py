"""Many measurements in few words: percentiles, medians with their spread, and a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not pass (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def milliseconds(values: Sequence[float]) -> str:
    """The percentiles of waiting times that were measured in seconds."""
    if not values:
        return "none"
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "most": 1.0}
    said = [f"{name} {1000 * percentile(values, share):.1f}" for name, share in shares.items()]
    return f"{', '.join(said)} ms ({len(values)} times)"


def seconds(values: Sequence[float]) -> str:
    """The median with the least and the most."""
    return f"{median(values):6.2f} s   ({min(values):.2f} to {max(values):.2f})"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their headings; words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join("  ".join(map(aligned, line, widths)).rstrip() for line in lines)


def aligned(word: str, width: int) -> str:
    is_number = word.replace(".", "", 1).isdecimal()
    return word.rjust(width) if is_number else word.ljust(width)
