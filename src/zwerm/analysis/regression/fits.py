"""The regression of ties as it is, and how to do it again when people change places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zwerm.analysis.design import Design
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import Values
from zwerm.analysis.regression.algebra import (
    COLLINEAR,
    Sums,
    all_partial,
    check_columns,
    coefficients,
    explained,
    rest_of,
    semi_partialled,
    unmoved,
)
from zwerm.analysis.regression.logistic import fit_logistic
from zwerm.analysis.regression.pairwise import Pairwise, pairwise_of
from zwerm.analysis.regression.structured import Structured, structured

Scheme = Literal["double_semi_partialling", "y"]


class FollowExactly(ValueError):
    """The terms are fine, and tell exactly who names whom, so that there is nothing to weigh.

    With logistic regression some of the pairs are enough: a group of people whom nobody names.
    """


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients and t (z when logistic), each of shape (terms,).

    `size` is what is compared: it grows with |t|. `pairs` are those that count. `again` gives sizes
    for random orders, shape (terms, orders), of which one takes about `cells` numbers.
    """

    b: Values
    t: Values
    size: Values
    r_squared: float
    pairs: int
    cells: int
    again: Callable[[Order], Values]


def linear(design: Design, scheme: Scheme, *, undirected: bool) -> Fit:
    """Least squares.

    Raises:
        ValueError: a predictor is constant or collinear, or nothing is left to compare with.
        FollowExactly: the predictors tell exactly who names whom.
    """
    source = _source_of(design, scheme)
    still, pairs = source.still, _once(source.pairs, undirected)
    _check_pairs(pairs, design)
    _check_varied(still, source.pairs)
    check_columns(design.names, still)
    if explained(still) >= 1 - COLLINEAR:
        raise FollowExactly(EXACT)
    size = _shares_of(design, unmoved(still), scheme)[:, 0]
    b = coefficients(still)
    b[0] += design.y.rest - b[1:] @ design.shifts[1:]
    t = np.sign(b) * np.sqrt(size / (1 - size) * (pairs - len(b)))
    return Fit(
        b,
        t,
        size,
        explained(still),
        pairs,
        source.cells,
        lambda order: _shares_of(design, source.sums(order), scheme),
    )


def _source_of(design: Design, scheme: Scheme) -> Structured | Pairwise:
    """Where the sums come from: structure when it can, else every pair."""
    if design.has_missing:
        return pairwise_of(design.predictors, design.y_around, design.known)
    beside = scheme == "double_semi_partialling"
    return structured(design.predictors, design.y_around, design.known, design.alike, beside=beside)


def _shares_of(design: Design, sums: Sums, scheme: Scheme) -> Values:
    """The statistic of each term in each order, as a share: shape (terms, orders)."""
    look = all_partial if scheme == "y" else semi_partialled
    return look(sums, design.directions)


def _once(pairs: int, undirected: bool) -> int:
    """Of ties without direction each pair stands there twice, and counts once."""
    return pairs // 2 if undirected else pairs


def _check_varied(still: Values, pairs: int) -> None:
    spread = still[-1, -1] - still[-1, 0] ** 2 / still[0, 0]
    if spread <= COLLINEAR * still[-1, -1]:
        raise ValueError(f"all {pairs} pairs have the same tie, so there is nothing to tell apart")


def _check_pairs(pairs: int, design: Design) -> None:
    if pairs <= len(design.names):
        raise ValueError(
            f"{pairs} pairs of people are too few for {len(design.names)} terms, the intercept "
            "among them; leave out terms"
        )


EXACT = (
    "the predictors tell exactly who names whom, so nothing is left to compare with; leave out the "
    "one that says the same as the ties"
)


def logistic(design: Design, scheme: Scheme, *, undirected: bool) -> Fit:
    """Logistic regression: every pair is looked at, so it takes longer.

    Raises:
        ValueError: the ties are not 0 and 1 or all the same, or a predictor is constant or
            collinear.
        FollowExactly: the predictors tell exactly who names whom.
    """
    pairwise = pairwise_of(design.predictors, design.y, design.known)
    pairs = _once(pairwise.pairs, undirected)
    _check_pairs(pairs, design)
    _check_binary(pairwise.y)
    check_columns(design.names, pairwise.still)
    level = Level.of(design, pairwise)
    nothing = np.zeros((0, pairwise.pairs))
    real = fit_logistic(pairwise.y, nothing, level.columns[:, :, None])
    if not real.is_settled.all():
        raise FollowExactly(EXACT)
    alone = fit_logistic(pairwise.y, nothing, level.columns[:1, :, None])
    again = _again_with_rests if scheme == "double_semi_partialling" else _again_with_all
    b, z = real.along(level.directions)
    return Fit(
        b[:, 0],
        z[:, 0] * np.sqrt(pairs / pairwise.pairs),
        np.abs(z[:, 0]),
        float(1 - real.deviance[0] / alone.deviance[0]),
        pairs,
        pairwise.cells,
        again(design, pairwise, level),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Sums of columns that have nothing in common, so that a fit finds its way.

    Years, or numbers that nearly follow from each other, would lead it astray. `columns` has shape
    (terms, pairs), `turn` makes them out of predictors around their middle, and `directions` says
    what each term is in their coefficients: both of shape (terms, terms).
    """

    columns: Values
    turn: Values
    directions: Values

    @classmethod
    def of(cls, design: Design, pairwise: Pairwise) -> Level:
        around = pairwise.columns[:-1]
        triangle = np.linalg.qr(around.T, mode="r")
        turn = np.linalg.inv(triangle).T * np.sqrt(pairwise.pairs)
        return cls(turn @ around, turn, design.directions[:, :-1] @ turn.T)

    @property
    def others(self) -> list[Values]:
        """For each term columns that say what all others say: shape (terms - 1, pairs)."""
        return [np.linalg.svd(one[None])[2][1:] @ self.columns for one in self.directions]


def _check_binary(y: Values) -> None:
    other = y[(y != 0) & (y != 1)]
    if len(other):
        raise ValueError(
            f"logistic regression needs ties of 0 and 1, got {other[0]:g}; leave the values "
            "out, or take the linear one"
        )
    if y.min() == y.max():
        raise ValueError(f"all {len(y)} pairs have the same tie, so there is nothing to tell apart")


def _again_with_rests(
    design: Design, pairwise: Pairwise, level: Level
) -> Callable[[Order], Values]:
    """Each column without the others is moved, and stands beside the others as they are."""
    others = level.others
    starts = [
        fit_logistic(pairwise.y, np.zeros((0, pairwise.pairs)), other[:, :, None]).b[:, 0]
        for other in others
    ]
    rests = [rest_of(pairwise.whole, direction) for direction in design.directions[:, :-1]]

    def again(order: Order) -> Values:
        moved = pairwise.moved(order)
        found = [
            fit_logistic(pairwise.y, other, np.tensordot(rest, moved, axes=1)[None], start)
            for other, rest, start in zip(others, rests, starts, strict=True)
        ]
        return np.array([np.where(one.is_settled, np.abs(one.z[-1]), np.inf) for one in found])

    return again


def _again_with_all(_design: Design, pairwise: Pairwise, level: Level) -> Callable[[Order], Values]:
    """All columns move together and the ties stay, which is the same as the other way round."""

    def again(order: Order) -> Values:
        moved = np.tensordot(level.turn, pairwise.moved(order), axes=1)
        found = fit_logistic(pairwise.y, np.zeros((0, pairwise.pairs)), moved)
        return np.where(found.is_settled, np.abs(found.along(level.directions)[1]), np.inf)

    return again
