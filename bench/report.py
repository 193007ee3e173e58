"""Closing a scan of 150 people until everybody can read the report, both PDFs included."""

from __future__ import annotations

import argparse
import json
import shutil
from statistics import median
from typing import Any

from bench.installation import Installation, installation, run
from bench.machine import describe_machine
from bench.spread import seconds

GOAL = 5.0


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    with installation() as installed:
        rounds = measure(installed, options)
    print(sentence(rounds))
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench report", description=__doc__)
    parser.add_argument("--people", type=int, default=150, help="how many people (150)")
    parser.add_argument("--rounds", type=int, default=5, help="how often (5)")
    return parser.parse_args()


def measure(installed: Installation, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Each round closes the same scan again, in a new process: a worker that just started."""
    installed.run("bench._closing", "begin", str(options.people))
    data = installed.folder / "data" / "zwerm.sqlite3"
    before = shutil.copy(data, installed.folder / "before")
    rounds = []
    for _ in range(options.rounds):
        shutil.copy(before, data)
        rounds.append(json.loads(installed.run("bench._closing", "measure")))
    return rounds


def sentence(rounds: list[dict[str, Any]]) -> str:
    """The median of each part with its spread, and of the whole."""
    first, whole = rounds[0], [one["whole"] for one in rounds]
    parts = {name: [one["parts"][name] for one in rounds] for name in first["parts"]}
    parts |= {"the whole": whole, "processor time": [one["busy"] for one in rounds]}
    files = ", ".join(f"{name} {size / 1000:.0f} kB" for name, size in first["files"].items())
    return "\n".join(
        [
            f"{len(rounds)} rounds: median (least to most)",
            *(f"  {name:<26}{seconds(values)}" for name, values in parts.items()),
            f"  page {first['page'] / 1000:.0f} kB; files: {files}",
            f"  goal: under {GOAL:.0f} s: {'met' if median(whole) < GOAL else 'NOT met'}",
        ]
    )


if __name__ == "__main__":
    run(main)
