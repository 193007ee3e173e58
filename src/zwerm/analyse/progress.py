"""How far long work is, on the terminal, for whoever watches it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

WAIT = 1.0
"""Work that takes less than this many seconds says nothing."""
LENGTH = 30


@dataclass(slots=True)
class Progress:
    """A line that is written over; silent when nobody watches."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.monotonic)
    is_shown: bool = False

    def __call__(self, words: str, part: float) -> None:
        if time.monotonic() - self.started < WAIT or not self.stream.isatty():
            return
        filled = round(LENGTH * part)
        bar = "#" * filled + "." * (LENGTH - filled)
        self.stream.write(f"\r\x1b[K[{bar}] {part:4.0%}  {words}")
        self.stream.flush()
        self.is_shown = True

    def clear(self) -> None:
        """Take the line away, so that what follows stands by itself."""
        if self.is_shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.is_shown = False
