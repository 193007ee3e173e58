"""What a network regression stands on: the ties, the predictors, and the pairs that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, Mask
from zwerm.analysis.predictors import Ends, Predictor, Tied, Values, predictor_of

Relation = Predictor | Arcs | npt.NDArray[np.generic]

INTERCEPT = "(intercept)"


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The ties `y` and the predictors, the intercept first, over the rows that are known.

    The predictors have their middle taken away, which `shifts` holds: that keeps sums exact and
    changes no slope.
    """

    names: tuple[str, ...]
    predictors: tuple[Predictor, ...]
    shifts: Values
    y: Tied
    known: Mask

    @property
    def people(self) -> int:
        return len(self.known)

    @property
    def has_missing(self) -> bool:
        """Whether pairs have no value in rows that are known."""
        return bool(self.known[self.y.missing[0]].any())


def design_of(y: Relation, xs: Mapping[str, Relation]) -> Design:
    """Bring ties and predictors together.

    Raises:
        ValueError: they are about different numbers of people, or a predictor lacks a value.
    """
    ties = tied_as(y)
    if not xs:
        raise ValueError("a regression needs at least one predictor, got none")
    found = {name: checked(name, predictor_of(x), ties.people) for name, x in xs.items()}
    known = ties.known.copy()
    for predictor in found.values():
        if isinstance(predictor, Tied):
            known &= predictor.known
    for name, predictor in found.items():
        check_values(name, predictor, known)
    one = Ends(np.ones(ties.people), np.zeros(ties.people))
    middles = [centred(predictor) for predictor in found.values()]
    return Design(
        (INTERCEPT, *found),
        (one, *(predictor for predictor, _shift in middles)),
        np.array([0.0, *(shift for _predictor, shift in middles)]),
        ties,
        known,
    )


def tied_as(y: Relation) -> Tied:
    """Ties as arcs; what is not given as arcs is laid out."""
    found = predictor_of(y)
    if isinstance(found, Tied):
        return found
    one, other = np.divmod(np.arange(found.people**2), found.people)
    return predictor_tied(found.at(one, other).reshape(found.people, -1))


def predictor_tied(table: Values) -> Tied:
    found = predictor_of(table)
    if not isinstance(found, Tied):
        raise TypeError("a table is always a list of arcs")
    return found


def checked(name: str, predictor: Predictor, people: int) -> Predictor:
    if predictor.people != people:
        raise ValueError(f"{name} is about {predictor.people} people, the ties are about {people}")
    return predictor


def check_values(name: str, predictor: Predictor, known: Mask) -> None:
    """A predictor has a value for every pair that counts, or says where not."""
    if isinstance(predictor, Tied):
        one, other = predictor.missing
        if int(known[one].sum()):
            first = int(np.argmax(known[one]))
            raise ValueError(
                f"{name} has no value for {int(known[one].sum())} pairs, the first of {one[first]} "
                f"and {other[first]}; fill them in, or leave these people out"
            )


def centred(predictor: Predictor) -> tuple[Predictor, float]:
    """The same predictor around its middle, and how much was taken away."""
    if isinstance(predictor, Tied):
        return replace(predictor, rest=0.0), predictor.rest
    if isinstance(predictor, Ends):
        down, across = float(predictor.sender.mean()), float(predictor.receiver.mean())
        return Ends(predictor.sender - down, predictor.receiver - across), down + across
    return predictor, 0.0
