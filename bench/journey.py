"""One person answers a whole scan: opens the link, taps, changes their mind, and is done."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bench.browser import Browser, Fields, token_of

CHANGES_MIND = 0.15
SKIPS = 0.03
WRITES = 0.4
WORDS = ("wij", "praten", "vaker", "met", "elkaar", "over", "lessen", "van", "morgen")
Tap = tuple[Fields, Any]
"""What the form holds after a tap, and the answer that it stands for."""


@dataclass
class Person:
    """Somebody with a personal link, who takes `budget` seconds for everything; 0: no pause."""

    entry: str
    link: str
    budget: float
    seconds: dict[str, float]
    browser: Browser
    rng: random.Random
    journal: list[dict[str, Any]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def answer_everything(self) -> None:
        """From the link in the mail to the last page."""
        self.answer_from(self.come_in())
        self.browser.close()

    def come_in(self) -> str:
        """By the link in the mail; the address of the first question that is open."""
        page = self.browser.open(urlsplit(self.link).path)
        start = self.browser.send(urlsplit(self.link).path, page, [])
        return first_question(self.browser.open(start))

    def answer_from(self, place: str) -> None:
        while place:
            place = self.answer_one(place)

    def answer_one(self, place: str) -> str:
        """One question; the address of the next, or nothing after the last."""
        page = self.browser.open(place)
        question = place.rstrip("/").rpartition("/")[2]
        taps = list(taps_on(page, self.rng))
        pause = self.pause(question) / (len(taps) + 1)
        counter = int(one(r'name="counter" value="(\d+)"', page))
        tapped_at = time.perf_counter()
        for tap in taps:
            tapped_at = self.wait_until(tapped_at + pause)
            self.save(page, question, counter, tap, tapped_at)
            counter += 1
        self.wait_until(tapped_at + pause)
        following = re.search(r'data-next="([^"]+)"', page)
        if following:
            return following[1]
        self.be_done(place, page, question, counter, taps[-1] if taps else ([], None))
        return ""

    def pause(self, question: str) -> float:
        """How long this person looks at this question, by how long it takes most people."""
        share = self.seconds[question] / sum(self.seconds.values())
        return self.budget * share * self.rng.uniform(0.5, 1.5)

    def wait_until(self, moment: float) -> float:
        """Sleep until then. Taps that came while a save was under way keep their own moment."""
        if not self.budget:
            return time.perf_counter()
        time.sleep(max(0.0, moment - time.perf_counter()))
        return moment

    def save(self, page: str, question: str, counter: int, tap: Tap, tapped_at: float) -> None:
        """One tap, until the server says that it is kept; that alone comes in the journal."""
        fields, answer = tap
        sent = [("csrfmiddlewaretoken", token_of(page)), ("counter", str(counter)), *fields]
        said = self.browser.ask("POST", one(r'data-save="([^"]+)"', page), sent)
        self.waited.append(time.perf_counter() - tapped_at)
        line = {"person": self.entry, "question": question, "counter": counter}
        is_saved = said.status == 200 and json.loads(said.text).get("saved")
        if is_saved:
            self.journal.append({**line, "answer": answer})
        else:
            self.journal.append({**line, "fault": f"{said.status} {said.text[:200]}"})

    def be_done(self, place: str, page: str, question: str, counter: int, tap: Tap) -> None:
        """The last button sends the whole form once more, and leads to the thanks."""
        fields, answer = tap
        goal = self.browser.send(place, page, [("counter", str(counter)), *fields])
        line = {"person": self.entry, "question": question, "counter": counter}
        self.journal.append({**line, "answer": answer})
        self.browser.open(goal)


def first_question(page: str) -> str:
    return one(r'href="([^"]+/ask/[^"/]+/)"', page)


def one(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise ValueError(f"the page holds no {pattern}: {page[:300]}")
    return found[1]


def taps_on(page: str, rng: random.Random) -> Iterator[Tap]:
    """Every tap of one person on one page, by the fields that stand on it."""
    if rng.random() < SKIPS:
        return
    if names := re.findall(r'name="named" value="(\d+)"', page):
        yield from name_colleagues(names, rng)
    elif kinds := re.findall(r'name="kinds" value="([^"]+)"', page):
        kind = rng.choice(kinds)
        yield [("kinds", kind)], [kind]
    elif points := re.findall(r'name="value" value="(\d)"', page):
        for _ in range(2 if rng.random() < CHANGES_MIND else 1):
            point = rng.choice(points)
            yield [("value", point)], int(point)
    elif rng.random() < WRITES:
        text = " ".join(rng.sample(WORDS, 6))
        yield [("text", text)], text


def name_colleagues(names: list[str], rng: random.Random) -> Iterator[Tap]:
    """One tap for each colleague; now and then one is taken off again."""
    chosen: list[str] = []
    for name in rng.sample(names, min(len(names), 1 + int(rng.expovariate(1 / 3.5)))):
        chosen.append(name)
        yield named(chosen)
    if len(chosen) > 1 and rng.random() < CHANGES_MIND:
        chosen.remove(rng.choice(chosen))
        yield named(chosen)


def named(chosen: list[str]) -> Tap:
    return [("named", name) for name in chosen], sorted(map(int, chosen))
