"""`./zwerm test`: every test, on SQLite and again on PostgreSQL what uses a database."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools import system_parts
from tools.postgres import throwaway_postgres

NO_TEST_CHOSEN = 5
"""What pytest answers when nothing was left to run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run of the tests ended."""

    database: str
    code: int
    seconds: float

    @property
    def sentence(self) -> str:
        how = {0: "passed", NO_TEST_CHOSEN: "no test to run"}.get(self.code, "FAILED")
        return f"  {self.database:<11} {how} ({self.seconds:.0f} s)"


def main(argv: Sequence[str]) -> int:
    """Run the tests; 0 only when each run passed."""
    options, chosen = parser().parse_known_args(list(argv))
    if not system_parts.provide() and not chosen:
        return 1
    # A run that is told to stop still stops its database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    outcomes = [on_sqlite(chosen)]
    if options.postgres or not chosen:
        outcomes.append(on_postgres(chosen))
    print("\nTests of Zwerm", *(outcome.sentence for outcome in outcomes), sep="\n", flush=True)
    return code_of_all(code_of(outcome, some_chosen=bool(chosen)) for outcome in outcomes)


def parser() -> argparse.ArgumentParser:
    text = (
        "Without arguments: every test, on both databases. All other arguments go to pytest, "
        "which then runs on SQLite only: ./zwerm test tests/people -k sign_in"
    )
    described = argparse.ArgumentParser(prog="./zwerm test", description=text, allow_abbrev=False)
    described.add_argument("--postgres", action="store_true", help="on PostgreSQL as well")
    return described


def on_sqlite(chosen: Sequence[str]) -> Outcome:
    return run_pytest("SQLite", chosen, {}, whole=not chosen)


def on_postgres(chosen: Sequence[str]) -> Outcome:
    only = ["-p", "tools.only_database", *chosen]
    with throwaway_postgres() as url:
        return run_pytest("PostgreSQL", only, {"DATABASE_URL": url}, whole=not chosen)


def run_pytest(
    database: str, arguments: Sequence[str], settings: Mapping[str, str], *, whole: bool
) -> Outcome:
    """One run; the whole suite takes every core, a chosen part starts at once on one."""
    print(f"\nTests on {database}", flush=True)
    cores = ["-n", "auto", "--dist", "worksteal", "-q"] if whole else []
    # Each worker has a core: sums over matrices that take more would only be in the way.
    threads = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1") if whole else {}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *cores, *arguments],
        env={**clean_environment(), **threads, **settings},
        check=False,
    )
    return Outcome(database, done.returncode, time.monotonic() - started)


def clean_environment() -> dict[str, str]:
    """Without the settings of an installation: tests are the same for everybody."""
    return {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith(("ZWERM_", "DJANGO_"))
    }


def code_of(outcome: Outcome, *, some_chosen: bool) -> int:
    """A chosen part may hold no test that uses a database; the whole may not."""
    if some_chosen and outcome.database == "PostgreSQL" and outcome.code == NO_TEST_CHOSEN:
        return 0
    return outcome.code


def code_of_all(codes: Iterable[int]) -> int:
    """That of the first run that failed; a run that was killed ends below zero, and failed too."""
    return next(filter(None, codes), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
