"""How well the questions of one scale hang together: computed at close, shown as R5b allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis import disclosure, scales
from zwerm.analysis.disclosure import Shown, Withheld
from zwerm.analysis.scales import Unfit
from zwerm.scans.library.scoring import ScaleResult
from zwerm.scans.results.arrays import Asked, relation
from zwerm.scans.results.grouping import merged_groups
from zwerm.scans.results.network import Draws

Values = npt.NDArray[np.float64]
Coherence = dict[str, Shown | Withheld]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups as the report shows them."""

    number: npt.NDArray[np.int64]
    """Shape (people,): each one's group, -1 for none."""
    floor: int
    """Fewest people with a value in each group."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for every scale of one report."""

    draws: Draws
    floor: int
    groups: Grouping | Withheld
    """Withheld: the report shows no groups, and why."""


def grouping(asked: Asked, shown: Mapping[str, Any], floor: int) -> Grouping | Withheld:
    """The groups of the map, for everybody on the roster; only where the map itself is shown."""
    if not shown["shown"]:
        return Withheld(shown["reason"])
    of = merged_groups(relation(asked, "advice"), floor).of
    number = [of.get(entry.group_id, -1) for entry in asked.entries]
    return Grouping(np.array(number, dtype=np.int64), floor)


def item_answers(scale: ScaleResult, given: Iterable[Mapping[str, Any]]) -> Values:
    """People by items, reversed items turned; "I do not know" and no answer are missing."""
    rows = [[one.get(item["id"]) or np.nan for item in scale.items] for one in given]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(scale.items))
    turned = [place for place, item in enumerate(scale.items) if item["reversed"]]
    return scales.keyed(table, reverse=turned)


def coherence(scale: ScaleResult, answers: Values, values: Values, limits: Limits) -> Coherence:
    """Alpha, omega and rwg(j) over who answered every item; ICC(1) over who has a value.

    Args:
        scale: the scale, for the names of its draws.
        answers: shape (people, items), keyed, NaN where missing.
        values: shape (people,), each one's value on the scale, NaN for none.
        limits: floors, draws and groups.
    """
    whole = answers[np.isfinite(answers).all(axis=1)]
    found: Coherence = {}
    for name, value in of_items(whole).items():
        found[name] = shown(value, len(whole), limits, f"{scale.id} {name}")
    among = of_groups(values, limits)
    found["icc"] = shown(among, grouped_people(values, limits), limits, f"{scale.id} icc")
    return found


def shown(value: float | Withheld, people: int, limits: Limits, draw: str) -> Shown | Withheld:
    if isinstance(value, Withheld):
        return value
    return disclosure.show_coefficient(value, people, rng=limits.draws(draw), floor=limits.floor)


def of_items(whole: Values) -> dict[str, float | Withheld]:
    """What the items do together; of too few people nothing is computed at all."""
    if len(whole) < disclosure.COEFFICIENTS_FROM:
        return dict.fromkeys(("alpha", "omega", "rwgj"), Withheld("few_answers"))
    varied = whole[:, np.ptp(whole, axis=0) > 0]
    alpha = alpha_of(varied, is_pair=whole.shape[1] == 2)
    omega = omega_of(varied) if whole.shape[1] > 2 else Withheld("few_items")
    return {"alpha": alpha, "omega": omega, "rwgj": scales.rwgj(whole)}


def alpha_of(varied: Values, *, is_pair: bool) -> float:
    """Alpha of the items that vary; 0 where nothing is left that could hang together.

    An item that everybody answered alike is left out without a word: that it was withheld would
    tell what everybody answered (rule R4). Of a pair it is the coefficient of Spearman and Brown.
    """
    try:
        found = scales.alpha(varied)
    except Unfit:
        return 0.0
    return (found.standardized or 0.0) if is_pair else found.value


def omega_of(varied: Values) -> float | Withheld:
    """Omega; a Heywood case is not to be trusted, and is not shown.

    With fewer than three items that vary there is none either. That has no reason of its own: it
    would tell that everybody answered an item alike (rule R4).
    """
    if varied.shape[1] < 3:
        return Withheld("not_computed")
    try:
        found = scales.omega(varied)
    except Unfit:
        return Withheld("not_computed")
    return Withheld("not_computed") if found.heywood else found.value


def of_groups(values: Values, limits: Limits) -> float | Withheld:
    """ICC(1), when each group has enough people with a value.

    ICC(2) is not published beside it: it follows from ICC(1) and the sizes of the groups, and so
    would be the same quantity a second time (rule R5).
    """
    groups = limits.groups
    if isinstance(groups, Withheld):
        return groups
    there = groups.number[np.isfinite(values) & (groups.number >= 0)]
    sizes = np.bincount(there, minlength=int(groups.number.max(initial=0)) + 1)
    if len(sizes) < 2:
        return Withheld("no_group")
    if len(there) < disclosure.COEFFICIENTS_FROM or sizes.min() < groups.floor:
        return Withheld("few_answers")
    try:
        return scales.icc(values, groups.number).one
    except Unfit:
        # Everybody has the same value: then nothing lies between groups.
        return 0.0


def grouped_people(values: Values, limits: Limits) -> int:
    """How many have a value and a group."""
    if isinstance(limits.groups, Withheld):
        return 0
    return int((np.isfinite(values) & (limits.groups.number >= 0)).sum())
