"""What `bench analysis` does with a whole country: every figure and one QAP for each school."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Arcs, arcs_of
from zwerm.analysis.predictors import same
from zwerm.analysis.qap import qap
from zwerm.analysis.suite import suite_of

LEAST, MOST = 20, 40
PERMUTATIONS = 1000
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Country:
    """How long all schools took in one process and in as many as there are cores."""

    schools: int
    alone: float
    together: float
    cores: int
    is_same: bool
    """Whether both ways gave the same figures."""

    @property
    def efficiency(self) -> float:
        """1: each core does as much as one core alone."""
        return self.alone / (self.together * self.cores)


def country(schools: int) -> Country:
    """Work through `schools` invented schools of 20 to 40 staff, first alone, then together."""
    cores = len(os.sched_getaffinity(0))
    starts = range(0, schools, AT_ONCE)
    began = time.perf_counter()
    one = [portion(start) for start in starts]
    alone = time.perf_counter() - began
    # They have all done something before the clock runs: starting is no part of the work.
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(portion, [0] * cores))
        began = time.perf_counter()
        other = list(pool.map(portion, starts))
        together = time.perf_counter() - began
    return Country(schools, alone, together, cores, one == other)


def portion(start: int) -> float:
    """A hundred schools; the sum of what was found, to compare."""
    return sum(map(one_school, range(start, start + AT_ONCE)))


def one_school(number: int) -> float:
    rng = np.random.default_rng(number)
    team, arcs = invented(rng)
    suite = suite_of(arcs, group=team)
    found = qap(arcs, same(team), rng=rng, permutations=PERMUTATIONS)
    return suite.reciprocity + suite.indegree_centralization + found.r + found.p


def invented(rng: np.random.Generator) -> tuple[npt.NDArray[np.int64], Arcs]:
    """Three teams; four colleagues named on average, of the own team three times as often."""
    people = int(rng.integers(LEAST, MOST + 1))
    team = np.arange(people) % 3
    weight = np.where(team[:, None] == team, 3.0, 1.0)
    ties = rng.random((people, people)) < weight * 4 / (people * weight.mean())
    return team, arcs_of(ties)
