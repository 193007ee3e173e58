"""Whether the tests of the figures go every way through them: each line, and each branch."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.checks.programs import faults_of, program

ROOM = "src/zwerm/analysis"
TESTS = ("tests/analysis", ROOM)


def uncovered() -> list[str]:
    """Lines and branches of `zwerm.analysis` that its own tests never take."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"--data-file={Path(folder) / 'covered'}"
        tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS]
        failed = faults_of(program("coverage", "run", "--branch", f"--source={ROOM}", file, *tests))
        return failed or faults_of(
            program(
                "coverage", "report", file, "--show-missing", "--skip-covered", "--fail-under=100"
            )
        )
