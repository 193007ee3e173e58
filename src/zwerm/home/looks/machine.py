"""The machine: room on the disk, who may read and write, and its clock."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from zwerm.core import ledger

LEAST_BYTES = 500_000_000
LEAST_SHARE = 0.05
SECONDS_APART = 5
"""A code to sign in is good for ten minutes, and a scan ends at midnight: seconds do no harm."""


def room_left() -> list[str]:
    """Room for data and for the ledger, which may stand on different disks."""
    return [
        f"{usage.free / 1e6:.0f} MB of {usage.total / 1e9:.0f} GB are free where {folder} is. "
        "Make room, or answers cannot be saved any more."
        for folder in disks()
        if (usage := shutil.disk_usage(folder)).free < LEAST_BYTES
        or usage.free < LEAST_SHARE * usage.total
    ]


def disks() -> list[Path]:
    """One folder on each disk that is written to."""
    found = {there(folder).stat().st_dev: there(folder) for folder in folders()}
    return list(found.values())


def folders() -> list[Path]:
    return [settings.DATA, ledger.ledger_file().parent]


def there(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def rights() -> list[str]:
    """That we may write what must be written, and that others may not read what is secret."""
    faults = [
        f"the user of this command may not write in {folder}. Give it to the user of the "
        "service, and run the doctor as that user."
        for folder in dict.fromkeys(map(there, folders()))
        if not os.access(folder, os.W_OK | os.X_OK)
    ]
    return faults + [
        f"{file} can be read by others on this machine. Run: chmod o-rwx {file}"
        for file in secrets()
        if file.exists() and file.stat().st_mode & stat.S_IRWXO
    ]


def secrets() -> Iterator[Path]:
    """The files that hold keys, passwords, data or the ledger."""
    yield from (settings.DATA / "keys").glob("*")
    yield from (Path(value) for name, value in os.environ.items() if is_secret(name))
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield Path(settings.DATABASES["default"]["NAME"])
    yield ledger.ledger_file()


def is_secret(name: str) -> bool:
    words = ("KEY_FILE", "PASSWORD_FILE", "TOKEN_FILE", "DATABASE_URL_FILE")
    return name.startswith(("ZWERM_", "DATABASE_URL")) and name.endswith(words)


def clock_of_the_disk() -> list[str]:
    """A disk of another machine stamps files with that machine's time."""
    with tempfile.NamedTemporaryFile(dir=there(settings.DATA)) as file:
        apart = abs(Path(file.name).stat().st_mtime - time.time())
    if apart <= SECONDS_APART:
        return []
    return [
        f"the disk and this machine differ by {apart:.0f} seconds. Let both take their time from "
        "the network (timedatectl set-ntp true)."
    ]
