"""Predictors drawn by chance, each beside the table that it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.predictors import Ends, Predictor, absdiff, receiver, same, sender, tied

Table = npt.NDArray[np.float64]


def predictors(people: int, rng: np.random.Generator) -> list[Predictor]:
    """One of every kind, with ties among their numbers and without; few and many arcs."""
    is_tie = rng.random((people, people)) < 0.3
    np.fill_diagonal(is_tie, False)
    one, other = np.nonzero(~np.eye(people, dtype=bool))
    return [
        sender(np.ones(people)),
        Ends(rng.normal(size=people), rng.normal(size=people)),
        receiver(rng.normal(size=people)),
        sender(rng.integers(0, 3, people)),
        same(rng.integers(-1, 3, people)),
        same(rng.integers(-1, people, people)),
        absdiff(rng.normal(size=people)),
        absdiff(np.round(rng.normal(size=people))),
        tied(people, *np.nonzero(is_tie)),
        tied(people, one, other, rng.normal(size=len(one))),
    ]


def table_of(predictor: Predictor) -> Table:
    """Every pair, one by one; 0 on the diagonal."""
    people = predictor.people
    one, other = np.indices((people, people))
    table = predictor.at(one, other)
    np.fill_diagonal(table, 0)
    return table


def turned(table: npt.NDArray[Any], order: npt.NDArray[np.integer]) -> npt.NDArray[Any]:
    """The table after people changed places."""
    return np.asarray(table[np.ix_(order, order)])
