"""Looks whenever it is asked whether every acknowledged answer is in the scan that is open."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.db import connection

from bench import ready  # noqa: F401  # Django must be ready before its models are read
from bench._answers import Key, Line, acknowledged, stored
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans.models import Scan


def look(journal: Path) -> list[str]:
    """The answers that are gone. A tap that was sent and not acknowledged may be there or not."""
    with crossing_schools("the only scan of this benchmark"):
        scan = Scan.objects.select_related("school", "key").get()
    with school_scope(scan.school):
        kept = stored(scan)
    return missing(kept, journal)


def missing(kept: dict[Key, Line], journal: Path) -> list[str]:
    under_way = sent(journal)
    return [
        " ".join(key)
        for key, line in acknowledged([journal]).items()
        if kept.get(key) not in (line, under_way.get(key))
    ]


def sent(journal: Path) -> dict[Key, Line]:
    """The last answer of each person to each question that left their browser."""
    lines = map(json.loads, journal.read_text(encoding="utf-8").splitlines())
    return {
        (line["person"], line["question"]): (line["counter"], line["sent"])
        for line in lines
        if "sent" in line
    }


if __name__ == "__main__":
    for asked in sys.stdin:
        print(json.dumps(look(Path(asked.strip()))), flush=True)
        connection.close()
