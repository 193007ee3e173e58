"""The work that `bench analysis` times: ours, and the same by others, on the same networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bench import _dense, _igraph, choice
from zwerm.analysis.arcs import Arcs, arcs_of
from zwerm.analysis.bootstrap import bootstrap
from zwerm.analysis.change import change_of
from zwerm.analysis.intervals import intervals_of
from zwerm.analysis.mrqap import mrqap
from zwerm.analysis.predictors import receiver, same
from zwerm.analysis.qap import qap
from zwerm.analysis.suite import suite_of

Work = Callable[[], object]
Table = npt.NDArray[np.float64]

LOOP = "plain dense NumPy loop"
PERMUTATIONS = 1_000
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Contest:
    """One work, and who else does it. `least` says how many times as long each must take."""

    name: str
    ours: Work
    others: Mapping[str, Work]
    least: Mapping[str, float]
    r_work: str = ""
    r_name: str = ""
    tables: list[Table] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Task:
    """One work that must be done within `most` seconds."""

    name: str
    run: Work
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class School:
    """Who names whom at two occasions, who answered, teams and leaders."""

    ties: npt.NDArray[np.bool_]
    again: npt.NDArray[np.bool_]
    answered: npt.NDArray[np.bool_]
    team: npt.NDArray[np.int64]
    leader: npt.NDArray[np.bool_]

    @property
    def tables(self) -> list[Table]:
        """Who names whom, and three predictors: another relation, the same team, a leader asked."""
        together = self.team[:, None] == self.team
        asked = np.tile(self.leader, (len(self.team), 1))
        both = [self.ties, self.again, together & ~np.eye(len(together), dtype=bool), asked]
        return [one.astype(np.float64) for one in both]


def contests() -> Iterator[Contest]:
    """What others do as well."""
    for people in (50, 120):
        yield qap_contest(people)
    yield mrqap_contest(50)
    for people in (50, 120):
        yield bootstrap_contest(people)
    for people in (15, 50, 120, 400):
        yield suite_contest(people)


def tasks() -> Iterator[Task]:
    """What must simply be quick enough."""
    one = school_of(150)
    yield Task(
        "all intervals of 150 people, both kinds",
        lambda: intervals_of(
            one.ties & one.answered[:, None],
            one.answered,
            rng=chance(),
            group=one.team,
            leader=one.leader,
        ),
        3.0,
    )
    yield Task(
        "change between two scans of 150 people, 999 swaps",
        lambda: change_of(one.ties, one.again, rng=chance(), group=one.team, leader=one.leader),
        0.5,
    )


def qap_contest(people: int) -> Contest:
    one = school_of(people)
    y, x = arcs_of(one.ties), arcs_of(one.again)
    dense = one.tables
    return Contest(
        f"QAP, {PERMUTATIONS:,} permutations, n = {people}",
        ours=lambda: qap(fresh(y), fresh(x), rng=chance(), permutations=PERMUTATIONS),
        others={LOOP: lambda: _dense.qap(dense[0], dense[1], chance(), PERMUTATIONS)},
        least={LOOP: 80, "R sna::qaptest": 500},
        r_work="qap",
        r_name="R sna::qaptest",
        tables=dense,
    )


def mrqap_contest(people: int) -> Contest:
    one = school_of(people)
    y, dense = arcs_of(one.ties), one.tables
    return Contest(
        f"MRQAP, 3 predictors, {PERMUTATIONS:,} permutations, n = {people}",
        ours=lambda: mrqap(
            fresh(y),
            {
                "again": fresh(arcs_of(one.again)),
                "team": same(one.team),
                "leader": receiver(one.leader.astype(float)),
            },
            rng=chance(),
            permutations=PERMUTATIONS,
        ),
        others={LOOP: lambda: _dense.mrqap(dense[0], dense[1:], chance(), PERMUTATIONS)},
        least={LOOP: 25, "R sna::netlm": 2_000},
        r_work="mrqap",
        r_name="R sna::netlm",
        tables=dense,
    )


def bootstrap_contest(people: int) -> Contest:
    one = school_of(people)
    arcs, dense = arcs_of(one.ties), one.tables[0]
    return Contest(
        f"vertex bootstrap, {RESAMPLES:,} resamples, n = {people}",
        ours=lambda: bootstrap(fresh(arcs), rng=chance(), resamples=RESAMPLES),
        others={LOOP: lambda: _dense.bootstrap(dense, chance(), RESAMPLES)},
        least={LOOP: 60, "R, vectorised": 50},
        r_work="bootstrap",
        r_name="R, vectorised",
        tables=[dense],
    )


def suite_contest(people: int) -> Contest:
    one = school_of(people)
    arcs, team = arcs_of(one.ties & one.answered[:, None], one.answered), one.team
    answered, teams = one.answered.tolist(), team.tolist()
    return Contest(
        f"every descriptive figure, n = {people}",
        ours=lambda: suite_of(fresh(arcs), group=team),
        others={
            "python-igraph": lambda: _igraph.describe(arcs.source, arcs.target, answered, teams)
        },
        least={"python-igraph": 1},
    )


def school_of(people: int) -> School:
    """One invented school in which eight of ten answered."""
    rng = chance()
    temper = choice.temper_of(people, "central", "sparse")
    lasting = choice.schools(people, 1, rng)
    ties, again = (choice.occasion(lasting, temper, rng) for _ in range(2))
    answered = choice.respondents(ties, 0.8, "at_random", rng)
    return School(ties[0], again[0], answered[0], lasting.team, lasting.leader)


def fresh(arcs: Arcs) -> Arcs:
    """The same arcs, of which nothing has been worked out yet."""
    return Arcs(arcs.people, arcs.source, arcs.target, arcs.respondents)


def chance() -> np.random.Generator:
    return np.random.default_rng(1)
