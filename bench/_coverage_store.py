"""Results of the coverage benchmark in a folder: one file per portion, whole or not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bench._coverage_grid import Cell, portions

ROOT = Path(__file__).resolve().parent.parent
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found of k schools; figures in the order of `choice.FIGURES`.

    Quantiles are those of the draws at `LEVELS`, before anything is widened, clipped or withheld:
    those can then be chosen anew without a new fit.
    """

    truth: Values
    """(k, 7): the figures when everybody answers."""
    again: Values
    """(k, occasions, 7): the same on fresh occasions."""
    observed: Values
    """(k, 7): the figures of those who answered, as the report has them."""
    completion: Values
    """(k, levels, 7): of the completed networks, the silent naming somewhat fewer."""
    at_random: Values
    """(k, levels, 7): the silent naming as many as others."""
    remeasurement: Values
    """(k, levels, 7): of the network on another occasion."""
    bounds: Values
    """(k, 7, 2): the lowest and highest that the observed arcs allow."""
    unsettled: Values
    """(k, 7): how far the halves of the chains disagree (split R-hat), at its worst."""
    basis: Values
    """(k, 5): members, respondents, leaders, groups, and how the silent are asked beside others."""
    seconds: Values
    """(k,): processor time of the fit and the draws."""


LEVELS = np.linspace(0, 1, 41)


class Piece(Protocol):
    """A piece of work: a portion of invented schools, or a real one with rows deleted."""

    @property
    def name(self) -> str:
        """The name of its file."""

    @property
    def schools(self) -> int:
        """How many networks it has."""

    @property
    def people(self) -> int:
        """Of how many people each."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder with results, of one state of the code and one number of draws."""

    folder: Path
    mark: str

    def path(self, piece: Piece) -> Path:
        return self.folder / f"{piece.name}.npz"

    def has(self, piece: Piece) -> bool:
        return self.read(piece) is not None

    def read(self, piece: Piece) -> Found | None:
        """The result of a portion; None when there is none, or one of other code or size."""
        path = self.path(piece)
        if not path.exists():
            return None
        with np.load(path) as kept:
            if str(kept["mark"]) != self.mark or len(kept["truth"]) != piece.schools:
                return None
            return Found(**{field.name: kept[field.name] for field in fields(Found)})

    def write(self, piece: Piece, found: Found) -> None:
        """Save a result; whoever stops us now leaves no half file behind that would count."""
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f"{piece.name}.half"
        values = {field.name: getattr(found, field.name) for field in fields(Found)}
        with half.open("wb") as stream:
            np.savez_compressed(stream, mark=self.mark, **values)
        half.replace(self.path(piece))

    def of_cell(self, cell: Cell, networks: int) -> Found | None:
        """All that is known of a cell, of at most so many schools; None when that is nothing."""
        found = [self.read(portion) for portion in portions(cell, networks)]
        whole = [one for one in found if one is not None]
        return joined(whole) if whole else None


def joined(found: Sequence[Found]) -> Found:
    """The schools of several portions, one after the other."""
    return Found(
        **{
            field.name: np.concatenate([getattr(one, field.name) for one in found])
            for field in fields(Found)
        }
    )
