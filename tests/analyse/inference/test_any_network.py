"""Networks of every awkward shape, with every option: figures or a reason, never a crash."""

from __future__ import annotations

import pytest

from tests.analyse.files import figures, put

NETWORKS = {
    "empty": lambda n: [],
    "complete": lambda n: [(i, j) for i in range(n) for j in range(n) if i != j],
    "star": lambda n: [(i, 0) for i in range(1, n)],
    "ring": lambda n: [(i, (i + 1) % n) for i in range(n) if n > 1],
    "two halves": lambda n: [
        (i, j) for i in range(n) for j in range(n) if i != j and (i < n // 2) == (j < n // 2)
    ],
}


@pytest.mark.parametrize("people", [1, 2, 13, 21])
@pytest.mark.parametrize("shape", NETWORKS)
@pytest.mark.parametrize("answers", ["all", "one"])
def test_any_network_has_figures_without_a_crash_or_a_silent_nan(tmp_path, people, shape, answers):
    """Every option at once, values below zero, empty cells, one respondent, a tie to oneself."""
    ends = [(i, j) for i, j in NETWORKS[shape](people) if answers == "all" or i == 0]
    rows = [f"p{i},p{j},{-1.5 if (i + j) % 2 else 2},{w}" for w in (1, 2) for i, j in ends]
    rows += ["p0,p0,1,1", "p0,p0,1,2"]
    who = [
        f"p{i},{'xyz'[i % 3] if i % 5 else ''},{int(i % 6 == 0) if i % 7 else ''},"
        f"{20 + i if i % 4 else ''},{int(answers == 'all' or i == 0)}"
        for i in range(people)
    ]
    ties = put(tmp_path, "ties.csv", "source,target,value,wave", *rows)
    members = put(tmp_path, "people.csv", "id,team,leads,age,answered", *who)
    found = figures(
        tmp_path,
        *("--ties", ties, "--people", members, "--respondents", "answered", "--directed"),
        *("--wave", "wave", "--team", "team", "--position", "leads", "--permutations", "19"),
        *("--qap", "absdiff(age)", "--mrqap", "same(team) + receiver(leads) + sender(age)"),
        *("--html", tmp_path / "report.html", "--graphml", tmp_path / "out.graphml"),
    )
    assert {one["members"] for one in found["networks"].values()} == {people}
