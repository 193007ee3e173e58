"""Which figures get no interval, and why. Report, `analyse` and benchmark all ask here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zwerm.analysis.response import BROAD, FULL, fewest

Reason = Literal[
    "few_members",
    "few_answers",
    "few_leaders",
    "few_groups",
    "few_arcs",
    "much_asked_silent",
    "not_settled",
    "too_wide",
]

FEWEST_MEMBERS = 12
FEWEST_FOR_COUPLING = 20
FEWEST_LEADERS = 2
SMALL = 20
"""Below so many members the mean needs the full response."""
LARGE = 100
"""From so many members reciprocity needs it: its interval covers too little below."""
MUCH_ASKED = 1.25
"""From which ratio the silent count as asked clearly more than those who answered."""
MISSED_BY_MUCH_ASKED = frozenset({"mean_named", "reciprocity", "gini"})
MISSED_WHEN_LARGE = frozenset({"unnamed_share"})
"""The same from `LARGE` members: there too few of the unnamed are left to be hidden by chance."""
WIDEST = {"mean_named": 1.5, "reciprocity": 0.20, "centralization": 0.15}
"""Half of the widest interval that still says something."""
UNSTEADY_WHEN_FEW = frozenset({"reciprocity", "centralization"})
"""With few members and silent ones among them, hardly any school would get an interval of these."""
SETTLED = 1.1


@dataclass(frozen=True, slots=True)
class Basis:
    """What a network rests on."""

    members: int
    respondents: int
    leaders: int
    groups: int
    silent_asked_ratio: float | None = None


def barred(figure: str, basis: Basis) -> Reason | None:
    """Why a figure gets no interval in a network like this; None when it may.

    Example:
        >>> barred("gini", Basis(members=11, respondents=11, leaders=2, groups=2))
        'few_members'
        >>> barred("mean_named", Basis(members=16, respondents=12, leaders=2, groups=2))
        'few_answers'
    """
    if basis.members < FEWEST_MEMBERS:
        return "few_members"
    if basis.respondents < _needed(figure, basis.members):
        return "few_answers"
    if figure == "coupling":
        return _barred_coupling(basis)
    if figure == "across" and basis.groups < 2:
        return "few_groups"
    if _is_missed(figure, basis):
        return "much_asked_silent"
    return None


def barred_again(figure: str, basis: Basis) -> Reason | None:
    """Why a figure gets no interval for being asked again, where it has one for today.

    Example:
        >>> barred_again("reciprocity", Basis(members=16, respondents=12, leaders=2, groups=2))
        'few_answers'
    """
    is_unsteady = figure in UNSTEADY_WHEN_FEW and basis.members < SMALL
    if is_unsteady and basis.respondents < fewest(FULL, basis.members):
        return "few_answers"
    return None


def too_wide(figure: str, low: float, high: float) -> bool:
    """Whether an interval is too wide to say anything.

    Example:
        >>> too_wide("mean_named", 2.0, 5.1), too_wide("gini", 0.0, 1.0)
        (True, False)
    """
    return figure in WIDEST and (high - low) / 2 > WIDEST[figure]


def _is_missed(figure: str, basis: Basis) -> bool:
    """Whether the much-asked are silent, and this figure is then not where it seems."""
    missed = MISSED_BY_MUCH_ASKED
    if basis.members >= LARGE:
        missed |= MISSED_WHEN_LARGE
    ratio = basis.silent_asked_ratio
    return figure in missed and ratio is not None and ratio > MUCH_ASKED


def _barred_coupling(basis: Basis) -> Reason | None:
    if basis.members < FEWEST_FOR_COUPLING:
        return "few_members"
    has_both = FEWEST_LEADERS <= basis.leaders < basis.members
    return None if has_both else "few_leaders"


def _needed(figure: str, members: int) -> int:
    """How many must have answered."""
    needs_most = (figure == "mean_named" and members < SMALL) or (
        figure == "reciprocity" and members >= LARGE
    )
    return fewest(FULL if needs_most or figure == "betweenness" else BROAD, members)
