"""150 people answer one scan within five minutes; on SQLite, then on PostgreSQL."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from tools.postgres import as_superuser, throwaway_postgres

from bench.installation import (
    ROOT,
    Installation,
    Site,
    ask_once,
    installation,
    processor_seconds,
    run,
    site,
    stop,
)
from bench.machine import describe_machine
from bench.spread import milliseconds, percentile

GOAL = 0.100
PROCESSES = 4
WARM_UP = 30
DATABASES = ("sqlite", "postgresql")


@dataclass
class Outcome:
    """What one round on one database gave."""

    database: str
    length: float
    respondents: int
    site_seconds: float
    database_seconds: float | None
    checked: dict[str, Any]
    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Nothing went wrong, and nothing that was acknowledged is missing."""
        return not (self.faults or self.checked["lost"] or self.checked["more"])


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    outcomes = []
    for name in options.database or DATABASES:
        outcomes.append(measure(name, options))
        print(sentence(outcomes[-1]), flush=True)
    return 0 if all(one.is_sound for one in outcomes) else 1


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench answer", description=__doc__)
    parser.add_argument("--people", type=int, default=150, help="how many answer (150)")
    parser.add_argument("--seconds", type=float, default=300, help="within how long (300)")
    parser.add_argument("--fast", action="store_true", help="no pauses, eight people at a time")
    parser.add_argument("--database", action="append", choices=DATABASES, help="only this one")
    return parser.parse_args()


def measure(database: str, options: argparse.Namespace) -> Outcome:
    """A new installation on this database, its site, and everybody at once."""
    with (
        address_of(database) as address,
        installation(database=address) as installed,
        site(installed) as running,
    ):
        begun = json.loads(installed.run("bench._answers", "begin", str(options.people)))
        warm_up(running)
        return answered(database, address, installed, running, begun, options)


def address_of(database: str) -> Any:
    """The address for DATABASE_URL, for as long as the block lasts."""
    return nullcontext("") if database == "sqlite" else throwaway_postgres(is_durable=True)


def warm_up(running: Site) -> None:
    """Every process has read its templates before anything is counted."""
    for _ in range(WARM_UP):
        ask_once(running.port, "/account/sign-in/")


def answered(
    database: str,
    address: str,
    installed: Installation,
    running: Site,
    begun: dict[str, Any],
    options: argparse.Namespace,
) -> Outcome:
    """Let everybody answer, close the scan, and compare it with what was acknowledged."""
    server = server_pid(address) if address else None
    site_before = processor_seconds(running.pid)
    server_before = processor_seconds(server) if server else 0.0
    began = time.monotonic()
    told, journals = everybody(installed.folder, running, begun, options)
    length = time.monotonic() - began
    outcome = Outcome(
        database=database,
        length=length,
        respondents=sum(one["done"] for one in told),
        site_seconds=processor_seconds(running.pid) - site_before,
        database_seconds=processor_seconds(server) - server_before if server else None,
        checked=json.loads(installed.run("bench._answers", "end", *map(str, journals))),
    )
    for one in told:
        outcome.saves += one["saves"]
        outcome.pages += one["pages"]
        outcome.faults += one["faults"]
    return outcome


def server_pid(address: str) -> int:
    """The first process of the database server: its folder says which."""
    with psycopg.connect(as_superuser(address)) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    return int((Path(row[0]) / "postmaster.pid").read_text(encoding="ascii").split()[0])


def everybody(
    folder: Path, running: Site, begun: dict[str, Any], options: argparse.Namespace
) -> tuple[list[dict[str, Any]], list[Path]]:
    """The people over a few processes; what each process told, and its journal."""
    length = 0 if options.fast else options.seconds
    plans, journals = plans_of(folder, running.port, begun, length=length)
    with crowd(plans, journals) as processes:
        said = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        raise SystemExit("A process of those who answer ended with an error.")
    return [json.loads(text) for text in said], journals


def plans_of(
    folder: Path, port: int, begun: dict[str, Any], *, length: float, tries: int = 1
) -> tuple[list[Path], list[Path]]:
    """What each process has to do, and where it writes what was acknowledged."""
    links = list(begun["links"].items())
    plans, journals = [], []
    for number in range(PROCESSES):
        mine = dict(links[number::PROCESSES])
        plan = {
            "seed": number,
            "links": mine,
            "seconds": begun["seconds"],
            "port": port,
            "length": length,
            "at_once": max(1, len(mine)) if length else 2,
            "tries": tries,
        }
        plans.append(folder / f"plan-{number}.json")
        plans[-1].write_text(json.dumps(plan), encoding="utf-8")
        journals.append(folder / f"journal-{number}.jsonl")
    return plans, journals


@contextmanager
def crowd(
    plans: list[Path], journals: list[Path], prefix: Sequence[str] = ()
) -> Iterator[list[subprocess.Popen[str]]]:
    """The processes of those who answer; stopped, whatever happens."""
    processes: list[subprocess.Popen[str]] = []
    try:
        for plan, journal in zip(plans, journals, strict=True):
            command = [*prefix, sys.executable, "-m", "bench._crowd", str(plan), str(journal)]
            started = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
            processes.append(started)
        yield processes
    finally:
        for process in processes:
            stop(process)


def sentence(outcome: Outcome) -> str:
    """Everything that was measured, and whether it is what we want."""
    checked = outcome.checked
    each = 1000 / max(1, outcome.respondents)
    rate = (len(outcome.saves) + len(outcome.pages)) / outcome.length
    lines = [
        f"{outcome.database}",
        f"  answered        {outcome.respondents} people in {outcome.length:.0f} s, "
        f"{len(outcome.saves)} taps and {len(outcome.pages)} pages ({rate:.0f} a second)",
        f"  a save          {milliseconds(outcome.saves)}",
        f"  a page          {milliseconds(outcome.pages)}",
        f"  errors          {len(outcome.faults)}",
        f"  acknowledged    {checked['acknowledged']} answers; in the closed scan "
        f"{checked['acknowledged'] - len(checked['lost'])}, others {checked['more']}",
        f"  server CPU      {each * outcome.site_seconds:.0f} ms a respondent "
        f"({outcome.site_seconds:.1f} s, {100 * outcome.site_seconds / outcome.length:.0f} % "
        "of one core)",
    ]
    if outcome.database_seconds is not None:
        lines.append(f"  database CPU    {each * outcome.database_seconds:.0f} ms a respondent")
    lines += [f"  FAULT           {fault}" for fault in outcome.faults[:5]]
    lines += [f"  LOST            {key}" for key in checked["lost"][:5]]
    lines.append(f"  goal            {verdict(outcome)}")
    return "\n".join([*lines, ""])


def verdict(outcome: Outcome) -> str:
    is_met = outcome.is_sound and percentile(outcome.saves, 0.95) < GOAL
    asked = f"p95 of a save under {1000 * GOAL:.0f} ms, no error, nothing lost"
    return f"{asked}: {'met' if is_met else 'NOT met'}"


if __name__ == "__main__":
    run(main)
