"""DL files of UCINET: every form against igraph's own reader, and what is wrong by its line."""

from __future__ import annotations

import igraph
import pytest

from tests.analyse.files import figures, only_network, put, refusal

MATRIX = ("0 1 1", "0 0 1", "0 1 0")
FULL = ("DL N=3 FORMAT=FULLMATRIX", "LABELS:", "Ann,Bo,Cy", "DATA:", *MATRIX)
EMBEDDED = ("dl n=3 format=fullmatrix", "labels embedded:", "data:", "Ann Bo Cy")
FORMS = {
    "full": FULL,
    "plain": ("dl n = 3", "labels:", "Ann", "Bo", "Cy", "data:", "0 1 1 0 0 1", "0 1 0"),
    "embedded": (*EMBEDDED, "Ann 0 1 1", "Bo 0 0 1", "Cy 0 1 0"),
    "edges": (
        "dl n=3 format=edgelist1",
        "labels:",
        "Ann Bo Cy",
        "data:",
        "1 2",
        "1 3",
        "2 3",
        "3 2",
    ),
    "edges embedded": (
        *("dl n=3 format=edgelist1", "labels embedded:", "data:"),
        *("Ann Bo 2.5", "Ann Cy 1", "Bo Cy", "Cy Bo"),
    ),
    "nodes": ("dl n=3 format=nodelist1", "labels:", "Ann Bo Cy", "data:", "1 2 3", "2 3", "3 2"),
}
"""The same network in each form: Ann names Bo and Cy, Bo names Cy, and Cy names Bo."""
BY_IGRAPH = {name: lines for name, lines in FORMS.items() if name != "plain"}


def put_dl(folder, *lines):
    return put(folder, "staff.dl", *lines)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_network_in_every_form(tmp_path, form):
    found = only_network(tmp_path, "--ties", put_dl(tmp_path, *FORMS[form]))
    assert found["people"] == ["Ann", "Bo", "Cy"]
    assert (found["outdegree"], found["indegree"]) == ([2, 1, 1], [0, 2, 2])


@pytest.mark.parametrize("form", BY_IGRAPH)
def test_igraph_reads_the_same_from_the_same_file(tmp_path, form):
    # igraph wants the form on a line of its own.
    lines = [line.lower().replace(" format", "\nformat") for line in BY_IGRAPH[form]]
    path = put_dl(tmp_path, *lines)
    graph = igraph.Graph.Read_DL(str(path))
    ours = only_network(tmp_path, "--ties", path)
    assert (graph.outdegree(), graph.indegree()) == (ours["outdegree"], ours["indegree"])


def test_several_matrices_are_several_relations(tmp_path):
    lines = ("dl n=2 nm=2", "labels: a b", "matrix labels: advice likes", "data:", "0 1", "0 0")
    dl = put_dl(tmp_path, *lines, "0 1", "1 0")
    by = figures(tmp_path, "--ties", dl, "--by", "relation")["networks"]
    assert {name: one["ties"] for name, one in by.items()} == {"advice": 1, "likes": 2}


def test_an_exclamation_mark_parts_the_lists_of_relations(tmp_path):
    dl = put_dl(tmp_path, "dl n=3 nm=2 format=nodelist1", "data:", "1 2 3", "!", "2 1", "3 1")
    by = figures(tmp_path, "--ties", dl, "--by", "relation")["networks"]
    assert {name: one["outdegree"] for name, one in by.items()} == {"1": [2, 0, 0], "2": [0, 1, 1]}


@pytest.mark.parametrize(
    "lines",
    [
        ("dl n=3 format=lowerhalf diagonal=absent", "data:", "1", "0 1"),
        ("dl n=3 format=lowerhalf", "data:", "0", "1 0", "0 1 0"),
        ("dl n=3 format=upperhalf diagonal=absent", "data:", "1 0", "1"),
    ],
)
def test_half_a_matrix_has_no_direction(tmp_path, lines):
    assert only_network(tmp_path, "--ties", put_dl(tmp_path, *lines))["degree"] == [1, 2, 1]


def test_a_label_with_a_space_or_comma_stands_between_quotes(tmp_path):
    dl = put_dl(tmp_path, "dl n=2", "labels:", '"Pam de Boer", "Vries, de"', "data:", "0 1 0 0")
    assert only_network(tmp_path, "--ties", dl)["people"] == ["Pam de Boer", "Vries, de"]


def test_people_whom_embedded_labels_never_name_are_there(tmp_path):
    dl = put_dl(tmp_path, "dl n=4 format=el1", "labels embedded:", "data:", "Ann Bo")
    found = only_network(tmp_path, "--ties", dl)
    assert (found["people"], found["isolates"]) == (["Ann", "Bo", "#3", "#4"], 2)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ("dl n=3", "data:", "0 1 0", "0 0", "0 0 0"),
            "staff.dl, row 4: the data have 8 cells, and 3 people need 9. "
            "Look at the rows with too few or too many.",
        ),
        (
            ("dl n=2", "labels: a b c", "data:", "0 1 0 0"),
            "staff.dl, row 1: there are 3 labels for 2. "
            "Give each one label, with quotes around a label that holds a space.",
        ),
        (
            ("dl n=2", "data:", "0 .", "1 0"),
            "staff.dl, row 3, column '2': '.' says that this is not known. Write 0 where there is "
            "no tie. Who did not answer is told in a file of people, with --respondents.",
        ),
        (
            ("dl n=2", "data:", "0 1", "x 0"),
            "staff.dl, row 4, column '1': 'x' is no number. "
            "Write a number; anything that is not 0 is a tie.",
        ),
        (
            ("dl n=2", "0 1", "1 0"),
            "staff.dl has no line 'data:'. In a DL file the ties stand below it.",
        ),
        (
            ("dl format=fullmatrix", "data:", "0 1", "1 0"),
            "staff.dl, row 1: the number of people is missing. Write for instance: DL N=12.",
        ),
        (
            ("dl n=0", "data:", "0"),
            "staff.dl, row 1: '0' is no number of people. Write a whole number of 1 or more.",
        ),
        (
            ("dl n=100000 format=fullmatrix", "data:", "0"),
            "staff.dl, row 3: the data have 1 cells, and 100000 people need 10000000000. "
            "Look at the rows with too few or too many.",
        ),
        (
            ("dl nr=2 nc=3", "data:", "0 1 1", "0 0 1"),
            "staff.dl, row 1: these are ties between two kinds of things (two-mode). "
            "Zwerm looks at ties among people. Make a one-mode network of it first.",
        ),
        (
            ("dl n=2 format=blockmatrix", "data:", "0"),
            "staff.dl, row 1: the format 'blockmatrix' is not read here. These are: fullmatrix, "
            "fm, lowerhalf, lh, upperhalf, uh, edgelist1, el1, nodelist1, nl1. "
            "Save it as one of them.",
        ),
        (
            ("dl n=2 format=el1", "labels embedded:", "data:", "a b", "c a"),
            "staff.dl, row 5: 'c' is one more person than the 2 that N announces. "
            "Correct N, or the label.",
        ),
        (
            ("dl n=2 format=el1", "data:", "1 2 1 1"),
            "staff.dl, row 3: 4 words; an edge has two people and at most a value. "
            "Put quotes around a name that holds a space.",
        ),
        (
            ("dl n=2 format=el1", "data:", "1 3"),
            "staff.dl, row 3, column 'target': there is no person with number '3'. "
            "The numbers run from 1 to 2. Correct the row, or the number of people.",
        ),
        (
            ("dl n=2 format=el1", "data:", "1"),
            "staff.dl, row 3: a tie needs two people, and there is one. "
            "Complete the row, or take it out.",
        ),
        (
            ("dl n=2 nm=2 format=el1", "data:", "1 2"),
            "staff.dl, row 1: NM announces 2 matrices, and there are 1. "
            "Correct NM, or put an exclamation mark alone on a line between them.",
        ),
        (
            ("dl n=2", "labels embedded:", "data:", "a a", "a 0 1", "b 0 0"),
            "staff.dl, row 1: there are 1 labels for 2. "
            "Give each one label, with quotes around a label that holds a space.",
        ),
        (
            ("dl n=3 format=lh", "labels embedded:", "data:", "a 0"),
            "staff.dl, row 1: half a matrix with its labels among the data is not read here. "
            "Put the labels above the data, or save the full matrix.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_to_do(tmp_path, capsys, lines, said):
    assert refusal(capsys, "--ties", put_dl(tmp_path, *lines)) == said
