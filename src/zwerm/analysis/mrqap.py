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
    Progress,
    chance,
    check_permutations,
    in_portions,
)
from zwerm.analysis.predictors import Values
from zwerm.analysis.regression import (
    COLLINEAR,
    Sums,
    all_partial,
    check_columns,
    coefficients,
    explained,
    semi_partialled,
    unmoved,
)
from zwerm.analysis.structured import Structured, structured

Scheme = Literal["double_semi_partialling", "y"]


@dataclass(frozen=True, slots=True)
class Term:
    """One predictor: its coefficient, t, and two-sided p."""

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
    source = source_of(design, scheme)
    still = source.still
    check_columns(design.names, still)
    check_pairs(source.pairs, design)
    shares = shares_of(design, unmoved(still), scheme)[:, 0]
    check_left(shares)
    extreme = np.zeros(len(design.names), dtype=np.int64)
    for found in in_portions(
        lambda order: shares_of(design, source.sums(order), scheme),
        design.alike,
        permutations,
        source.cells,
        rng,
        progress,
    ):
        extreme += (found >= shares[:, None] * (1 - ROUNDING)).sum(axis=1)
    b = coefficients(still)
    b[0] += design.y.rest - b[1:] @ design.shifts[1:]
    pairs = source.pairs // (2 if undirected else 1)
    t = np.sign(b) * np.sqrt(shares / (1 - shares) * (pairs - len(b)))
    return Mrqap(
        tuple(
            Term(name, float(one), float(size), chance(int(more), permutations))
            for name, one, size, more in zip(design.names, b, t, extreme, strict=True)
        ),
        explained(still),
        permutations,
        pairs,
    )


def source_of(design: Design, scheme: Scheme) -> Structured | Pairwise:
    """Where the sums come from: structure when it can, else every pair."""
    if design.has_missing:
        return pairwise_of(design.predictors, design.y_around, design.known)
    beside = scheme == "double_semi_partialling"
    return structured(design.predictors, design.y_around, design.known, design.alike, beside=beside)


def shares_of(design: Design, sums: Sums, scheme: Scheme) -> Values:
    """The statistic of each term in each order, as a share: shape (terms, orders)."""
    as_it_is = np.eye(len(sums.still))
    if scheme == "y":
        return np.vstack([all_partial(sums, design.basis)[:1], all_partial(sums, as_it_is)[1:]])
    slopes = range(1, len(design.names))
    return np.vstack(
        [semi_partialled(sums, design.basis, [0]), semi_partialled(sums, as_it_is, slopes)]
    )


def check_pairs(pairs: int, design: Design) -> None:
    if pairs <= len(design.names):
        raise ValueError(
            f"{pairs} pairs of people are too few for {len(design.names)} terms, the intercept "
            "among them; leave out terms"
        )


def check_left(shares: Values) -> None:
    if (shares >= 1 - COLLINEAR).any():
        raise ValueError(
            "the predictors tell exactly who names whom, so nothing is left to compare with; "
            "leave out the one that says the same as the ties"
        )
