"""What the answers that are there allow, whatever the silent would have said."""

from __future__ import annotations

import numpy as np

from zwerm.analysis.arcs import Mask, Ties
from zwerm.analysis.intervals.pairs import FIGURES, Pairs, Reals


def bounds_of(pairs: Pairs, ties: Ties, respondents: Mask) -> Reals:
    """The lowest and highest value of each figure when the silent may name anybody.

    Exact for mean named, reciprocity, across and unnamed; 0 and 1 for the others.

    Args:
        pairs: the pairs of these n people.
        ties: shape (n, n); rows of the silent are false.
        respondents: shape (n,).

    Returns:
        Shape (7, 2), in order of `FIGURES`.
    """
    people, silent = pairs.people, int((~respondents).sum())
    found = dict.fromkeys(FIGURES, (0.0, 1.0))
    arcs = int(ties.sum())
    found["mean_named"] = (arcs / people, (arcs + silent * (people - 1)) / people)
    found["reciprocity"] = _reciprocity(ties, respondents)
    found["across"] = _across(pairs, ties, respondents)
    unnamed = float((~ties.any(axis=0)).mean())
    found["unnamed_share"] = (_fewest_unnamed(ties, respondents), unnamed)
    return np.array([found[figure] for figure in FIGURES])


def _reciprocity(ties: Ties, respondents: Mask) -> tuple[float, float]:
    """Least when the silent name only who did not name them, most when they only name back."""
    silent = int((~respondents).sum())
    arcs, mutual = int(ties.sum()), int((ties & ties.T).sum())
    to_silent = int(ties[:, ~respondents].sum())
    open_arcs = silent * int(respondents.sum()) - to_silent
    low = arcs + open_arcs + silent * (silent - 1) // 2
    high = arcs + to_silent + silent * (silent - 1)
    most = mutual + 2 * to_silent + silent * (silent - 1)
    return _share(mutual, low, 0.0), _share(most, high, 1.0)


def _across(pairs: Pairs, ties: Ties, respondents: Mask) -> tuple[float, float]:
    """Least when the silent name only inside their group, most when only outside."""
    _all, placed, crossing = pairs.kinds.T.astype(bool)
    first, second, silent = pairs.ends.first, pairs.ends.second, ~respondents
    seen = ties[first, second].astype(int) + ties[second, first]
    free = silent[first].astype(int) + silent[second]
    within = placed & ~crossing
    total, crossed = int(seen[placed].sum()), int(seen[crossing].sum())
    outward = int(free[crossing].sum())
    low = _share(crossed, total + int(free[within].sum()), 0.0)
    return low, _share(crossed + outward, total + outward, 1.0)


def _fewest_unnamed(ties: Ties, respondents: Mask) -> float:
    """One silent person could name every other; two could name everybody."""
    silent = ~respondents
    if silent.sum() != 1:
        return 0.0 if silent.any() else float((~ties.any(axis=0)).mean())
    return float((silent & ~ties.any(axis=0)).mean())


def _share(part: int, whole: int, without: float) -> float:
    return part / whole if whole else without
