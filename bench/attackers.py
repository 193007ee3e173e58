"""How well somebody who knows every other answer guesses how many names one person gave."""

from __future__ import annotations

import argparse
import json
import math
from concurrent.futures import ThreadPoolExecutor
from statistics import mean, stdev
from typing import Any

from bench.installation import Installation, installation, run
from bench.machine import describe_machine
from bench.spread import table

SIZES = ("12/10", "16/14", "25/20", "60/48", "84/68", "150/120")
LIMITS = {True: (0.40, 0.35), False: (0.30, 0.17)}
"""Right, and sure within one name: with 10 to 19 respondents, and with more."""
ENOUGH = 20
"""With fewer rows that fit, how sure somebody is says only that too few rows were tried."""
ONE_SIDED = 1.73
"""Student's t for an upper limit of 95 % over twenty seeds."""

EXPLAINED = """
right: the chance of the likeliest number, for who weighs every row that fits; sure: how often
three neighbouring numbers have nine in ten together. The mean over schools, with its upper 95 %
limit beside it. Whether the likeliest number was the true one varies too much over so few schools
to print."""


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    heads = ("people", "answered", "right", "limit", "sure", "limit", "certain", "schools", "goal")
    rows = []
    with installation() as installed:
        for size in options.sizes:
            people, answered = map(int, size.split("/"))
            found = measure(installed, people, answered, options)
            rows.append(line(people, answered, found))
            print("  ".join(rows[-1]), flush=True)
    print(f"\n{table(heads, rows)}")
    print(EXPLAINED)
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench attackers", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many invented schools (20)")
    parser.add_argument("--rows", type=int, default=1000, help="plausible answers tried (1000)")
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="people/answered, as 25/20")
    return parser.parse_args()


def measure(
    installed: Installation, people: int, answered: int, options: argparse.Namespace
) -> list[dict[str, Any]]:
    """One victim in each of so many schools; two schools at a time."""

    def attack(seed: int) -> list[dict[str, Any]]:
        words = (str(number) for number in (people, answered, seed, options.rows))
        found: list[dict[str, Any]] = json.loads(installed.run("bench._attacker", *words))
        return found

    with ThreadPoolExecutor(2) as pool:
        return [one for found in pool.map(attack, range(options.seeds)) for one in found]


def line(people: int, answered: int, found: list[dict[str, Any]]) -> list[str]:
    """One row of the table; a school in which hardly any row fits counts for nobody."""
    fitting = [one for one in found if one["fitting"] >= ENOUGH] or found
    limits = LIMITS[answered < 20]
    said, met = [], True
    for name, limit in zip(("posterior", "sure"), limits, strict=True):
        values = [float(one[name]) for one in fitting]
        upper = mean(values) + ONE_SIDED * error(values)
        met = met and upper <= limit
        said += [f"{mean(values):.2f}", f"{upper:.2f}"]
    certain = sum(one["certain"] for one in fitting)
    goal = "met" if met and not certain else "NOT met"
    return [str(people), str(answered), *said, str(certain), str(len(fitting)), goal]


def error(values: list[float]) -> float:
    return stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0


if __name__ == "__main__":
    run(main)
