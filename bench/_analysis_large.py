"""A regression of two thousand people, for its seconds and its memory: a process of its own."""

from __future__ import annotations

import resource
import sys
import time
from statistics import median

import numpy as np

from zwerm.analysis.arcs import arcs_between
from zwerm.analysis.design import Relation
from zwerm.analysis.mrqap import mrqap
from zwerm.analysis.predictors import receiver, same

PEOPLE = 2_000
ARCS = 10_000
PERMUTATIONS = 1_000
KIBIBYTES = 1024


def main(rounds: int) -> None:
    """Print the median of the seconds, and the most memory in mebibytes."""
    rng = np.random.default_rng(1)
    y, x = (arcs_between(PEOPLE, *rng.integers(0, PEOPLE, (2, ARCS))) for _ in range(2))
    terms: dict[str, Relation] = {
        "other": x,
        "team": same(rng.integers(0, 40, PEOPLE)),
        "years": receiver(rng.random(PEOPLE)),
    }
    times: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        mrqap(y, terms, rng=rng, permutations=PERMUTATIONS)
        times.append(time.perf_counter() - began)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES
    print(median(times), most)


if __name__ == "__main__":
    main(int(sys.argv[1]))
