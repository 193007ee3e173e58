"""How quick the figures are, beside plain loops, R and igraph doing the same in the same run."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from bench import _analysis_work as work
from bench import report
from bench._many_schools import country
from bench.installation import installation, run
from bench.machine import describe_machine
from bench.spread import table

R_SCRIPT = Path(__file__).with_name("speed.R")
HOW_TO_R = "R is not there: apt-get install --no-install-recommends r-base-core r-cran-sna"
HEADS = ("work", "ours", "beside", "theirs", "ratio", "at least", "")
SCHOOLS = 9_000
EFFICIENCY = 0.85
ENOUGH = 0.1


@dataclass(frozen=True, slots=True)
class Race:
    """One row: our seconds beside theirs, which must be so many times as long."""

    name: str
    ours: float
    beside: str
    theirs: float
    least: float

    @property
    def row(self) -> tuple[str, ...]:
        ratio = self.theirs / self.ours
        return (
            self.name,
            span(self.ours),
            self.beside,
            span(self.theirs),
            f"{ratio:,.0f}x" if ratio >= 10 else f"{ratio:.2f}x",
            f"{self.least:,g}x",
            "met" if ratio >= self.least else "NOT met",
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: our seconds (or mebibytes) beside what they may be at most."""

    name: str
    ours: float
    most: float
    unit: str = "s"

    @property
    def row(self) -> tuple[str, ...]:
        most = f"under {self.most:,g} {self.unit}"
        ours = span(self.ours) if self.unit == "s" else f"{self.ours:,.0f} {self.unit}"
        return (self.name, ours, "", "", "", most, "met" if self.ours < self.most else "NOT met")


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    rows = []
    for one in everything(options):
        rows.append(one.row)
        print("  ".join(filter(None, one.row)), flush=True)
    print(f"\nMedians of {options.rounds} rounds, taken in turn.\n\n{table(HEADS, rows)}\n")
    if not shutil.which("Rscript"):
        print(f"{HOW_TO_R}\n")
    print(whole_country(options.schools))
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench analysis", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is done (5)")
    parser.add_argument("--schools", type=int, default=SCHOOLS, help="how many schools (9000)")
    return parser.parse_args()


def everything(options: argparse.Namespace) -> Iterator[Race | Limit]:
    """Every race and every limit, one after the other."""
    rounds: int = options.rounds
    for contest in work.contests():
        yield from races(contest, rounds)
    for task in work.tasks():
        yield Limit(task.name, timed_alone(task.run, rounds), task.most)
    seconds, mebibytes = large(rounds)
    yield Limit("MRQAP, 3 predictors, 1,000 permutations, n = 2,000", seconds, 1.5)
    yield Limit("... its memory", mebibytes, 1024, "MiB")
    yield Limit("closing a scan of 150 people to a readable report, both PDFs", closing(rounds), 10)


def races(contest: work.Contest, rounds: int) -> Iterator[Race]:
    """Ours beside each of the others, in turn, so that a busy moment hits all of them."""
    with r_of(contest) as r:
        others: dict[str, Callable[[], float]] = {
            name: partial(often, one) for name, one in contest.others.items()
        }
        if r:
            others[contest.r_name] = r
        seconds_of(contest.ours)  # the first time loads what the others do not need
        ours: list[float] = []
        theirs: dict[str, list[float]] = {name: [] for name in others}
        for _ in range(rounds):
            ours.append(often(contest.ours))
            for name, run_once in others.items():
                theirs[name].append(run_once())
    for name, times in theirs.items():
        yield Race(contest.name, median(ours), name, median(times), contest.least[name])


def often(run_once: Callable[[], object]) -> float:
    """Seconds of one run: the median of as many as go in a tenth of a second."""
    began, found = time.perf_counter(), [seconds_of(run_once)]
    while time.perf_counter() - began < ENOUGH:
        found.append(seconds_of(run_once))
    return median(found)


def timed_alone(run_once: Callable[[], object], rounds: int) -> float:
    seconds_of(run_once)
    return median(seconds_of(run_once) for _ in range(rounds))


def seconds_of(run_once: Callable[[], object]) -> float:
    began = time.perf_counter()
    run_once()
    return time.perf_counter() - began


@contextmanager
def r_of(contest: work.Contest) -> Iterator[Callable[[], float] | None]:
    """Runs the same in R, when R is there; only its work is timed, not its start."""
    if not contest.r_work or not shutil.which("Rscript"):
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.csv"
        np.savetxt(file, np.vstack(contest.tables), delimiter=",", fmt="%.17g")
        command = ["Rscript", str(R_SCRIPT), contest.r_work, "1", str(file)]
        yield lambda: float(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
        )


def large(rounds: int) -> tuple[float, float]:
    """Seconds and mebibytes of a large regression, in a process of its own."""
    command = [sys.executable, "-m", "bench._analysis_large", str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, mebibytes = map(float, done.stdout.split())
    return seconds, mebibytes


def closing(rounds: int) -> float:
    """Seconds from closing until the first reader has the report, as `bench report` takes them."""
    with installation() as installed:
        found = report.measure(installed, argparse.Namespace(people=150, rounds=rounds))
    return median(float(one["whole"]) for one in found)


def whole_country(schools: int) -> str:
    found = country(schools)
    met = "met" if found.efficiency >= EFFICIENCY else "NOT met"
    same = "the same figures" if found.is_same else "OTHER FIGURES"
    return (
        f"{found.schools:,} schools of 20 to 40 staff, every figure and a QAP of 1,000 "
        f"permutations each: {found.alone:.1f} s in one process, {found.together:.1f} s in "
        f"{found.cores}, {same}; efficiency {found.efficiency:.2f}, at least {EFFICIENCY}: {met}"
    )


def span(seconds: float) -> str:
    """A time that one can read."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} us"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


if __name__ == "__main__":
    run(main)
