"""MRQAP: a regression of ties on what may lie behind them, where people change places for p."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zwerm.analysis.design import Relation, check_both_ways, design_of
from zwerm.analysis.permuting import ROUNDING, Progress, chance, check_permutations, in_portions
from zwerm.analysis.regression.fits import Scheme, linear, logistic

Family = Literal["linear", "logistic"]


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

    Of a logistic regression `r_squared` is one minus the ratio of the deviances (McFadden).
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
    family: Family = "linear",
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
        family: `logistic` needs ties of 0 and 1, looks at every pair, and takes much longer.
        undirected: ties and predictors are the same both ways; each pair counts once.
        progress: is told the share that is done.

    Raises:
        ValueError: names the predictor that is constant, collinear or without a value, or says
            that there is too little to go by, or that something undirected has a direction.

    Source: Dekker, Krackhardt & Snijders (2007), Psychometrika 72(4), 563-581.
    """
    check_permutations(permutations)
    design = design_of(y, xs)
    if undirected:
        check_both_ways(design)
    fit = (logistic if family == "logistic" else linear)(design, scheme, undirected=undirected)
    extreme = np.zeros(len(design.names), dtype=np.int64)
    least = fit.size[:, None] * (1 - ROUNDING)
    for found in in_portions(fit.again, design.alike, permutations, fit.cells, rng, progress):
        extreme += (found >= least).sum(axis=1)
    return Mrqap(
        tuple(
            Term(name, float(b), float(t), chance(int(more), permutations))
            for name, b, t, more in zip(design.names, fit.b, fit.t, extreme, strict=True)
        ),
        fit.r_squared,
        permutations,
        fit.pairs,
    )
