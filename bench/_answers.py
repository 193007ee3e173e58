"""The school's side of `bench answer`: open a scan; close it and hold it against the journals."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench import ready  # noqa: F401  # Django must be ready before its models are read
from bench.school import day_after, open_scan
from zwerm.core import clock
from zwerm.core.jobs import steps
from zwerm.core.models import Work
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import link, sealed
from zwerm.scans.actions import closing
from zwerm.scans.models import Invitation, RosterEntry, Scan


def begin(people: int) -> dict[str, Any]:
    """Open a scan; the personal links of so many people, as they would stand in their mails."""
    scan = open_scan(people)
    with school_scope(scan.school):
        invitations = Invitation.objects.filter(scan=scan).select_related("entry")[:people]
        links = {str(one.entry_id): link.personal_link(scan, one) for one in invitations}
    questions = (scan.questionnaire or {})["questions"]
    return {"links": links, "seconds": {one["id"]: one["seconds"] for one in questions}}


def end(journals: list[Path]) -> dict[str, Any]:
    """Close the scan on its day, compute its figures, and look for every acknowledged answer."""
    with crossing_schools("the only scan of this benchmark"):
        scan = Scan.objects.select_related("school").get()
    with school_scope(scan.school), clock.at(day_after(scan), hour=1):
        closing.close_scan(scan)
        with steps(Work.objects.create(), closing.PARTS) as progress:
            snapshot = closing.compute(scan, progress)
        kept = stored(scan)
    told = acknowledged(journals)
    lost = [key for key, line in told.items() if kept.get(key) != line]
    return {
        "acknowledged": len(told),
        "lost": [" ".join(key) for key in lost],
        "more": len(kept.keys() - told.keys()),
        "respondents": len({entry for entry, _question in kept}),
        "has_snapshot": snapshot is not None,
    }


Key = tuple[str, str]
Line = tuple[int, Any]


def stored(scan: Scan) -> dict[Key, Line]:
    """Every answer in the closed scan, by person and question: its counter and what it is."""
    roster = list(RosterEntry.objects.filter(scan=scan))
    return {
        (str(entry.pk), question): (given.counter, plain(given.answer))
        for entry, answers in sealed.every_answer(scan, roster)
        for question, given in answers.given.items()
    }


def plain(answer: Any) -> Any:
    """An answer as the journal has it: of a relation the names alone."""
    return answer["named"] if isinstance(answer, dict) else answer


def acknowledged(journals: list[Path]) -> dict[Key, Line]:
    """The last acknowledged answer of each person to each question."""
    last: dict[Key, Line] = {}
    for journal in journals:
        for text in journal.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if "answer" in line:
                last[line["person"], line["question"]] = (line["counter"], line["answer"])
    return last


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    outcome = begin(int(words[0])) if task == "begin" else end([Path(word) for word in words])
    print(json.dumps(outcome))
