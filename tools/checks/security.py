"""What is unsafe in our own code: what bandit finds, and what our own rules find."""

from __future__ import annotations

import json
import subprocess
from pathlib import PurePosixPath
from typing import Any

from tools.checks.programs import program
from tools.checks.tree import ROOT
from tools.checks.unsafe import unsafe_ways

LOOKED_AT = ("src", "tools", "bench")

EVERYWHERE = {
    "B101": "an assert tells mypy what holds; no guard is one, and Python never runs here with -O",
    "B404": "importing subprocess does nothing yet: each start of a program is looked at",
    "B308": "our own rule counts each mark_safe and gives its reason: tools/checks/unsafe.py",
    "B703": "the same",
    "B608": "our own rule looks at each query: tools/checks/unsafe.py",
}
"""Numbers of bandit that say nothing here, with why."""

SET_ASIDE = {
    ("B603", "src/zwerm/home/demo/command.py"): "our own site and worker, fixed words",
    ("B603", "src/zwerm/people/staff_list/apart.py"): "our own module, without an environment",
    ("B603", "src/zwerm/analyse/formats/trial.py"): "our own module, fixed words",
    ("B606", "src/zwerm/home/serving.py"): "our own interpreter, fixed words",
    ("B406", "src/zwerm/pictures/svg.py"): "`escape` writes; nothing is read",
    ("B406", "src/zwerm/analyse/exports/graphml.py"): "the same",
    ("B506", "src/zwerm/analyse/words.py"): "the safe loader in C, of our own file",
    ("B311", "src/zwerm/analysis/structure.py"): "a walk of igraph with a seed, not a secret",
    ("B311", "bench"): "invented people and answers, not secrets",
    ("B603", "bench"): "programs that a benchmark of ours starts, fixed words",
    ("B607", "bench"): "the same",
    ("B603", "tools"): "the door starts programs: that is its work",
    ("B606", "tools"): "the same",
    ("B607", "tools"): "the same",
    ("B310", "tools/fetch_uv.py"): "the index that the person chose, checked by its hash",
}
"""What was looked at and is as it should be: the number of bandit, where, and why."""


def security_faults() -> list[str]:
    """Everything unsafe that is not set aside with a reason."""
    found = bandit_of([str(ROOT / folder) for folder in LOOKED_AT])
    return [*unexplained(found), *unused(found), *unsafe_ways()]


def bandit_of(paths: list[str]) -> list[dict[str, Any]]:
    """What bandit finds in these files and folders, whatever it thinks of its weight."""
    skipped = ",".join(EVERYWHERE)
    command = program("bandit", "-q", "-r", "-f", "json", "--skip", skipped, *paths)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout.startswith("{"):
        return [{"test_id": "bandit", "filename": "", "line_number": 0, "issue_text": done.stderr}]
    told = json.loads(done.stdout)
    unread = [{**one, "test_id": "unread", "issue_text": one["reason"]} for one in told["errors"]]
    return [*told["results"], *unread]


def place_of(found: dict[str, Any]) -> PurePosixPath:
    file = PurePosixPath(found["filename"])
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def covers(key: tuple[str, str], found: dict[str, Any]) -> bool:
    number, where = key
    return found["test_id"] == number and place_of(found).is_relative_to(where)


def unexplained(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{place_of(one)}:{one.get('line_number', 0)} {one['test_id']} {one['issue_text']}"
        for one in found
        if not any(covers(key, one) for key in SET_ASIDE)
    ]


def unused(found: list[dict[str, Any]]) -> list[str]:
    """A reason for what is no longer there would hide the next one."""
    return [
        f"{where}: {number} is set aside, and no longer there"
        for number, where in SET_ASIDE
        if not any(covers((number, where), one) for one in found)
    ]
