"""When the database or the disk gives out: which of the two it is, and when to try again."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import InterfaceError, OperationalError

FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PRIMARY = 0xFF
"""SQLite's codes have their kind in the last byte (sqlite.org/rescode.html)."""
SQLITE_FULL = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
)
SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
    }
)
POSTGRES_FULL = "53100"
POSTGRES_BUSY = ("40", "55", "57014")
"""Another one holds it, or it took too long (PostgreSQL's list of error codes, appendix A)."""

SLOW = 1.0
SECONDS_OF_REST = 1.0


class Outage(Enum):
    """What has given out. None of these is a fault of the program."""

    FULL = "full"
    BUSY = "busy"
    AWAY = "away"


def outage_of(fault: BaseException | None) -> Outage | None:
    """What has given out when `fault` came up; None when it is a fault of ours."""
    return next(filter(None, map(outage_of_one, causes(fault))), None)


def causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault, what it came from, and so on. Django wraps what a database says."""
    while fault is not None:
        yield fault
        fault = fault.__cause__


def outage_of_one(fault: BaseException) -> Outage | None:
    if isinstance(fault, OSError) and fault.errno in FULL_DISK:
        return Outage.FULL
    if not isinstance(fault, OperationalError | InterfaceError):
        return None
    said = fault.__cause__
    if isinstance(said, sqlite3.Error):
        return outage_of_sqlite(getattr(said, "sqlite_errorcode", 0))
    return outage_of_postgres(getattr(said, "sqlstate", None) or "")


def outage_of_sqlite(code: int) -> Outage | None:
    """A query that is wrong is an OperationalError too: that one is ours."""
    if code in SQLITE_FULL or code & PRIMARY in SQLITE_FULL:
        return Outage.FULL
    if code & PRIMARY in SQLITE_BUSY:
        return Outage.BUSY
    return Outage.AWAY if code & PRIMARY in SQLITE_AWAY else None


def outage_of_postgres(code: str) -> Outage:
    """Without a code the server said nothing: it cannot be reached."""
    if code == POSTGRES_FULL:
        return Outage.FULL
    return Outage.BUSY if code.startswith(POSTGRES_BUSY) else Outage.AWAY


@dataclass(slots=True)
class Rest:
    """How long this process leaves alone a database that keeps whoever asks waiting.

    Only a few can wait at once; everybody behind them would wait for all of these first.
    """

    until: float = 0.0

    def is_on(self) -> bool:
        return time.monotonic() < self.until

    def begin_if_slow(self, came_at: float) -> None:
        """Rest when whoever came at that moment waited in vain; a quick no keeps nobody waiting."""
        now = time.monotonic()
        if now - came_at > SLOW:
            self.until = now + SECONDS_OF_REST


rest = Rest()
