"""An attacker who knows every answer but one, and reads the whole report.

Section 5 of the privacy design: somebody knows all other rows, tries many plausible rows of one
person, and keeps those that fit what was published. How often do they then guess right how many
colleagues that person named?
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bench import ready  # noqa: F401  # Django must be ready before its models are read
from zwerm.analysis.simulation import Temper, bonds, occasion
from zwerm.scans.models import Group, RosterEntry
from zwerm.scans.results.arrays import Asked
from zwerm.scans.results.network import network_report
from zwerm.scans.sealed import Answers, Given

Ties = npt.NDArray[np.bool_]
Row = npt.NDArray[np.bool_]
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
        teams = int(crowd.team.max()) + 1
        groups = [Group(name=f"Group {number}", order=number) for number in range(teams)]
        for number, group in enumerate(groups):
            group.neighbour = groups[number - 1] if teams > 1 else None
        self.entries = [
            RosterEntry(number=i, group=groups[crowd.team[i]], is_leader=bool(crowd.leader[i]))
            for i in range(len(crowd.ties))
        ]

        self.answers = [
            answers_of(row) if answered else None
            for row, answered in zip(crowd.ties, crowd.respondents, strict=True)
        ]

    def published(self, draws: Any, victim: int = 0, row: Row | None = None) -> dict[str, str]:
        """Each published figure as text, as if `victim` had given `row`.

        `draws` makes the draws of rounding.
        """
        answers = list(self.answers)
        if row is not None:
            answers[victim] = answers_of(row)
        report = network_report(Asked(self.entries, answers), floor=10, draws=draws)
        blocks = report["groups"].pop("blocks", ())
        pairs = {f"groups {one['a']} {one['b']}": one["strength"] for one in blocks}
        # A figure and its interval hang on the same draw of rounding. The profile follows from
        # three figures that stand here themselves: beside them it tells nothing.
        figures = {
            name: (figure, report["intervals"].get(name))
            for name, figure in report["figures"].items()
        }
        figures |= {"groups": report["groups"]} | pairs
        return {name: repr(figure) for name, figure in figures.items()}


def answers_of(row: Row) -> Answers:
    return Answers({"advice": Given(1, {"named": np.flatnonzero(row).tolist(), "may_know": []})})


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
    fitting: int
    """How many rows fit at all: with a handful, how sure one is says nothing."""


def attacks(
    people: int, answered: int, seed: int, *, rows: int, victims: int = 3, exact: bool = False
) -> Iterator[Guess]:
    """Attack some persons of one school, each as if everybody else's answers were known.

    `exact` publishes the number of arcs itself: what an attacker would find without any rule.
    """
    crowd = make_crowd(people, answered, seed)
    report = Exact(crowd) if exact else Report(crowd)
    rng = np.random.default_rng([seed, 77])
    for victim in rng.permutation(np.flatnonzero(crowd.respondents))[:victims]:
        yield attack(report, int(victim), rows, rng)


class Exact(Report):
    """A report without any rule: it says how many arcs there are."""

    def published(self, draws: Any, victim: int = 0, row: Row | None = None) -> dict[str, str]:
        own = self.crowd.ties[victim] if row is None else row
        others = self.crowd.ties.sum() - self.crowd.ties[victim].sum()
        return {"arcs": str(others + own.sum())}


def attack(report: Report, victim: int, rows: int, rng: np.random.Generator) -> Guess:
    """Weigh plausible rows of `victim` by how well each fits what was published."""
    seed = int(rng.integers(2**32))
    seen = report.published(lambda name: np.random.default_rng([seed, crc32(name.encode())]))
    weight: dict[int, float] = {}
    fitting = 0
    for row in plausible_rows(report.crowd, victim, rows, rng):
        out = int(row.sum())
        fits = likelihood(report, victim, row, seen)
        fitting += int(fits > 0)
        weight[out] = weight.get(out, 0.0) + fits
    return guess(weight, int(report.crowd.ties[victim].sum()), fitting)


def likelihood(report: Report, victim: int, row: Row, seen: dict[str, str]) -> float:
    """How likely it is that this row of `victim` is published as `seen`. Exact."""
    up, down = Turned(up=True), Turned(up=False)
    high = report.published(up, victim, row)
    low = report.published(down, victim, row) if up.chance else high
    fits = 1.0
    for name, figure in seen.items():
        part = up.chance.get(name, 0.0)
        fits *= part * (high[name] == figure) + (1 - part) * (low[name] == figure)
    return fits


def plausible_rows(crowd: Crowd, victim: int, rows: int, rng: np.random.Generator) -> Iterator[Row]:
    """Rows that a colleague who knows the school well would believe of this person."""
    others = crowd.ties.sum(axis=0) - crowd.ties[victim]
    appeal = np.log(others + 1.0) + 1.2 * (crowd.team == crowd.team[victim])
    appeal = appeal + 1.0 * crowd.ties[:, victim]
    appeal[victim] = -np.inf
    known = np.delete(crowd.ties.sum(axis=1), victim)[np.delete(crowd.respondents, victim)]
    for _ in range(rows):
        out = min(rng.poisson(rng.gamma(4.0, known.mean() / 4.0)), len(appeal) - 1)
        order = np.argsort(-(appeal + rng.gumbel(size=len(appeal))))
        row = np.zeros(len(appeal), dtype=bool)
        row[order[:out]] = True
        yield row


def guess(weight: dict[int, float], truth: int, fitting: int) -> Guess:
    """The likeliest number of names; whether it is right; whether one is sure within one name."""
    total = sum(weight.values())
    chance = {out: value / total for out, value in weight.items()} if total else {}
    if not chance:
        return Guess(right=False, sure=False, certain=False, posterior=0.0, fitting=0)
    best = max(chance, key=lambda out: chance[out])
    around = max(sum(chance.get(out + step, 0.0) for step in (-1, 0, 1)) for out in chance)
    return Guess(
        right=best == truth,
        sure=bool(around >= 0.9),
        certain=bool(chance[best] > 0.999),
        posterior=float(chance[best]),
        fitting=fitting,
    )


if __name__ == "__main__":
    people, answered, seed, rows = map(int, sys.argv[1:])
    found = attacks(people, answered, seed, rows=rows, victims=1)
    print(json.dumps([asdict(one) for one in found]))
