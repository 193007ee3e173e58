"""What may be wrong with ties: each time the row, the column, and what to do."""

from __future__ import annotations

import pytest

from tests.analyse.files import figures, only_network, put_people, put_ties, refusal


def test_ties_without_people_give_the_people_in_the_order_in_which_they_are_named(tmp_path):
    found = only_network(tmp_path, "--ties", put_ties(tmp_path, "Bo,Al", "Cy,Bo"))
    assert found["people"] == ["Bo", "Al", "Cy"]
    assert found["indegree"] == [1, 1, 0]


def test_figures_follow_the_order_of_the_people_and_count_who_has_no_tie(tmp_path):
    people = put_people(tmp_path, "Dee", "Al", "Bo", "Cy")
    ties = put_ties(tmp_path, "Bo,Al", "Cy,Bo")
    found = only_network(tmp_path, "--ties", ties, "--people", people)
    assert (found["people"], found["indegree"]) == (["Dee", "Al", "Bo", "Cy"], [0, 1, 1, 0])
    assert (found["members"], found["isolates"]) == (4, 1)


def test_a_stranger_is_named_with_row_column_and_what_to_do(tmp_path, capsys):
    people = put_people(tmp_path, "a", "b")
    ties = put_ties(tmp_path, "a,b", "z,a", "a,b")
    assert refusal(capsys, "--ties", ties, "--people", people) == (
        "ties.csv, row 3, column 'source': 'z' is not in people.csv. "
        "Add this person there, or correct the row."
    )


def test_many_strangers_are_counted(tmp_path, capsys):
    people = put_people(tmp_path, "a", "b")
    ties = put_ties(tmp_path, "a,x", "b,y", "a,y")
    assert refusal(capsys, "--ties", ties, "--people", people) == (
        "ties.csv, row 2, column 'target': 'x' is not in people.csv. "
        "The same fault is in 2 more rows. Add these people there, or correct the rows."
    )


def test_self_ties_are_left_out_and_counted_in_a_warning(tmp_path, capsys):
    found = figures(tmp_path, "--ties", put_ties(tmp_path, "a,b", "b,b", "a,a", "b,a"))
    said = "ties.csv: 2 ties of people to themselves were left out (rows 3, 4)."
    assert found["warnings"] == [said]
    assert found["networks"]["all"]["ties"] == 2
    assert capsys.readouterr().err == f"Note: {said}\n"


def test_repeated_ties_count_once_and_are_counted_in_a_warning(tmp_path):
    rows = ["a,b", *["a,b"] * 7]
    found = figures(tmp_path, "--ties", put_ties(tmp_path, *rows))
    assert found["warnings"] == [
        "ties.csv: 7 rows repeat a tie that is there already; each counts once "
        "(rows 3, 4, 5, 6, 7, ...)."
    ]
    assert found["networks"]["all"]["ties"] == 1


def test_a_single_row_left_out_is_said_in_the_singular(tmp_path):
    found = figures(tmp_path, "--ties", put_ties(tmp_path, "a,b", "b,b", "a,b"))
    assert found["warnings"] == [
        "ties.csv: 1 tie of somebody to themselves was left out (row 3).",
        "ties.csv: 1 tie is there twice and counts once (row 4).",
    ]


def test_any_value_that_is_not_zero_is_a_tie(tmp_path):
    rows = ["source,target,value", "a,b,0.5", "b,a,-1", "c,a,0", 'a,c,"0,0"', "b,c,3e2"]
    found = only_network(tmp_path, "--ties", put_ties(tmp_path, *rows))
    assert (found["ties"], found["indegree"]) == (3, [1, 1, 1])


@pytest.mark.parametrize("word", ["many", "NA", "nan", "inf", "1.2.3", "1,2,3"])
def test_a_value_that_is_no_number_is_refused(tmp_path, capsys, word):
    ties = put_ties(tmp_path, "source;target;value", "a;b;1", f"b;a;{word}")
    assert refusal(capsys, "--ties", ties) == (
        f"ties.csv, row 3, column 'value': '{word}' is no number. "
        "Write a number; anything that is not 0 is a tie."
    )


def test_an_empty_value_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target,value", "a,b,")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv, row 2, column 'value': the cell is empty. "
        "Write 1 for a tie, or take the row out."
    )


def test_a_tie_that_is_and_is_not_there_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target,value", "a,b,1", "a,b,0")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv, row 3: the same tie stands in row 2. "
        "One of the two has the value 0, the other has not. Take one of them out."
    )


def test_a_tie_that_differs_in_another_column_asks_for_by(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target,wave", "a,b,1", "a,b,2")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv, row 3: the same tie stands in row 2, with something else in the column 'wave'. "
        'If these are different networks, add --by "wave"; if they are waves to compare, '
        '--wave "wave". Else take one of the rows out.'
    )


def test_an_empty_name_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "a,b", "b,")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv, row 3, column 'target': the cell is empty. Fill it in, or take the row out."
    )


def test_a_missing_column_lists_those_there_are(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,to whom,week", "a,b,1")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv has no column 'target'. It has: source, to whom, week. "
        "Add that column, or rename one."
    )


def test_headings_without_rows_are_refused(tmp_path, capsys):
    assert refusal(capsys, "--ties", put_ties(tmp_path)) == (
        "ties.csv has headings but no rows below them. It needs one row per tie."
    )


def test_an_empty_file_is_refused(tmp_path, capsys):
    ties = tmp_path / "ties.csv"
    ties.touch()
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv is empty. It needs a row of headings, and rows below it."
    )


RELATIONS = ("source,target,relation", "a,b,advice", "b,a,friend ship", "a,a,friend ship")


def test_several_relations_are_listed(tmp_path, capsys):
    assert refusal(capsys, "--ties", put_ties(tmp_path, *RELATIONS)) == (
        "ties.csv holds several relations: advice, friend ship. "
        'Choose one, for instance --relation "advice", or look at each with --by "relation".'
    )


def test_each_relation_may_be_a_network(tmp_path):
    people = put_people(tmp_path, "a", "b")
    asked = ("--ties", put_ties(tmp_path, *RELATIONS), "--people", people, "--by", "Relation")
    found = figures(tmp_path, *asked)["networks"]
    assert {name: one["ties"] for name, one in found.items()} == {"advice": 1, "friend ship": 1}


def test_one_relation_is_taken_and_faults_in_another_are_not_its_business(tmp_path):
    found = figures(tmp_path, "--ties", put_ties(tmp_path, *RELATIONS), "--relation", "advice")
    assert (found["warnings"], found["networks"]["all"]["ties"]) == ([], 1)
    assert found["networks"]["all"]["people"] == ["a", "b"]


def test_an_unknown_relation_is_refused_with_those_there_are(tmp_path, capsys):
    ties = put_ties(tmp_path, *RELATIONS)
    assert refusal(capsys, "--ties", ties, "--relation", "advise") == (
        "ties.csv holds no relation 'advise'. It has: advice, friend ship."
    )


def test_a_single_relation_needs_no_choice(tmp_path):
    ties = put_ties(tmp_path, "source,target,relation", "a,b,advice")
    assert only_network(tmp_path, "--ties", ties)["ties"] == 1


def test_a_relation_without_its_column_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, "--relation", "advice") == (
        "ties.csv has no column 'relation', which --relation asks for. It has: source, target. "
        "Leave --relation out, or add the column."
    )


def test_ties_without_direction_hold_both_ways(tmp_path):
    ties = put_ties(tmp_path, "a,b", "b,c")
    found = only_network(tmp_path, "--ties", ties, "--undirected")
    assert (found["ties"], found["degree"], found["betweenness"]) == (2, [1, 2, 1], [0, 1, 0])
    assert found["density"] == pytest.approx(2 / 3)
    assert found["mean_named"] == pytest.approx(4 / 3)
    assert found["degree_centralization"] == 1
    assert found["strong_components"] == 1


def test_a_list_that_looks_undirected_is_read_so_and_says_so(tmp_path):
    rows = [f"p{i:02},p{i + 1:02}" for i in range(12)]
    found = figures(tmp_path, "--ties", put_ties(tmp_path, *rows))
    assert found["warnings"] == [
        "ties.csv: every tie runs from somebody earlier in the list to somebody later, each "
        "once. So the ties are read as without direction. Do they have one? Add --directed."
    ]
    assert found["networks"]["all"]["degree"] == [1, *[2] * 11, 1]
    back = figures(tmp_path, "--ties", put_ties(tmp_path, *rows, "p12,p00"))
    assert back["warnings"] == []
    assert back["networks"]["all"]["reciprocity"] == 0


def test_a_list_in_one_order_keeps_its_direction_when_that_is_asked(tmp_path):
    rows = [f"p{i:02},p{i + 1:02}" for i in range(12)]
    found = figures(tmp_path, "--ties", put_ties(tmp_path, *rows), "--directed")
    assert (found["warnings"], found["options"]["undirected"]) == ([], False)
    assert found["networks"]["all"]["reciprocity"] == 0


def test_both_directions_cannot_be_asked(tmp_path, capsys):
    with pytest.raises(SystemExit):
        figures(tmp_path, "--ties", put_ties(tmp_path, "a,b"), "--directed", "--undirected")
    assert "not allowed with argument" in capsys.readouterr().err


def test_people_without_ties_are_an_empty_network_and_nobody_at_all_is_none(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target")
    found = only_network(tmp_path, "--ties", ties, "--people", put_people(tmp_path, "a", "b"))
    assert (found["members"], found["ties"]) == (2, 0)
    capsys.readouterr()
    assert refusal(capsys, "--ties", ties, "--people", put_people(tmp_path)) == (
        "ties.csv has headings but no rows below them. It needs one row per tie."
    )
