"""What is computed of one scale, and what cannot be, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import TypeVar

import numpy as np

from zwerm.analyse.scales import Answered, Scale
from zwerm.analyse.words import Sentence, sentence
from zwerm.analysis import scales
from zwerm.analysis.scales import Agreement, Alpha, Described, Icc, Omega, Unfit

Found = TypeVar("Found")

NAMES = {"alpha": "alpha", "omega": "omega", "rwgj": "rwg(j)", "icc": "ICC"}
"""What a figure is called, in every language."""


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """One scale in one network. None: not asked for, or `absent` says why it is not there."""

    scale: Scale
    described: Described
    alpha: Alpha | None
    omega: Omega | None
    rwg: tuple[float | None, ...]
    """Agreement of everybody on each item; empty when answers are any number."""
    rwgj: float | None
    """Agreement of everybody on all items."""
    agreement: Agreement | None
    icc: Icc | None
    groups: tuple[str, ...]
    absent: dict[str, Unfit] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Every figure by its name; items under their columns, groups under their names."""
        found: dict[str, object] = {
            "people": self.described.people,
            "answered": self.described.answered,
            "missing": self.described.missing,
            "mean": self.described.mean,
            "sd": self.described.sd,
            "items": self.items(),
            "alpha": self.alpha and without_items(asdict(self.alpha)),
            "omega": self.omega and self.omega_json(self.omega),
            "rwgj": self.rwgj,
            "groups": self.groups_json(),
            "icc": self.icc and finite(asdict(self.icc)),
            "absent": {name: unfit.reason for name, unfit in self.absent.items()},
        }
        return {name: one for name, one in found.items() if one is not None}

    def items(self) -> dict[str, object]:
        """What each item is by itself, and what it does to the scale."""
        found: dict[str, object] = {}
        for place, column in enumerate(self.scale.items):
            own: dict[str, object] = asdict(self.described.items[place])
            own["reversed"] = place in self.scale.reverse
            if self.alpha:
                own["item_rest"] = self.alpha.item_rest[place]
                own["alpha_without"] = self.alpha.without[place]
            if self.omega:
                own["loading"] = self.omega.loadings[place]
            if self.rwg:
                own["rwg"] = self.rwg[place]
            found[column] = own
        return found

    def omega_json(self, found: Omega) -> dict[str, object]:
        heywood = [self.scale.items[place] for place in found.heywood]
        left_out = {"loadings", "uniquenesses"}
        kept = {name: one for name, one in asdict(found).items() if name not in left_out}
        return {**kept, "heywood": heywood}

    def groups_json(self) -> dict[str, object] | None:
        if self.agreement is None:
            return None
        both = zip(self.groups, self.agreement.people, self.agreement.values, strict=False)
        each = {name: {"people": people, "rwgj": value} for name, people, value in both}
        return {"rwgj_mean": self.agreement.mean, "rwgj": each}


def without_items(found: dict[str, object]) -> dict[str, object]:
    """What alpha says of each item stands with that item."""
    return {name: one for name, one in found.items() if name not in {"item_rest", "without"}}


def finite(found: dict[str, object]) -> dict[str, object]:
    """JSON knows no infinity: F is null when nobody differs within a group."""
    return {name: None if one == float("inf") else one for name, one in found.items()}


def scale_figures(answered: Iterable[Answered]) -> dict[str, ScaleFigures]:
    """Every scale by its name."""
    return {one.scale.name: figures_of_scale(one) for one in answered}


def figures_of_scale(one: Answered) -> ScaleFigures:
    """Everything that can be said of one scale; what cannot is left out with its reason."""
    absent: dict[str, Unfit] = {}
    scale, answers, group = one.scale, one.answers, one.group
    lowest, highest = scale.ends
    points = int(highest - lowest) + 1 if scale.points else None

    def or_absent(name: str, compute: Callable[[], Found]) -> Found | None:
        try:
            return compute()
        except Unfit as unfit:
            absent[name] = unfit
            return None

    values = scales.person_values(answers, scale.enough)
    return ScaleFigures(
        scale=scale,
        described=scales.describe(answers, lowest=lowest, highest=highest, enough=scale.enough),
        alpha=or_absent("alpha", lambda: scales.alpha(answers, scale.missing)),
        omega=or_absent("omega", lambda: scales.omega(answers, scale.missing)),
        rwg=tuple(rwg_or_none(column, points) for column in answers.T) if points else (),
        rwgj=or_absent("rwgj", lambda: scales.rwgj(answers, points)) if points else None,
        agreement=(
            scales.agreement_by_group(answers, group, points)
            if points and group is not None
            else None
        ),
        icc=None if group is None else or_absent("icc", lambda: scales.icc(values, group)),
        groups=one.names,
        absent=absent,
    )


def rwg_or_none(column: scales.Answers, points: int) -> float | None:
    """Agreement on one item; None under two answers, which the item's own count tells."""
    known = column[np.isfinite(column)]
    return scales.rwg(known, points) if len(known) > 1 else None


def about_scales(network: str, found: dict[str, ScaleFigures] | None) -> list[Sentence]:
    """What the owner of the answers should know: what is not there, and what looks wrong."""
    said: list[Sentence] = []
    for name, one in (found or {}).items():
        told = {"name": network, "scale": name}
        said += [
            sentence(absent_key(reason, columns), **told, figures=figures, columns=columns)
            for reason, figures, columns in reasons(one)
        ]
        if one.omega and one.omega.heywood:
            columns = columns_of(one, one.omega.heywood)
            said.append(sentence("scale_heywood", **told, columns=columns))
        if opposed := opposed_items(one):
            said.append(sentence("scale_opposed", **told, columns=", ".join(opposed)))
    return said


def absent_key(reason: str, columns: str) -> str:
    """Which sentence tells a reason; all values may be alike though no single item is to blame."""
    is_whole = reason == "same_answers" and not columns
    return "scale_absent_same_values" if is_whole else f"scale_absent_{reason}"


def reasons(one: ScaleFigures) -> list[tuple[str, str, str]]:
    """Why figures are absent: each reason once, which figures it keeps away, and its items."""
    by_reason: dict[str, list[str]] = {}
    items: dict[str, tuple[int, ...]] = {}
    for figure, unfit in one.absent.items():
        by_reason.setdefault(unfit.reason, []).append(NAMES[figure])
        items.setdefault(unfit.reason, unfit.items)
    return [
        (reason, ", ".join(figures), columns_of(one, items[reason]))
        for reason, figures in by_reason.items()
    ]


def columns_of(one: ScaleFigures, places: tuple[int, ...]) -> str:
    """Some items by their columns, each once."""
    return ", ".join(one.scale.items[place] for place in dict.fromkeys(places))


def opposed_items(one: ScaleFigures) -> list[str]:
    """Items that run against the others: a key is missing, or one too many."""
    if one.alpha is None:
        return []
    pairs = zip(one.scale.items, one.alpha.item_rest, strict=True)
    return [column for column, rest in pairs if rest is not None and rest < 0]
