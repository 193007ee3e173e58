"""Logistic regression of many sets of columns at once, by Newton's steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zwerm.analysis.arcs import Mask
from zwerm.analysis.predictors import Values

STEPS = 25
SETTLED = 1e-8
"""A fit is settled when no coefficient moves more than this, for columns of size 1."""
FARTHEST = 5.0
LEAST = np.finfo(float).tiny
"""Rounding may take a variance below 0 in a fit that does not settle."""
ALMOST = 1e-15
"""Chances closer to 0 or 1 are kept this far away, so that their logarithms exist."""


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Fits of one y on several sets of columns.

    `b` and `z` have shape (columns, sets): first the columns that all sets share, then their own.
    `spread` has shape (sets, columns, columns): how coefficients vary together. `deviance` and
    `is_settled` have shape (sets,). A fit that does not settle has columns that tell exactly who
    names whom, or say the same.
    """

    b: Values
    z: Values
    spread: Values
    deviance: Values
    is_settled: Mask

    def along(self, directions: Values) -> tuple[Values, Values]:
        """Sums of coefficients, `directions` of shape (terms, columns), and z of each.

        Both of shape (terms, sets).
        """
        b = directions @ self.b
        square = np.einsum("tk,skl,tl->ts", directions, self.spread, directions)
        return b, b / np.sqrt(np.maximum(square, LEAST))


def fit_logistic(y: Values, shared: Values, own: Values, start: Values | None = None) -> Fitted:
    """Fit y, of 0 and 1, on shared columns beside those of each set.

    Args:
        y: shape (pairs,).
        shared: shape (columns, pairs).
        own: shape (columns, pairs, sets).
        start: coefficients of the shared columns to begin with; 0 when not given.

    Source: McCullagh & Nelder (1989), Generalized Linear Models, section 4.4.
    """
    size = np.concatenate([_sizes(shared)[:, None] * np.ones(own.shape[2]), _sizes(own)])
    one, other = shared / size[: len(shared), :1], own / size[len(shared) :, None]
    b = np.zeros(size.shape)
    if start is not None:
        b[: len(shared)] = start[:, None] * size[: len(shared)]
    is_settled = np.zeros(own.shape[2], dtype=bool)
    for _ in range(STEPS):
        step = _newton(b, y, one, other)
        b += np.where(is_settled, 0.0, step)
        is_settled |= np.abs(step).max(axis=0) < SETTLED
        if is_settled.all():
            break
    chance = np.clip(_chances(b, one, other), ALMOST, 1 - ALMOST)
    spread = _inverses(_bends(chance * (1 - chance), one, other))
    deviance = -2 * (y @ np.log(chance) + (1 - y) @ np.log1p(-chance))
    z = b / np.sqrt(np.maximum(np.einsum("skk->ks", spread), LEAST))
    spread /= np.einsum("ks,ls->skl", size, size)
    return Fitted(b / size, z, spread, deviance, is_settled)


def _newton(b: Values, y: Values, shared: Values, own: Values) -> Values:
    """One step for each set; never so far that it cannot find back: shape (columns, sets)."""
    chance = _chances(b, shared, own)
    slope = _slopes(y[:, None] - chance, shared, own)
    step = np.einsum("skl,ls->ks", _inverses(_bends(chance * (1 - chance), shared, own)), slope)
    return np.asarray(np.clip(step, -FARTHEST, FARTHEST))


def _sizes(columns: Values) -> Values:
    """The root mean square of each column, 1 for one of zeros."""
    found = np.sqrt((columns**2).mean(axis=1))
    return np.asarray(np.where(found > 0, found, 1.0))


def _chances(b: Values, shared: Values, own: Values) -> Values:
    """The chance of a tie: shape (pairs, sets)."""
    odds = shared.T @ b[: len(shared)]
    for coefficient, column in zip(b[len(shared) :], own, strict=True):
        odds += coefficient * column
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -700, 700))))


def _slopes(left: Values, shared: Values, own: Values) -> Values:
    """How the likelihood rises with each coefficient: shape (columns, sets)."""
    return np.concatenate([shared @ left, np.einsum("kps,ps->ks", own, left)])


def _bends(weight: Values, shared: Values, own: Values) -> Values:
    """How these rises bend: shape (sets, columns, columns)."""
    many = len(shared) + len(own)
    found = np.empty((weight.shape[1], many, many))
    for place, column in enumerate(shared):
        found[:, place, : len(shared)] = ((shared * column) @ weight).T
    for place, column in enumerate(own, start=len(shared)):
        weighted = weight * column
        found[:, place, : len(shared)] = (shared @ weighted).T
        found[:, : len(shared), place] = found[:, place, : len(shared)]
        found[:, place, len(shared) :] = np.einsum("kps,ps->sk", own, weighted)
    return found


def _inverses(bend: Values) -> Values:
    """The inverse of each; of one that has none, that of one close to it."""
    many = bend.shape[1]
    close = np.finfo(float).eps * np.einsum("skk->s", bend) + np.finfo(float).tiny
    return np.asarray(np.linalg.inv(bend + close[:, None, None] * np.eye(many)))
