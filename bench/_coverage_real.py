"""Real schools whose answers are deleted, to see whether what is left still tells of the whole.

Pitts & Spillane (2009): who turns to whom for advice, in schools of 12-33 staff. They are not part
of this repository; without them this part of the benchmark is left out. There are no teams and no
formal leaders in them, so there is no coupling and no share across teams.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from bench import choice
from bench._coverage_fit import fitted
from bench._coverage_grid import GOAL_SILENCES, RESPONSES
from bench._coverage_store import ROOT, Found
from zwerm.analysis.intervals import Networks

FOLDER = ROOT.parent / "shared/data/school-advice"
DELETIONS = 120
ALIKE = 60
"""So many invented schools of the same size and mean stand beside each real one."""
KNOWN = ("mean_named", "reciprocity", "centralization", "gini", "unnamed_share")


@dataclass(frozen=True, slots=True)
class Deletion:
    """One real school, some of whose rows are deleted again and again."""

    school: str
    people: int
    response: float
    silence: choice.Silence
    schools: int = DELETIONS
    """How often, under the name that portions of invented schools have."""

    @property
    def name(self) -> str:
        return f"real{self.school}-r{round(100 * self.response):03d}-{self.silence}"


def deletions(folder: Path = FOLDER) -> Iterator[Deletion]:
    """All that is tried on the real schools; nothing when they are not there."""
    for school, ties in real_schools(folder).items():
        for silence in GOAL_SILENCES:
            for response in RESPONSES[1:]:
                yield Deletion(school, len(ties), response, silence)


def real_schools(folder: Path = FOLDER) -> dict[str, choice.Many]:
    """Who turns to whom in each school: shape (n, n); empty when they are not there."""
    if not folder.exists():
        return {}
    people: dict[str, list[str]] = {}
    for row in rows_of(folder / "nodes.csv"):
        people.setdefault(row["school"], []).append(row["id"])
    found = {school: np.zeros((len(ids), len(ids)), bool) for school, ids in people.items()}
    for row in rows_of(folder / "ties.csv"):
        ids = people[row["school"]]
        found[row["school"]][ids.index(row["source"]), ids.index(row["target"])] = True
    return found


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def measure(deletion: Deletion, draws: int) -> Found:
    """The rows of one real school deleted, and completed again."""
    rng = np.random.default_rng([3, crc32(deletion.name.encode())])
    whole = real_schools()[deletion.school]
    ties = np.repeat(whole[None], deletion.schools, axis=0)
    answered = choice.respondents(ties, deletion.response, deletion.silence, rng)
    truth = np.repeat(figures_of(whole)[None], deletion.schools, axis=0)
    nobody = np.full((len(ties), 1, truth.shape[1]), np.nan)
    return fitted(Networks(ties, answered), truth, nobody, rng, draws)


def figures_of(ties: choice.Many) -> choice.Values:
    """The seven figures of a whole network; NaN for those that need teams or leaders."""
    people = np.arange(len(ties), dtype=np.int64)
    found = choice.figures(ties[None], people, people == 0)
    missing = {"coupling": np.array([np.nan]), "across": np.array([np.nan])}
    return np.array([(found | missing)[figure][0] for figure in choice.FIGURES])


def resemblance(folder: Path = FOLDER) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Per school and figure: the real one, and the 95 % range of invented schools like it.

    Of the same size and mean, the three kinds in equal numbers.
    """
    return {
        school: beside(ties, np.random.default_rng([4, len(ties)]))
        for school, ties in real_schools(folder).items()
    }


def beside(ties: choice.Many, rng: np.random.Generator) -> dict[str, tuple[float, float, float]]:
    """The figures of a real school with the range of the invented ones."""
    real = dict(zip(choice.FIGURES, figures_of(ties), strict=True))
    each = []
    for kind in choice.KINDS:
        lasting = choice.schools(len(ties), ALIKE // len(choice.KINDS), rng)
        temper = choice.temper_of(len(ties), kind, "dense")
        named = choice.occasion(lasting, replace(temper, mean_named=real["mean_named"]), rng)
        each.append(choice.figures(named, lasting.team, lasting.leader))
    found = {}
    for figure in KNOWN[1:]:
        low, high = np.quantile(np.concatenate([one[figure] for one in each]), [0.025, 0.975])
        found[figure] = (float(real[figure]), float(low), float(high))
    return found
