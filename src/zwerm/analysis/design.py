"""What a network regression stands on: the ties, the predictors, and the pairs that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask
from zwerm.analysis.predictors import (
    Apart,
    Ends,
    Predictor,
    Same,
    Tied,
    Values,
    centred,
    check_numbers,
    known_of,
    predictor_of,
    tied_of,
)

Relation = Predictor | Arcs | npt.NDArray[Any]

INTERCEPT = "(intercept)"
NEARLY = 1e-9
"""What differs by less than this share of the largest differs by rounding only."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The ties `y` and the predictors, the intercept first, over the rows that are known.

    The predictors have their middle taken away, which `shifts` holds: that keeps sums exact and
    changes no slope. `alike` are those whose predictors are known: they change places among
    themselves, whether they answered or not, and so do the others.
    """

    names: tuple[str, ...]
    predictors: tuple[Predictor, ...]
    shifts: Values
    y: Tied
    known: Mask
    alike: Mask

    @property
    def has_missing(self) -> bool:
        """Whether pairs have no value in rows that are known."""
        return bool(self.known[self.y.missing[0]].any())

    @property
    def y_around(self) -> Tied:
        """The ties around their rest."""
        return replace(self.y, rest=0.0)

    @property
    def directions(self) -> Values:
        """Each term as a sum of coefficients around the middle: shape (terms, columns + 1).

        The last column is y. Only the intercept differs from its own coefficient: it is where all
        predictors are 0, which may lie far from the middle of them.
        """
        directions = np.eye(len(self.names), len(self.names) + 1)
        directions[0, 1:] = [*-self.shifts[1:], -self.y.rest]
        return directions


def design_of(y: Relation, xs: Mapping[str, Relation]) -> Design:
    """Bring ties and predictors together.

    Raises:
        ValueError: they are about different numbers of people, or a predictor lacks a value.
    """
    if not xs:
        raise ValueError("a regression needs at least one predictor, got none")
    ties = _tied_as(y)
    check_numbers("y", ties)
    found = {name: predictor_of(x) for name, x in xs.items()}
    check_people({"y": ties, **found})
    alike = np.logical_and.reduce([known_of(one) for one in found.values()])
    known = alike & ties.known
    check_respondents(known)
    for name, predictor in found.items():
        _check_complete(name, predictor, alike)
    one = Ends(np.ones(ties.people), np.zeros(ties.people))
    around = [centred(predictor) for predictor in found.values()]
    return Design(
        (INTERCEPT, *found),
        (one, *(predictor for predictor, _middle in around)),
        np.array([0.0, *(middle for _predictor, middle in around)]),
        ties,
        known,
        alike,
    )


def _tied_as(y: Relation) -> Tied:
    """Ties as arcs; what is not given as arcs is laid out."""
    found = predictor_of(y)
    if isinstance(found, Tied):
        return found
    return tied_of(found.at(*np.indices((found.people, found.people))))


def check_people(relations: Mapping[str, Predictor]) -> None:
    (first, about), *others = ((name, one.people) for name, one in relations.items())
    for name, people in others:
        if people != about:
            raise ValueError(f"{name} is about {people} people, {first} about {about}")


def check_respondents(known: Mask) -> None:
    rows = int(known.sum())
    if rows < 2:
        raise ValueError(
            f"{rows} of {len(known)} people answered; people change places, so at least 2 must"
        )


def check_both_ways(design: Design) -> None:
    """Ties and predictors have no direction, and everybody answered: so each pair counts once.

    Raises:
        ValueError: names the one that differs between i to j and j to i, or says how many are
            silent.
    """
    silent = int((~design.known).sum())
    if silent:
        raise ValueError(
            f"{silent} rows are missing; of ties without direction each stands in two rows, so "
            "leave these people out"
        )
    named = {
        "y": design.y_around,
        **dict(zip(design.names[1:], design.predictors[1:], strict=True)),
    }
    for name, one in named.items():
        if not _is_both_ways(one):
            raise ValueError(
                f"{name} differs between the two ways of a pair, so that it has a direction; add "
                "up both ways, or leave out `undirected`"
            )


def _is_both_ways(predictor: Predictor) -> bool:
    if isinstance(predictor, Same | Apart):
        return True
    if isinstance(predictor, Ends):
        apart = predictor.sender - predictor.receiver
        whole = np.abs(predictor.sender) + np.abs(predictor.receiver)
        return bool(np.ptp(apart) <= NEARLY * whole.max())
    return _has_gaps_alike(predictor) and _has_values_alike(predictor)


def _has_gaps_alike(relation: Tied) -> bool:
    one, other = relation.missing
    there, back = (np.unique(a * relation.people + b) for a, b in ((one, other), (other, one)))
    return np.array_equal(there, back)


def _has_values_alike(relation: Tied) -> bool:
    there = relation.extra + relation.rest
    back = relation.at(relation.target, relation.source)
    most = max(abs(relation.rest), float(np.abs(relation.extra).max(initial=0.0)))
    return bool((np.abs(there - back) <= NEARLY * most).all())


def _check_complete(name: str, predictor: Predictor, alike: Mask) -> None:
    """A predictor has a value for every pair that may move, or says where not."""
    check_numbers(name, predictor)
    if not isinstance(predictor, Tied):
        return
    one, other = predictor.missing
    lacking = np.flatnonzero(alike[one])
    if len(lacking):
        first = lacking[0]
        raise ValueError(
            f"{name} has no value for {len(lacking)} pairs, the first those at places {one[first]} "
            f"and {other[first]}; fill them in, or leave these people out"
        )
