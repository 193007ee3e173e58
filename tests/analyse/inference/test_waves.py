"""Waves beside each other: exact counts, verdicts, and waves that cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.analyse.files import figures, put, put_ties, refusal
from zwerm.analyse.waves import in_order

DATA = Path(__file__).resolve().parents[4] / "shared/data"
with_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data of published studies are not beside this checkout"
)
FAMILY = ["mean_named", "reciprocity", "indegree_centralization", "coupling"]


def put_waves(folder, people=60, more=4, waves=("2024", "2025"), shift=0):
    """In the first wave everybody names three; in each later one `more` on top of that."""
    rng = np.random.default_rng(3)
    rows = []
    for place, wave in enumerate(waves):
        for i in range(people):
            others = rng.permutation([j for j in range(people) if j != i])
            named = others[: 3 + place * more]
            rows += [f"{i + place * shift},{j + place * shift},{wave}" for j in named]
    return ("--ties", put(folder, "ties.csv", "source,target,year", *rows), "--wave", "year")


def changed(folder, *options):
    return figures(folder, *options, "--no-intervals")["change"]["all"]


@with_data
def test_s50_counts_equal_r(tmp_path):
    folder = DATA / "s50-waves"
    files = ("--ties", folder / "ties.csv", "--people", folder / "nodes.csv")
    found = changed(tmp_path, *files, "--wave", "wave")["comparisons"]
    reference = json.loads((folder / "expected.json").read_text("utf-8"))["change"]
    assert [(one["from"], one["to"]) for one in found] == [("1", "2"), ("2", "3")]
    for one, theirs in zip(found, reference.values(), strict=True):
        arcs = one["arcs"]
        assert [arcs["kept"], arcs["ended"], arcs["made"]] == [
            theirs["stable"],
            theirs["dissolved"],
            theirs["created"],
        ]
        assert arcs["jaccard"] == pytest.approx(theirs["jaccard"], abs=1e-9)
        assert one["answered_twice"] == 50


def test_more_named_has_risen(tmp_path):
    (one,) = changed(tmp_path, *put_waves(tmp_path))["comparisons"]
    assert list(one["figures"]) == FAMILY
    named = one["figures"]["mean_named"]
    assert (named["verdict"], named["reason"], named["difference"]) == ("risen", None, 4.0)
    assert named["p"] <= 0.1
    low, high = named["interval"]
    assert low < 4.0 < high
    assert one["figures"]["coupling"]["reason"] == "few_leaders"
    assert named["composition"] == 0.0


def test_each_wave_is_a_network_of_its_own(tmp_path):
    found = figures(tmp_path, *put_waves(tmp_path), "--no-intervals")["networks"]
    assert {name: one["mean_named"] for name, one in found.items()} == {"2024": 3.0, "2025": 7.0}


def test_falling_back_rests_on_three_waves(tmp_path):
    files = put_waves(tmp_path, waves=("2025-09", "2024-09", "2023-09"))
    found = changed(tmp_path, *files)
    assert [one["from"] for one in found["comparisons"]] == ["2023-09", "2024-09"]
    assert found["falling_back"]["mean_named"] == "twice"


def test_people_may_differ_by_wave_and_those_of_both_are_compared(tmp_path):
    files = put_waves(tmp_path, people=30, shift=4)
    people = [f"{i + 4 * place},{2024 + place}" for place in (0, 1) for i in range(30)]
    who = put(tmp_path, "people.csv", "id,year", *people)
    (one,) = changed(tmp_path, *files, "--people", who)["comparisons"]
    assert (one["people"], one["came"], one["went"]) == (26, 4, 4)
    assert (one["figures"]["mean_named"]["whole"], one["answered_twice"]) == (4.0, 26)


def test_few_who_answered_twice_say_nothing(tmp_path):
    (one,) = changed(tmp_path, *put_waves(tmp_path, people=12))["comparisons"]
    assert {figure["reason"] for figure in one["figures"].values()} == {"few_answers"}


def test_schools_and_waves_go_together(tmp_path):
    rows = [
        f"{i},{(i + k) % 9},{school},{wave}"
        for school in "NS"
        for wave in (1, 2)
        for k in range(1, wave + 2)
        for i in range(9)
    ]
    ties = put(tmp_path, "ties.csv", "source,target,school,wave", *rows)
    asked = ("--ties", ties, "--by", "school", "--wave", "wave", "--no-intervals")
    found = figures(tmp_path, *asked)
    assert list(found["networks"]) == ["N, 1", "S, 1", "N, 2", "S, 2"]
    assert {name: len(one["comparisons"]) for name, one in found["change"].items()} == {
        "N": 1,
        "S": 1,
    }


def test_waves_that_share_nobody_are_refused(tmp_path, capsys):
    assert refusal(capsys, *put_waves(tmp_path, people=10, more=1, shift=100)) == (
        "--wave year: no two successive waves share anybody, so nothing can be compared. "
        "Are people named in the same way in each wave?"
    )


def test_of_several_waves_those_that_share_nobody_are_passed_over(tmp_path):
    rows = ["a,b,1", "b,a,1", "x,y,2", "y,x,2", "x,y,3"]
    ties = put(tmp_path, "ties.csv", "source,target,wave", *rows)
    found = figures(tmp_path, "--ties", ties, "--wave", "wave", "--no-intervals", "--directed")
    assert found["warnings"] == ["1 and 2 share nobody, so they were not compared."]
    assert [one["from"] for one in found["change"]["all"]["comparisons"]] == ["2"]


@pytest.mark.parametrize(
    ("ties", "asked", "said"),
    [
        (
            ("source,target,wave", "a,b,1"),
            ("--wave", "wave"),
            "ties.csv, column 'wave': there is one wave only (1). Change needs two. "
            "Leave --wave out, or add the other one.",
        ),
        (
            ("source,target,wave", "a,b,1"),
            ("--wave", "year"),
            "ties.csv has no column 'year', which --wave asks for. It has: source, target, wave.",
        ),
        (
            ("source,target,wave", "a,b,1", "b,a,"),
            ("--wave", "wave"),
            "ties.csv, row 3, column 'wave': the cell is empty. Fill it in, or take the row out.",
        ),
        (
            ("source,target,wave", "a,b,1", "a,b,2"),
            ("--wave", "wave", "--by", "wave"),
            "--by and --wave both name 'wave'. Use --wave to compare waves, and --by for what "
            "tells networks apart, such as a school.",
        ),
        (
            ("source,target,wave", "a,b,1", "a,b,2"),
            ("--wave", "wave", "--undirected"),
            "--wave: ties without direction cannot be compared, for nobody's answer is known. Add "
            "--directed if they have a direction, or use --by to look at each wave.",
        ),
    ],
)
def test_waves_that_cannot_be_read_are_refused(tmp_path, capsys, ties, asked, said):
    assert refusal(capsys, "--ties", put(tmp_path, "ties.csv", *ties), *asked) == said


def test_a_wave_without_people_is_refused(tmp_path, capsys):
    ties = put(tmp_path, "ties.csv", "source,target,wave", "a,b,1", "a,b,2")
    people = put(tmp_path, "people.csv", "id,wave", "a,1", "b,1")
    assert refusal(capsys, "--ties", ties, "--people", people, "--wave", "wave") == (
        "ties.csv, row 3: no row of people.csv has '2' in the column 'wave'. "
        "Add the people of this network, or correct the row."
    )


@pytest.mark.parametrize(
    ("waves", "ordered"),
    [
        (["10", "9", "2,5"], ["2,5", "9", "10"]),
        (["2025-01-15", "2024-11-02"], ["2024-11-02", "2025-01-15"]),
        (["voor", "na"], ["voor", "na"]),
    ],
)
def test_waves_stand_in_the_order_of_time(waves, ordered):
    assert in_order(waves) == ordered


def test_the_measured_stability_takes_the_place_of_the_assumed_one(tmp_path):
    found = figures(tmp_path, *put_waves(tmp_path, people=30))
    (one,) = found["change"]["all"]["comparisons"]
    steady = {network["stability"] for network in found["networks"].values()}
    assert steady == {one["arcs"]["stability"]}


def test_when_nobody_names_the_same_people_again_that_is_what_is_assumed(tmp_path):
    rows = [f"p{one},p{(one + step) % 24},{step}" for step in (1, 2) for one in range(24)]
    ties = put_ties(tmp_path, "source,target,wave", *rows)
    found = figures(tmp_path, "--ties", ties, "--wave", "wave", "--intervals")
    assert found["change"]["all"]["comparisons"][0]["arcs"]["stability"] == 0
    assert {network["stability"] for network in found["networks"].values()} == {0}
