"""What was observed of many networks of one size, laid out for the p2 model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Mask, Numbers, Ties

Reals = npt.NDArray[np.float64]
Marks = npt.NDArray[np.float32]
"""Zeros and ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The observed arcs of k networks of n people, and which of the others were never asked.

    Axes: network, chain (of length one here, so that chains broadcast), person, person.
    """

    ties: Ties
    """(k, n, n): who named whom; rows of the silent are false."""
    respondents: Mask
    """(k, n)"""
    known: Marks
    """(k, 1, n, n): 1 where at least one of the two answered, 0 on the diagonal."""
    known_same: Marks
    """(k, 1, n, n): the same, only for two people of one group."""
    leader: Reals
    """(k, 1, n)"""
    totals: Reals
    """(k, 1, 2n + 2): how many each names and is named, within groups, and in both directions."""
    quiet: Numbers
    """(k, q): who is silent; filled up with people who answered where other networks have more."""
    half: Marks
    """(k, 1, q, n): 1 where the row is silent and the column answered."""
    returned: Marks
    """(k, 1, q, n): 1 where the column named the silent person of the row."""
    quiet_same: Marks
    """(k, 1, q, n): `known_same` of the rows of `quiet`."""

    @property
    def people(self) -> int:
        """n, in every network."""
        return int(self.respondents.shape[1])


def evidence_of(
    ties: Ties, respondents: Mask, group: Numbers | None = None, leader: Mask | None = None
) -> Evidence:
    """Lay out k networks of n people.

    Args:
        ties: shape (k, n, n), true where row named column.
        respondents: shape (k, n), whose rows are real.
        group: shape (k, n), the number of each one's group, -1 for none.
        leader: shape (k, n), who is a formal leader.

    Raises:
        ValueError: the shapes do not belong together.
    """
    _check(ties, respondents, group, leader)
    people = ties.shape[1]
    seen = ties & respondents[:, :, None] & ~np.eye(people, dtype=bool)
    known = (respondents[:, :, None] | respondents[:, None, :]) & ~np.eye(people, dtype=bool)
    same = known & _same(group, known)
    quiet, half = _silence(respondents)
    rows = np.arange(len(ties))[:, None]
    return Evidence(
        ties=seen,
        respondents=respondents,
        known=known[:, None].astype(np.float32),
        known_same=same[:, None].astype(np.float32),
        leader=_leads(leader, respondents)[:, None],
        totals=_totals(seen, same)[:, None],
        quiet=quiet,
        half=half[:, None],
        returned=(seen.swapaxes(1, 2)[rows, quiet] * half)[:, None],
        quiet_same=same[rows, quiet][:, None].astype(np.float32),
    )


def _same(group: Numbers | None, known: Mask) -> Mask:
    """Shape (k, n, n): whether two people are of one group; nobody is, when there are none."""
    if group is None:
        return np.zeros_like(known)
    same: Mask = (group[:, :, None] == group[:, None, :]) & (group >= 0)[:, :, None]
    return same


def _leads(leader: Mask | None, respondents: Mask) -> Reals:
    return (np.zeros_like(respondents) if leader is None else leader).astype(np.float64)


def _totals(seen: Ties, same: Mask) -> Reals:
    both = (seen & seen.swapaxes(1, 2)).sum((1, 2)) / 2
    within = (seen & same).sum((1, 2))
    return np.column_stack([seen.sum(2), seen.sum(1), within, both]).astype(np.float64)


def _silence(respondents: Mask) -> tuple[Numbers, Marks]:
    """Who is silent, as many in each network, and 1 where they are and the column answered."""
    most = int((~respondents).sum(1).max(initial=0))
    quiet = np.argsort(respondents, axis=1, kind="stable")[:, :most]
    is_silent = ~np.take_along_axis(respondents, quiet, axis=1)
    return quiet, (is_silent[:, :, None] & respondents[:, None, :]).astype(np.float32)


def _check(ties: Ties, respondents: Mask, group: Numbers | None, leader: Mask | None) -> None:
    if ties.ndim != 3 or ties.shape[1] != ties.shape[2]:
        raise ValueError(f"ties must have shape (k, n, n), got {ties.shape}")
    for name, given in (("respondents", respondents), ("group", group), ("leader", leader)):
        if given is not None and given.shape != ties.shape[:2]:
            raise ValueError(f"{name} must have shape {ties.shape[:2]}, got {given.shape}")
