"""The algebra of network regression: from sums of products to coefficients and statistics.

Every regression here is a matter of sums of products of two columns over the same pairs of people.
When people change places only some of these sums move; so the sums are all that is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.predictors import Values

COLLINEAR = 1e-10
"""A column that keeps less than this share of its own sum of squares follows from the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over pairs of products of columns, the last of which is y.

    `still` has shape (columns + 1, columns + 1), as people really are. `moved` and `own` have
    shapes (columns, columns + 1, orders) and (columns, columns, orders): the moved columns with
    those that stay, and with each other. Sums that no order changes have one order. `whole` has
    shape (columns, columns): over all pairs that have these columns, also where y is missing.
    """

    still: Values
    moved: Values
    own: Values
    whole: Values


def unmoved(still: Values) -> Sums:
    """The sums when nobody changes places."""
    moved = still[:-1, :, None]
    return Sums(still, moved, moved[:, :-1], still[:-1, :-1])


def semi_partialled(sums: Sums, directions: Values) -> Values:
    """Double semi-partialling: the share that each term takes of what the others leave of y.

    What is left of a term when the others are taken out is a sum of columns; it is moved, and
    then stands beside the others as they are. The share is t^2 / (t^2 + df) of its t. Shape
    (terms, orders); 1 where the moved rest lies wholly within the others, so that it says
    nothing. `directions` are those of `Design`.

    Source: Dekker, Krackhardt & Snijders (2007), Psychometrika 72(4), section 3; Frisch & Waugh
    (1933), Econometrica 1(4), 387-401.
    """
    return np.array([_one_semi_partialled(sums, direction) for direction in directions])


def _one_semi_partialled(sums: Sums, direction: Values) -> Values:
    toward, back = direction[:-1], -direction[-1]
    rest, inverse = rest_of(sums.whole, toward), inverse_of(sums.still[:-1, :-1])
    y = sums.still[-1] + back * sums.still[0]
    square = y[-1] + back * y[0]
    count = sums.moved.shape[2]
    moved = (rest @ sums.moved.reshape(len(rest), -1)).reshape(-1, count)
    own = rest @ (rest @ sums.own.reshape(len(rest), -1)).reshape(len(rest), -1)
    # The inverse for the others alone: without this one.
    across = inverse @ toward
    among = inverse - np.outer(across, across) / (toward @ across)
    along = among @ y[:-1]
    room = own - np.einsum("kb,kb->b", moved[:-1], among @ moved[:-1])
    left = square - y[:-1] @ along
    is_free = room > COLLINEAR * own
    meets = moved[-1] + back * moved[0] - along @ moved[:-1]
    return np.where(is_free, meets**2 / np.where(is_free, room * left, 1.0), 1.0)


def rest_of(gram: Values, direction: Values) -> Values:
    """What is left of a term when the others are taken out, as a sum of columns."""
    across = inverse_of(gram) @ direction
    return np.asarray(across / (direction @ across))


def inverse_of(gram: Values) -> Values:
    """The inverse of sums of products, to which the units of columns make no difference."""
    size = np.sqrt(np.diag(gram))
    units = np.outer(size, size)
    return np.asarray(np.linalg.inv(gram / units) / units)


def all_partial(sums: Sums, directions: Values) -> Values:
    """The share of each term when all move together, y stays: shape (terms, orders).

    Squared partial correlations with y, read from the inverse of all sums; 1 in an order in which
    the columns say the same. To move y the other way is the same. `directions` are those of
    `Design`.
    """
    columns, orders = len(sums.own), sums.moved.shape[2]
    whole = np.empty((orders, columns + 1, columns + 1))
    whole[:, :-1, :-1] = np.moveaxis(sums.own, 2, 0)
    whole[:, :-1, -1] = whole[:, -1, :-1] = sums.moved[:, -1].T
    whole[:, -1, -1] = sums.still[-1, -1]
    size = np.sqrt(np.maximum(np.einsum("bkk->bk", whole), np.finfo(float).tiny))
    whole /= size[:, :, None] * size[:, None, :]
    is_flat = np.linalg.det(whole) == 0
    whole[is_flat] = np.eye(columns + 1)
    inverse = np.linalg.inv(whole)
    kept = np.einsum("bkk->bk", inverse)
    # What follows from the others keeps nothing of itself, so that its inverse runs away.
    is_flat |= ((kept <= 0) | (kept > 1 / COLLINEAR)).any(axis=1)
    inverse[is_flat] = np.eye(columns + 1)
    toward = directions / size[:, None, :]
    across = toward @ inverse
    share = across[:, :, -1] ** 2 / (np.einsum("btk,btk->bt", across, toward) * inverse[:, -1:, -1])
    return np.where(is_flat, 1.0, share.T)


def coefficients(still: Values) -> Values:
    """Least squares: one for each column."""
    size = np.sqrt(np.diag(still[:-1, :-1]))
    alike = np.linalg.solve(still[:-1, :-1] / np.outer(size, size), still[-1, :-1] / size)
    return np.asarray(alike / size, dtype=float)


def explained(still: Values) -> float:
    """R squared, for columns of which the first is the intercept."""
    around = still[-1, -1] - still[-1, 0] ** 2 / still[0, 0]
    left = still[-1, -1] - still[-1, :-1] @ coefficients(still)
    return float(1 - left / around)


def check_columns(names: Sequence[str], still: Values) -> None:
    """Every column says something that those before it do not.

    Raises:
        ValueError: names the one that is constant, or that follows from others, and those.
    """
    gram = still[:-1, :-1]
    size = np.sqrt(np.diag(gram))
    for place in range(1, len(names)):
        spread = gram[place, place] - gram[0, place] ** 2 / gram[0, 0]
        if spread <= COLLINEAR * gram[place, place]:
            raise ValueError(f"{names[place]} is the same for every pair of people; leave it out")
        before = gram[:place, :place] / np.outer(size[:place], size[:place])
        along = gram[:place, place] / (size[:place] * size[place])
        weight = np.linalg.solve(before, along)
        if 1 - along @ weight < COLLINEAR:
            named = [names[k] for k in range(1, place) if abs(weight[k]) > np.sqrt(COLLINEAR)]
            raise ValueError(
                f"{names[place]} follows from {' and '.join(named)}; leave one of them out"
            )
