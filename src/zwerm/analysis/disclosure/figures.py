"""Each figure of the network as it may be published: rules R1, R4, R5 and the contract."""

from __future__ import annotations

import numpy as np

from zwerm.analysis.disclosure.grid import (
    COUNTS_IN_END_BAND,
    Shown,
    Withheld,
    Word,
    end_edge,
    on_grid,
    word_of,
)
from zwerm.analysis.response import Contract, allows, size_of

MEAN_STEP = {"tiny": 1.0, "small": 0.5, "large": 0.2, "xlarge": 0.1}
CENTRALIZATION_STEP = {"large": 0.1, "xlarge": 0.05}

CUTS = {
    "mean_named": (2.0, 5.0),
    "reciprocity": (0.2, 0.5),
    "centralization": (0.2, 0.4),
    "coupling": (0.55, 0.7),
    "across": (0.2, 0.5),
}
HALVES = (1 / 3, 2 / 3)
"""The cuts of a share that has no words of its own."""

COUPLING_IN_QUARTERS = (0.75, 0.75)
"""A published half says that posts make no difference: it must not read "somewhat more"."""

FROM_20 = 20


def show_mean_named(
    arcs: int,
    answered: int,
    respondents: int,
    *,
    agreed: Contract,
    rng: np.random.Generator,
    floor: int = 10,
) -> Shown | Withheld:
    """How many colleagues somebody names on average: every step holds at least ten arcs.

    Args:
        arcs: how many times somebody was named.
        answered: rows, over which the mean is taken.
        respondents: who of them count towards the floor; the step follows from these.
        agreed: the class of the response contract.
        rng: draws of the random rounding.
        floor: fewest respondents (rule R1; a school may raise it).
    """
    if held := held_back("mean_named", respondents, agreed, floor):
        return held
    step = MEAN_STEP[size_of(respondents)]
    value = on_grid(arcs / answered, step, respondents, rng)
    if value < step:
        return Shown("number", "low", step, step, "low")
    return Shown("number", word_of(value, step, None, CUTS["mean_named"]), value, step)


def show_share(
    name: str,
    count: int,
    possible: int,
    respondents: int,
    *,
    agreed: Contract,
    rng: np.random.Generator,
    floor: int = 10,
    from_respondents: int = 0,
) -> Shown | Withheld:
    """A share `count / possible`, on the grid for this many respondents, with merged ends.

    Args:
        name: the figure, for its cuts and for what the contract allows.
        count: how many of the possible ones.
        possible: the denominator.
        respondents: who count towards the floor.
        agreed: the class of the response contract.
        rng: draws of the random rounding.
        floor: fewest respondents (rule R1; a school may raise it).
        from_respondents: a higher floor that belongs to this figure.
    """
    if held := held_back(name, respondents, agreed, max(floor, from_respondents)):
        return held
    return share_on_grid(
        count / possible if possible else 0.0,
        possible,
        share_step(respondents),
        respondents,
        CUTS.get(name, HALVES),
        rng,
    )


def share_on_grid(
    share: float,
    possible: int,
    step: float,
    respondents: int,
    cuts: tuple[float, float],
    rng: np.random.Generator,
) -> Shown | Withheld:
    """A share on a grid of `step`, with end bands that cover four possible counts."""
    edge = end_edge(step, possible) if possible else None
    if edge is None:
        return Withheld("few_answers")
    value = on_grid(share, step, respondents, rng)
    top = round(1 - edge, 10)
    if value <= edge:
        return Shown("share", word_of(edge, step, "low", cuts), edge, step, "low")
    if value >= top:
        return Shown("share", word_of(top, step, "high", cuts), top, step, "high")
    return Shown("share", word_of(value, step, None, cuts), value, step)


def share_step(respondents: int) -> float:
    """Quarters up to 24 respondents, ten points to 49, five points from 50."""
    if respondents < 25:
        return 0.25
    return 0.10 if respondents < 50 else 0.05


def show_centralization(
    value: float,
    respondents: int,
    *,
    agreed: Contract,
    rng: np.random.Generator,
    floor: int = 10,
) -> Shown | Withheld:
    """How far questions end up with few people: a word at 20-49 respondents, then a value."""
    if held := held_back("centralization", respondents, agreed, max(floor, FROM_20)):
        return held
    low, high = CUTS["centralization"]
    step = CENTRALIZATION_STEP.get(size_of(respondents))
    if step is None:
        return Shown("word", "low" if value < low else "high" if value >= high else "middle")
    rounded = on_grid(value, step, respondents, rng)
    if rounded <= step:
        return Shown("number", "low", step, step, "low")
    if rounded >= 1 - step:
        return Shown("number", "high", round(1 - step, 10), step, "high")
    return Shown("number", word_of(rounded, step, None, CUTS["centralization"]), rounded, step)


def show_coupling(
    value: float,
    leaders: int,
    others: int,
    respondents: int,
    *,
    agreed: Contract,
    rng: np.random.Generator,
    floor: int = 10,
) -> Shown | Withheld:
    """How far being asked follows a formal post: quarters at 20-39 respondents, then tenths."""
    if min(leaders, others) < floor:
        return Withheld("no_group")
    if held := held_back("coupling", respondents, agreed, max(floor, FROM_20)):
        return held
    step = 0.25 if respondents < 40 else 0.10
    cuts = COUPLING_IN_QUARTERS if respondents < 40 else CUTS["coupling"]
    return share_on_grid(value, leaders * others, step, respondents, cuts, rng)


def show_unnamed(
    unnamed: int, members: int, respondents: int, *, agreed: Contract, floor: int = 10
) -> Shown | Withheld:
    """How many were named by nobody: under a tenth, to a quarter, or more.

    Where fewer than four people are under a tenth, the two lower bands are one: at most a
    quarter (rule R4).
    """
    if held := held_back("unnamed", respondents, agreed, max(floor, FROM_20)):
        return held
    if 4 * unnamed > members:
        return Shown("word", "high")
    if members <= 10 * (COUNTS_IN_END_BAND - 1):
        return Shown("word", "middle", end="low")
    return Shown("word", "low" if 10 * unnamed < members else "middle")


def show_profile(
    mean_named: Shown | Withheld,
    reciprocity: Shown | Withheld,
    centralization: Shown | Withheld,
    respondents: int,
) -> Shown | Withheld:
    """Collective, relational and dynamic together: a word needs two of the three."""
    three = (mean_named, reciprocity, centralization)
    for one in three:
        if isinstance(one, Withheld):
            return one
    if respondents < FROM_20:
        return Withheld("few_answers")
    turned: dict[Word, Word] = {"low": "high", "middle": "middle", "high": "low"}
    words = [one.word for one in three if isinstance(one, Shown)]
    words[2] = turned[words[2]]  # low centralization is dynamic
    ends: tuple[Word, Word] = ("low", "high")
    for word in ends:
        if words.count(word) >= 2:
            return Shown("word", word)
    return Shown("word", "middle")


def held_back(name: str, respondents: int, agreed: Contract, floor: int) -> Withheld | None:
    """Why a figure may not be shown at all: too few answers, or the response contract."""
    if respondents < floor:
        return Withheld("few_answers")
    return None if allows(agreed, name) else Withheld("contract")
