"""`zwerm restore`: a backup is put back, and what was erased since then stays erased."""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from zwerm.core import anew, archive, ledger, sealing
from zwerm.home import again
from zwerm.home.backup import progress_on
from zwerm.home.serving import has_table, holds_somebody
from zwerm.people.scope import crossing_schools
from zwerm.scans import jobs
from zwerm.scans.models import Scan, ScanKey

LEDGER_LOST = "There was no ledger: erase again by hand what was erased after the backup."


class NotRestored(Exception):
    """Why nothing was restored, as a sentence."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands apart from the backup: the keys of the scans, and the ledger."""

    keys: list[tuple[str, str, bytes]]
    lines: list[ledger.Line]
    has_ledger: bool = True
    """An empty ledger says that nothing was erased; none says nothing."""


def run(argv: Sequence[str]) -> int:
    """Put a backup back and say what came of it, or why nothing was changed."""
    options = options_of(argv)
    try:
        check_target(replace=options.replace)
        kept = kept_apart(options.keys)
        check_ledger(kept, without=options.without_ledger)
        with zipfile.ZipFile(options.file) as opened:
            said = restore(opened, kept, progress_on(sys.stderr))
    except (zipfile.BadZipFile, NotImplementedError):
        return told_why(f"{options.file} is no backup, or its end is missing.")
    except archive.Unusable as fault:
        return told_why(f"{options.file} cannot be used. {fault}")
    except (NotRestored, anew.InUse, ledger.Damaged, OSError, DatabaseError) as fault:
        return told_why(str(fault))
    except KeyboardInterrupt:
        print("\nStopped. Nothing was restored. Nothing was changed.", file=sys.stderr)
        return 130
    print("\n".join(said))
    return 0


def options_of(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zwerm restore")
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--keys", type=Path, help="the newest copy of the keys and the ledger")
    parser.add_argument(
        "--replace", action="store_true", help="replace what this installation holds"
    )
    parser.add_argument(
        "--without-ledger", action="store_true", help="the ledger is lost: restore all the same"
    )
    return parser.parse_args(list(argv))


def told_why(reason: str) -> int:
    print(f"Nothing was restored: {reason}\nNothing was changed.", file=sys.stderr)
    return 1


def check_target(*, replace: bool) -> None:
    """What is there is only replaced when that was asked for."""
    if holds_somebody() and not replace:
        raise NotRestored(
            "this installation holds data. Add --replace when the backup must take their place; "
            "what was saved after the backup is then gone. Make a backup of now first."
        )


def kept_apart(file: Path | None) -> Kept:
    """The keys and the lines of the ledger, those of that file and those of here."""
    keys = {scan: (school, scan, key) for school, scan, key in keys_of_here()}
    lines = {line.id: line for line in ledger.read_lines()}
    if file:
        told = read_keys(file)
        keys = {one[1]: one for one in told.keys} | keys
        lines = {line.id: line for line in told.lines} | lines
    for _school, scan, key in keys.values():
        check_fits(scan, key)
    has_ledger = file is not None or ledger.ledger_file().exists()
    return Kept(list(keys.values()), list(lines.values()), has_ledger)


def read_keys(file: Path) -> Kept:
    """What `zwerm backup --keys` wrote."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        keys = [(school, scan, bytes.fromhex(key)) for school, scan, key in said["keys"]]
        return Kept(keys, [ledger.Line(**line) for line in said["ledger"]])
    except (ValueError, KeyError, TypeError) as fault:
        raise NotRestored(f"{file} is not a file of keys that `zwerm backup` wrote.") from fault


def keys_of_here() -> list[tuple[str, str, bytes]]:
    """The keys in the database that is replaced: none are newer."""
    if not has_table(ScanKey):
        return []
    with crossing_schools("a backup holds every school"):
        rows = ScanKey.objects.values_list("school_id", "scan_id", "wrapped")
        return [(str(school), str(scan), bytes(key)) for school, scan, key in rows]


def check_fits(scan: str, key: bytes) -> None:
    """A key that does not open here would leave what was erased in boxes that open elsewhere."""
    try:
        sealing.unwrap(settings.SEAL_KEY, key, scan)
    except sealing.Unsealable as fault:
        raise NotRestored(
            "the keys of the scans were wrapped with another ZWERM_SEAL_KEY. Put that one back "
            "first: it stands with your copy of the keys of the server."
        ) from fault


def check_ledger(kept: Kept, *, without: bool) -> None:
    """Without the ledger people who were erased would be back, and nobody would see it."""
    if not kept.has_ledger and not without:
        raise NotRestored(
            "the ledger of what was erased is not here, so that what was erased after the backup "
            "would be back. Name the newest copy of the keys with --keys, which holds the ledger. "
            "When there is none, add --without-ledger, and erase again by hand."
        )
    if unknown := sorted({line.kind for line in kept.lines} - set(again.AGAIN)):
        raise NotRestored(
            f"the ledger holds erasures of a newer version of Zwerm ({unknown[0]}). Bring this "
            "one up to date."
        )


def restore(opened: zipfile.ZipFile, kept: Kept, progress: archive.Progress) -> list[str]:
    """All of it or nothing: rows, migrations, keys, and every erasure since. What came of it."""
    about = archive.read_about(opened)
    at = archive.last_of_each(about.migrations)
    archive.check_whole(opened, about, progress)
    ledger.add(kept.lines)
    with crossing_schools("a backup holds every school"), anew.built_anew():
        anew.bring_to(at)
        with connection.constraint_checks_disabled(), transaction.atomic():
            archive.read(opened, about, progress)
        anew.bring_up_to_date()
        keys = put_keys_back(kept)
        erased, later = again.erase_again(kept.lines)
        jobs.purge_everywhere()
        scans = unreadable_scans()
        ledger.write_out()
    said = sentences(about, keys, erased, later, scans)
    return said if kept.has_ledger else [*said, LEDGER_LOST]


def put_keys_back(kept: Kept) -> int:
    """The keys of scans that are in the backup; those of later ones have nothing to open."""
    there = {str(key) for key in Scan.objects.values_list("pk", flat=True)}
    found = [
        ScanKey(school_id=school, scan_id=scan, wrapped=key)
        for school, scan, key in kept.keys
        if scan in there
    ]
    return len(ScanKey.objects.bulk_create(found))


def unreadable_scans() -> int:
    """How many scans have answers that no key opens any more."""
    kept = Scan.objects.filter(opened_at__isnull=False, destroyed_at__isnull=True)
    return kept.filter(key__isnull=True).count()


def sentences(about: archive.About, keys: int, erased: int, later: int, scans: int) -> list[str]:
    """What somebody has to know who put a backup back."""
    said = [
        f"Restored: {about.rows} rows of {len(about.tables)} tables, as they stood on "
        f"{about.made_at}.",
        f"Keys of scans that came with it: {keys}. What was erased since then and is erased "
        f"again: {erased}.",
        "Everybody signs in again. What was saved after the backup is gone: tell people, when a "
        "scan is open.",
    ]
    if later:
        said.append(
            f"Still to be erased again: {later}. A report has to be made first; the worker does "
            "both, so start it before the site."
        )
    if scans:
        said.append(
            f"Scans whose answers cannot be read, because their keys are not here: {scans}. "
            "Reports that are there stay. Restore again with --keys and --replace if you have them."
        )
    return said
