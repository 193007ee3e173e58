"""How far a long benchmark is, and how long it still takes."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO

LENGTH = 30
EVERY = 600.0
"""Without a terminal, a line every so many seconds: for whoever reads the log of a night."""


@dataclass(slots=True)
class Watch:
    """Counts portions of several sizes; a larger one weighs as much as it took until now."""

    sizes: Sequence[int]
    """The number of people of every portion that has to be done."""
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.monotonic)
    finished: Counter[int] = field(default_factory=Counter)
    spent: Counter[int] = field(default_factory=Counter)
    told: float = field(default_factory=time.monotonic)

    def done(self, people: int, seconds: float) -> None:
        """One more portion is done."""
        self.finished[people] += 1
        self.spent[people] += seconds  # type: ignore[assignment]  # a Counter adds floats as well
        self.tell()

    def weight(self, people: int) -> float:
        """How long one portion of this size takes, by those done; of others, by the square."""
        if self.finished[people]:
            return self.spent[people] / self.finished[people]
        return self.weight_of_one() * people**2

    def weight_of_one(self) -> float:
        squares = sum(people**2 * number for people, number in self.finished.items())
        return sum(self.spent.values()) / squares if squares else 1.0

    @property
    def part(self) -> float:
        """Which part of all work is done, 0-1."""
        total = sum(self.weight(people) * number for people, number in Counter(self.sizes).items())
        ready = sum(self.weight(people) * number for people, number in self.finished.items())
        return ready / total if total else 1.0

    def left(self, now: float) -> float:
        """How many seconds it still takes, as fast as until now."""
        return (now - self.started) * (1 - self.part) / self.part if self.part else 0.0

    def line(self, now: float) -> str:
        filled = round(LENGTH * self.part)
        bar = "#" * filled + "." * (LENGTH - filled)
        number = f"{sum(self.finished.values())} of {len(self.sizes)}"
        return f"[{bar}] {self.part:4.0%}  {number}, {in_words(self.left(now))} left"

    def tell(self) -> None:
        now = time.monotonic()
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[K{self.line(now)}")
            self.stream.flush()
        elif now - self.told > EVERY:
            self.told = now
            print(self.line(now), file=self.stream, flush=True)

    def clear(self) -> None:
        """Take the line away, so that what follows stands by itself."""
        if self.stream.isatty():
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def in_words(seconds: float) -> str:
    """A length of time, as one says it.

    Example:
        >>> in_words(42), in_words(3600 + 61)
        ('42 s', '1 h 01 min')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
