"""A short name for what makes the results of coverage: while it stays, they count.

The schools and what is asked of them go by the text of their files, the intervals by what they
draw for a few schools: a part that is written otherwise and draws the same makes nothing old.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields

import numpy as np

from bench._coverage_fit import measure
from bench._coverage_grid import Cell, Portion
from bench._coverage_store import ROOT, Found

FILES = ("choice.py", "_coverage_grid.py", "_coverage_fit.py", "_coverage_real.py")
PROBES = (
    Portion(Cell(12, 0.65, "less_connected", "cluster", "sparse", "A"), 0, 2),
    Portion(Cell(25, 0.8, "much_asked", "central", "dense", "B"), 0, 2),
    Portion(Cell(60, 0.65, "at_random", "even", "dense", "A"), 0, 1),
)
PROBED = 40
"""Draws per school: enough to tell one method from another."""
DIGITS = 9
"""What differs later than this is another order of adding, and no other method."""


def mark_of(draws: int) -> str:
    """The name for so many draws per school. It takes about a second."""
    made = hashlib.sha256(f"draws {draws}".encode())
    for name in FILES:
        made.update((ROOT / "bench" / name).read_bytes())
    for probe in PROBES:
        made.update(drawn(measure(probe, PROBED)))
    return made.hexdigest()[:12]


def drawn(found: Found) -> bytes:
    """Everything of a result but how long it took."""
    kept = [field.name for field in fields(Found) if field.name != "seconds"]
    return b"".join(np.round(getattr(found, name), DIGITS).tobytes() for name in kept)
