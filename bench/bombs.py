"""What files that mean harm cost the site: seconds and MiB for each; then bytes at random."""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import override
from tests.attacks.bombs import BOMBS

from bench import ready  # noqa: F401  # Django must be ready before its sentences are read
from bench._fuzz import Outcome, tried
from bench.installation import run
from bench.machine import describe_machine
from bench.spread import table
from zwerm.people.staff_list.apart import read_apart
from zwerm.people.staff_list.bounds import Limits, Unfit
from zwerm.people.staff_list.reading import SENTENCES, UnreadableFile, read_table, table_of

MOST_SECONDS = 2.0
MOST_MEBIBYTES = 200
LOOSE = Limits(memory=2**30, seconds=6, letters=10**9, unpacked=10**9)
"""What is left when the limits are taken away: the bombs must be seen to go off."""
HEADS = ("file", "kB", "CPU s", "s", "MiB", "what was said")


def main() -> int:
    options = read_options()
    found = [measured(name, loose=options.loose) for name in options.only or BOMBS]
    if options.json:
        print(json.dumps(found))
        return 0
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    print(table(HEADS, [row(one) for one in found]))
    print(sentence(found))
    outcome = tried(options.fuzz, options.seed)
    print(said_of(outcome))
    return 1 if over(found) or outcome.crashes else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench bombs", description=__doc__)
    parser.add_argument("--fuzz", type=int, default=5_000, help="files at random (5,000)")
    parser.add_argument("--seed", type=int, default=1, help="where their chance begins (1)")
    parser.add_argument("--only", nargs="+", choices=BOMBS, help="these bombs, instead of all")
    parser.add_argument("--loose", action="store_true", help="without the limits, to see them work")
    parser.add_argument("--json", action="store_true", help="only the bombs, for a program")
    return parser.parse_args()


def measured(name: str, *, loose: bool) -> dict[str, Any]:
    """One file, read in a process of its own as the site reads it."""
    content = made(name)
    return {"name": name, "size": len(content), **in_fork(lambda: cost(content, loose=loose))}


def made(name: str) -> bytes:
    """The bytes of a bomb; made elsewhere, for what that takes is not what reading takes."""
    taken = os.memfd_create("bomb")
    child = os.fork()
    if not child:
        with os.fdopen(taken, "wb") as file:
            file.write(BOMBS[name]())
        os._exit(0)
    os.waitpid(child, 0)
    os.lseek(taken, 0, os.SEEK_SET)
    with os.fdopen(taken, "rb") as file:
        return file.read()


def cost(content: bytes, *, loose: bool) -> dict[str, Any]:
    """What the whole site's process and the one apart took, and what a person would read."""
    began, busy = time.perf_counter(), cpu_seconds()
    with override("en"):
        said = said_without_limits(content) if loose else said_to(content)
    apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "busy": cpu_seconds() - busy,
        "wall": time.perf_counter() - began,
        "mebibytes": max(apart, most_memory()) // 1024,
        "said": said,
    }


def said_to(content: bytes) -> str:
    try:
        return f"read: {len(read_table(content).lines)} rows"
    except UnreadableFile as no:
        return str(no)


def said_without_limits(content: bytes) -> str:
    try:
        return f"read: {len(table_of(read_apart(content, LOOSE)).lines)} rows"
    except UnreadableFile as no:
        return str(no)
    except Unfit as no:
        return str(SENTENCES[no.reason](no.number))


def cpu_seconds() -> float:
    ours, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def most_memory() -> int:
    """kB that this process has held at most, Django included."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def in_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a piece of work says in a process of its own; one that falls over says nothing."""
    told, telling = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(telling, "w") as file:
            json.dump(work(), file)
        os._exit(0)
    os.close(telling)
    with os.fdopen(told) as file:
        words = file.read()
    os.waitpid(child, 0)
    crash = {"busy": 0.0, "wall": 0.0, "mebibytes": 0, "said": ""}
    return json.loads(words) if words else crash


def row(one: dict[str, Any]) -> list[str]:
    cost_of = (f"{one['busy']:.2f}", f"{one['wall']:.2f}", f"{one['mebibytes']}")
    return [one["name"], f"{one['size'] / 1000:.0f}", *cost_of, one["said"].partition(". ")[0]]


def over(found: list[dict[str, Any]]) -> list[str]:
    """The bombs that cost more than they may, or about which nothing was said."""
    return [
        one["name"]
        for one in found
        if one["busy"] >= MOST_SECONDS or one["mebibytes"] >= MOST_MEBIBYTES or not one["said"]
    ]


def sentence(found: list[dict[str, Any]]) -> str:
    seconds, clock = (max(one[name] for one in found) for name in ("busy", "wall"))
    return (
        f"\n{len(found)} files; the worst took {seconds:.2f} s of CPU, {clock:.2f} s by the clock "
        f"and {max(one['mebibytes'] for one in found)} MiB\n"
        f"  goal: under {MOST_SECONDS:.0f} s of CPU and {MOST_MEBIBYTES} MiB: "
        f"{', '.join(over(found)) or 'met'}"
    )


def said_of(outcome: Outcome) -> str:
    return (
        f"\n{outcome.tried} files at random: {outcome.read} read, {outcome.refused} refused in a "
        f"sentence, {outcome.stopped} stopped by a limit\n"
        f"  goal: no crash: {', '.join(outcome.crashes) or 'met'}"
    )


if __name__ == "__main__":
    run(main)
