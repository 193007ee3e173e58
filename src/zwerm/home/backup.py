"""`zwerm backup`: everything that has to be kept in one file, and the keys of the scans apart."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, OperationalError

from zwerm.core import archive, clock, ledger, wiping
from zwerm.people.scope import crossing_schools
from zwerm.scans.models import ScanKey

LEFT_OUT = {
    "scans.scankey": "the keys of the scans go to a file of their own, which is replaced each time",
    "sessions.session": "who holds the line of a session can come in with it",
    "people.upload": "a staff list that waits for its confirmation is kept for a day, not longer",
    "django_tasks_database.dbtaskresult": "the worker finds by itself what is still to be done",
}
"""The tables that no backup holds, with the reason."""

SECONDS_A_DAY = 24 * 3600
PREFIX, SUFFIX = "zwerm-", ".zip"


class NotMade(Exception):
    """Why no backup was made, as a sentence."""


def run(argv: Sequence[str]) -> int:
    """Make a backup and say where it stands, or why there is none."""
    options = options_of(argv)
    try:
        file = place_of(options.place)
        check_apart(file, options.keys)
        about = make(file, options.keys, progress_on(sys.stderr))
    except (NotMade, archive.Unusable, ledger.Damaged, OSError, DatabaseError) as fault:
        print(f"No backup was made: {fault}\nNothing was changed.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. No backup was made. Nothing was changed.", file=sys.stderr)
        return 130
    print(f"{file}: {about.rows} rows of {len(about.tables)} tables, {size_of(file)}.")
    if options.keys:
        print(f"{options.keys}: the newest keys of the scans, and the ledger of what was erased.")
    else:
        print("The keys of the scans are not in it. Add --keys FILE to keep them, elsewhere.")
    for old in older_than(options.keep, file) if options.keep else []:
        old.unlink()
        print(f"{old}: gone, it was older than {options.keep} days.")
    return 0


def options_of(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zwerm backup")
    parser.add_argument("place", type=Path, help="a folder, or a file that ends in .zip")
    parser.add_argument("--keys", type=Path, help="where the newest keys of the scans are kept")
    parser.add_argument("--keep", type=int, default=0, help="days after which older ones go")
    return parser.parse_args(list(argv))


def place_of(place: Path) -> Path:
    """The file that is written: the one that was named, or a new one in a folder."""
    file = place
    if place.suffix != SUFFIX:
        file = place / f"{PREFIX}{clock.now():%Y-%m-%d-%H%M%S}{SUFFIX}"
    if file.exists():
        raise NotMade(f"{file} is there already, and a backup is never written over.")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return file


def check_apart(file: Path, keys: Path | None) -> None:
    """Keys beside the backups would be copied with them, and kept as long."""
    if keys is None:
        return
    if keys.is_dir():
        raise NotMade(f"{keys} is a folder. Name a file: it is replaced each time.")
    if file.parent.resolve() == keys.parent.resolve():
        raise NotMade(
            "the keys would stand beside the backups. Name a file in another folder, that is "
            "copied to another place."
        )


def make(file: Path, keys: Path | None, progress: archive.Progress) -> archive.About:
    """Write the file, and the keys at the same moment; each is there whole or not at all."""
    ledger.write_out()
    every = crossing_schools("a backup holds every school")
    with every, archive.one_moment(), written(file) as target:
        about = archive.write(target, left_out=LEFT_OUT, progress=progress)
        if keys:
            write_keys(keys)
    with suppress(OperationalError):
        # What was destroyed while this read could not leave the log of SQLite: now it can.
        wiping.wipe_log()
    mark_made()
    return about


def write_keys(file: Path) -> None:
    """The keys as they stand, wrapped, and the ledger: the copy of before is gone with this."""
    rows = ScanKey.objects.order_by("scan_id").values_list("school_id", "scan_id", "wrapped")
    content: dict[str, Any] = {
        "format": archive.FORMAT,
        "keys": [[str(school), str(scan), bytes(key).hex()] for school, scan, key in rows],
        "ledger": [asdict(line) for line in ledger.read_lines()],
    }
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with written(file) as target:
        target.write(json.dumps(content, indent=0).encode())


@contextmanager
def written(file: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, and that is there once it is whole and on the disk."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with part.open("wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def last_made() -> Path:
    """Its time is that of the last backup."""
    return Path(settings.LEDGER) / "last-backup"


def mark_made() -> None:
    last_made().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    last_made().write_text(clock.now().isoformat(timespec="seconds"), encoding="utf-8")


def older_than(days: int, file: Path) -> list[Path]:
    """The backups in the folder of `file` that were made so many days before it or more."""
    limit = file.stat().st_mtime - days * SECONDS_A_DAY
    found = sorted(file.parent.glob(f"{PREFIX}*{SUFFIX}"))
    return [one for one in found if one != file and one.stat().st_mtime < limit]


def size_of(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.0f} kB"


def progress_on(screen: IO[str]) -> archive.Progress:
    """Tells a person who looks on how far it is; a log of the night gets none of it."""
    if not screen.isatty():
        return lambda _table, _done, _all: None
    return teller(screen)


def teller(screen: IO[str], clock_of: Callable[[], float] = time.monotonic) -> archive.Progress:
    """One line that is written over; the table that is read, and the share that is done."""
    began = clock_of()

    def tell(table: str, done: int, every: int) -> None:
        line = f"{done + 1} of {every}: {table} ({clock_of() - began:.0f} s)"
        screen.write(f"\r{line:<70}" + ("\n" if done + 1 == every else ""))
        screen.flush()

    return tell
