"""MRQAP: a regression of ties on what may lie behind them, where people change places for p."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zwerm.analysis.design import Design, Relation, design_of
from zwerm.analysis.pairwise import Pairwise, pairwise_of
from zwerm.analysis.permuting import (
    ROUNDING,
    Order,
    Progress,
    chance,
    check_permutations,
    orders,
    portions,
)
from zwerm.analysis.predictors import Values
from zwerm.analysis.regression import (
    Sums,
    check_columns,
    coefficients,
    explained,
    taken_out,
    unmoved,
)

Scheme = Literal["double_semi_partialling", "y"]

AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Term:
    """One predictor: its coefficient, t (z when logistic), and two-sided p."""

    name: str
    b: float
    t: float
    p: float


@dataclass(frozen=True, slots=True)
class Mrqap:
    """The regression: its terms, `(intercept)` first, and the share of variance that they take.

    `pairs` is the number of ordered pairs (of pairs, when undirected) that it stands on.
    """

    terms: tuple[Term, ...]
    r_squared: float
    permutations: int
    pairs: int


def mrqap(
    y: Relation,
    xs: Mapping[str, Relation],
    *,
    rng: np.random.Generator,
    permutations: int = 2000,
    scheme: Scheme = "double_semi_partialling",
    undirected: bool = False,
    progress: Progress | None = None,
) -> Mrqap:
    """Regress ties on predictors, over all pairs of different people with an answer.

    Args:
        y: who names whom: arcs (rows of the silent are missing), or a square table, NaN: missing.
        xs: name to predictor, of `predictors` or as y.
        rng: the source of chance.
        permutations: how many random orders.
        scheme: which part changes places: the rest of each predictor when the others are taken
            out, or the ties.
        undirected: ties and predictors are the same both ways; each pair counts once.
        progress: is told the share that is done.

    Raises:
        ValueError: names the predictor that is constant, collinear or without a value, or says
            that there is too little to go by.

    Source: Dekker, Krackhardt & Snijders (2007), Psychometrika 72(4), 563-581.
    """
    check_permutations(permutations)
    design = design_of(y, xs)
    pairwise = pairwise_of(design)
    still = sums_still(pairwise)
    check_columns(design.names, still)
    shares = shares_of(design, unmoved(still), scheme)[:, 0]
    extreme = np.zeros(len(design.names), dtype=np.int64)
    done = 0
    for count in portions(permutations, pairwise.pairs * len(design.names), AT_ONCE):
        order = orders(design.known, count, rng)
        found = shares_of(design, sums_moved(pairwise, still, order), scheme)
        extreme += (found >= shares[:, None] * (1 - ROUNDING)).sum(axis=1)
        done += count
        if progress:
            progress(done / permutations)
    b = coefficients(still)
    b[0] += design.y.rest - b[1:] @ design.shifts[1:]
    pairs = pairwise.pairs // (2 if undirected else 1)
    t = np.sign(b) * np.sqrt(shares / (1 - shares) * (pairs - len(b)))
    terms = zip(design.names, b, t, extreme, strict=True)
    return Mrqap(
        tuple(
            Term(name, float(one), float(size), chance(int(more), permutations))
            for name, one, size, more in terms
        ),
        explained(still),
        permutations,
        pairs,
    )


def sums_still(pairwise: Pairwise) -> Values:
    still = pairwise.still()
    return still @ still.T


def sums_moved(pairwise: Pairwise, still: Values, order: Order) -> Sums:
    moved = pairwise.moved(order)
    return Sums(still, np.matmul(pairwise.still(), moved), np.einsum("kdb,ldb->klb", moved, moved))


def shares_of(design: Design, sums: Sums, scheme: Scheme) -> Values:
    """The statistic of each term in each order, as a share: shape (terms, orders)."""
    share = taken_out if scheme == "double_semi_partialling" else with_moved_ties
    raw = sums.seen_from(basis_of(design))
    slopes = [share(sums, column) for column in range(1, len(design.names))]
    return np.array([share(raw, 0), *slopes])


def basis_of(design: Design) -> Values:
    """From columns around their middle to columns as they are, for the intercept."""
    basis = np.eye(len(design.names) + 1)
    basis[1:, 0] = [*design.shifts[1:], design.y.rest]
    return basis


def with_moved_ties(sums: Sums, column: int) -> Values:
    """The share of a column when y changes places: here the columns do, all in one order."""
    return np.array([share_in(sums, column, at) for at in range(sums.moved.shape[2])])


def share_in(sums: Sums, column: int, at: int) -> float:
    still = sums.still.copy()
    still[:-1, :-1] = sums.own[:, :, at]
    still[:-1, -1] = still[-1, :-1] = sums.moved[:, -1, at]
    return float(taken_out(unmoved(still), column)[0])
