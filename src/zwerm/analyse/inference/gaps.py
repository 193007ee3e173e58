"""Pairs of which a term has no value: left out of a regression, also when people change places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from zwerm.analysis.predictors import Predictor, Tied, known_of

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]


def gaps_of(predictor: Predictor) -> tuple[Numbers, Numbers]:
    """Who asks and who is asked in each single pair without a value."""
    nobody = np.zeros(0, dtype=np.int64)
    return predictor.missing if isinstance(predictor, Tied) else (nobody, nobody)


def have_gaps(predictors: Iterable[Predictor]) -> bool:
    return any(len(gaps_of(one)[0]) for one in predictors)


def without_gaps(y: Tied, xs: Iterable[Predictor]) -> Tied:
    """The ties, missing for each pair for which a term is: such a pair is left out."""
    found = [gaps_of(one) for one in (y, *xs)]
    one, other = (np.concatenate([gap[side] for gap in found]) for side in (0, 1))
    keys = np.unique(one * y.people + other)
    is_there = ~np.isin(y.source * y.people + y.target, keys)
    return replace(
        y,
        source=y.source[is_there],
        target=y.target[is_there],
        extra=y.extra[is_there],
        missing=(keys // y.people, keys % y.people),
    )


def told_by_others(terms: Mapping[str, Predictor]) -> dict[str, Predictor]:
    """The same terms, where each gap holds what the other terms tell of it, by least squares.

    The ties of such a pair are left out, so no coefficient sees the number. But a test takes from
    a term what the others tell of it, and lets people change places in the rest, which brings the
    rest of such a pair to one that counts. There it should say nothing, and now it is nothing.
    """
    if not have_gaps(terms.values()):
        return dict(terms)
    predictors = list(terms.values())
    known = np.logical_and.reduce([known_of(one) for one in predictors])
    source, target = np.nonzero(known[:, None] & ~np.eye(len(known), dtype=bool))
    columns = np.stack([one.at(source, target) for one in predictors])
    keys = source * len(known) + target
    lacks = np.stack([np.isin(keys, keys_of(one)) for one in predictors])
    fill(columns, lacks)
    return {
        name: with_values(one, source[gap], target[gap], column[gap])
        for (name, one), column, gap in zip(terms.items(), columns, lacks, strict=True)
    }


def keys_of(predictor: Predictor) -> Numbers:
    """A number for each pair without a value."""
    one, other = gaps_of(predictor)
    return one * predictor.people + other


def fill(columns: Values, lacks: Mask) -> None:
    """Fill the columns where they lack a value; both of shape (terms, pairs).

    Pairs that lack the same terms go together: what they do have tells of each that they lack.
    """
    there = columns[:, ~lacks.any(axis=0)]
    middle = there.mean(axis=1) if there.size else np.zeros(len(columns))
    around = there - middle[:, None]
    spread = around @ around.T
    for gone in np.unique(lacks[:, lacks.any(axis=0)], axis=1).T:
        here = (lacks == gone[:, None]).all(axis=0)
        weight = np.linalg.pinv(spread[np.ix_(~gone, ~gone)]) @ spread[np.ix_(~gone, gone)]
        others = columns[np.ix_(~gone, here)] - middle[~gone, None]
        columns[np.ix_(gone, here)] = middle[gone, None] + weight.T @ others


def with_values(one: Predictor, source: Numbers, target: Numbers, values: Values) -> Predictor:
    """A term with values in its gaps, which it then has no longer."""
    if not isinstance(one, Tied):
        return one
    nobody = np.zeros(0, dtype=np.int64)
    return replace(
        one,
        source=np.concatenate([one.source, source]),
        target=np.concatenate([one.target, target]),
        extra=np.concatenate([one.extra, values - one.rest]),
        missing=(nobody, nobody),
    )
