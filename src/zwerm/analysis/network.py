"""What one network says: how collective, how relational, how dynamic, and how far it reaches.

Arcs run from the one who asks to the one who is asked: `ties[i, j]` when person i named j. Rows
of people who did not answer are false; `respondents` says which rows are real (everybody when not
given). Instead of the table, `ties` may be `Arcs`, for networks too large for a table.
Definitions and sources: docs/methods/.
"""

from __future__ import annotations

from operator import mul
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Ties, arcs_of

Count = int | np.signedinteger[Any]


def density(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The share of possible turnings-to that exist: L / (r (m - 1)).

    Source: Wasserman & Faust (1994), Social Network Analysis, section 4.3; rows of people who
    did not answer are left out of the denominator.

    Example:
        >>> density(np.array([[0, 1], [0, 0]], dtype=bool))
        0.5
    """
    arcs = arcs_of(ties, respondents)
    return share(len(arcs), arcs.answered * (arcs.people - 1))


def mean_named(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """How many colleagues a respondent names on average: L / r. NaN without respondents."""
    arcs = arcs_of(ties, respondents)
    return share(len(arcs), arcs.answered)


def reciprocity(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The share of all observed arcs whose reverse was also reported; NaN without arcs.

    Biased down by non-response: an arc to somebody silent can never be answered.

    Example:
        >>> reciprocity(np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0]], dtype=bool))
        0.6666666666666666
    """
    arcs = arcs_of(ties, respondents)
    return share(2 * arcs.mutual, len(arcs))


def reciprocity_among_respondents(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The same over arcs between two respondents: the figure to compare over time."""
    arcs = arcs_of(ties, respondents)
    both = arcs.respondents[arcs.target]
    # An arc that is answered runs between two respondents.
    return share(2 * arcs.mutual, np.count_nonzero(both))


def reciprocity_dyadic(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """Mutual pairs as a share of the pairs with at least one arc; NaN without arcs."""
    arcs = arcs_of(ties, respondents)
    return share(arcs.mutual, len(arcs) - arcs.mutual)


def indegree(ties: Ties | Arcs, respondents: Mask | None = None) -> npt.NDArray[np.int64]:
    """How many people name each person: shape (m,)."""
    return arcs_of(ties, respondents).indegree


def outdegree(ties: Ties | Arcs, respondents: Mask | None = None) -> npt.NDArray[np.int64]:
    """How many colleagues each person names: shape (m,), 0 for who did not answer."""
    return arcs_of(ties, respondents).outdegree


def indegree_centralization(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """0 when everybody is named equally often, 1 when all name one person only.

    sum(max - in_i) / (m - 1)^2 over all members: directed, without loops. NaN under 3 people.

    Source: Freeman (1978), Social Networks 1(3), 215-239.

    Example:
        >>> star = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 0]], dtype=bool)
        >>> indegree_centralization(star)
        1.0
    """
    arcs = arcs_of(ties, respondents)
    if arcs.people < 3:
        return float("nan")
    highest = max(arcs.named)
    return (arcs.people * highest - len(arcs)) / (arcs.people - 1) ** 2


def outdegree_centralization(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The same over the colleagues that respondents name."""
    arcs = arcs_of(ties, respondents)
    answered = arcs.answered
    if answered < 3:
        return float("nan")
    # Who is silent names nobody, and so is never the highest.
    highest = max(arcs.naming)
    return (answered * highest - len(arcs)) / ((answered - 1) * (arcs.people - 1))


def central_members(ties: Ties | Arcs, respondents: Mask | None = None) -> int:
    """How many people share the highest in-degree; more than one is a sign of spread."""
    named = arcs_of(ties, respondents).named
    return named.count(max(named)) if named else 0


def gini(values: npt.NDArray[np.int64] | list[int]) -> float:
    """How unequal `values` are: 0 when all are the same. NaN when all are zero.

    sum |x_i - x_j| / (2 n^2 mean), without a correction for small n.

    Example:
        >>> gini(np.array([1, 1, 1])), gini(np.array([0, 0, 3]))
        (0.0, 0.6666666666666666)
    """
    ranked = sorted(values if isinstance(values, list) else values.tolist())
    n, total = len(ranked), sum(ranked)
    if not total:
        return float("nan")
    # Ranked from low to high, somebody is above rank - 1 people and below n - rank.
    weighted = sum(map(mul, range(1 - n, n, 2), ranked))
    return float(weighted / (n * total))


def most_asked_share(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The share of all arcs that the most asked tenth (rounded up) receives; NaN without arcs."""
    arcs = arcs_of(ties, respondents)
    tenth = -(-arcs.people // 10)
    return share(sum(sorted(arcs.named)[arcs.people - tenth :]), len(arcs))


def unnamed(ties: Ties | Arcs, respondents: Mask | None = None) -> int:
    """How many members were named by nobody."""
    return arcs_of(ties, respondents).named.count(0)


def share(part: Count, whole: Count) -> float:
    """`part / whole`; NaN when there is nothing to share."""
    return float(part / whole) if whole else float("nan")
