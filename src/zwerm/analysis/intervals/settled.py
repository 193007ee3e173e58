"""Whether chains agree: the split R-hat of Gelman."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]


def split_rhat(draws: Reals) -> Reals:
    """How much wider all chains lie together than each half of one: about 1 when settled.

    Args:
        draws: shape (c, s, f): c chains of s draws of f figures.

    Returns:
        Shape (f,). 1 where no draw differs, infinity where only the chains do.

    Raises:
        ValueError: there are fewer than four draws in a chain.

    Source: Gelman e.a. (2013), Bayesian Data Analysis, third edition, section 11.4.
    """
    chains, length, figures = draws.shape
    half = length // 2
    if half < 2:
        raise ValueError(f"split R-hat needs four draws a chain, got {length}")
    parts = draws[:, : 2 * half].reshape(2 * chains, half, figures)
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = parts.mean(axis=1).var(axis=0, ddof=1)
    whole = (half - 1) / half * within + between
    ratio = np.divide(whole, within, out=np.full(figures, np.inf), where=within > 0)
    return np.sqrt(np.where(whole > 0, ratio, 1.0))
