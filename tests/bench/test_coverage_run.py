"""The coverage benchmark as somebody starts it: stopped, resumed, and on schools that are real."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from bench import _coverage_fit, _coverage_page, _coverage_real, choice, coverage
from bench._coverage_grid import Cell, Portion
from bench._coverage_judge import judged
from bench._coverage_score import score
from bench._coverage_store import ROOT

from zwerm.analysis import network

SMALL = ["--networks", "2", "--draws", "40", "--sizes", "12", "--goal-only", "--jobs", "2"]
TABLES = 7
"""In which there is a line for each row."""
NO_NEIGHBOUR = Path("nowhere")


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    page = folder / "coverage.md"
    if not page.exists():
        shutil.copy(coverage.PAGE, page)
    options = [*words, "--folder", str(folder / "kept"), "--page", str(page)]
    return subprocess.Popen(
        [sys.executable, "-m", "bench.coverage", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_run_writes_its_page_and_a_second_one_measures_nothing_and_writes_the_same(tmp_path):
    first = started(tmp_path, *SMALL)
    said = first.communicate(timeout=280)[0]
    page = (tmp_path / "coverage.md").read_text(encoding="utf-8")
    assert first.returncode in {0, 1}, said
    assert "40 draws per school. Schools in each cell of the goals: 2 of 12 people." in page
    assert page.count("| 12 | 80 % | at random | A |") == TABLES
    again = started(tmp_path, *SMALL)
    said = again.communicate(timeout=280)[0]
    assert again.returncode == first.returncode
    found = len(list((tmp_path / "kept").glob("*.npz")))
    assert f"{found} of {found} portions are there already." in said
    assert (tmp_path / "coverage.md").read_text(encoding="utf-8") == page


def test_a_run_that_is_stopped_keeps_what_it_did_and_leaves_nobody_behind(tmp_path):
    running = started(tmp_path, "--networks", "40", "--sizes", "12", "--jobs", "2")
    while running.poll() is None and not list(tmp_path.glob("kept/*.npz")):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=60)[0]
    assert running.returncode == coverage.STOPPED, said
    assert f"What was measured is kept in {tmp_path / 'kept'}" in said
    assert "Traceback" not in said


def test_what_is_not_measured_yet_is_said_and_is_no_success(tmp_path):
    running = started(tmp_path, *SMALL, "--only-page")
    said = running.communicate(timeout=60)[0]
    assert (running.returncode, said) == (2, "Nothing was measured yet: leave out --only-page.\n")


def test_the_same_portion_gives_the_same_result():
    portion = Portion(Cell(12, 0.8, "less_connected", "cluster", "sparse", "B"), 0, 2)
    first, second = (_coverage_fit.measure(portion, 24) for _ in range(2))
    assert np.array_equal(first.completion, second.completion)
    assert np.array_equal(first.remeasurement, second.remeasurement)
    assert np.array_equal(first.again, second.again)


def test_with_everybodys_answers_completion_is_the_figure_itself():
    portion = Portion(Cell(25, 1.0, "at_random", "central", "dense", "A"), 0, 3)
    one = score(judged(_coverage_fit.measure(portion, 24)))
    assert one.completion.all()
    assert not one.width.any()


@pytest.fixture
def neighbour(tmp_path):
    """A folder of real schools as the researchers' has it, with one school of four."""
    (tmp_path / "nodes.csv").write_text(
        "school,id\n" + "".join(f"3,{person}\n" for person in "abcd"), encoding="utf-8"
    )
    (tmp_path / "ties.csv").write_text(
        "school,relation,source,target,value\n3,advice,a,b,1\n3,advice,b,a,1\n3,advice,c,a,1\n",
        encoding="utf-8",
    )
    return tmp_path


def test_real_schools_are_read_as_who_asks_whom(neighbour):
    (ties,) = _coverage_real.real_schools(neighbour).values()
    assert np.argwhere(ties).tolist() == [[0, 1], [1, 0], [2, 0]]
    first = next(_coverage_real.deletions(neighbour))
    assert (first.name, first.people) == ("real3-r080-at_random", 4)


def test_without_real_schools_nothing_is_said_of_them():
    assert list(_coverage_real.deletions(NO_NEIGHBOUR)) == []
    assert _coverage_real.resemblance(NO_NEIGHBOUR) == {}


def test_a_real_network_has_no_coupling_and_no_walls(neighbour):
    (ties,) = _coverage_real.real_schools(neighbour).values()
    found = dict(zip(choice.FIGURES, _coverage_real.figures_of(ties), strict=True))
    assert np.isnan([found.pop("coupling"), found.pop("across")]).all()
    assert found == pytest.approx(
        {
            "mean_named": network.mean_named(ties),
            "reciprocity": network.reciprocity(ties),
            "centralization": network.indegree_centralization(ties),
            "gini": network.gini(network.indegree(ties)),
            "unnamed_share": 0.5,
        }
    )


def test_a_real_figure_outside_the_invented_ones_is_marked():
    table = _coverage_page.resemblance_table({"3": {"gini": (0.5, 0.2, 0.4)}})
    assert table.splitlines()[-1] == "| 3 | .50 in .20 to .40 (outside) |"


@pytest.mark.skipif(not _coverage_real.FOLDER.exists(), reason="the real schools are not there")
def test_real_schools_can_be_completed_again():
    deletion = next(iter(_coverage_real.deletions()))
    few = _coverage_real.Deletion(
        deletion.school, deletion.people, deletion.response, deletion.silence, 3
    )
    one = judged(_coverage_real.measure(few, 24))
    known = [choice.FIGURES.index(figure) for figure in _coverage_real.KNOWN]
    assert not np.isnan(one.completion[:, :, known]).any()
    text = _coverage_page.real_table([(few, score(one))])
    assert text.splitlines()[-1].startswith("| 80 % | at random | ")
