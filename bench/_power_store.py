"""Results of the benchmark of change in a folder: one file per portion, whole or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from bench._power_grid import Portion
from bench._power_measure import Found

ROOT = Path(__file__).resolve().parent.parent
MADE_BY = (
    "bench/choice.py",
    "bench/_power_grid.py",
    "bench/_power_measure.py",
    "src/zwerm/analysis/change/kept.py",
    "src/zwerm/analysis/change/swaps.py",
    "src/zwerm/analysis/change/testing.py",
    "src/zwerm/analysis/change/verdicts.py",
)
"""A result counts only as long as these are as they were when it was made."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder with results, of one state of the code."""

    folder: Path
    mark: str

    def read(self, portion: Portion) -> Found | None:
        """The result of a portion; None when there is none, or one of other code or size."""
        path = self.folder / f"{portion.name}.npz"
        if not path.exists():
            return None
        with np.load(path) as kept:
            # A change that cannot be reached leaves a result about nobody.
            if str(kept["mark"]) != self.mark or len(kept["twice"]) not in (0, portion.pairs):
                return None
            return Found(**{field.name: kept[field.name] for field in fields(Found)})

    def write(self, portion: Portion, found: Found) -> None:
        """Save a result; whoever stops us now leaves no half file behind that would count."""
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f"{portion.name}.half"
        values = {field.name: getattr(found, field.name) for field in fields(Found)}
        with half.open("wb") as stream:
            np.savez_compressed(stream, mark=self.mark, **values)
        half.replace(self.folder / f"{portion.name}.npz")

    def together(self, portions: Iterable[Portion]) -> Found | None:
        """The schools of these portions together, when every portion is there."""
        found = [self.read(portion) for portion in portions]
        whole = [one for one in found if one is not None]
        if not whole or len(whole) < len(found):
            return None
        return Found(
            **{
                field.name: np.concatenate([getattr(one, field.name) for one in whole])
                for field in fields(Found)
            }
        )


def mark_of() -> str:
    """A short name for the state of the code that makes results."""
    made = hashlib.sha256()
    for name in MADE_BY:
        made.update((ROOT / name).read_bytes())
    return made.hexdigest()[:12]
