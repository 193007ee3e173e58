"""Position against influence: how far being asked follows a formal post."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zwerm.analysis.permuting import ROUNDING, Progress, chance, check_permutations

Numbers = npt.NDArray[np.int64]

AT_ONCE = 1_000
CELLS_AT_ONCE = 2**20


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
        ValueError: there is no leader, or nobody else; or the two are not about the same people.

    Source: Mann & Whitney (1947); Hanley & McNeil (1982), Radiology 143, 29-36.

    Example:
        >>> coupling(np.array([5, 1, 1]), np.array([True, False, False]))
        1.0
    """
    if named.shape != leader.shape:
        raise ValueError(
            f"named and leader must match, got {named.shape} and {leader.shape}: one for each of "
            "the people"
        )
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


def coupling_p(
    named: npt.NDArray[np.int64],
    leader: npt.NDArray[np.bool_] | npt.NDArray[np.int64] | npt.NDArray[np.float64],
    rng: np.random.Generator,
    permutations: int = 2000,
    progress: Progress | None = None,
) -> float:
    """How often posts handed out by lot lie at least as far from .5 as the real ones: two-sided.

    Who has no place on the scale (NaN) is left out, and is handed none.

    Args:
        named: shape (m,), how many colleagues ask each person.
        leader: shape (m,), who is a formal leader, or each one's place on an ordered scale.
        rng: the source of chance.
        permutations: how many times posts are handed out.
        progress: is told the share that is done.

    Raises:
        ValueError: there is no leader, or nobody else.

    Source: Mann & Whitney (1947); counted exactly, Phipson & Smyth (2010).

    Example:
        >>> named, leader = np.array([9, 8, 1, 1, 1, 0, 0, 0]), np.arange(8) < 2
        >>> coupling_p(named, leader, np.random.default_rng(1), 999) < 0.1
        True
    """
    check_permutations(permutations)
    seen = abs(coupling(named, leader) - 0.5)
    has_place = ~np.isnan(leader.astype(float))
    _values, value = np.unique(named[has_place], return_inverse=True)
    _places, place = np.unique(leader[has_place], return_inverse=True)
    size = max(1, CELLS_AT_ONCE // (len(_values) * len(_places) + len(value)))
    extreme = 0
    for done in range(0, permutations, size):
        count = min(size, permutations - done)
        dealt = rng.permuted(np.tile(place, (count, 1)), axis=1)
        found = _couplings(value, dealt, len(_values), len(_places))
        extreme += int((abs(found - 0.5) >= seen - ROUNDING).sum())
        if progress:
            progress((done + count) / permutations)
    return chance(extreme, permutations)


def _couplings(value: Numbers, dealt: Numbers, values: int, places: int) -> npt.NDArray[np.float64]:
    """The coupling of each way to hand out posts: `dealt` has shape (k, m)."""
    size = values * places
    keys = np.arange(len(dealt))[:, None] * size + value * places + dealt
    table = np.bincount(keys.ravel(), minlength=len(dealt) * size)
    table = table.reshape(len(dealt), values, places)
    # Whom somebody of each value wins from, place by place: those below, and half of the equal
    # ones; then all lower places together. No two places are laid beside each other: they may be
    # as many as the people.
    below = table.cumsum(axis=1) - table / 2
    lower = below.cumsum(axis=2) - below
    sizes = table[0].sum(axis=0)
    return np.asarray((table * lower).sum(axis=(1, 2)) / (sizes * (sizes.cumsum() - sizes)).sum())
