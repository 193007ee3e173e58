"""`zwerm doctor`: looks at everything a running installation needs, and says what is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from django.db import DatabaseError

from zwerm.home import serving
from zwerm.home.looks import machine, reaching, work
from zwerm.people import row_security
from zwerm.people.scope import crossing_schools

Look = Callable[[], list[str]]

WITHOUT_DATABASE: dict[str, Look] = {
    "the settings": serving.unsafe_settings,
    "what makes PDFs": serving.missing_parts,
    "the disk": machine.room_left,
    "who may read and write": machine.rights,
    "the clock": machine.clock_of_the_disk,
    "mail": reaching.mail,
}
WITH_DATABASE: dict[str, Look] = {
    "that it is no demo": reaching.demo,
    "the database": reaching.whole,
    "the wall between schools": row_security.faults,
    "the clock of the database": reaching.clock_of_the_database,
    "the keys of the scans": reaching.keys,
    "the ledger of what was erased": reaching.ledger_of_erasures,
    "the worker": work.worker,
    "work that is waiting": work.waiting,
    "scans that are due": work.due,
    "the last backup": work.backup,
}


def run(argv: Sequence[str]) -> int:
    """Look everywhere, tell each fault with what to do, and end with 1 when there is any."""
    parser = argparse.ArgumentParser(prog="zwerm doctor")
    parser.parse_args(list(argv))
    faults = look_at(WITHOUT_DATABASE) + look_at_database()
    count = len(WITHOUT_DATABASE) + len(WITH_DATABASE)
    if not faults:
        print(f"All is well: {count} things were looked at. Nothing was changed.")
        return 0
    print("".join(f"  - {fault}\n" for fault in faults), end="")
    print(f"Wrong: {len(faults)}. Looked at: {count} things. Nothing was changed.")
    return 1


def look_at_database() -> list[str]:
    """What needs a database is only looked at when it is there, and at this version."""
    try:
        fault = serving.database_fault()
    except (DatabaseError, OSError) as trouble:
        fault = f"The database cannot be read: {trouble}"
    if fault:
        return [f"the database: {fault} What stands in it was not looked at."]
    with crossing_schools("the doctor looks at the whole installation"):
        return look_at(WITH_DATABASE)


def look_at(looks: dict[str, Look]) -> list[str]:
    """The faults of each look, with its name before them. One that fails stops no other."""
    faults = []
    for name, look in looks.items():
        tell(name)
        try:
            faults += [f"{name}: {fault}" for fault in look()]
        except Exception as trouble:
            faults.append(f"{name}: could not be looked at ({type(trouble).__name__}: {trouble}).")
    tell("")
    return faults


def tell(name: str) -> None:
    """Say to a person who waits what is looked at now."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{name:<40}\r")
        sys.stderr.flush()
