"""The figures on trust, one after the other: each with its goal, and whether it is met."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._coverage_progress import Watch
from bench.installation import ROOT, run
from bench.machine import describe_machine


@dataclass(frozen=True, slots=True)
class Figure:
    """A benchmark that measures one thing that is promised, in full and in a small size."""

    goal: str
    module: str
    words: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    minutes: int = 1
    """About how long it takes in full."""


FIGURES = {
    "kills": Figure(
        "no acknowledged answer is lost over 100 kills on each database",
        "kills",
        ("--kills", "100"),
        ("--kills", "1", "--database", "sqlite"),
        30,
    ),
    "bombs": Figure(
        "a file that means harm costs under 2 s and 200 MiB; 5,000 at random crash nothing",
        "bombs",
        ("--fuzz", "5000"),
        ("--fuzz", "5", "--only", "zeros"),
        5,
    ),
    "attackers": Figure(
        "who knows every other answer guesses one person's little better than chance",
        "attackers",
        ("--sizes", "12/10", "25/20", "60/48", "150/120"),
        ("--seeds", "2", "--rows", "20", "--sizes", "12/10"),
        60,
    ),
    "answer": Figure(
        "150 people answer within five minutes: p95 of a save under 100 ms, nothing lost",
        "answer",
        (),
        ("--people", "3", "--seconds", "2", "--database", "sqlite"),
        12,
    ),
}


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    chosen = options.only or list(FIGURES)
    watch = Watch([FIGURES[name].minutes for name in chosen])
    codes: list[int] = []
    for name in chosen:
        found = measured(name, options)
        watch.clear()
        print(told(name, found), flush=True)
        watch.done(FIGURES[name].minutes, found["took"])
        codes.append(found["code"])
    watch.clear()
    return max(codes)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench trust", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=FIGURES, help="these figures, instead of all")
    parser.add_argument("--small", action="store_true", help="a size that means nothing")
    parser.add_argument("--again", action="store_true", help="forget what was measured before")
    parser.add_argument("--folder", type=Path, default=ROOT / "data" / "trust", help="for results")
    return parser.parse_args()


def measured(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """What a figure says: measured now, or read when it ended well before."""
    file = options.folder / f"{name}{'-small' * options.small}.json"
    if file.exists() and not options.again:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found
    found = measure(name, options)
    if not found["code"]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), encoding="utf-8")
    return found


def measure(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """Run the benchmark of this figure to its end."""
    figure, began = FIGURES[name], time.monotonic()
    words = [*(figure.small if options.small else figure.words)]
    if name == "kills":
        words += ["--folder", str(options.folder / "kills"), *["--again"] * options.again]
    command = [sys.executable, "-m", f"bench.{figure.module}", *words]
    # Its own bar goes where ours goes; Ctrl-C reaches it as well, and it stops in order.
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode < 0 or done.returncode == 130:
        raise KeyboardInterrupt
    return {"code": done.returncode, "said": done.stdout, "took": time.monotonic() - began}


def told(name: str, found: dict[str, Any]) -> str:
    """The figure as it was printed, without what was said of the machine."""
    _title, _machine, *blocks = found["said"].split("\n\n")
    verdict = "NOT met" if is_missed(found) else "met"
    lines = "\n\n".join(blocks).rstrip().splitlines()
    said = "\n".join(f"  {line}".rstrip() for line in lines)
    return f"{name}: {FIGURES[name].goal}: {verdict}\n{said}\n"


def is_missed(found: dict[str, Any]) -> bool:
    return bool(found["code"]) or "NOT met" in found["said"]


if __name__ == "__main__":
    run(main)
