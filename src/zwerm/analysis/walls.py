"""How far a network reaches across the walls between groups, teams for instance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Ties, arcs_of
from zwerm.analysis.network import across, grouped, share

Numbers = npt.NDArray[np.int64]


def across_share(ties: Ties | Arcs, group: Numbers, respondents: Mask | None = None) -> float:
    """The share of arcs that run between two groups; NaN without arcs among people with a group.

    `group` has shape (m,): the number of each one's group, or -1 for none.
    """
    return share(across(ties, group, respondents), grouped(ties, group, respondents))


def ei_index(ties: Ties | Arcs, group: Numbers, respondents: Mask | None = None) -> float:
    """(External - internal) / all arcs: -1 when all stay inside, 1 when all cross. NaN without.

    `group` has shape (m,): the number of each one's group, or -1 for none.

    Source: Krackhardt & Stern (1988), Social Psychology Quarterly 51(2), 123-140.

    Example:
        >>> ei_index(np.array([[0, 1], [0, 0]], dtype=bool), np.array([0, 1]))
        1.0
    """
    external, total = across(ties, group, respondents), grouped(ties, group, respondents)
    return share(2 * external - total, total)


def between_groups(ties: Ties | Arcs, group: Numbers, respondents: Mask | None = None) -> Numbers:
    """How many arcs run from each group (row) to each (column): shape (g, g).

    `group` has shape (m,), numbers from 0; people without a group (-1) are left out.

    Example:
        >>> between_groups(np.array([[0, 1], [0, 0]], dtype=bool), np.array([0, 1])).tolist()
        [[0, 1], [0, 0]]
    """
    arcs = arcs_of(ties, respondents)
    size = int(group.max(initial=-1)) + 1
    source, target = group[arcs.source], group[arcs.target]
    placed = (source >= 0) & (target >= 0)
    counts = np.bincount(source[placed] * size + target[placed], minlength=size * size)
    return counts.reshape(size, size)
