"""Position against influence: how far being asked follows a formal post."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

AT_ONCE = 1_000


def coupling(
    named: npt.NDArray[np.int64],
    leader: npt.NDArray[np.bool_] | npt.NDArray[np.int64] | npt.NDArray[np.float64],
) -> float:
    """The chance that a random formal leader is asked by more colleagues than a random other.

    Ties count half; equals the area under the ROC curve. 0.5: position says nothing; 1: only
    position counts. On an ordered scale the two are drawn from different places on it, and the
    higher one counts as the leader.

    Args:
        named: shape (m,), how many colleagues ask each person.
        leader: shape (m,), who is a formal leader, or each one's place on an ordered scale.

    Raises:
        ValueError: there is no leader, or nobody else.

    Source: Mann & Whitney (1947); Hanley & McNeil (1982), Radiology 143, 29-36.

    Example:
        >>> coupling(np.array([5, 1, 1]), np.array([True, False, False]))
        1.0
    """
    wins, pairs = 0.0, 0
    for start in range(0, len(leader), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        is_above = leader[rows, None] > leader[None, :]
        lead = named[rows, None] - named[None, :]
        wins += float(((lead > 0) & is_above).sum() + ((lead == 0) & is_above).sum() / 2)
        pairs += int(is_above.sum())
    if not pairs:
        raise ValueError(f"coupling needs leaders and others, got {len(leader)} of one kind")
    return wins / pairs
