"""What seven figures would have changed by, had people given their two answers the other way round.

Only rows of people who answered both times count, so that the same people ask on both occasions.
Source: docs/methods/change.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask, Numbers

Values = npt.NDArray[np.float64]
Swaps = npt.NDArray[np.bool_]

FIGURES = (
    "mean_named",
    "reciprocity",
    "centralization",
    "coupling",
    "gini",
    "across",
    "unnamed_share",
)
AT_ONCE = 4_000_000
"""How many numbers are held at once: more swaps than fit are taken in parts."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Two networks of the same people in the same order, as far as the same people answered.

    Attributes:
        before: the earlier arcs of `people` persons.
        after: the later arcs of the same persons.
        both: shape (people,), who answered both times.
        group: shape (people,), the number of each one's group, or -1 for none.
        leader: shape (people,), each one's formal place; NaN for who has none.
    """

    before: Arcs
    after: Arcs
    both: Mask
    group: Numbers | None = None
    leader: Values | None = None

    @property
    def people(self) -> int:
        return self.before.people

    @cached_property
    def answered(self) -> int:
        """How many people answered both times."""
        return int(self.both.sum())

    @cached_property
    def place(self) -> Numbers:
        """Shape (people,): the number of each one among those who answered both times."""
        return np.cumsum(self.both) - 1

    @cached_property
    def union(self) -> tuple[Numbers, Numbers, Mask, Mask]:
        """Every arc of the two: who asks, who is asked, whether it was there before, and after.

        In the order of the ones asked, so that what belongs to one of them stands together.
        """
        keys = np.union1d(self.before.keys, self.after.keys)
        source, target = keys // max(self.people, 1), keys % max(self.people, 1)
        keys = keys[order := np.lexsort((source, target))]
        was, now = np.isin(keys, self.before.keys), np.isin(keys, self.after.keys)
        return source[order], target[order], was, now

    @cached_property
    def places(self) -> tuple[Numbers, int] | None:
        """Who has a formal place with its number from low to high, and how many pairs differ."""
        if self.leader is None:
            return None
        _values, level = np.unique(self.leader, return_inverse=True)
        level = np.where(np.isnan(self.leader), -1, level)
        sizes = np.bincount(level[level >= 0], minlength=1)
        pairs = int((sizes * (np.cumsum(sizes) - sizes)).sum())
        return (level, pairs) if pairs else None


def rows_of(
    before: Arcs, after: Arcs, group: Numbers | None = None, leader: Values | None = None
) -> Rows:
    """The rows of the people who answered both times; all other rows are left out."""
    both = before.respondents & after.respondents
    earlier, later = (
        arcs.only(both[arcs.source]) if not both.all() else arcs for arcs in (before, after)
    )
    return Rows(earlier, later, both, group, leader)


def random_swaps(rows: Rows, swaps: int, rng: np.random.Generator) -> Swaps:
    """Whose rows are swapped: shape (swaps + 1, answered); in the first, nobody's."""
    drawn = rng.integers(0, 2, (swaps + 1, rows.answered), dtype=np.uint8).astype(bool)
    drawn[0] = False
    return drawn


def differences(
    rows: Rows, swapped: Swaps, progress: Callable[[float], None] | None = None
) -> dict[str, Values]:
    """After less before, for each figure and each way to swap.

    Args:
        rows: the two networks.
        swapped: shape (k, answered), whose two rows are exchanged.
        progress: called with the share that is done.

    Returns:
        FIGURES, each of shape (k,). NaN where a figure does not exist in one of the two
        networks; a figure that needs groups or leaders which are not there is left out.
    """
    parts = []
    size = max(1, AT_ONCE // max(1, rows.people, len(rows.union[0])))
    for start in range(0, len(swapped), size):
        part = swapped[start : start + size]
        parts.append(_differences(rows, part))
        if progress:
            progress(min(1.0, (start + size) / len(swapped)))
    return {name: np.concatenate([one[name] for one in parts]) for name in parts[0]}


def _differences(rows: Rows, swapped: Swaps) -> dict[str, Values]:
    earlier, later = _figures(rows, swapped), _figures(rows, ~swapped)
    return {name: later[name] - earlier[name] for name in earlier}


def _figures(rows: Rows, swapped: Swaps) -> dict[str, Values]:
    """Each figure of the network that holds the later row of who is swapped: shape (k,)."""
    named = named_by(rows, swapped)
    found = {
        "mean_named": _share(named.sum(axis=1), rows.answered),
        "reciprocity": _reciprocity(rows, swapped),
        "centralization": _centralization(rows, named),
        "gini": _gini(named),
        "unnamed_share": (named == 0).mean(axis=1),
    }
    if rows.places:
        found["coupling"] = _coupling(rows.places, named)
    if rows.group is not None:
        found["across"] = _across(rows, rows.group, swapped)
    return {name: found[name] for name in FIGURES if name in found}


def named_by(rows: Rows, swapped: Swaps) -> Numbers:
    """How many people name each person: shape (k, people)."""
    source, target, was, now = rows.union
    named = np.tile(np.bincount(target[was], minlength=rows.people), (len(swapped), 1))
    moved = was != now
    if not moved.any():
        return named
    source, target = source[moved], target[moved]
    gained = np.where(now[moved], 1, -1).astype(np.int32)
    whom, first = np.unique(target, return_index=True)
    change = swapped[:, rows.place[source]] * gained
    named[:, whom] += np.add.reduceat(change, first, axis=1)
    return named


def _counted(rows: Rows, swapped: Swaps, kept: Mask) -> Numbers:
    """How many of the `kept` arcs of the union the network has: shape (k,)."""
    source, _target, was, now = rows.union
    gained = np.bincount(
        rows.place[source[kept]],
        now[kept].astype(float) - was[kept],
        minlength=rows.answered,
    )
    counted: Numbers = (was & kept).sum() + np.rint(swapped @ gained).astype(np.int64)
    return counted


def _reciprocity(rows: Rows, swapped: Swaps) -> Values:
    """Arcs whose reverse is there as well, of all arcs among those who answered both times."""
    source, target, _was, _now = rows.union
    keys = source * rows.people + target
    order = np.argsort(keys)
    reverse = target * rows.people + source
    found = order[np.minimum(keys[order].searchsorted(reverse), len(keys) - 1)]
    one = np.flatnonzero((source < target) & (keys[found] == reverse)) if len(keys) else found
    other = found[one]
    both = _present(rows, swapped, one) & _present(rows, swapped, other)
    return _share(2 * both.sum(axis=1), _counted(rows, swapped, rows.both[target]))


def _present(rows: Rows, swapped: Swaps, arcs: Numbers) -> Mask:
    """Whether each of these arcs of the union is there: shape (k, arcs)."""
    source, _target, was, now = rows.union
    return np.where(swapped[:, rows.place[source[arcs]]], now[arcs], was[arcs])


def _centralization(rows: Rows, named: Numbers) -> Values:
    """Freeman's, of the share of those who could name somebody that does so.

    Equals sum(max - in_i) / (m - 1)^2 when everybody answered; when not, it does not shrink
    with the number of rows. NaN under 3 people.
    """
    if rows.people < 3:
        return np.full(len(named), np.nan)
    share = named / np.maximum(rows.answered - rows.both, 1)
    spread: Values = (share.max(axis=1, keepdims=True) - share).sum(axis=1) / (rows.people - 1)
    return spread


def _coupling(places: tuple[Numbers, int], named: Numbers) -> Values:
    """The chance that who stands higher is named by more people, ties half: shape (k,)."""
    level, pairs = places
    has_place = level >= 0
    levels, most = int(level.max()) + 1, int(named.max()) + 1
    cells = levels * most
    parts = []
    for start in range(0, len(named), size := max(1, AT_ONCE // cells)):
        part = named[start : start + size, has_place]
        at = np.arange(len(part))[:, None] * cells + level[has_place] * most + part
        counts = np.bincount(at.ravel(), minlength=len(part) * cells)
        counts = counts.reshape(len(part), levels, most)
        lower = counts.cumsum(axis=1) - counts
        beaten = lower.cumsum(axis=2) - lower / 2
        parts.append((counts * beaten).sum(axis=(1, 2)) / pairs)
    return np.concatenate(parts)


def _gini(named: Numbers) -> Values:
    people = named.shape[1]
    weights = 2 * np.arange(1, people + 1) - people - 1
    return _share(np.sort(named, axis=1) @ weights, people * named.sum(axis=1))


def _across(rows: Rows, group: Numbers, swapped: Swaps) -> Values:
    """Arcs from one group to another, of the arcs between two people with a group."""
    source, target, _was, _now = rows.union
    placed = (group[source] >= 0) & (group[target] >= 0)
    leaves = placed & (group[source] != group[target])
    return _share(_counted(rows, swapped, leaves), _counted(rows, swapped, placed))


def _share(part: Numbers, whole: Numbers | int) -> Values:
    """`part / whole`; NaN where there is nothing to share."""
    whole = np.broadcast_to(whole, part.shape)
    shared: Values = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shared, where=whole > 0)
    return shared
