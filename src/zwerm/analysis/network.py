"""What one network says: how collective, how relational, how dynamic, and how far it reaches.

Arcs run from the one who asks to the one who is asked: `ties[i, j]` when person i named j. Rows
of people who did not answer are false; `respondents` says which rows are real (everybody when not
given). Instead of the table, `ties` may be `Arcs`, for networks too large for a table.
Definitions and sources: docs/methods/.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Ties, arcs_of


def density(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The share of possible turnings-to that exist: L / (r (m - 1)).

    Source: Wasserman & Faust (1994), Social Network Analysis, section 4.3; rows of people who
    did not answer are left out of the denominator.

    Example:
        >>> density(np.array([[0, 1], [0, 0]], dtype=bool))
        0.5
    """
    arcs = arcs_of(ties, respondents)
    return share(len(arcs), int(arcs.respondents.sum()) * (arcs.people - 1))


def mean_named(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """How many colleagues a respondent names on average: L / r. NaN without respondents."""
    arcs = arcs_of(ties, respondents)
    return share(len(arcs), int(arcs.respondents.sum()))


def reciprocity(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The share of all observed arcs whose reverse was also reported; NaN without arcs.

    Biased down by non-response: an arc to somebody silent can never be answered.

    Example:
        >>> reciprocity(np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0]], dtype=bool))
        0.6666666666666666
    """
    arcs = arcs_of(ties, respondents)
    return share(int(arcs.is_answered.sum()), len(arcs))


def reciprocity_among_respondents(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The same over arcs between two respondents: the figure to compare over time."""
    arcs = arcs_of(ties, respondents)
    return reciprocity(arcs.only(arcs.respondents[arcs.target]))


def reciprocity_dyadic(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """Mutual pairs as a share of the pairs with at least one arc; NaN without arcs."""
    arcs = arcs_of(ties, respondents)
    mutual = int(arcs.is_answered.sum()) // 2
    return share(mutual, len(arcs) - mutual)


def indegree(ties: Ties | Arcs, respondents: Mask | None = None) -> npt.NDArray[np.int64]:
    """How many people name each person: shape (m,)."""
    arcs = arcs_of(ties, respondents)
    return np.bincount(arcs.target, minlength=arcs.people)


def outdegree(ties: Ties | Arcs, respondents: Mask | None = None) -> npt.NDArray[np.int64]:
    """How many colleagues each person names: shape (m,), 0 for who did not answer."""
    arcs = arcs_of(ties, respondents)
    return np.bincount(arcs.source, minlength=arcs.people)


def indegree_centralization(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """0 when everybody is named equally often, 1 when all name one person only.

    sum(max - in_i) / (m - 1)^2 over all members: directed, without loops. NaN under 3 people.

    Source: Freeman (1978), Social Networks 1(3), 215-239.

    Example:
        >>> star = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 0]], dtype=bool)
        >>> indegree_centralization(star)
        1.0
    """
    return _centralization(indegree(ties, respondents))


def outdegree_centralization(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The same over the colleagues that respondents name."""
    arcs = arcs_of(ties, respondents)
    named = outdegree(arcs)[arcs.respondents]
    if len(named) < 3:
        return float("nan")
    return float((named.max() - named).sum() / ((len(named) - 1) * (arcs.people - 1)))


def central_members(ties: Ties | Arcs, respondents: Mask | None = None) -> int:
    """How many people share the highest in-degree; more than one is a sign of spread."""
    named = indegree(ties, respondents)
    return int((named == named.max()).sum()) if len(named) else 0


def gini(values: npt.NDArray[np.int64]) -> float:
    """How unequal `values` are: 0 when all are the same. NaN when all are zero.

    sum |x_i - x_j| / (2 n^2 mean), without a correction for small n.

    Example:
        >>> gini(np.array([1, 1, 1])), gini(np.array([0, 0, 3]))
        (0.0, 0.6666666666666666)
    """
    n, total = len(values), int(values.sum())
    if not total:
        return float("nan")
    weights = 2 * np.arange(1, n + 1) - n - 1
    return float((weights * np.sort(values)).sum() / (n * total))


def most_asked_share(ties: Ties | Arcs, respondents: Mask | None = None) -> float:
    """The share of all arcs that the most asked tenth (rounded up) receives; NaN without arcs."""
    named = np.sort(indegree(ties, respondents))[::-1]
    tenth = -(-len(named) // 10)
    return share(int(named[:tenth].sum()), int(named.sum()))


def unnamed(ties: Ties | Arcs, respondents: Mask | None = None) -> int:
    """How many members were named by nobody."""
    return int((indegree(ties, respondents) == 0).sum())


def across(ties: Ties | Arcs, group: npt.NDArray[np.int64], respondents: Mask | None = None) -> int:
    """How many arcs go from one group to another. People without a group (-1) are left out.

    Args:
        ties: shape (m, m), or arcs.
        group: shape (m,), the number of each one's group, or -1.
        respondents: shape (m,).
    """
    source, target = _groups_joined(ties, group, respondents)
    return int((source != target).sum())


def grouped(
    ties: Ties | Arcs, group: npt.NDArray[np.int64], respondents: Mask | None = None
) -> int:
    """How many arcs join two people who both have a group: the denominator of `across`."""
    source, _target = _groups_joined(ties, group, respondents)
    return len(source)


def share(part: int, whole: int) -> float:
    """`part / whole`; NaN when there is nothing to share."""
    return part / whole if whole else float("nan")


def _centralization(degrees: npt.NDArray[np.int64]) -> float:
    n = len(degrees)
    if n < 3:
        return float("nan")
    return float((degrees.max() - degrees).sum() / (n - 1) ** 2)


def _groups_joined(
    ties: Ties | Arcs, group: npt.NDArray[np.int64], respondents: Mask | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The groups of who asks and who is asked, for the arcs between people with a group."""
    arcs = arcs_of(ties, respondents)
    source, target = group[arcs.source], group[arcs.target]
    placed = (source >= 0) & (target >= 0)
    return source[placed], target[placed]
