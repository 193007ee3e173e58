"""Position against influence: how far being asked follows a formal post."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata


def coupling(named: npt.NDArray[np.int64], leader: npt.NDArray[np.bool_]) -> float:
    """The chance that a random formal leader is asked by more colleagues than a random other.

    Ties count half; equals the area under the ROC curve. 0.5: position says nothing; 1: only
    position counts.

    Args:
        named: shape (m,), how many colleagues ask each person.
        leader: shape (m,), who is a formal leader.

    Raises:
        ValueError: there is no leader, or nobody else.

    Source: Mann & Whitney (1947); Hanley & McNeil (1982), Radiology 143, 29-36.

    Example:
        >>> coupling(np.array([5, 1, 1]), np.array([True, False, False]))
        1.0
    """
    leaders, others = int(leader.sum()), int((~leader).sum())
    if not leaders or not others:
        raise ValueError(f"coupling needs leaders and others, got {leaders} and {others}")
    ranks = rankdata(named)
    wins = ranks[leader].sum() - leaders * (leaders + 1) / 2
    return float(wins / (leaders * others))
