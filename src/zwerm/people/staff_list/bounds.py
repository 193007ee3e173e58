"""How much a staff list may be and may ask for, and how its reader says no. Knows no Django."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_FILE = 5 * 1024 * 1024
MOST_PEOPLE = 5_000
MOST_COLUMNS = 60
HEADINGS_WITHIN = 10
"""A title and an empty line may stand above the headings; not half a page."""

MOST_LINES = MOST_PEOPLE + HEADINGS_WITHIN
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150
MOST_PARTS = 2_000
"""So many files a workbook may hold; those of people hold some dozens."""
LONGEST_CELL = 300
MOST_LETTERS = LARGEST_FILE
"""Of all cells together: one long word in a workbook may be said 300,000 times."""
MOST_WRITTEN = 16 * 1024 * 1024
"""Bytes that the process apart may hand back: the letters, and what stands between them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process apart gets. Tests loosen them, to see that they are what holds."""

    memory: int = 180 * 1024 * 1024
    """Bytes of address space, Python included."""
    seconds: float = 1.25
    """Of CPU, however busy the machine is; starting takes less than a tenth of a second more."""
    letters: int = MOST_LETTERS
    unpacked: int = MOST_UNPACKED


class Unfit(Exception):
    """This is no staff list that can be read. `reason` is a key of the sentences in reading.py."""

    def __init__(self, reason: str, number: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number
        """A row, or a number of rows, for the sentence."""
