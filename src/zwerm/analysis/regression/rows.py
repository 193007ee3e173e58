"""Sums of products row by row: what the pairs of each one who asks add up to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zwerm.analysis.permuting import AT_ONCE
from zwerm.analysis.predictors import Predictor, Tied, Values


def row_products(predictors: Sequence[Predictor]) -> Values:
    """For each person, the sums of products over who they may ask.

    Shape (predictors, predictors, people). Some rows at a time are laid out as tables.
    """
    people, many = predictors[0].people, len(predictors)
    found = np.empty((many, many, people))
    height = max(1, AT_ONCE // (many * people))
    for start in range(0, people, height):
        rows = np.arange(start, min(start + height, people))
        tables = np.stack([laid_out(one, rows) for one in predictors])
        found[:, :, rows] = np.einsum("kij,lij->kli", tables, tables, optimize=True)
    return found


def laid_out(predictor: Predictor, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Values:
    """A table of some rows that follow each other, with 0 on the diagonal."""
    if isinstance(predictor, Tied):
        table = np.full((len(rows), predictor.people), predictor.rest)
        here = (predictor.source >= rows[0]) & (predictor.source <= rows[-1])
        table[predictor.source[here] - rows[0], predictor.target[here]] += predictor.extra[here]
    else:
        table = predictor.at(rows[:, None], np.arange(predictor.people)[None])
    table[np.arange(len(rows)), rows] = 0
    return table
