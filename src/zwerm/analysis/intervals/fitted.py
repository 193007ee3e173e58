"""The p2 model fitted to many networks of one size, and the figures that it thinks possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zwerm.analysis import network
from zwerm.analysis.arcs import Mask, Numbers, Ties
from zwerm.analysis.coupling import coupling
from zwerm.analysis.intervals.bounds import bounds_of
from zwerm.analysis.intervals.draws import Drawn, drawn
from zwerm.analysis.intervals.pairs import FIGURES, Reals, pairs_of
from zwerm.analysis.intervals.silence import shifts
from zwerm.analysis.intervals.withheld import Basis, barred
from zwerm.analysis.p2.evidence import evidence_of
from zwerm.analysis.p2.sampler import fit_many
from zwerm.analysis.walls import reach_of

CHAINS = 2
FEWEST_SILENT = 10
"""From so many silent people it is said how often they are asked."""
AT_ONCE = 25_000
"""How many cells of networks are fitted at once."""
NO_BOUNDS = np.full((len(FIGURES), 2), np.nan)
MOST_MEMBERS = 2_000
"""Of more people the model would take many minutes, and gigabytes."""
SHARE_OF_FIT = 0.7
"""Which part of the time the model takes, for progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """k networks of n people each."""

    ties: Ties
    """(k, n, n): true where row named column; rows of the silent do not count."""
    respondents: Mask
    """(k, n)"""
    group: Numbers | None = None
    """(k, n): the number of each one's group, -1 for none."""
    leader: Mask | None = None
    """(k, n): who is a formal leader."""

    def __len__(self) -> int:
        return len(self.ties)

    def only(self, kept: slice | Numbers) -> Networks:
        """Some of them."""
        return Networks(
            self.ties[kept],
            self.respondents[kept],
            None if self.group is None else self.group[kept],
            None if self.leader is None else self.leader[kept],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """All that the intervals of one network are made of."""

    observed: dict[str, float]
    """The figures that exist here, of who answered."""
    basis: Basis
    bounds: Reals
    """(7, 2): what the answers allow, in order of `FIGURES`."""
    drawn: Drawn
    """Chain after chain. NaN where a figure does not exist, or no figure may have an interval."""

    @property
    def figures(self) -> list[str]:
        """The figures that exist here."""
        return [figure for figure in FIGURES if figure in self.observed]


def draws_of_many(
    networks: Networks,
    *,
    rng: np.random.Generator,
    stability: float,
    draws: int,
    progress: Callable[[float], None] | None = None,
) -> list[Draws]:
    """What the intervals of each network are made of.

    Args:
        networks: k networks of one size.
        rng: chance.
        stability: which share of named ties would be named again.
        draws: how many networks to draw of each, from all chains together.
        progress: called with the share that is done.

    Raises:
        ValueError: a stability outside 0-1, fewer than four draws a chain, or too many people.
    """
    if not 0 <= stability <= 1:
        raise ValueError(f"stability must lie from 0 to 1, got {stability}; try 0.5")
    if draws < 4 * CHAINS:
        raise ValueError(f"intervals need at least {4 * CHAINS} draws, got {draws}; try 500")
    people = networks.ties.shape[1]
    if people > MOST_MEMBERS:
        raise ValueError(
            f"intervals are for at most {MOST_MEMBERS} members, got {people}; look at parts of it"
        )
    step = max(1, AT_ONCE // max(1, people) ** 2)
    found: list[Draws] = []
    for start in range(0, len(networks), step):
        some = networks.only(slice(start, start + step))
        part = _part_of(progress, start / len(networks), len(some) / len(networks))
        found += _drawn_of(some, rng, stability, draws, part)
    return found


def _part_of(
    progress: Callable[[float], None] | None, start: float, size: float
) -> Callable[[float], None]:
    """Progress of a part as progress of the whole."""

    def told(done: float) -> None:
        if progress:
            progress(start + done * size)

    return told


def _drawn_of(
    networks: Networks,
    rng: np.random.Generator,
    stability: float,
    draws: int,
    told: Callable[[float], None],
) -> list[Draws]:
    bases = [basis_of(networks, at) for at in range(len(networks))]
    points = _points(networks, bases, rng, -(-draws // CHAINS), told)
    found = []
    for at, basis in enumerate(bases):
        pairs = pairs_of(basis.members, *_marks(networks, at))
        ties, respondents = _seen(networks, at), networks.respondents[at]
        observed = _observed(networks, at)
        shift = shifts(points[at], respondents, observed["mean_named"], rng)
        found.append(
            Draws(
                observed=observed,
                basis=basis,
                bounds=bounds_of(pairs, ties, respondents) if len(points[at]) else NO_BOUNDS,
                drawn=drawn(pairs, ties, respondents, points[at], shift, rng, stability=stability),
            )
        )
    told(1.0)
    return found


def _points(
    networks: Networks,
    bases: list[Basis],
    rng: np.random.Generator,
    per_chain: int,
    told: Callable[[float], None],
) -> list[Reals]:
    """Draws of the effects of each network, (s, 2n + 2); none where none could be used."""
    used = [at for at, basis in enumerate(bases) if _is_used(_seen(networks, at), basis)]
    found = [np.empty((0, 2 * basis.members + 2)) for basis in bases]
    if used:
        some = networks.only(np.array(used))
        evidence = evidence_of(some.ties, some.respondents, some.group, some.leader)
        posterior = fit_many(
            evidence,
            rng,
            chains=CHAINS,
            draws=per_chain,
            progress=lambda done: told(SHARE_OF_FIT * done),
        )
        for at, points in zip(used, posterior.points, strict=True):
            found[at] = points.reshape(-1, points.shape[-1])
    return found


def _is_used(ties: Ties, basis: Basis) -> bool:
    """Whether some figure may have an interval, and not all pairs are alike."""
    possible = basis.respondents * (basis.members - 1)
    allowed = any(barred(figure, basis) is None for figure in FIGURES)
    return allowed and 0 < int(ties.sum()) < possible


def basis_of(networks: Networks, at: int) -> Basis:
    """What network number `at` rests on."""
    respondents = networks.respondents[at]
    group, leader = _marks(networks, at)
    return Basis(
        members=len(respondents),
        respondents=int(respondents.sum()),
        leaders=0 if leader is None else int(leader.sum()),
        groups=0 if group is None else len(np.unique(group[group >= 0])),
        silent_asked_ratio=_silent_asked(_seen(networks, at), respondents),
    )


def _silent_asked(ties: Ties, respondents: Mask) -> float | None:
    """How often the silent are asked, divided by the others; None when they are few.

    The others count as asked at least once together, so that the ratio stays a number.
    """
    silent, others = int((~respondents).sum()), int(respondents.sum())
    if silent < FEWEST_SILENT or not others:
        return None
    named = ties.sum(axis=0)
    return float(named[~respondents].mean() * others / max(int(named[respondents].sum()), 1))


def _seen(networks: Networks, at: int) -> Ties:
    """The arcs of who answered, without loops."""
    ties: Ties = networks.ties[at] & networks.respondents[at][:, None]
    return ties & ~np.eye(len(ties), dtype=bool)


def _marks(networks: Networks, at: int) -> tuple[Numbers | None, Mask | None]:
    group, leader = networks.group, networks.leader
    return None if group is None else group[at], None if leader is None else leader[at]


def _observed(networks: Networks, at: int) -> dict[str, float]:
    ties, respondents = _seen(networks, at), networks.respondents[at]
    group, leader = _marks(networks, at)
    named = network.indegree(ties)
    found = {
        "mean_named": network.mean_named(ties, respondents),
        "reciprocity": network.reciprocity(ties),
        "centralization": network.indegree_centralization(ties),
        "gini": network.gini(named),
    }
    if leader is not None and leader.any() and not leader.all():
        found["coupling"] = coupling(named, leader)
    if group is not None:
        found["across"] = reach_of(ties, group).across_share
    return found | {"unnamed_share": network.share(network.unnamed(ties), len(ties))}
