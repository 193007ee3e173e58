"""Cronbach's alpha: how far the items of a scale rise and fall together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.scales.answers import Answers, Unfit
from zwerm.analysis.scales.covariance import SMALLEST, Missing, covariance
from zwerm.analysis.scales.tails import f_quantile

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha of one scale, how sure it is, and what each item does to it."""

    value: float
    standardized: float | None
    """The same with every item at the same spread; None when their correlations cancel out."""
    mean_r: float
    """The mean correlation of two items."""
    se: float
    """Asymptotic standard error (Duhachek & Iacobucci)."""
    low: float
    """Lower end of the 95 % interval (Feldt)."""
    high: float
    people: int
    missing: Missing
    item_rest: tuple[float | None, ...]
    """Each item with the sum of the others; None where that sum does not vary."""
    without: tuple[float | None, ...]
    """Alpha when one item is left out; None with two items, or where the rest does not vary."""


def alpha(answers: Answers, missing: Missing = "pairwise") -> Alpha:
    """Cronbach's alpha of one scale: k/(k-1) (1 - sum of variances / variance of the sum).

    Args:
        answers: shape (people, items), keyed; NaN where missing.
        missing: pairwise or listwise, see `covariance`.

    Raises:
        Unfit: too few items or people, an item without spread, items that cancel out, or
            (pairwise) covariances that contradict each other.

    Source: Cronbach (1951), Psychometrika 16, 297-334. Standard error: van Zyl, Neudecker & Nel
    (2000), Psychometrika 65, 271-280; Duhachek & Iacobucci (2004), Journal of Applied Psychology
    89, 792-808. Interval: Feldt, Woodruff & Salih (1987), Applied Psychological Measurement 11,
    93-103, with n - 1 and (n - 1)(k - 1) degrees of freedom.

    Example:
        >>> two = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 1.0], [4.0, 5.0]])
        >>> round(alpha(two).value, 3)
        0.822
    """
    found = covariance(answers, missing)
    value = _alpha_of(found.matrix)
    if found.matrix.sum() < -SMALLEST * np.trace(found.matrix):
        text = "too many answers are missing, so that pairwise covariances contradict each other"
        raise Unfit("contradiction", f"{text}; try listwise, or leave an item out")
    if value is None:
        text = "the items cancel out: their sum is the same for everybody; reverse the opposed ones"
        raise Unfit("cancelled", text)
    low, high = _feldt(value, found.people, len(found.matrix))
    every = range(len(found.matrix))
    return Alpha(
        value=value,
        standardized=_alpha_of(found.correlations),
        mean_r=_mean_r(found.correlations),
        se=_standard_error(found.matrix, found.people),
        low=low,
        high=high,
        people=found.people,
        missing=missing,
        item_rest=tuple(_item_rest(found.matrix, item) for item in every),
        without=tuple(_without(found.matrix, item) for item in every),
    )


def _alpha_of(matrix: Matrix) -> float | None:
    """Alpha from covariances; None when the sum of the items does not vary."""
    items, total, own = len(matrix), float(matrix.sum()), float(np.trace(matrix))
    if total <= SMALLEST * own:
        return None
    return items / (items - 1) * (1 - own / total)


def _mean_r(correlations: Matrix) -> float:
    items = len(correlations)
    return float((correlations.sum() - items) / (items * (items - 1)))


def _standard_error(matrix: Matrix, people: int) -> float:
    """sqrt(Q / n), equation 3 of Duhachek & Iacobucci (2004)."""
    items, total, own = len(matrix), matrix.sum(), np.trace(matrix)
    squared = matrix @ matrix
    spread = total * (np.trace(squared) + own**2) - 2 * own * squared.sum()
    # Items that agree completely leave nothing: what remains then is rounding.
    q = 2 * items**2 / ((items - 1) ** 2 * total**3) * max(float(spread), 0.0)
    return float(np.sqrt(q / people))


def _feldt(value: float, people: int, items: int) -> tuple[float, float]:
    """The 95 % interval: (1 - alpha) / (1 - true alpha) follows an F distribution."""
    freedom = (people - 1, (people - 1) * (items - 1))
    return (
        1 - (1 - value) * f_quantile(0.975, *freedom),
        1 - (1 - value) * f_quantile(0.025, *freedom),
    )


def _item_rest(matrix: Matrix, item: int) -> float | None:
    """The correlation of one item with the sum of the others."""
    rest = np.delete(np.delete(matrix, item, 0), item, 1)
    spread = float(rest.sum())
    if spread <= SMALLEST * float(np.trace(rest)):
        return None
    shared = float(matrix[item].sum() - matrix[item, item])
    return shared / float(np.sqrt(matrix[item, item] * spread))


def _without(matrix: Matrix, item: int) -> float | None:
    """Alpha of the other items."""
    if len(matrix) < 3:
        return None
    return _alpha_of(np.delete(np.delete(matrix, item, 0), item, 1))
