"""Everything of one network that rests on chance: intervals, coupling's p, QAP and MRQAP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import numpy as np

from zwerm.analyse.inference.asked import Asked
from zwerm.analyse.inference.chance import rng_of
from zwerm.analyse.inference.sure import Sure, sure_of
from zwerm.analyse.inference.tested import Tested, tested_in
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analysis.coupling import coupling_p
from zwerm.analysis.intervals import STABILITY

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What chance says of one network. None: not asked for, or not to be had here."""

    sure: Sure | None
    tested: Tested
    coupling_p: float | None

    def as_json(self) -> dict[str, object]:
        """By the names of methods.md; `coupling` is added to what is there already."""
        said: dict[str, object] = {} if self.sure is None else self.sure.as_json()
        if self.tested.qap:
            said["qap"] = {term: asdict(one) for term, one in self.tested.qap.items()}
        if self.tested.mrqap:
            said["mrqap"] = {"family": self.tested.family, **asdict(self.tested.mrqap)}
        return said

    @property
    def coupling(self) -> dict[str, object]:
        """The interval (asked again) and the p of coupling, where there is a position."""
        if self.coupling_p is None:
            return {}
        again = self.sure.found.remeasurement.get("coupling") if self.sure else None
        return {"interval": again and [again.low, again.high], "p": self.coupling_p}


def inferred_of(
    network: Network,
    asked: Asked,
    options: Options,
    has_intervals: bool,
    stability: float | None = None,
    progress: Progress | None = None,
) -> Inferred:
    """Intervals, coupling and tests of one network, each with draws of its own."""
    sure = None
    if has_intervals:
        steady = STABILITY if stability is None else stability
        sure = sure_of(network, options, steady, stretch(progress, 0.0, 0.5))
    return Inferred(
        sure=sure,
        tested=tested_in(network, asked, options, stretch(progress, 0.5, 0.4)),
        coupling_p=p_of(network, options, stretch(progress, 0.9, 0.1)),
    )


def stretch(progress: Progress | None, start: float, length: float) -> Progress | None:
    """A part of the way, of this length."""
    return (lambda part: progress(start + length * part)) if progress else None


def p_of(network: Network, options: Options, progress: Progress | None) -> float | None:
    """The permutation p of coupling; None without a position, or when all have the same."""
    if network.position is None:
        return None
    known = ~np.isnan(network.position)
    if len(np.unique(network.position[known])) < 2:
        return None
    named, place = network.arcs.indegree[known], network.position[known]
    rng = rng_of(options.seed, "coupling", network.name)
    return coupling_p(named, place, rng, options.permutations, progress)


def merged(figures: Mapping[str, object], inferred: Inferred | None) -> dict[str, object]:
    """The figures of one network with what chance says of them."""
    said = dict(figures)
    if inferred is None:
        return said
    known = said.get("coupling")
    if isinstance(known, dict):
        said["coupling"] = {**known, **inferred.coupling}
    return said | inferred.as_json()
