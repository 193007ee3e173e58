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
    shapes (columns, columns + 1, orders) and (columns, columns, orders): the moved column with
    those that stay, and moved columns with each other. A sum that no order changes has 1 order.
    """

    still: Values
    moved: Values
    own: Values

    def seen_from(self, basis: Values) -> Sums:
        """The same sums of other columns, each a sum of these: `basis` @ columns."""
        inner = basis[:-1, :-1]
        return Sums(
            basis @ self.still @ basis.T,
            np.einsum("ki,ijb,lj->klb", inner, self.moved, basis),
            np.einsum("ki,ijb,lj->klb", inner, self.own, inner),
        )


def unmoved(still: Values) -> Sums:
    """The sums when nobody changes places."""
    moved = still[:-1, :, None]
    return Sums(still, moved, moved[:, :-1])


def taken_out(sums: Sums, column: int) -> Values:
    """Double semi-partialling: the share that a column takes of what the others leave of y.

    What is left of the column when the others are taken out is a sum of columns; it is moved, and
    then stands beside the others as they are. The share is t^2 / (t^2 + df) of its t. Shape
    (orders,); 1 where the moved rest lies wholly within the others, so that it says nothing.

    Source: Dekker, Krackhardt & Snijders (2007), Psychometrika 72(4), section 3; Frisch & Waugh
    (1933), Econometrica 1(4), 387-401.
    """
    gram, y = sums.still[:-1, :-1], sums.still[-1, :-1]
    others = np.delete(np.arange(len(gram)), column)
    inverse = np.linalg.inv(gram)
    rest = inverse[column] / inverse[column, column]
    among = np.linalg.inv(gram[np.ix_(others, others)])
    with_others = np.einsum("k,klb->lb", rest, sums.moved[:, others])
    with_y = rest @ sums.moved[:, -1] - (among @ y[others]) @ with_others
    own = np.einsum("k,klb,l->b", rest, sums.own, rest)
    room = own - np.einsum("kb,kl,lb->b", with_others, among, with_others)
    left: Values = sums.still[-1, -1] - y[others] @ among @ y[others]
    return share_of(with_y, room, own, left)


def share_of(with_y: Values, room: Values, own: Values, left: Values) -> Values:
    """Squared correlation out of sums; 1 where a column has no room of its own."""
    is_free = room > COLLINEAR * own
    share: Values = np.where(is_free, with_y**2 / np.where(is_free, room * left, 1.0), 1.0)
    return share


def coefficients(still: Values) -> Values:
    """Least squares: one per column."""
    return np.asarray(np.linalg.solve(still[:-1, :-1], still[-1, :-1]), dtype=float)


def explained(still: Values) -> float:
    """R squared, for columns of which the first is the intercept."""
    y, ones = still[-1, -1], still[0, 0]
    around = y - still[-1, 0] ** 2 / ones
    left = y - still[-1, :-1] @ coefficients(still)
    return float(1 - left / around)


def check_columns(names: Sequence[str], still: Values) -> None:
    """Every column says something that those before it do not.

    Raises:
        ValueError: names the one that is constant, or that follows from others, and those.
    """
    gram = still[:-1, :-1]
    size = np.sqrt(np.diag(gram))
    for place in range(1, len(names)):
        if (
            not size[place]
            or (1 - gram[0, place] ** 2 / gram[0, 0] / gram[place, place]) < COLLINEAR
        ):
            raise ValueError(f"{names[place]} is the same for every pair of people; leave it out")
        before = gram[:place, :place] / np.outer(size[:place], size[:place])
        along = gram[:place, place] / size[:place] / size[place]
        weight = np.linalg.solve(before, along)
        if 1 - along @ weight < COLLINEAR:
            named = [names[k] for k in range(1, place) if abs(weight[k]) > np.sqrt(COLLINEAR)]
            raise ValueError(
                f"{names[place]} follows from {' and '.join(named)}; leave one of them out"
            )
