"""McDonald's omega: how much of a scale is what its items share, by one factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.scales.answers import Answers, Unfit
from zwerm.analysis.scales.covariance import Covariance, Missing, covariance
from zwerm.analysis.scales.tails import chi_square_tail

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]

LEAST_UNIQUE = 0.005
"""The least part of an item's variance that is its own; an item that comes here is Heywood's."""
SINGULAR = 1e-9


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega of one scale with the one factor it rests on."""

    value: float
    standardized: float
    """The same with every item at the same spread."""
    loadings: tuple[float, ...]
    """Each item's correlation with the factor; most are positive."""
    uniquenesses: tuple[float, ...]
    """The part of each item's variance that the factor leaves."""
    heywood: tuple[int, ...]
    """Items of which the factor would leave nothing or less: then omega is not to be trusted."""
    people: int
    missing: Missing
    chi_square: float | None
    """How far one factor is from the data; None with three items, or when answers are missing."""
    df: int
    p: float | None


def omega(answers: Answers, missing: Missing = "pairwise") -> Omega:
    """Omega from one factor, fitted by maximum likelihood to the covariances of the items.

    With loading l and own variance u of each item: (sum l)^2 / ((sum l)^2 + sum u). One factor
    needs no rotation. Uniquenesses stay at or above .005 of an item's variance; where the fit
    would go below, the item is named in `heywood`.

    Args:
        answers: shape (people, items), keyed; NaN where missing.
        missing: pairwise or listwise, see `covariance`.

    Raises:
        Unfit: fewer than three items, no more people than items, items that are copies or sums
            of each other, or (pairwise) correlations that contradict each other.

    Source: McDonald (1999), Test theory, equation 6.20a; the fit: Joreskog (1967), Psychometrika
    32, 443-482, and Lawley & Maxwell (1971), Factor analysis as a statistical method, chapter 4.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> factor = rng.normal(size=(20_000, 1))
        >>> round(omega(factor + rng.normal(size=(20_000, 4))).value, 2)
        0.8
    """
    found = covariance(answers, missing)
    items = len(found.matrix)
    _check(found, missing)
    unique, load = one_factor(found.correlations)
    df = items * (items - 3) // 2
    chi_square = None
    if df and found.is_complete:
        chi_square = found.people * _distance(found.correlations, unique, load)
    return Omega(
        value=_omega_of(load * found.sd, unique * found.sd**2),
        standardized=_omega_of(load, unique),
        loadings=tuple(load.tolist()),
        uniquenesses=tuple(unique.tolist()),
        heywood=tuple(np.flatnonzero(unique <= LEAST_UNIQUE * (1 + 1e-6)).tolist()),
        people=found.people,
        missing=missing,
        chi_square=chi_square,
        df=df,
        p=None if chi_square is None else chi_square_tail(chi_square, df),
    )


def _check(found: Covariance, missing: Missing) -> None:
    """Whether one factor can be found at all."""
    items = len(found.matrix)
    if items < 3:
        text = f"omega needs three items or more, got {items}: two fix no factor; use alpha"
        raise Unfit("two_items", text)
    if found.people <= items:
        text = f"omega needs more people than items, got {found.people} for {items}; use alpha"
        raise Unfit("fewer_than_items", text)
    values, vectors = np.linalg.eigh(found.correlations)
    if values[0] > SINGULAR:
        return
    involved = np.flatnonzero(np.abs(vectors[:, 0]) > np.sqrt(SINGULAR))
    if found.is_complete:
        text = f"items {involved.tolist()} are copies or sums of each other; leave one out"
        raise Unfit("copies", text, tuple(involved.tolist()))
    text = f"too many answers are missing: {missing} correlations contradict each other"
    raise Unfit("contradiction", f"{text}; try listwise, or leave an item out")


def _omega_of(load: Vector, unique: Vector) -> float:
    shared = float(load.sum()) ** 2
    return shared / (shared + float(unique.sum()))


def one_factor(correlations: Matrix) -> tuple[Vector, Vector]:
    """Uniquenesses and loadings of the one factor of the greatest likelihood.

    The likelihood is a function of the uniquenesses alone: given these, the loadings follow
    from the first eigenvector. Two starts, of which the better end is kept.
    """
    items = len(correlations)
    inverse = np.diag(np.linalg.inv(correlations))
    starts = ((1 - 0.5 / items) / inverse, np.full(items, 0.5))
    ends = [_descend(correlations, start) for start in starts]
    best = min(ends, key=lambda unique: misfit(unique, correlations)[0])
    _value, _slope, load = _fitted(best, correlations)
    return best, load if load.sum() >= 0 else -load


def _descend(correlations: Matrix, start: Vector) -> Vector:
    """The uniquenesses at the lowest misfit that is reached from `start`."""
    # Heavy, and every page of a site would carry it: only who fits a factor waits for it.
    from scipy import optimize  # noqa: PLC0415

    found = optimize.minimize(
        misfit,
        np.clip(start, LEAST_UNIQUE, 1.0),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUE, 1.0)] * len(start),
        options={"ftol": 1e-16, "gtol": 1e-11, "maxiter": 2_000, "maxfun": 20_000, "maxls": 50},
    )
    unique: Vector = found.x
    return unique


def misfit(unique: Vector, correlations: Matrix) -> tuple[float, Vector]:
    value, slope, _load = _fitted(unique, correlations)
    return value, slope


def _fitted(unique: Vector, correlations: Matrix) -> tuple[float, Vector, Vector]:
    """Misfit, its slope, and the loadings, all given the uniquenesses.

    With e the eigenvalues of the correlations scaled by the uniquenesses, the misfit is the sum
    of e - log e - 1 over all but the largest (Lawley & Maxwell, equations 4.14 to 4.20).
    """
    scale = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(scale, scale))
    load = scale * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0))
    rest = values[:-1]
    value = float((rest - np.log(rest) - 1).sum())
    slope = (load**2 + unique - np.diag(correlations)) / unique**2
    return value, slope, load


def _distance(correlations: Matrix, unique: Vector, load: Vector) -> float:
    """log|E| - log|R| + trace(R E^-1) - k, with E what the one factor expects."""
    expected = np.outer(load, load) + np.diag(unique)
    fit = np.trace(np.linalg.solve(expected, correlations)) - len(correlations)
    return float(np.linalg.slogdet(expected)[1] - np.linalg.slogdet(correlations)[1] + fit)
