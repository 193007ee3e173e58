"""Reads one workbook in a process of its own, with little memory and little time.

A small workbook can ask for much: one cell in the last corner of a sheet makes its reader fill the
whole sheet. This process may stop; the site goes on. It knows nothing of Django, so it starts fast.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import resource
import subprocess
import sys
from typing import Any

MOST_MEMORY = 180 * 1024 * 1024
MOST_SECONDS = 2
LONGEST_CELL = 300


class Damaged(Exception):
    """This is no workbook, or it is damaged."""


class TooMuch(Exception):
    """Reading this workbook takes more memory or time than a staff list needs."""


def read_apart(content: bytes) -> dict[str, Any]:
    """What stands in the first sheet: `lines`, `height` and `merged`.

    Raises:
        Damaged: it cannot be read.
        TooMuch: it was stopped.
    """
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command, input=content, capture_output=True, timeout=4 * MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise TooMuch from slow
    if done.returncode == 1:
        raise Damaged
    if done.returncode:
        raise TooMuch
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def first_sheet(content: bytes, most: int) -> dict[str, Any]:
    """The lines of the first sheet with their numbers, without the empty ones; at most `most`."""
    from python_calamine import (  # noqa: PLC0415  # only the process apart needs it
        CalamineError,
        CalamineWorkbook,
    )

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as fault:
        raise Damaged from fault
    lines = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell_words(cell) for cell in row]
        if any(cells):
            lines.append((number, cells))
        if len(lines) > most:
            break
    height = sheet.end[0] + 1 if sheet.end else 0
    return {"lines": lines, "height": height, "merged": sheet.merged_cell_ranges or []}


def cell_words(cell: Any) -> str:
    """A cell as somebody would type it, on one line. Formulas come in as their values.

    Example:
        >>> cell_words(1.0), cell_words("  Noor  Bos\\x00"), cell_words(dt.date(2021, 8, 1))
        ('1', 'Noor Bos', '2021-08-01')
    """
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    words = " ".join(str(cell).split())[:LONGEST_CELL]
    return words if words.isprintable() else "".join(filter(str.isprintable, words))


def limit(memory: int, seconds: int) -> None:
    """From now on this process stops when it asks for more than this."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Bytes come in, lines go out as JSON. Exit 1: damaged; anything else but 0: too much."""
    limit(MOST_MEMORY, MOST_SECONDS)
    try:
        answer = first_sheet(sys.stdin.buffer.read(), most=6_000)
        print(json.dumps(answer))
    except Damaged:
        return 1
    except BaseException:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
