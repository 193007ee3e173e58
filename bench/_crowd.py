"""A part of the people of `bench answer`: one process with a thread for each of them."""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.browser import Browser
from bench.installation import HOST
from bench.journey import Person

LATE = 0.15
"""The last ones begin when this share of the time is over."""

QUICK, SLOW = 0.4, 0.75
"""How much of the whole time a person takes: they are never all done at once."""


@dataclass
class Told:
    """What this process tells when everybody is done."""

    journal: list[dict[str, Any]] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, person: Person, fault: str) -> None:
        with self.lock:
            self.journal += person.journal
            self.saves += person.waited
            self.pages += person.browser.page_seconds
            self.faults += [line["fault"] for line in person.journal if "fault" in line]
            self.faults += [fault] if fault else []
            self.done += not fault


def live(person: Person, delay: float, told: Told) -> None:
    """One whole journey; whatever goes wrong is told, with what was acknowledged before."""
    time.sleep(delay)
    fault = ""
    try:
        person.answer_everything()
    except Exception as wrong:
        fault = f"{type(wrong).__name__}: {wrong}"
    told.add(person, fault)


def answer(plan: dict[str, Any]) -> Told:
    """Everybody of this plan, each in their own time; at full speed only so many at once."""
    told, rng, length = Told(), random.Random(plan["seed"]), plan["length"]
    with ThreadPoolExecutor(plan["at_once"]) as threads:
        for entry, link in plan["links"].items():
            person = Person(
                entry,
                link,
                length * rng.uniform(QUICK, SLOW),
                plan["seconds"],
                Browser(plan["port"], HOST, tries=plan["tries"]),
                random.Random(rng.random()),
            )
            threads.submit(live, person, length * rng.uniform(0, LATE), told)
    return told


def main(plan: Path, journal: Path) -> None:
    told = answer(json.loads(plan.read_text(encoding="utf-8")))
    lines = "".join(f"{json.dumps(line)}\n" for line in told.journal)
    journal.write_text(lines, encoding="utf-8")
    counts = {"saves": told.saves, "pages": told.pages, "faults": told.faults, "done": told.done}
    print(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
