"""The values of predictors for a list of arcs, when people have changed places, quickly.

Tables are small numbers where they can be, since many lookups are slow only when they miss.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Numbers
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import Apart, Ends, Predictor, Same, Tied

CELLS = 2**24
"""The most cells of a table."""
MARKS = 24
"""Bits of the table that tells at once that an arc is not there."""
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: multiplying spreads keys evenly."""


class Places:
    """Where each order puts both ends of some arcs; all of shape (arcs, orders)."""

    def __init__(self, order: Order, source: Numbers, target: Numbers) -> None:
        self.order, self.source, self.target = order, source, target

    def ends(self, values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """What the two people have who stand there."""
        moved = values[self.order]
        return moved.take(self.source, axis=0), moved.take(self.target, axis=0)

    @cached_property
    def cells(self) -> npt.NDArray[Any]:
        """The two people as one number: where they stand in a table."""
        people = len(self.order)
        kind = np.uint16 if people**2 <= 2**16 else np.int32 if people**2 <= CELLS else np.int64
        order: npt.NDArray[Any] = self.order.astype(kind)
        cells: npt.NDArray[Any] = (order * people).take(self.source, axis=0)
        cells += order.take(self.target, axis=0)
        return cells


Found = npt.NDArray[np.float64] | npt.NDArray[np.bool_] | npt.NDArray[np.uint8]
Lookup = Callable[[Places], Found]


def lookup_of(predictor: Predictor) -> Lookup:
    """How to find the values of this predictor; for `Tied` what they have more than the rest."""
    if isinstance(predictor, Ends):
        return _by_person(predictor)
    if isinstance(predictor, Same):
        return _by_group(predictor)
    if isinstance(predictor, Apart):
        return _by_number(predictor)
    return _by_table(predictor) if predictor.people**2 <= CELLS else _by_mark(predictor)


def _by_person(predictor: Ends) -> Lookup:
    def look(places: Places) -> Found:
        found: Found = places.ends(predictor.sender)[0] + places.ends(predictor.receiver)[1]
        return found

    return look


def _by_group(predictor: Same) -> Lookup:
    group = predictor.group.astype(np.int32)

    def look(places: Places) -> Found:
        one, other = places.ends(group)
        return np.asarray(one == other)

    return look


def _by_number(predictor: Apart) -> Lookup:
    def look(places: Places) -> Found:
        one, other = places.ends(predictor.values)
        one -= other
        return np.asarray(np.abs(one, out=one))

    return look


def _by_table(predictor: Tied) -> Lookup:
    is_plain = bool((predictor.extra == 1).all())
    table: npt.NDArray[Any] = np.zeros(predictor.people**2, np.uint8 if is_plain else np.float64)
    table[predictor.source * predictor.people + predictor.target] = predictor.extra

    def look(places: Places) -> Found:
        return np.asarray(table.take(places.cells))

    return look


def _by_mark(predictor: Tied) -> Lookup:
    """For many people: a table of marks first, and a search only for arcs that may be there."""
    keys = predictor.source * predictor.people + predictor.target
    ranked = np.argsort(keys)
    keys, extra = keys[ranked], predictor.extra[ranked]
    marked = np.zeros(1 << MARKS, dtype=bool)
    marked[_marks_of(keys)] = True

    def look(places: Places) -> Found:
        asked = places.cells.astype(np.int64)
        found = np.zeros(asked.shape)
        maybe = np.nonzero(marked[_marks_of(asked)])
        place = np.minimum(np.searchsorted(keys, asked[maybe]), len(keys) - 1)
        found[maybe] = np.where(keys[place] == asked[maybe], extra[place], 0.0)
        return found

    return look


def _marks_of(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    spread = keys.astype(np.uint64) * SPREAD
    return (spread >> np.uint64(64 - MARKS)).astype(np.int64)
