"""People who go on answering while the site under them is killed, and a journal outside of it."""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

from bench.browser import Answer, Browser, Fields
from bench.installation import HOST
from bench.journey import Person, Tap

AGAIN = 0.1
TRIED_AGAIN = frozenset({429, 502, 503, 504, 507})
"""What the answering page, too, takes for a reason to send an answer again."""
LONGEST_PAUSE = 60.0


class Ended(Exception):
    """The round is over: a person stops between two taps."""


@dataclass
class Crossing:
    """Where everybody waits between two requests while it is looked what was kept."""

    people: int
    is_open: threading.Event = field(default_factory=threading.Event)
    is_over: threading.Event = field(default_factory=threading.Event)
    is_given_up: bool = False
    """The site does not come back: nobody tries any more."""
    waiting: int = 0
    lock: threading.Condition = field(default_factory=threading.Condition)

    def cross(self) -> None:
        if self.is_open.is_set():
            return
        self.count(1)
        self.is_open.wait()
        self.count(-1)

    def count(self, number: int) -> None:
        with self.lock:
            self.waiting += number
            self.lock.notify_all()

    def close(self) -> None:
        self.is_open.clear()

    def wait_for_everybody(self) -> None:
        with self.lock:
            if not self.lock.wait_for(lambda: self.waiting == self.people, LONGEST_PAUSE):
                raise SystemExit("Somebody still waits for an answer of the site.")


class Journal(list[dict[str, Any]]):
    """Each line is in a file before anything else happens; the file is nobody's but ours."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.stream = file.open("a", encoding="utf-8", buffering=1)
        self.lock = threading.Lock()
        self.acknowledged = 0
        self.last_at = 0.0

    def close(self) -> None:
        self.stream.close()

    def append(self, line: dict[str, Any]) -> None:
        with self.lock:
            self.stream.write(f"{json.dumps(line)}\n")
            self.acknowledged += "answer" in line
            self.last_at = time.monotonic()


@dataclass
class StubbornBrowser(Browser):
    """Sends again what was not acknowledged, as the answering page does."""

    crossing: Crossing = field(default_factory=lambda: Crossing(1))
    statuses: list[str] = field(default_factory=list)
    """What the site said that it should never say."""

    def ask(self, method: str, path: str, fields: Fields | None = None) -> Answer:
        while True:
            self.crossing.cross()
            try:
                said = super().ask(method, path, fields)
            except (OSError, HTTPException):
                self.close()
            else:
                if said.status not in TRIED_AGAIN | {500}:
                    return said
                if said.status == 500:
                    self.statuses.append(f"500 at {method} {path}")
            if self.crossing.is_given_up:
                raise Ended
            time.sleep(AGAIN)


@dataclass
class StubbornPerson(Person):
    """Answers everything, and then everything again, until the round is over."""

    def go_on(self, crossing: Crossing) -> None:
        try:
            # Later there is no question open any more, so that the first one is kept in mind.
            first = self.come_in()
            while not crossing.is_over.is_set():
                self.answer_from(first)
        except Ended:
            self.browser.close()
        finally:
            crossing.count(1)

    @property
    def told(self) -> list[str]:
        """What the site said to this person that it should never say."""
        assert isinstance(self.browser, StubbornBrowser)
        return self.browser.statuses

    def save(self, page: str, question: str, counter: int, tap: Tap, tapped_at: float) -> None:
        assert isinstance(self.browser, StubbornBrowser)
        if self.browser.crossing.is_over.is_set():
            raise Ended
        self.note_sent(question, counter, tap)
        super().save(page, question, counter, tap, tapped_at)

    def be_done(self, place: str, page: str, question: str, counter: int, tap: Tap) -> None:
        self.note_sent(question, counter, tap)
        super().be_done(place, page, question, counter, tap)

    def note_sent(self, question: str, counter: int, tap: Tap) -> None:
        line = {"person": self.entry, "question": question, "counter": counter, "sent": tap[1]}
        self.journal.append(line)


def people(
    begun: dict[str, Any], port: int, journal: Journal, crossing: Crossing, rng: random.Random
) -> list[StubbornPerson]:
    """Everybody with a personal link, with a browser each and one journal for all."""
    return [
        StubbornPerson(
            entry,
            link,
            0,
            begun["seconds"],
            StubbornBrowser(port, HOST, crossing=crossing),
            random.Random(rng.random()),
            journal=journal,
        )
        for entry, link in begun["links"].items()
    ]
