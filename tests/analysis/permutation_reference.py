"""What R sna says of QAP and MRQAP: of an invented network, and of published ones."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.analysis.pairs_table import Table
from zwerm.analysis.predictors import Predictor, absdiff, receiver, same

HERE = Path(__file__).parent
REFERENCE: dict[str, Any] = json.loads((HERE / "permutation_reference.json").read_text())
SHARED = HERE.parents[2] / "shared" / "data"


def close_to(p: float, said: float, permutations: int, reps: int) -> bool:
    """Whether two counted p differ by no more than three Monte Carlo standard errors.

    We count the real order too, and R does not.
    """
    chance = (p * permutations + said * reps + 1) / (permutations + reps + 2)
    error = np.sqrt(chance * (1 - chance) * (1 / permutations + 1 / reps))
    return bool(abs(p - said) <= 3 * error + 1 / permutations)


@dataclass(frozen=True)
class Invented:
    """The network that the reference was computed on."""

    advice: Table
    weight: Table
    friend: Table
    xs: dict[str, Predictor | Table]

    def ties(self, name: str) -> Table:
        """The ties of one of the reference's runs."""
        if name == "weight":
            return self.weight
        table = self.advice.copy()
        if name in {"silent", "holed"}:
            table[REFERENCE["silent"]] = np.nan
        if name == "holed":
            for one, other in REFERENCE["holes"]:
                table[one, other] = np.nan
        return table

    def for_qap(self, name: str) -> tuple[Table, Predictor | Table]:
        return self.ties(name), self.xs[name if name in self.xs else "friend"]


def invented() -> Invented:
    people = REFERENCE["people"]
    one, other = np.array(REFERENCE["advice"]).T
    advice, weight, friend = np.zeros((3, people, people))
    advice[one, other] = 1
    weight[one, other] = REFERENCE["weight"]
    friend[tuple(np.array(REFERENCE["friend"]).T)] = 1
    xs: dict[str, Predictor | Table] = {
        "level": receiver(REFERENCE["level"]),
        "team": same(np.array(REFERENCE["team"])),
        "age": absdiff(REFERENCE["age"]),
        "friend": friend,
    }
    return Invented(advice, weight, friend, xs)


@dataclass(frozen=True)
class Published:
    """A published network, which is not part of this repository."""

    folder: Path
    people: int

    @property
    def expected(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "expected.json").read_text())
        return found

    def table(self, relation: str) -> Table:
        found = np.zeros((self.people, self.people))
        for row in self.rows("ties.csv"):
            if row["relation"] == relation:
                found[int(row["source"]) - 1, int(row["target"]) - 1] = float(row["value"])
        return found

    def column(self, name: str) -> Table:
        return np.array([float(row[name]) for row in self.rows("nodes.csv")])

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def published(name: str, people: int) -> Published:
    if not (SHARED / name).is_dir():
        pytest.skip(f"needs the published network {name} in ../shared/data beside the checkout")
    return Published(SHARED / name, people)
