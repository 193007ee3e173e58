"""The figures on trust run in turn; what was measured is not measured again."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bench import trust
from bench.installation import ROOT


def ran(folder: Path) -> subprocess.CompletedProcess[str]:
    options = ["--small", "--only", "bombs", "--folder", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "bench.trust", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def told(said: str) -> str:
    """What was measured, without what is said of the machine."""
    return said[said.index("bombs: ") :]


def test_a_figure_is_printed_with_its_goal_and_kept_for_the_next_time(tmp_path):
    first = ran(tmp_path)
    assert first.returncode == 0, first.stderr
    assert re.search(r"^bombs: .* crash nothing: met$", first.stdout, re.MULTILINE)
    assert re.search(r"^    goal: no crash: met$", first.stdout, re.MULTILINE)
    assert [one.name for one in tmp_path.iterdir()] == ["bombs-small.json"]

    again = ran(tmp_path)

    assert told(again.stdout) == told(first.stdout)


def test_a_goal_that_is_not_met_is_told_though_the_benchmark_ended_well():
    found = {"code": 0, "said": "Title.\n\nMachine\n\nsqlite\n  goal  p95: NOT met\n", "took": 1.0}
    words = trust.told("answer", found)
    assert words.splitlines()[0].endswith("nothing lost: NOT met")
    assert words.splitlines()[1:] == ["  sqlite", "    goal  p95: NOT met"]


def test_each_figure_has_a_small_size():
    assert [name for name, figure in trust.FIGURES.items() if not figure.small] == []
