"""What the script of the drawing knows: the same people, ties and columns as the figures."""

from __future__ import annotations

import json
import re

import pytest

from tests.analyse.files import put
from tests.analyse.test_report import Reader, report
from zwerm.analyse import lively
from zwerm.analyse.words import Words

PEOPLE = (
    "id,team,age,note",
    *(f"p{i},{'ABCDEFG'[i % 7]},{'' if i == 3 else 20 + i},note {i}" for i in range(70)),
)
TIES = ("source,target", *(f"p{i},p{(i + k) % 70}" for k in (1, 5) for i in range(69)))


def known(page):
    return json.loads(re.findall(r'<script type="application/json">(.*?)</script>', page)[0])


@pytest.fixture
def page(tmp_path):
    return report(tmp_path, "--team", "team", "--no-intervals", people=PEOPLE, ties=TIES)


def test_every_person_and_arc_is_known_to_the_script(page):
    found = known(page)
    assert found["people"] == [f"p{i}" for i in range(70)]
    assert len(found["arcs"]) == 138
    assert [0, 1] in found["arcs"]
    rounds = re.findall(r'<circle[^>]*data-p="(\d+)"', page)
    assert sorted(rounds, key=int) == sorted([*map(str, range(70))] * 2, key=int)


def test_one_may_colour_by_team_columns_and_figures_but_not_by_what_only_tells_apart(page):
    names = re.findall(r'<option value="\d+">(.*?)</option>', page)
    assert names == ["Team", "How often named", "age", "Community"]


def test_the_table_holds_who_names_whom(page):
    rows = [row for row in Reader(page).rows if len(row) == 3]
    assert ["p0", "p1, p5", "p65"] in rows
    assert ["p69", "", "p64, p68"] in rows


def test_ties_without_direction_are_told_once(tmp_path):
    found = report(tmp_path, "--undirected", people=("id", "a", "b"), ties=("source,target", "a,b"))
    assert ["a", "b"] in Reader(found).rows
    assert known(found)["words"]["chosen"] == "{name} is tied to {out}: {named}."
    assert "dashed lines" not in found


def test_kinds_are_the_most_frequent_words_and_the_rest_together():
    cells = [*"AAABBBBCCDDEEFG", ""]
    column = lively.kinds("team", cells, Words("en"))
    assert column.classes == ["B (4)", "A (3)", "C (2)", "D (2)", "E (2)", "others (3)"]
    assert [column.member[at] for at in (0, 3, 13, 15)] == [1, 0, 5, 5]


def test_few_kinds_leave_room_before_the_rest():
    column = lively.kinds("team", ["A", ""], Words("en"))
    assert column.classes == ["A (1)", "", "", "", "", "others (1)"]
    assert column.member == [0, 5]


def test_amounts_are_four_classes_and_one_for_who_has_none():
    column = lively.amounts("age", [*range(20, 28), None], Words("nl"))
    assert column.member == [0, 0, 1, 1, 2, 2, 3, 3, 4]
    assert column.classes == ["20–21 (2)", "22–23 (2)", "24–25 (2)", "26–27 (2)", "geen waarde (1)"]


def test_amounts_that_are_all_the_same_are_one_class():
    column = lively.amounts("age", [2.5, 2.5], Words("nl"))
    assert (column.member, column.classes) == ([0, 0], ["2,50 (2)", "", "", ""])


def test_nobody_with_a_value_is_no_fault():
    column = lively.amounts("age", [None], Words("en"))
    assert (column.member, column.classes) == ([4], ["", "", "", "", "no value (1)"])


def test_words_of_a_file_cannot_end_the_data(tmp_path):
    people = put(tmp_path, "names.csv", "id", "</script><b>", "b").read_text().splitlines()
    found = report(tmp_path, people=people, ties=("source,target", "</script><b>,b"))
    assert known(found)["people"] == ["</script><b>", "b"]
    assert "</script><b>" not in found
