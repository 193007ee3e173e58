"""`zwerm analyse` as a process: five schools of an invented board, and one large network."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from bench.machine import describe_machine
from bench.spread import seconds
from zwerm.analysis.simulation import Temper, bonds, occasion

GOAL = 3.0
SIZES = (30, 19, 33, 28, 14)
"""As many people as the five schools of Pitts & Spillane (2009)."""
LARGE = 5_000


def main() -> int:
    asked = argparse.ArgumentParser(prog="./zwerm bench analyse", description=__doc__)
    asked.add_argument("--times", type=int, default=5, help="how often each is started (5)")
    asked.add_argument(
        "--data", type=Path, help="also a folder with ties.csv and nodes.csv, by its column school"
    )
    options = asked.parse_args()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_schools(folder)
        write_large(folder)
        by_school = ["--ties", "ties.csv", "--people", "people.csv", "--by", "school"]
        took = measure("Five schools, summary", folder, by_school, options.times)
        measure("... JSON", folder, [*by_school, "--json", "a.json"], options.times)
        measure(
            "... JSON and HTML",
            folder,
            [*by_school, "--json=a.json", "--html=a.html"],
            options.times,
        )
        measure("... PDF", folder, [*by_school, "--pdf", "a.pdf"], options.times)
        large = ["--ties", "large.csv", "--json", "b.json"]
        measure(f"{LARGE:,} people, 25,000 ties, JSON", folder, large, min(options.times, 2))
    if options.data:
        files = ["--ties", options.data / "ties.csv", "--people", options.data / "nodes.csv"]
        measure("Your data, summary", Path(), [*files, "--by", "school"], options.times)
    print(f"\nGoal: five schools from start to exit under {GOAL:g} s: {took < GOAL}")
    return 0


def measure(name: str, folder: Path, options: Sequence[str | Path], times: int) -> float:
    """The median of so many runs, each a process of its own."""
    took = [run(folder, options) for _ in range(times)]
    print(f"{name:<36}{seconds(took)}", flush=True)
    return median(took)


def run(folder: Path, options: Sequence[str | Path]) -> float:
    command = [sys.executable, "-m", "zwerm.cli", "analyse", "--language=en", *map(str, options)]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def write_schools(folder: Path) -> None:
    """Five invented schools, each with three teams."""
    people, ties = ["school,id,team"], ["school,source,target"]
    for school, size in enumerate(SIZES, start=1):
        chance = np.random.default_rng(school)
        team = np.arange(size) % 3
        lasting, nobody = bonds(size, chance), np.zeros(size, dtype=bool)
        named = occasion(lasting, team, nobody, Temper(mean_named=3), chance)
        people += [f"{school},{person},{team[person]}" for person in range(size)]
        ties += [f"{school},{one},{other}" for one, other in np.argwhere(named)]
    (folder / "people.csv").write_text("\n".join(people), encoding="utf-8")
    (folder / "ties.csv").write_text("\n".join(ties), encoding="utf-8")


def write_large(folder: Path) -> None:
    chance = np.random.default_rng(1)
    ends = chance.integers(0, LARGE, size=(25_000, 2))
    rows = [f"{one},{other}" for one, other in np.unique(ends, axis=0)]
    (folder / "large.csv").write_text("\n".join(["source,target", *rows]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
