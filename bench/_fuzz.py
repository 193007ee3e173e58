"""Reads staff lists at random by the thousands, in processes that have the limits of the site."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.attacks.fuzz import at_random

from zwerm.people.staff_list.apart import read_apart
from zwerm.people.staff_list.bounds import Limits, Unfit
from zwerm.people.staff_list.reading import SENTENCES, UnreadableFile, table_of
from zwerm.people.staff_list.sheet import answer_of

AT_A_TIME = 200
LIMITS = Limits()


@dataclass(slots=True)
class Outcome:
    """What came of them all."""

    tried: int = 0
    read: int = 0
    refused: int = 0
    stopped: int = 0
    crashes: list[str] = field(default_factory=list)
    """Which files, by the number from which their chance begins, and how it went wrong."""


def tried(number: int, seed: int) -> Outcome:
    """Try so many files, each from a number of its own."""
    outcome = Outcome()
    for start in range(0, number, AT_A_TIME):
        numbers = range(start, min(number, start + AT_A_TIME))
        names = [f"{seed}.{one}" for one in numbers]
        while names:
            names = names[portion(names, outcome) :]
        show(outcome.tried, number)
    return outcome


def portion(names: Sequence[str], outcome: Outcome) -> int:
    """Try these in one process; when one ends it, that one is tried alone. How many are done."""
    told, telling = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(telling, "w", buffering=1) as file:
            limit_memory()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what falls over tells of it at length
            for name in names:
                signal.setitimer(signal.ITIMER_PROF, LIMITS.seconds)
                print(came_of(name), file=file)
        os._exit(0)
    os.close(telling)
    with os.fdopen(told) as file:
        said = file.read().splitlines()
    os.waitpid(child, 0)
    if len(said) < len(names):
        said.append(alone(names[len(said)]))
    for name, what in zip(names, said, strict=False):
        count(outcome, name, what)
    return len(said)


def limit_memory() -> None:
    """As much more than this process has, as the one of the site has in all: Django is large."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + LIMITS.memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def content_of(name: str) -> bytes:
    return at_random(random.Random(name))  # chance that comes back, not a secret


def came_of(name: str) -> str:
    """`read`, `refused`, or how it went wrong."""
    try:
        answer = answer_of(content_of(name), LIMITS)
        if "unfit" in answer:
            return "refused" if str(SENTENCES[answer["unfit"]](answer["number"])) else "no sentence"
        # Between the two processes it is JSON.
        table_of(json.loads(json.dumps(answer)))
    except UnreadableFile:
        return "refused"
    except Exception as fault:  # that is what is looked for
        return f"{type(fault).__name__}: {fault}"
    return "read"


def alone(name: str) -> str:
    """The same as on the site: a file that ends its process must be refused in a sentence."""
    try:
        table_of(read_apart(content_of(name)))
    except UnreadableFile:
        return "refused"
    except Unfit as no:
        return "stopped" if no.reason == "too_much" else no.reason
    return "read"


def count(outcome: Outcome, name: str, what: str) -> None:
    outcome.tried += 1
    counts = Counter({what: 1})
    outcome.read += counts["read"]
    outcome.refused += counts["refused"]
    outcome.stopped += counts["stopped"]
    if what not in {"read", "refused", "stopped"}:
        outcome.crashes.append(f"{name} ({what})")


def show(done: int, number: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {number} files at random", end="", file=sys.stderr, flush=True)
