"""Sums of products of predictors over all pairs, when people change places: by structure.

What belongs to one person moves with margins: sums of the other predictor by who asks and by who
is asked. Arcs are looked up one by one. Groups and differences are counted and sorted, see
`between`. Rows of the silent are left out of the columns that stay. Of a list of arcs counts what
an arc has more than the rest of the pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask, Numbers
from zwerm.analysis.permuting import Order, inverse_of
from zwerm.analysis.predictors import Apart, Ends, Predictor, Same, Tied, Values
from zwerm.analysis.regression.between import between
from zwerm.analysis.regression.lookup import Found, Lookup, Places, lookup_of

SMALL = 255
"""The largest number of one byte."""


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """The arcs of several predictors together, and what each of them has there."""

    source: Numbers
    target: Numbers
    weights: Values

    def places(self, order: Order) -> Places:
        return Places(order, self.source, self.target)

    def sums(self, found: Found) -> Values:
        """The sum of weight times what was found at the arcs: shape (predictors, orders)."""
        if found.dtype == np.float64:
            return np.asarray(self.weights @ found)
        if len(self.weights) == 1 and bool((self.weights == 1).all()):
            return counted(found)[None]
        return np.asarray(self.weights @ found.astype(float))


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One predictor, made ready.

    `margins` are its sums by who asks and by who is asked, over all rows; `kept` those over the
    rows that are known: both of shape (2, people). `arcs` are all it has.
    """

    predictor: Predictor
    margins: Values
    kept: Values
    lookup: Lookup
    arcs: Along


@dataclass(frozen=True, slots=True, eq=False)
class Products:
    """Columns that move, over all rows, against columns that stay, over the rows that are known.

    `along` holds the arcs of the columns that stay, in known rows; `people`, `arcs` and `pairs`
    number the columns of each kind among them.
    """

    moved: tuple[Column, ...]
    still: tuple[Column, ...]
    known: Mask
    along: Along
    people: Numbers
    arcs: Numbers
    pairs: Numbers

    @property
    def cells(self) -> int:
        """About how many numbers one order takes."""
        longest = max(len(column.arcs.source) for column in (*self.moved, *self.still))
        return max(longest, len(self.along.source), len(self.known))

    def cross(self, order: Order) -> Values:
        """The sums of products in each order: shape (moved, still, orders)."""
        is_turned = len(self.pairs) or not self.known.all()
        inverse = inverse_of(order) if is_turned else order
        forward = self.along.places(order)
        found = np.empty((len(self.moved), len(self.still), order.shape[1]))
        for column, row in zip(self.moved, found, strict=True):
            if isinstance(column.predictor, Ends):
                row[:] = self.person(column.predictor, order)
                continue
            if len(self.people):
                row[self.people] = self.people_beside(column, order, inverse)
            row[self.arcs] = self.along.sums(column.lookup(forward))
            back = column.arcs.places(inverse)
            for place in self.pairs:
                row[place] = self.pair(column, self.still[place], order, back)
        return found

    def person(self, one: Ends, order: Order) -> Values:
        """What belongs to one person moves with the margins of what stays."""
        by_asker, by_asked = np.stack([column.kept for column in self.still], axis=1)
        return _sum_moved(by_asker, one.sender, order) + _sum_moved(by_asked, one.receiver, order)

    def people_beside(self, column: Column, order: Order, inverse: Order) -> Values:
        """What moves, beside what belongs to one person and stays: by its margins."""
        ends = [self.still[place].predictor for place in self.people]
        senders = np.array([one.sender for one in ends if isinstance(one, Ends)])
        receivers = np.array([one.receiver for one in ends if isinstance(one, Ends)])
        by_asker, by_asked = column.margins
        found = _sum_moved(senders * self.known, by_asker, order)
        if self.known.all():
            return found + _sum_moved(receivers, by_asked, order)
        # Who asks is another one in each order, so that there are no margins by who is asked.
        is_row = self.known[inverse].astype(float)
        for row, receiver in zip(found, receivers, strict=True):
            row += _spread(column, is_row, receiver[inverse])
        return found

    def pair(self, column: Column, still: Column, order: Order, back: Places) -> Values:
        """Arcs, groups or differences that move, against groups or differences that stay."""
        one, other = column.predictor, still.predictor
        if isinstance(one, Same | Apart) and isinstance(other, Same | Apart):
            return between(one, other, order, self.known)
        found = still.lookup(back)
        if not self.known.all():
            found = found * back.ends(self.known)[0]
        return np.asarray(column.arcs.sums(found)[0])


def _spread(column: Column, one: Values, other: Values) -> Values:
    """The sum over i, j of what i and j have together times `one[i]` and `other[j]`.

    `one` and `other` have shape (people, orders).
    """
    predictor = column.predictor
    if isinstance(predictor, Same):
        by_group = np.argsort(predictor.group, kind="stable")
        starts = np.flatnonzero(np.diff(predictor.group[by_group], prepend=-1))
        sums = [np.add.reduceat(values[by_group], starts) for values in (one, other)]
        return np.asarray((sums[0] * sums[1]).sum(axis=0) - (one * other).sum(axis=0))
    if isinstance(predictor, Apart):
        return np.asarray((_distances(predictor.values, one) * other).sum(axis=0))
    arcs = column.arcs
    return np.asarray(arcs.sums(one.take(arcs.source, axis=0) * other.take(arcs.target, axis=0))[0])


def products_of(moved: Sequence[Column], still: Sequence[Column], known: Mask) -> Products:
    """Bring columns together."""
    kinds = [type(column.predictor) for column in still]
    people = [place for place, kind in enumerate(kinds) if kind is Ends]
    arcs = [place for place, kind in enumerate(kinds) if kind is Tied]
    pairs = [place for place, kind in enumerate(kinds) if kind in (Same, Apart)]
    return Products(
        tuple(moved),
        tuple(still),
        known,
        _together([_in_rows(still[place].arcs, known) for place in arcs], len(known)),
        np.array(people, dtype=np.int64),
        np.array(arcs, dtype=np.int64),
        np.array(pairs, dtype=np.int64),
    )


def column_of(predictor: Predictor, known: Mask) -> Column:
    """Make a predictor ready."""
    simple = simplified(predictor)
    arcs = _arcs_of_one(simple)
    whole = _margins(simple, arcs, np.ones(len(known), dtype=bool))
    kept = whole if known.all() else _margins(simple, arcs, known)
    return Column(simple, whole, kept, lookup_of(simple), arcs)


def simplified(predictor: Predictor) -> Predictor:
    """Many small groups are better kept as the pairs that share one."""
    if not isinstance(predictor, Same):
        return predictor
    size = np.bincount(predictor.group)
    if (size * (size - 1)).sum() >= (size > 1).sum() ** 2:
        return predictor
    return pairs_sharing(predictor.group)


def pairs_sharing(group: Numbers) -> Tied:
    """The ordered pairs of people with the same number."""
    people = len(group)
    size = np.bincount(group)
    many = size[group]
    sorted_by_group = np.argsort(group, kind="stable")
    start = np.cumsum(size) - size
    # Everybody beside each one of their group, in one long list.
    source = np.repeat(np.arange(people), many)
    turn = np.arange(len(source)) - np.repeat(np.cumsum(many) - many, many)
    target = sorted_by_group[start[group[source]] + turn]
    kept = source != target
    everybody = np.ones(people, dtype=bool)
    return Tied(people, source[kept], target[kept], np.ones(int(kept.sum())), everybody)


def _margins(predictor: Predictor, arcs: Along, known: Mask) -> Values:
    """Sums by who asks, 0 for the silent, and by who is asked: shape (2, people)."""
    if isinstance(predictor, Ends):
        sender, receiver = predictor.sender, predictor.receiver
        down = known * ((len(known) - 1) * sender + receiver.sum() - receiver)
        across = known @ sender - known * sender + (known.sum() - known) * receiver
        return np.stack([down, across])
    if isinstance(predictor, Same):
        group = predictor.group
        size, answered = np.bincount(group)[group], np.bincount(group, known)[group]
        return np.stack([known * (size - 1.0), answered - known])
    if isinstance(predictor, Apart):
        values, everybody = predictor.values, np.ones(len(known))
        down, across = _distances(values, everybody), _distances(values, known.astype(float))
        return np.stack([known * down, across])
    weights = arcs.weights[0] * known[arcs.source]
    return np.stack([np.bincount(end, weights, len(known)) for end in (arcs.source, arcs.target)])


def _distances(values: Values, weight: Values) -> Values:
    """The weighted sum of |values[i] - values[j]| over i, for each j; of the shape of `weight`."""
    order = np.argsort(values)
    weights = weight[order]
    ranked = values[order] if weight.ndim == 1 else values[order, None]
    many, total = np.cumsum(weights, axis=0), np.cumsum(weights * ranked, axis=0)
    found = np.empty(weight.shape)
    found[order] = ranked * (2 * many - many[-1]) + total[-1] - 2 * total
    return found


def _arcs_of_one(predictor: Predictor) -> Along:
    """The arcs of a predictor; what is no list of arcs has none."""
    if isinstance(predictor, Tied):
        return Along(predictor.source, predictor.target, predictor.extra[None])
    nothing = np.zeros(0, dtype=np.int64)
    return Along(nothing, nothing, np.zeros((1, 0)))


def _in_rows(arcs: Along, known: Mask) -> Along:
    """The arcs of who is known."""
    if known.all():
        return arcs
    kept = known[arcs.source]
    return Along(arcs.source[kept], arcs.target[kept], arcs.weights[:, kept])


def _together(several: Sequence[Along], people: int) -> Along:
    """The arcs of several lists, each arc once."""
    if len(several) == 1:
        return several[0]
    nothing = np.zeros(0, dtype=np.int64)
    keys = [arcs.source * people + arcs.target for arcs in several]
    union = np.unique(np.concatenate([nothing, *keys]))
    weights = np.zeros((len(several), len(union)))
    for line, key, arcs in zip(weights, keys, several, strict=True):
        line[np.searchsorted(union, key)] = arcs.weights[0]
    return Along(union // max(people, 1), union % max(people, 1), weights)


def _sum_moved(weights: Values, values: Values, order: Order) -> Values:
    """`weights` of shape (columns, people) times moved values: shape (columns, orders).

    What is the same for everybody does not move; that spares most of the work.
    """
    found = np.repeat(weights[:, :1] * values.sum(), order.shape[1], axis=1)
    varies = np.ptp(weights, axis=1) > 0
    if np.ptp(values) == 0:
        found[varies] = (weights[varies].sum(axis=1) * values[0])[:, None]
    elif varies.any():
        found[varies] = weights[varies] @ values[order]
    return np.asarray(found)


def counted(found: Found) -> Values:
    """How many there are in each order; so many at once as fit in a small number."""
    total = np.zeros(found.shape[1])
    for start in range(0, len(found), SMALL):
        total += found[start : start + SMALL].sum(axis=0, dtype=np.uint8)
    return total
