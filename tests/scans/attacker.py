"""An attacker who knows every answer but one, and reads the whole report.

Section 5 of the privacy design: somebody knows all other rows, tries many plausible rows of one
person, and keeps those that fit what was published. How often do they then guess right how many
colleagues that person named?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from zwerm.analysis.simulation import Temper, bonds, occasion
from zwerm.scans.models import Group, RosterEntry, Scan
from zwerm.scans.results.arrays import Asked
from zwerm.scans.results.network import network_report
from zwerm.scans.sealed import Answers, Given

Ties = npt.NDArray[np.bool_]
TEMPERS = (
    Temper(3.5, popularity=0.35, homophily=1.0),
    Temper(4.0, popularity=0.6, leader_appeal=1.0, homophily=1.0),
    Temper(4.5, popularity=0.5, homophily=1.8, mutuality=2.0),
)
LEADERS = 0.2


@dataclass(frozen=True)
class Crowd:
    """A school: who would name whom, who answered, and how it is divided."""

    ties: Ties
    respondents: npt.NDArray[np.bool_]
    team: npt.NDArray[np.int64]
    leader: npt.NDArray[np.bool_]


def make_crowd(people: int, answered: int, seed: int) -> Crowd:
    """A school of so many people, in teams of about twelve, of whom `answered` answered."""
    rng = np.random.default_rng(seed)
    team = np.arange(people) * max(1, people // 14) // people
    leader = rng.permutation(people) < max(round(LEADERS * people), min(10, people // 3))
    ties = occasion(bonds(people, rng), team, leader, TEMPERS[seed % len(TEMPERS)], rng)
    respondents = rng.permutation(people) < answered
    return Crowd(ties & respondents[:, None], respondents, team.astype(np.int64), leader)


class Report:
    """Makes everything a report publishes of a network, in memory, for one crowd."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.scan = Scan(floor_network=10)
        teams = int(crowd.team.max()) + 1
        groups = [Group(name=f"Group {number}", order=number) for number in range(teams)]
        for number, group in enumerate(groups):
            group.neighbour = groups[number - 1] if teams > 1 else None
        self.entries = [
            RosterEntry(number=i, group=groups[crowd.team[i]], is_leader=bool(crowd.leader[i]))
            for i in range(len(crowd.ties))
        ]

    def published(self, ties: Ties, draws: Any) -> dict[str, str]:
        """Each published figure as text, in one order; `draws` makes the draws of rounding."""
        answers = [
            Answers({"advice": Given(1, {"named": np.flatnonzero(row).tolist(), "may_know": []})})
            if answered
            else None
            for row, answered in zip(ties, self.crowd.respondents, strict=True)
        ]
        report = network_report(Asked(self.entries, answers), floor=10, draws=draws)
        figures = report["figures"] | {"profile": report["profile"], "groups": report["groups"]}
        return {name: repr(figure) for name, figure in figures.items()}


class Turned:
    """Draws that all go one way, and that remember how likely that way was."""

    def __init__(self, *, up: bool) -> None:
        self.up = up
        self.chance: dict[str, float] = {}

    def __call__(self, name: str) -> Draw:
        return Draw(self, name)


@dataclass(frozen=True)
class Draw:
    """One draw: in `random() < part` it sees the part of the step that is gone already."""

    turned: Turned
    name: str

    def random(self) -> Draw:
        return self

    def __lt__(self, part: float) -> bool:
        self.turned.chance[self.name] = part
        return self.turned.up


@dataclass(frozen=True)
class Guess:
    """What came of one attack."""

    right: bool
    sure: bool
    certain: bool
    posterior: float


def attacks(people: int, answered: int, seed: int, *, rows: int, victims: int) -> Iterator[Guess]:
    """Attack some persons of one school, each as if everybody else's answers were known."""
    crowd = make_crowd(people, answered, seed)
    report = Report(crowd)
    rng = np.random.default_rng([seed, 77])
    for victim in rng.permutation(np.flatnonzero(crowd.respondents))[:victims]:
        yield attack(report, int(victim), rows, rng)


def attack(report: Report, victim: int, rows: int, rng: np.random.Generator) -> Guess:
    """Weigh plausible rows of `victim` by how well each fits what was published."""
    ties = report.crowd.ties
    seed = int(rng.integers(2**32))
    seen = report.published(ties, lambda name: np.random.default_rng([seed, crc32(name.encode())]))
    weight: dict[int, float] = {}
    tried = ties.copy()
    for row in plausible_rows(report.crowd, victim, rows, rng):
        tried[victim] = row
        out = int(row.sum())
        weight[out] = weight.get(out, 0.0) + likelihood(report, tried, seen)
    return guess(weight, int(ties[victim].sum()))


def likelihood(report: Report, ties: Ties, seen: dict[str, str]) -> float:
    """How likely it is that these answers are published as `seen`. Exact."""
    up, down = Turned(up=True), Turned(up=False)
    high = report.published(ties, up)
    low = report.published(ties, down) if up.chance else high
    fits = 1.0
    for name, figure in seen.items():
        part = up.chance.get(name, 0.0)
        fits *= part * (high[name] == figure) + (1 - part) * (low[name] == figure)
    return fits


def plausible_rows(
    crowd: Crowd, victim: int, rows: int, rng: np.random.Generator
) -> Iterator[npt.NDArray[np.bool_]]:
    """Rows that a colleague who knows the school well would believe of this person."""
    others = crowd.ties.sum(axis=0) - crowd.ties[victim]
    appeal = np.log(others + 1.0) + 1.2 * (crowd.team == crowd.team[victim])
    appeal = appeal + 1.0 * crowd.ties[:, victim]
    appeal[victim] = -np.inf
    known = np.delete(crowd.ties[crowd.respondents].sum(axis=1), 0)
    for _ in range(rows):
        out = min(rng.poisson(rng.gamma(4.0, known.mean() / 4.0)), len(appeal) - 1)
        order = np.argsort(-(appeal + rng.gumbel(size=len(appeal))))
        row = np.zeros(len(appeal), dtype=bool)
        row[order[:out]] = True
        yield row


def guess(weight: dict[int, float], truth: int) -> Guess:
    """The likeliest number of names; whether it is right; whether one is sure within one name."""
    total = sum(weight.values())
    chance = {out: value / total for out, value in weight.items()} if total else {}
    if not chance:
        return Guess(right=False, sure=False, certain=False, posterior=0.0)
    best = max(chance, key=lambda out: chance[out])
    around = max(sum(chance.get(out + step, 0.0) for step in (-1, 0, 1)) for out in chance)
    return Guess(
        right=best == truth,
        sure=around >= 0.9,
        certain=chance[best] > 0.999,
        posterior=chance[best],
    )
