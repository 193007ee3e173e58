"""When something was destroyed, the files of the database must not remember it."""

from __future__ import annotations

from django.db import OperationalError, connection, transaction


def wipe_when_committed() -> None:
    """Leave nothing behind of what this transaction overwrites or deletes."""
    # The deletion itself stands; that its traces could not be wiped at once is only logged.
    transaction.on_commit(wipe_log, robust=True)


def wipe_log() -> None:
    """Bring the database's log into its file and empty it.

    SQLite zeroes what is deleted in its file (`secure_delete`), but the log beside it still holds
    every page as it was. PostgreSQL hands its log on by itself, as its administrator arranged.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_pages = cursor.fetchone()
        if is_busy:
            # SQLite says so in a row, where nobody would look.
            raise OperationalError("somebody reads the log of the database: it was not emptied")
