"""Intervals of the command: which are there, which are withheld, and said why."""

from __future__ import annotations

import pytest

from tests.analyse.files import figures, only_network, put_ties
from tests.analyse.inference.invented import put_school

ADVICE = ("--relation", "advice", "--permutations", "20")
ALL = {
    *("mean_named", "reciprocity", "indegree_centralization", "gini_indegree"),
    *("coupling", "across_share", "unnamed_share"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    asked = (*ADVICE, "--position", "leads", "--team", "team", "--respondents", "answered")
    return figures(folder, *put_school(folder, 60, silent=9), *asked)


def test_every_figure_has_two_intervals_or_a_reason(whole):
    found = whole["networks"]["all"]
    assert set(found["intervals"]) | set(found["intervals_withheld"]) == ALL
    for name, kinds in found["intervals"].items():
        assert set(kinds) >= {"completion", "completion_at_random"}
        assert all(low <= high for low, high in kinds.values())
        missing = {"completion", "completion_at_random", "remeasurement"} - set(kinds)
        assert missing == set(found["intervals_withheld"].get(name, {}))


def test_the_interval_of_coupling_stands_with_it(whole):
    found = whole["networks"]["all"]
    assert set(found["coupling"]) == {
        *("value", "interval", "p", "leaders", "share_of_members", "share_of_ties")
    }
    assert found["coupling"]["interval"] == found["intervals"]["coupling"]["remeasurement"]
    assert found["stability"] == 0.5


def test_when_everybody_answered_completion_has_no_width(tmp_path):
    found = only_network(tmp_path, *put_school(tmp_path), *ADVICE)
    value = found["mean_named"]
    assert found["intervals"]["mean_named"]["completion"] == [value, value]
    low, high = found["intervals"]["mean_named"]["remeasurement"]
    assert low < value < high


def ring(people, school=""):
    return [f"{i},{(i + k) % people}{school}" for k in (2, 3) for i in range(people)]


def test_a_handful_of_people_has_no_intervals_and_that_is_in_the_figures(tmp_path):
    found = figures(tmp_path, "--ties", put_ties(tmp_path, *ring(9)))
    network = found["networks"]["all"]
    assert (found["warnings"], network["intervals"]) == ([], {})
    assert network["intervals_withheld"] == {
        name: {"completion": "few_members"} for name in ALL - {"coupling", "across_share"}
    }


def test_what_is_withheld_is_said_with_its_reason_once_for_all_networks(tmp_path):
    rows = [*ring(14, ",N"), *ring(14, ",S")]
    people = [f"{i},{int(i < 10)},{school}" for school in "NS" for i in range(14)]
    who = tmp_path / "people.csv"
    who.write_text("\n".join(["id,answered,school", *people]), encoding="utf-8")
    kept = [row for row in rows if int(row.split(",")[0]) < 10]
    ties = put_ties(tmp_path, "source,target,school", *kept)
    asked = ("--ties", ties, "--people", who, "--by", "school", "--respondents", "answered")
    said = figures(tmp_path, *asked)["warnings"]
    assert said[0] == "N, S: no interval for Mean named. Too few of them answered."


def test_one_respondent_says_nothing_of_the_others_and_no_figure_is_a_silent_nan(tmp_path):
    school = put_school(tmp_path, 20, silent=19)
    found = figures(tmp_path, *school, *ADVICE, "--respondents", "answered")
    assert set(found["networks"]["all"]["intervals_withheld"]) == ALL - {"coupling", "across_share"}
    assert "Too few of them answered." in found["warnings"][-1]


def test_intervals_are_not_made_when_not_wanted(tmp_path):
    school = put_school(tmp_path)
    assert "intervals" not in only_network(tmp_path, *school, *ADVICE, "--no-intervals")


def test_large_networks_have_none_unless_they_are_asked_for(tmp_path):
    ties = put_ties(tmp_path, *(f"{i},{(i * 7 + 1) % 600}" for i in range(600)))
    found = figures(tmp_path, "--ties", ties)
    assert "intervals" not in found["networks"]["all"]
    assert found["warnings"] == [
        "Intervals would take about 15 seconds, so they were left out. "
        "Ask for them with --intervals."
    ]


def test_more_people_than_memory_holds_have_none_even_when_asked_for(tmp_path):
    ties = put_ties(tmp_path, *(f"{i},{(i * 7 + 1) % 2001}" for i in range(2001)))
    found = figures(tmp_path, "--ties", ties, "--intervals")
    assert "intervals" not in found["networks"]["all"]
    assert found["warnings"] == [
        "There are no intervals: all has more than 2000 people. "
        "Look at parts of it, for instance with --by."
    ]


def test_ties_without_direction_have_none_and_that_is_said_when_asked(tmp_path):
    ties = put_ties(tmp_path, *(f"{i},{i + 1}" for i in range(20)))
    asked = ("--ties", ties, "--undirected")
    assert figures(tmp_path, *asked)["warnings"] == []
    found = figures(tmp_path, *asked, "--intervals")
    assert found["warnings"] == ["There are no intervals: they are made for ties with a direction."]
    assert "intervals" not in found["networks"]["all"]


def test_the_same_seed_gives_the_same_intervals_whatever_else_is_asked(tmp_path):
    school = put_school(tmp_path, 30)
    alone = only_network(tmp_path, *school, *ADVICE)
    beside = only_network(tmp_path, *school, *ADVICE, "--qap", "same(team)", "--permutations", "30")
    assert beside["intervals"] == alone["intervals"]
    other = only_network(tmp_path, *school, *ADVICE, "--seed", "9")
    assert other["intervals"] != alone["intervals"]


def test_who_is_much_asked_and_silent_is_told(tmp_path):
    rows = [f"{i},{40 + (i + k) % 10}" for i in range(40) for k in range(3)]
    rows += [f"{i},{(i + 1) % 40}" for i in range(40)]
    people = ["id,answered", *(f"{i},{int(i < 40)}" for i in range(50))]
    who = tmp_path / "people.csv"
    who.write_text("\n".join(people), encoding="utf-8")
    asked = ("--ties", put_ties(tmp_path, *rows), "--people", who, "--respondents", "answered")
    found = figures(tmp_path, *asked)
    network = found["networks"]["all"]
    assert network["silent_asked_ratio"] == 12.0
    assert network["intervals_withheld"]["mean_named"] == {"completion": "much_asked_silent"}
    assert found["warnings"][-1] == (
        "Who did not answer is asked 12.00 times as often as who did. "
        "No method here makes up for that; try to hear them still."
    )
