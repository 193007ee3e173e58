"""Groups of a report: merging small ones (R2), dominance (R3), and the map between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from zwerm.analysis.disclosure.grid import Withheld, on_grid
from zwerm.analysis.response import Contract

Strength = Literal["few", "some", "strong", "hidden"]
STRENGTHS: tuple[Strength, ...] = ("few", "some", "strong")

ONE_PERSON, TWO_PEOPLE = 30, 50
"""Per cent of the arcs of a cell: whole numbers, so that exactly 30 % is never over 30 %."""
FEW, STRONG = 0.5, 1.5
ARCS_A_STEP = 10

Draws = Callable[[int, int], np.random.Generator]
"""The draws of random rounding of each pair of groups."""


def merge_small_groups(sizes: list[int], neighbours: list[int], k: int) -> list[int]:
    """Let each group with fewer than `k` respondents join its neighbour, repeatedly (rule R2).

    Args:
        sizes: respondents of each group.
        neighbours: the group that each one joins; -1 for none (then the smallest other).
        k: fewest respondents.

    Returns:
        For each group the number of the group it ends up in. With fewer than `k` people in
        all, everybody is in one group: nothing may be shown of it.

    Example:
        >>> merge_small_groups([12, 4, 15], [2, 0, 0], 10)
        [0, 0, 2]
    """
    ends_in = list(range(len(sizes)))
    held = dict(enumerate(sizes))
    while len(held) > 1 and min(held.values()) < k:
        small = min(held, key=lambda one: (held[one], one))
        wanted = neighbours[small]
        into = ends_in[wanted] if wanted >= 0 else small
        if into == small:
            into = min((one for one in held if one != small), key=lambda one: (held[one], one))
        held[into] += held.pop(small)
        ends_in = [into if one == small else one for one in ends_in]
    return ends_in


def is_dominated(ties: npt.NDArray[np.bool_]) -> bool:
    """Rule R3: one person gives or receives over 30 % of the arcs, or two over 50 %.

    Args:
        ties: shape (a, b), arcs from a people to b people. Without arcs nobody dominates.

    Example:
        >>> is_dominated(np.array([[1, 0], [1, 0], [1, 0]], dtype=bool))
        True
    """
    total = int(ties.sum())
    if not total:
        return False
    for counts in (ties.sum(axis=0), ties.sum(axis=1)):
        most = np.sort(counts)[::-1][:2]
        if 100 * most[0] > ONE_PERSON * total or 100 * most.sum() > TWO_PEOPLE * total:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Block:
    """How much two groups ask each other, both directions together."""

    a: int
    b: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class GroupMap:
    """The map: which groups may be shown, and how much each pair asks each other."""

    shown: list[bool]
    blocks: list[Block]

    def to_json(self, names: list[str], members: list[int]) -> dict[str, Any]:
        nodes = [
            {"name": name, "members": count, "shown": shown}
            for name, count, shown in zip(names, members, self.shown, strict=True)
        ]
        blocks = [{"a": one.a, "b": one.b, "strength": one.strength} for one in self.blocks]
        return {"shown": True, "nodes": nodes, "blocks": blocks}


def show_group_map(
    ties: npt.NDArray[np.bool_],
    group: npt.NDArray[np.int64],
    respondents: npt.NDArray[np.bool_],
    counted: npt.NDArray[np.bool_],
    *,
    agreed: Contract,
    draws: Draws,
    floor: int = 10,
) -> GroupMap | Withheld:
    """The map between groups, after small ones were merged.

    A pair counts as few under half of the school's average between groups, as strong over one
    and a half times. A pair that one or two people decide counts one class lower; few cannot.
    Arcs are first rounded to tens (rule R5): between two small groups there are so few that a
    class would otherwise hang on one name.

    Args:
        ties: shape (m, m).
        group: shape (m,), 0 to g - 1; -1 for who stands in no group.
        respondents: shape (m,).
        counted: shape (m,), the respondents who count towards the floor (rule R1).
        agreed: the class of the response contract.
        draws: draws of the random rounding, for each pair its own.
        floor: fewest respondents of a group that is shown.
    """
    if agreed != "full":
        return Withheld("contract")
    number = int(group.max(initial=-1)) + 1
    answered = [int(((group == one) & counted).sum()) for one in range(number)]
    if not number or max(answered) < floor:
        return Withheld("few_answers")
    if number < 2:
        return Withheld("no_group")
    shown = [count >= floor for count in answered]
    arcs, possible = between(ties, group, respondents, number)
    average = average_between(arcs, possible)
    blocks = []
    for a, b in combinations(range(number), 2):
        strength: Strength = "hidden"
        if shown[a] and shown[b]:
            both = on_grid(
                arcs[a, b] + arcs[b, a], ARCS_A_STEP, answered[a] + answered[b], draws(a, b)
            )
            rate = both / (possible[a, b] + possible[b, a])
            strength = strength_of(rate, average, crossing(ties, group, a, b))
        blocks.append(Block(a, b, strength))
    return GroupMap(shown, blocks)


def average_between(arcs: npt.NDArray[np.int64], possible: npt.NDArray[np.int64]) -> float:
    """Arcs between groups for each possible pair, from their number to the nearest ten."""
    apart = ~np.eye(len(arcs), dtype=bool)
    tens = max(1, round(int(arcs[apart].sum()) / ARCS_A_STEP))
    return float(tens * ARCS_A_STEP / max(1, possible[apart].sum()))


def crossing(
    ties: npt.NDArray[np.bool_], group: npt.NDArray[np.int64], a: int, b: int
) -> npt.NDArray[np.bool_]:
    """The arcs between groups `a` and `b`, both directions, and no others."""
    from_a, from_b = (group == a), (group == b)
    pairs = np.outer(from_a, from_b)
    found: npt.NDArray[np.bool_] = ties & (pairs | pairs.T)
    return found


def between(
    ties: npt.NDArray[np.bool_],
    group: npt.NDArray[np.int64],
    respondents: npt.NDArray[np.bool_],
    number: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Arcs and possible arcs from each group to each: shape (g, g) both."""
    member = np.array([group == one for one in range(number)])
    answering = member & respondents
    arcs = answering.astype(np.int64) @ ties.astype(np.int64) @ member.T.astype(np.int64)
    possible = np.outer(answering.sum(axis=1), member.sum(axis=1)).astype(np.int64)
    return arcs, possible


def strength_of(rate: float, average: float, arcs: npt.NDArray[np.bool_]) -> Strength:
    """The class of one pair of groups. Nothing at all is few, also when the average is nothing."""
    is_few = rate < FEW * average or not rate
    place = 0 if is_few else 2 if rate > STRONG * average else 1
    if place and is_dominated(arcs):
        place -= 1
    return STRENGTHS[place]
