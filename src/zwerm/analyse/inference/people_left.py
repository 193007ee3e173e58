"""Predictors and ties of some of the people only."""

from __future__ import annotations

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
