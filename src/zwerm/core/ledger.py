"""The ledger of what was erased, kept outside the database: it survives when a backup comes back.

Each erasure writes one `Erasure` in its own transaction. From there the line is copied to a file
that no restore replaces. A backup holds the lines of before it was made, so that what has to be
erased again is exactly what stands in the file and not in the backup: no clock is compared.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zwerm.core.models import Erasure

_again: ContextVar[bool] = ContextVar("erased_again", default=False)


class Kind(StrEnum):
    """What can be erased. `home.again` knows for each how it is done again."""

    SCAN = "scan"
    """The key, the answers and the mirrors of a scan."""
    ANSWERS = "answers"
    """What one person answered in a scan, with their mirror."""
    MAY_KNOW = "may_know"
    """Who may know that one person named them, at one question."""
    COMMENT = "comment"
    OBJECTION = "objection"
    """Somebody objects to being named."""
    LEFT = "left"
    """Somebody no longer works here, and may come in no more."""
    MANDATE = "mandate"
    """A right to act has ended."""
    STEP = "step"
    """A second step of signing in was taken away: a telephone that was lost opens nothing more."""
    LINK = "link"
    """An account at the school's own provider opens nothing any more."""
    PERSON = "person"
    """Somebody is erased from every scan of a school, and from its staff list when they left."""


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure as it stands in the file."""

    id: str
    kind: str
    what: str
    on: str


class Damaged(Exception):
    """The file of the ledger cannot be read. The message says which line, and what to do."""


@contextmanager
def done_again() -> Iterator[None]:
    """Within this block nothing is written down: it was, and keeps its own line."""
    token = _again.set(True)
    try:
        yield
    finally:
        _again.reset(token)


def note(kind: Kind, *what: object) -> None:
    """Write in this transaction that something is erased. The keys in `what` hold no space."""
    if _again.get():
        return
    Erasure.objects.create(kind=kind, what=" ".join(map(str, what)))
    # A line that could not be copied now is copied by the worker within a minute.
    transaction.on_commit(write_out, robust=True)


def write_out() -> int:
    """Copy to the file each line that only the database has; how many these were."""
    return add([line_of(row) for row in Erasure.objects.all()])


def add(lines: Collection[Line]) -> int:
    """Put lines of another copy of the ledger into the file; those that are there already stay."""
    file = ledger_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    with file.open("a+", encoding="utf-8") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        there = {line.id for line in lines_of(opened)}
        new = {line.id: line for line in lines if line.id not in there}
        return append(opened, list(new.values()))


def append(opened: IO[str], lines: Collection[Line]) -> int:
    """Put lines at the end of the open file, on the disk before this returns."""
    opened.seek(0, os.SEEK_END)
    for line in lines:
        opened.write(json.dumps(asdict(line)) + "\n")
    opened.flush()
    os.fsync(opened.fileno())
    return len(lines)


def ledger_file() -> Path:
    return Path(settings.LEDGER) / "erased.jsonl"


def line_of(row: Erasure) -> Line:
    return Line(str(row.pk), row.kind, row.what, row.on.isoformat())


def read_lines() -> list[Line]:
    """Every line of the file; none when there is no file.

    Raises:
        Damaged: a line is not what the ledger writes.
    """
    file = ledger_file()
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as opened:
        return lines_of(opened)


def lines_of(opened: IO[str]) -> list[Line]:
    opened.seek(0)
    return [checked(number, text) for number, text in enumerate(opened, 1) if text.strip()]


def checked(number: int, text: str) -> Line:
    """One line of the file, of which every part is what it should be."""
    try:
        line = Line(**json.loads(text))
        UUID(line.id), dt.date.fromisoformat(line.on)
    except (ValueError, TypeError) as fault:
        raise Damaged(
            f"Line {number} of the ledger {ledger_file()} is damaged. Take that line out when it "
            "was cut off, or put back the copy that stands with the copy of the keys."
        ) from fault
    return line


def is_behind() -> bool:
    """Whether the database knows erasures that the file does not."""
    there = {line.id for line in read_lines()}
    return any(str(key) not in there for key in Erasure.objects.values_list("pk", flat=True))


def unknown_here(lines: Collection[Line]) -> list[Line]:
    """Those lines of erasures that the database does not know: it came back from before them."""
    known = {str(key) for key in Erasure.objects.values_list("pk", flat=True)}
    return [line for line in lines if line.id not in known]


def know(line: Line) -> None:
    """The database knows from now on that this was erased."""
    Erasure.objects.create(pk=line.id, kind=line.kind, what=line.what, on=line.on)
