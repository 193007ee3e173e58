"""How far a network reaches across the walls between groups, teams for instance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Ties, arcs_of
from zwerm.analysis.network import share

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How arcs run within and between groups."""

    between: Numbers
    """Shape (g, g): the arcs from each group (row) to each (column)."""
    total: int
    """The arcs among people with a group."""
    across: int
    """Those of them that run from one group to another."""

    @property
    def across_share(self) -> float:
        """The share of arcs that run between two groups; NaN without arcs."""
        return share(self.across, self.total)

    @property
    def ei_index(self) -> float:
        """(External - internal) / all arcs: -1 when all stay inside, 1 when all cross. NaN without.

        Source: Krackhardt & Stern (1988), Social Psychology Quarterly 51(2), 123-140.
        """
        return share(2 * self.across - self.total, self.total)


def reach_of(ties: Ties | Arcs, group: Numbers, respondents: Mask | None = None) -> Reach:
    """How arcs run within and between groups; people without a group are left out.

    Args:
        ties: shape (m, m), or arcs.
        group: shape (m,), the number of each one's group from 0, or -1 for none.
        respondents: shape (m,), who answered; everybody when not given.

    Raises:
        ValueError: `group` has another length.

    Example:
        >>> reach = reach_of(np.array([[0, 1], [1, 0]], dtype=bool), np.array([0, 1]))
        >>> reach.between.tolist(), reach.across_share, reach.ei_index
        ([[0, 1], [1, 0]], 1.0, 1.0)
    """
    arcs = arcs_of(ties, respondents)
    if group.shape != (arcs.people,):
        raise ValueError(f"group must have shape ({arcs.people},), got {group.shape}")
    # Nobody's group gets a row and a column too, which are cut off.
    place = group + 1
    size = max(place.tolist(), default=0) + 1
    pair = place.take(arcs.source) * size + place.take(arcs.target)
    between = np.bincount(pair, minlength=size * size).reshape(size, size)[1:, 1:]
    # Few groups: their sums are quicker in plain numbers.
    rows = between.tolist()
    total = sum(map(sum, rows))
    return Reach(between, total, total - sum(row[number] for number, row in enumerate(rows)))
