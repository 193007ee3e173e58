"""Predictors and ties of some of the people only, and of pairs that have every value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from zwerm.analysis.predictors import Apart, Ends, Predictor, Same, Tied

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def without_value(predictor: Predictor) -> Mask:
    """Who lacks a number of their own: shape (people,)."""
    match predictor:
        case Ends(sender, receiver):
            return np.asarray(np.isnan(sender) | np.isnan(receiver), dtype=bool)
        case Apart(values):
            return np.asarray(np.isnan(values), dtype=bool)
    return np.zeros(predictor.people, dtype=bool)


def among(predictor: Predictor, places: Numbers) -> Predictor:
    """The same about the people with these numbers, who are numbered anew in this order."""
    match predictor:
        case Ends(sender, receiver):
            return Ends(sender[places], receiver[places])
        case Same(group):
            return Same(group[places])
        case Apart(values):
            return Apart(values[places])
        case Tied():
            return tied_among(predictor, places)


def tied_among(relation: Tied, places: Numbers) -> Tied:
    number = np.full(relation.people, -1)
    number[places] = np.arange(len(places))
    source, target = number[relation.source], number[relation.target]
    kept = (source >= 0) & (target >= 0)
    one, other = (number[ends] for ends in relation.missing)
    there = (one >= 0) & (other >= 0)
    return replace(
        relation,
        people=len(places),
        source=source[kept],
        target=target[kept],
        extra=relation.extra[kept],
        known=relation.known[places],
        missing=(one[there], other[there]),
    )


def pairs_with_all(y: Tied, xs: Iterable[Predictor]) -> Tied:
    """The ties, missing for each pair for which a predictor is: such a pair is left out."""
    gaps = [y.missing, *(x.missing for x in xs if isinstance(x, Tied))]
    one, other = (np.concatenate([gap[side] for gap in gaps]) for side in (0, 1))
    keys = np.unique(one * max(y.people, 1) + other)
    missing = (keys // max(y.people, 1), keys % max(y.people, 1))
    is_missing = np.isin(y.source * y.people + y.target, keys)
    return replace(
        y,
        source=y.source[~is_missing],
        target=y.target[~is_missing],
        extra=y.extra[~is_missing],
        missing=missing,
    )


def with_all(predictor: Predictor) -> Predictor:
    """A predictor whose pairs without a value are left out elsewhere."""
    if not isinstance(predictor, Tied) or not len(predictor.missing[0]):
        return predictor
    nobody = np.zeros(0, dtype=np.int64)
    return replace(predictor, missing=(nobody, nobody))
