"""Site, worker and database are killed again and again while people answer: is anything lost."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench._coverage_progress import Watch
from bench._standing import Standing, standing
from bench._stubborn import Crossing, Journal, people
from bench.installation import ROOT, run, stop
from bench.machine import describe_machine
from bench.spread import percentile

DATABASES = ("sqlite", "postgresql")
TURNS = {
    "sqlite": ("process", "site", "worker", "process"),
    "postgresql": ("process", "server", "backend", "site", "worker", "server", "backend"),
}
"""Who is killed, in turn. The whole site least: it takes longest to start."""
IN_A_ROUND = 10
TAPS_BETWEEN = 25
LONGEST_MOMENT = 0.15
LONGEST_SILENCE = 60.0


@dataclass
class Round:
    """What became of the answers in one installation."""

    database: str
    number: int
    killed: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    away: list[float] = field(default_factory=list)
    """Seconds from each blow until the next answer was acknowledged."""
    took: float = 0.0


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    found = measured(options)
    for database in options.database or DATABASES:
        print(sentence(database, [one for one in found if one.database == database]), flush=True)
    return 1 if any(one.lost or one.faults for one in found) else 0


def read_options(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="on each database (100)")
    parser.add_argument("--people", type=int, default=12, help="how many answer at once (12)")
    parser.add_argument("--database", action="append", choices=DATABASES, help="only this one")
    parser.add_argument("--folder", type=Path, default=ROOT / "data" / "kills", help="for results")
    parser.add_argument("--again", action="store_true", help="forget what was measured before")
    parser.add_argument("--careless", action="store_true", help="a site that must be found out")
    return parser.parse_args(argv)


def measured(options: argparse.Namespace) -> list[Round]:
    """Every round, of which those that were there already are only read."""
    rounds = list(planned(options))
    watch = Watch([kills for _database, _number, kills in rounds])
    found = []
    for database, number, kills in rounds:
        file = options.folder / f"{database}-{number}-{kills}{'-careless' * options.careless}.json"
        if file.exists() and not options.again:
            found.append(Round(**json.loads(file.read_text(encoding="utf-8"))))
        else:
            found.append(one_round(database, number, kills, options))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(found[-1])), encoding="utf-8")
        watch.done(kills, found[-1].took)
    watch.clear()
    return found


def planned(options: argparse.Namespace) -> Iterator[tuple[str, int, int]]:
    for number in range(-(-options.kills // IN_A_ROUND)):
        kills = min(IN_A_ROUND, options.kills - number * IN_A_ROUND)
        for database in options.database or DATABASES:
            yield database, number, kills


def one_round(database: str, number: int, kills: int, options: argparse.Namespace) -> Round:
    """A new installation, everybody answering, and so many blows; then the scan is closed."""
    began, found = time.monotonic(), Round(database, number)
    with (
        standing(database, careless=options.careless) as running,
        tempfile.NamedTemporaryFile(prefix="zwerm-journal-", suffix=".jsonl") as file,
        looker(running) as look,
    ):
        begun = json.loads(running.installed.run("bench._answers", "begin", str(options.people)))
        play = Play(running, begun, Path(file.name), look, found)
        play.answer_under_blows(kills)
        told = json.loads(running.installed.run("bench._answers", "end", file.name))
        found.acknowledged = play.journal.acknowledged
        found.lost += told["lost"]
    found.took = time.monotonic() - began
    return found


class Play:
    """Those who answer, what is done to the site under them, and what is seen of it."""

    def __init__(
        self,
        running: Standing,
        begun: dict[str, Any],
        file: Path,
        look: subprocess.Popen[str],
        found: Round,
    ) -> None:
        self.running, self.file, self.look, self.found = running, file, look, found
        self.rng = random.Random(found.number)
        self.journal = Journal(file)
        self.crossing = Crossing(len(begun["links"]))
        self.people = people(begun, running.port, self.journal, self.crossing, self.rng)

    def answer_under_blows(self, kills: int) -> None:
        """Everybody answers all the time; each kind of blow falls in turn."""
        kinds = TURNS[self.found.database]
        self.crossing.is_open.set()
        with ThreadPoolExecutor(len(self.people)) as threads:
            working = [threads.submit(one.go_on, self.crossing) for one in self.people]
            try:
                for blow in range(kills):
                    self.wait_for_taps()
                    self.strike(kinds[(blow + self.found.number * kills) % len(kinds)])
            except BaseException:
                self.crossing.is_given_up = True
                raise
            finally:
                self.crossing.is_over.set()
                self.crossing.is_open.set()
        self.journal.close()
        for one, work in zip(self.people, working, strict=True):
            fault = work.exception()
            self.found.faults += [*one.told, *([repr(fault)] if fault else [])]

    def strike(self, kind: str) -> None:
        """Kill at some moment, mend, let everybody come to rest, and look for every answer."""
        time.sleep(self.rng.uniform(0, LONGEST_MOMENT))
        self.running.kinds()[kind](self.rng)
        struck_at = time.monotonic()
        self.found.killed[kind] = self.found.killed.get(kind, 0) + 1
        self.crossing.close()
        self.running.mend(kind)
        self.crossing.wait_for_everybody()
        looked_at = time.monotonic()
        self.found.lost += self.lost_now()
        looking = time.monotonic() - looked_at
        before = self.journal.acknowledged
        self.crossing.is_open.set()
        self.wait_for_taps(before + 1)
        self.found.away.append(self.journal.last_at - struck_at - looking)

    def wait_for_taps(self, goal: int | None = None) -> None:
        """Until so many answers are acknowledged: a blow falls on people who answer."""
        goal = self.journal.acknowledged + TAPS_BETWEEN if goal is None else goal
        end = time.monotonic() + LONGEST_SILENCE
        while self.journal.acknowledged < goal:
            if time.monotonic() > end:
                raise SystemExit(f"Nothing is saved any more. {self.running.last_words()}")
            time.sleep(0.01)

    def lost_now(self) -> list[str]:
        assert self.look.stdin
        assert self.look.stdout
        print(self.file, file=self.look.stdin, flush=True)
        lost: list[str] = json.loads(self.look.stdout.readline())
        return lost


@contextmanager
def looker(running: Standing) -> Iterator[subprocess.Popen[str]]:
    """A program beside the site that opens what is sealed, and changes nothing."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench._look"],
        cwd=ROOT,
        env=running.installed.settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process)


def sentence(database: str, found: list[Round]) -> str:
    """What was killed how often, and what became of the answers."""
    killed = sum((Counter(one.killed) for one in found), Counter[str]())
    lost = [f"{one.number} {key}" for one in found for key in sorted(set(one.lost))]
    faults = [fault for one in found for fault in one.faults]
    away = [seconds for one in found for seconds in one.away]
    lines = [
        database,
        f"  killed          {killed.total()} times: "
        + ", ".join(f"{kind} {number}" for kind, number in killed.items()),
        f"  acknowledged    {sum(one.acknowledged for one in found)} answers",
        f"  lost            {len(lost)}",
        f"  until the next  p50 {percentile(away, 0.5):.1f}, most {max(away):.1f} s after a blow",
        f"  errors          {len(faults)}",
        *[f"  FAULT           {fault}" for fault in faults[:5]],
        *[f"  LOST            {key}" for key in lost[:5]],
        f"  goal            nothing lost, no error: {'NOT met' if lost or faults else 'met'}",
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    run(main)
