"""Who did not answer named nobody that we know of: never a 0, in no table, drawing or sentence."""

from __future__ import annotations

import re

import pytest

from tests.analyse.files import only_network, put_people, put_ties
from tests.analyse.test_lively import known
from tests.analyse.test_report import Reader, report
from zwerm.analyse.drawings.familiar import strengths
from zwerm.analyse.figures import Reach

PEOPLE = ("id,team,answered", "a,x,1", "b,x,1", "c,y,0", "d,y,1")
TIES = ("a,b", "b,a", "a,c", "d,c")
SILENT = ("--respondents", "answered", "--no-intervals")


@pytest.fixture
def page(tmp_path):
    return report(tmp_path, *SILENT, people=PEOPLE, ties=TIES)


def test_the_json_says_who_answered_when_somebody_did_not(tmp_path):
    files = ("--ties", put_ties(tmp_path, *TIES), "--people", put_people(tmp_path, *PEOPLE))
    assert only_network(tmp_path, *files, *SILENT)["answered"] == [True, True, False, True]
    assert "answered" not in only_network(tmp_path, *files)


def test_a_dash_stands_where_nobody_knows_whom_somebody_names(page):
    rows = {row[0]: row for row in Reader(page).rows if len(row) == 8}
    assert [rows[person][2] for person in "abcd"] == ["2", "1", "–", "1"]
    assert "A dash: this person did not answer." in page


def test_the_table_of_ties_says_who_did_not_answer(page):
    rows = [row for row in Reader(page).rows if len(row) == 3]
    assert ["c", "did not answer", "a, d"] in rows


def test_the_script_says_that_somebody_did_not_answer(page):
    found = known(page)
    assert found["silent"] == [2]
    assert found["words"]["silent"] == "{name} did not answer. Named by {in}: {namers}."


def test_who_did_not_answer_has_a_broken_edge_and_the_caption_says_so(page):
    broken = re.findall(r'stroke-dasharray="3 2.4" data-p="(\d)"', page)
    assert broken == ["2", "2"]
    assert "Who did not answer has a broken edge" in page


def test_when_everybody_answered_there_is_nothing_to_say_of_silence(tmp_path):
    page = report(tmp_path, "--no-intervals", people=PEOPLE, ties=TIES)
    assert known(page)["silent"] == []
    assert "did not answer has" not in page
    assert "A dash" not in page
    assert 'stroke-dasharray="3 2.4"' not in page


def test_ties_between_teams_are_counted_by_who_could_name(tmp_path):
    files = ("--ties", put_ties(tmp_path, *TIES), "--people", put_people(tmp_path, *PEOPLE))
    teams = only_network(tmp_path, *files, *SILENT, "--team", "team")["teams"]
    assert (teams["members"], teams["respondents"]) == ([2, 2], [2, 1])


def test_a_team_that_hardly_answered_is_not_called_poor_in_ties():
    """Nobody answered in b: between a and b half of what could be is known, and no more."""
    ties = [[0, 2, 6], [0, 0, 0], [6, 0, 0]]
    members, names = [4, 4, 4], ["a", "b", "c"]
    whole = Reach(names, members, members, ties, 1.0, 1.0)
    silent = Reach(names, members, [4, 0, 4], ties, 1.0, 1.0)
    found = [{(t.a, t.b): t.strength for t in strengths(one)} for one in (whole, silent)]
    assert found[0] == {(1, 0): "few", (2, 0): "strong", (2, 1): "few"}
    assert found[1] == {(1, 0): "some", (2, 0): "strong", (2, 1): "few"}
