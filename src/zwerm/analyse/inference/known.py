"""What the terms of a regression may speak of: columns of people, pairs, and other relations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from zwerm.analyse.networks import Network
from zwerm.analyse.people import ABSENT, name_of, number_in
from zwerm.analyse.words import Fault
from zwerm.analysis.arcs import Arcs
from zwerm.analysis.predictors import Tied, tied

Values = npt.NDArray[np.float64]
Option = Literal["--qap", "--mrqap"]


@dataclass(frozen=True, slots=True)
class Known:
    """The people of one network, for `zwerm.analysis.terms`."""

    network: Network
    option: Option

    def numbers(self, column: str) -> Values:
        """Shape (people,), NaN where the cell is empty.

        Raises:
            Fault: there is no such column, or a cell of it is no number.
        """
        cells = self.network.people.cells(self.option, column)
        return np.array([self.number(column, row.number, cell) for row, cell in cells])

    def number(self, column: str, row: int, cell: str) -> float:
        if cell.casefold() in ABSENT:
            return float("nan")
        found = number_in(cell)
        if found is None:
            raise Fault(
                "not_numeric",
                file=name_of(self.network.people),
                row=row,
                column=column,
                found=cell,
                option=self.option,
            )
        return found

    def words(self, column: str) -> list[str]:
        """One word a person, "" where the cell is empty."""
        return [cell for _row, cell in self.network.people.cells(self.option, column)]

    def dyads(self, name: str) -> Tied:
        """The pairs of a column of dyads.csv, both ways; 0 for a pair that is not there.

        Raises:
            Fault: there is no such file, or no such column.
        """
        dyads = self.network.dyads
        if dyads is None:
            raise Fault("needs_dyads", option=self.option, column=name)
        found = {column.casefold(): values for column, values in dyads.values.items()}
        if name.casefold() not in found:
            columns = ", ".join(dyads.values)
            raise Fault("no_dyad_column", option=self.option, column=name, columns=columns)
        values, one, other = found[name.casefold()], dyads.i, dyads.j
        is_there = ~np.isnan(values)
        ends = np.concatenate([one[is_there], other[is_there]])
        back = np.concatenate([other[is_there], one[is_there]])
        both = tied(len(self.network.people), ends, back, np.tile(values[is_there], 2))
        gap, opposite = one[~is_there], other[~is_there]
        missing = np.concatenate([gap, opposite]), np.concatenate([opposite, gap])
        return replace(both, missing=missing)

    def ties(self, relation: str) -> Arcs | Tied:
        """The arcs of another relation with their values; rows of the silent are missing."""
        other = self.network.relations[relation]
        return with_values(other.arcs, other.value)


def with_values(arcs: Arcs, value: Values) -> Tied:
    """Arcs as a relation of which each arc has its value, with who answered."""
    return replace(tied(arcs.people, arcs.source, arcs.target, value), known=arcs.respondents)
