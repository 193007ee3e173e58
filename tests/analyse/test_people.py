"""Columns of people.csv and dyads.csv, and networks side by side."""

from __future__ import annotations

import math

import pytest

from tests.analyse.files import figures, only_network, put, put_people, put_ties, refusal


def test_each_value_of_by_is_a_network_with_its_own_people(tmp_path):
    people = put_people(
        tmp_path, "id,school", "1,North", "2,North", "3,North", "1,South", "2,South"
    )
    ties = put_ties(tmp_path, "source,target,school", "1,2,North", "2,1,South", "1,2,South")
    found = figures(tmp_path, "--ties", ties, "--people", people, "--by", "School")["networks"]
    assert {name: (one["members"], one["ties"]) for name, one in found.items()} == {
        "North": (3, 1),
        "South": (2, 2),
    }


def test_people_without_the_column_are_in_every_network(tmp_path):
    people = put_people(tmp_path, "a", "b", "c")
    ties = put_ties(tmp_path, "source,target,wave", "a,b,1", "a,b,2", "b,c,2")
    found = figures(tmp_path, "--ties", ties, "--people", people, "--by", "wave")["networks"]
    assert {name: (one["members"], one["ties"]) for name, one in found.items()} == {
        "1": (3, 1),
        "2": (3, 2),
    }


def test_a_network_in_which_nobody_names_anybody_is_still_a_network(tmp_path):
    people = put_people(tmp_path, "id,school", "1,North", "1,South", "2,South")
    ties = put_ties(tmp_path, "source,target,school", "1,2,South")
    found = figures(tmp_path, "--ties", ties, "--people", people, "--by", "school")["networks"]
    assert (found["North"]["ties"], found["North"]["reciprocity"]) == (0, None)
    assert found["North"]["density"] is None


def test_ties_of_a_network_without_people_are_refused(tmp_path, capsys):
    people = put_people(tmp_path, "id,school", "1,North", "2,North")
    ties = put_ties(tmp_path, "source,target,school", "1,2,North", "1,2,South")
    assert refusal(capsys, "--ties", ties, "--people", people, "--by", "school") == (
        "ties.csv, row 3: no row of people.csv has 'South' in the column 'school'. "
        "Add the people of this network, or correct the row."
    )


def test_a_person_who_is_there_twice_asks_for_by(tmp_path, capsys):
    people = put_people(tmp_path, "id,school", "1,North", "1,South")
    ties = put_ties(tmp_path, "1,1")
    assert refusal(capsys, "--ties", ties, "--people", people) == (
        "people.csv, row 3, column 'id': '1' stands in row 2 already. Everybody needs one row. "
        "If these are different networks, add --by with the column that tells them apart."
    )


def test_a_person_without_a_name_is_refused(tmp_path, capsys):
    people = put_people(tmp_path, "id,team", "a,x", ",y")
    assert refusal(capsys, "--ties", put_ties(tmp_path, "a,a"), "--people", people) == (
        "people.csv, row 3, column 'id': the cell is empty. Fill it in, or take the row out."
    )


def test_a_person_of_no_network_is_refused(tmp_path, capsys):
    people = put_people(tmp_path, "id,school", "a,North", "b,")
    ties = put_ties(tmp_path, "source,target,school", "a,b,North")
    assert refusal(capsys, "--ties", ties, "--people", people, "--by", "school") == (
        "people.csv, row 3, column 'school': the cell is empty. Fill it in, or take the row out."
    )


@pytest.mark.parametrize("option", ["--respondents", "--position", "--team"])
def test_a_column_that_is_not_there_is_refused_with_those_there_are(tmp_path, capsys, option):
    people = put_people(tmp_path, "id,group", "a,x", "b,y")
    ties = put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, "--people", people, option, "team") == (
        f"people.csv has no column 'team', which {option} asks for. It has: id, group."
    )


@pytest.mark.parametrize("option", ["--respondents", "--position", "--team"])
def test_a_column_of_people_needs_people(tmp_path, capsys, option):
    ties = put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, option, "team") == (
        f"{option} names a column of people.csv. Give that file with --people."
    )


def test_by_must_be_a_column_of_ties(tmp_path, capsys):
    ties = put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, "--by", "school") == (
        "ties.csv has no column 'school', which --by asks for. It has: source, target."
    )


SCHOOLS = ("id,school", "a,North", "b,North", "c,South", "d,South")


def test_the_network_may_be_told_by_the_people_alone(tmp_path):
    people, ties = put_people(tmp_path, *SCHOOLS), put_ties(tmp_path, "a,b", "c,d", "d,c")
    found = figures(tmp_path, "--ties", ties, "--people", people, "--by", "school")["networks"]
    assert {name: (one["people"], one["ties"]) for name, one in found.items()} == {
        "North": (["a", "b"], 1),
        "South": (["c", "d"], 2),
    }


def test_a_tie_between_two_networks_is_refused(tmp_path, capsys):
    people, ties = put_people(tmp_path, *SCHOOLS), put_ties(tmp_path, "a,b", "b,c")
    assert refusal(capsys, "--ties", ties, "--people", people, "--by", "school") == (
        "ties.csv, row 3: 'b' belongs to North and 'c' to South. With --by each network is looked "
        "at by itself. Take the row out, or leave --by out."
    )


def test_a_stranger_is_refused_also_when_the_people_tell_the_network(tmp_path, capsys):
    people, ties = put_people(tmp_path, *SCHOOLS), put_ties(tmp_path, "a,z")
    assert refusal(capsys, "--ties", ties, "--people", people, "--by", "school") == (
        "ties.csv, row 2, column 'target': 'z' is not in people.csv. "
        "Add this person there, or correct the row."
    )


def test_the_ties_must_tell_the_network_when_somebody_is_in_two(tmp_path, capsys):
    people, ties = put_people(tmp_path, *SCHOOLS, "a,South"), put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, "--people", people, "--by", "school") == (
        "ties.csv has no column 'school', which --by asks for. It has: source, target."
    )


def test_a_tie_without_a_value_of_by_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target,school", "a,b,", "a,b,x")
    assert refusal(capsys, "--ties", ties, "--by", "school") == (
        "ties.csv, row 2, column 'school': the cell is empty. Fill it in, or take the row out."
    )


def test_rows_of_who_did_not_answer_are_missing_and_not_empty(tmp_path):
    people = put_people(tmp_path, "id,answered", "a,yes", "b,1", "c,nee", "d,")
    ties = put_ties(tmp_path, "a,b", "b,a", "a,c", "b,d")
    found = only_network(tmp_path, "--ties", ties, "--people", people, "--respondents", "answered")
    assert (found["members"], found["respondents"]) == (4, 2)
    assert found["density"] == pytest.approx(4 / (2 * 3))
    assert found["mean_named"] == 2
    assert (found["reciprocity"], found["reciprocity_among_respondents"]) == (0.5, 1)


def test_who_did_not_answer_cannot_name_anybody(tmp_path, capsys):
    people = put_people(tmp_path, "id,answered", "a,1", "b,0")
    ties = put_ties(tmp_path, "a,b", "b,a")
    asked = ("--ties", ties, "--people", people, "--respondents", "answered")
    assert refusal(capsys, *asked) == (
        "ties.csv, row 3: 'b' names somebody, but according to people.csv this person did not "
        "answer. Correct one of the two files."
    )


def test_an_answer_that_is_neither_yes_nor_no_is_refused(tmp_path, capsys):
    people = put_people(tmp_path, "id,answered", "a,1", "b,perhaps")
    asked = ("--ties", put_ties(tmp_path, "a,b"), "--people", people, "--respondents", "answered")
    assert refusal(capsys, *asked) == (
        "people.csv, row 3, column 'answered': 'perhaps' is neither yes nor no. "
        "Write 1 for who answered and 0 for who did not."
    )


LEADERS = ("id,leader", "a,1", "b,0", "c,0", "d,0")
ASKED = ("b,a", "c,a", "d,a", "a,b", "c,b")


def test_coupling_is_the_chance_that_the_leader_is_named_more(tmp_path):
    people, ties = put_people(tmp_path, *LEADERS), put_ties(tmp_path, *ASKED)
    found = only_network(tmp_path, "--ties", ties, "--people", people, "--position", "leader")
    # One of four ways to hand out the post gives this.
    assert found["coupling"].pop("p") == pytest.approx(0.25, abs=0.03)
    assert found["coupling"] == {
        "value": 1.0,
        "interval": None,
        "leaders": 1,
        "share_of_members": 0.25,
        "share_of_ties": 0.6,
    }


def test_a_position_may_be_a_scale_and_who_has_none_is_left_out(tmp_path):
    people = put_people(tmp_path, "id,post", "a,3", "b,2", "c,2", "d,")
    ties = put_ties(tmp_path, *ASKED)
    found = only_network(tmp_path, "--ties", ties, "--people", people, "--position", "post")
    assert (found["coupling"]["value"], found["coupling"]["interval"]) == (1.0, None)
    assert found["coupling"]["p"] == pytest.approx(2 / 3, abs=0.04)


def test_a_position_that_is_a_word_is_refused(tmp_path, capsys):
    people = put_people(tmp_path, "id,post", "a,head", "b,0")
    asked = ("--ties", put_ties(tmp_path, "a,b"), "--people", people, "--position", "post")
    assert refusal(capsys, *asked) == (
        "people.csv, row 2, column 'post': 'head' is no position. Write 1 for a formal leader and "
        "0 for the others, or a number that is higher for a higher post."
    )


def test_when_all_have_one_position_there_is_no_coupling_and_that_is_said(tmp_path):
    people = put_people(tmp_path, "id,leader", "a,0", "b,0")
    ties = put_ties(tmp_path, "a,b")
    found = figures(tmp_path, "--ties", ties, "--people", people, "--position", "leader")
    assert found["warnings"] == ["Everybody has the same position, so coupling cannot be computed."]
    assert "coupling" not in found["networks"]["all"]


def test_where_no_position_is_known_that_is_said(tmp_path):
    people = put_people(tmp_path, "id,leader", "a,", "b,")
    ties = put_ties(tmp_path, "a,b")
    found = figures(tmp_path, "--ties", ties, "--people", people, "--position", "leader")
    assert found["warnings"][0] == "Nobody's position is known, so coupling cannot be computed."


def test_teams_give_what_goes_across_walls(tmp_path):
    people = put_people(tmp_path, "id,team", "a,red", "b,red", "c,blue", "d,")
    ties = put_ties(tmp_path, "a,b", "b,a", "a,c", "c,d")
    found = only_network(tmp_path, "--ties", ties, "--people", people, "--team", "team")
    teams = found["teams"]
    assert (teams["names"], teams["members"]) == (["red", "blue"], [2, 1])
    assert teams["ties"] == [[2, 1], [0, 0]]
    assert teams["across_share"] == pytest.approx(1 / 3)
    assert teams["ei_index"] == pytest.approx(-1 / 3)


def test_columns_of_pairs_are_compared_between_ties_and_all_pairs(tmp_path):
    people = put_people(tmp_path, "a", "b", "c")
    ties = put_ties(tmp_path, "a,b", "b,a", "b,c")
    pairs = put(tmp_path, "dyads.csv", "i,j,same_floor,metres", "a,b,1,5", "c,b,0,20", "a,c,0,")
    found = only_network(tmp_path, "--ties", ties, "--people", people, "--dyads", pairs)
    assert found["dyads"]["same_floor"] == {
        "ties": pytest.approx(2 / 3),
        "pairs": pytest.approx(1 / 3),
    }
    assert found["dyads"]["metres"] == {"ties": pytest.approx(10), "pairs": pytest.approx(12.5)}


def test_somebody_with_themselves_is_no_pair(tmp_path):
    files = (
        *("--people", put_people(tmp_path, "a", "b", "c")),
        *("--ties", put_ties(tmp_path, "a,b", "b,a", "b,c"), "--qap", "dyad(near)"),
    )
    rows = ("i,j,near", "a,b,1", "b,c,0", "a,c,")
    whole, without = (
        only_network(tmp_path, *files, "--dyads", put(tmp_path, "dyads.csv", *lines))
        for lines in ((*rows, "a,a,9", "b,b,9"), rows)
    )
    assert whole == without
    assert whole["dyads"]["near"]["pairs"] == 0.5


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "b,a,1",
            "row 3: the same pair stands in row 2. Each pair needs one row, in whatever order.",
        ),
        (
            "a,z,1",
            "row 3, column 'j': 'z' is nobody in this network. Correct the row, or take it out.",
        ),
        (
            "a,c,far",
            "row 3, column 'near': 'far' is no number. "
            "Write a number; anything that is not 0 is a tie.",
        ),
    ],
)
def test_a_faulty_pair_is_refused(tmp_path, capsys, row, said):
    people, ties = put_people(tmp_path, "a", "b", "c"), put_ties(tmp_path, "a,b")
    pairs = put(tmp_path, "dyads.csv", "i,j,near", "a,b,1", row)
    asked = ("--ties", ties, "--people", people, "--dyads", pairs)
    assert refusal(capsys, *asked) == f"dyads.csv, {said}"


def test_a_figure_that_is_not_defined_is_null_and_never_a_word(tmp_path):
    found = only_network(tmp_path, "--ties", put_ties(tmp_path, "a,b"))
    assert found["indegree_centralization"] is None
    assert found["transitivity_weak"] is None
    assert not any(isinstance(one, float) and math.isnan(one) for one in found.values())


def test_a_number_that_nothing_can_be_computed_with_is_refused(tmp_path, capsys):
    people = put_people(tmp_path, "id,age", "a,40", "b,1e200", "c,30")
    ties = put_ties(tmp_path, "source,target", "a,b")
    assert refusal(capsys, "--ties", ties, "--people", people, "--qap", "receiver(age)") == (
        "people.csv, row 3, column 'age': '1e200' is no number, and --qap takes numbers from it. "
        "For one word of a column write for instance receiver(age=1e200)."
    )
    heavy = put_ties(tmp_path, "source,target,value", "a,b,-1e200")
    assert refusal(capsys, "--ties", heavy).startswith(
        "ties.csv, row 2, column 'value': '-1e200' is no number."
    )


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ((), ["Everybody has the same position, so coupling cannot be computed."]),
        (
            ("--by", "school"),
            [
                f"{name}: everybody has the same position, so coupling cannot be computed."
                for name in ("all", "x")
            ],
        ),
    ],
)
def test_a_note_names_its_network_where_there_are_several(tmp_path, by, said):
    people = put_people(tmp_path, "id,school,leader", "a,all,1", "b,all,1", "c,x,0", "d,x,0")
    leaders = put(tmp_path, "alike.csv", "id,leader", *(f"{one},1" for one in "abcd"))
    asked = ("--people", people if by else leaders, "--position", "leader", *by)
    ties = put_ties(tmp_path, "a,b", "b,a", "c,d", "d,c")
    assert figures(tmp_path, "--ties", ties, *asked)["warnings"] == said
