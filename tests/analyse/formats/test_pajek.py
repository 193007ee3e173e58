"""Networks of Pajek: read as written, or refused with the line and what to do."""

from __future__ import annotations

import igraph
import pytest

from tests.analyse.files import figures, only_network, put, put_people, refusal

PEOPLE = ("*Vertices 3", '1 "Pam de Boer" 0.1 0.2 0.5 ic Red', "2 Bo", "3")


def put_net(folder, *lines):
    return put(folder, "staff.net", *lines)


def test_arcs_run_one_way_and_everybody_is_called_by_their_label(tmp_path):
    net = put_net(tmp_path, "% ours", *PEOPLE, "*Arcs", "1 2 1 c Blue", "3 1", "3 2 0")
    found = only_network(tmp_path, "--ties", net)
    assert found["people"] == ["Pam de Boer", "Bo", "3"]
    assert (found["indegree"], found["outdegree"], found["ties"]) == ([1, 1, 0], [1, 0, 1], 2)


def test_edges_alone_have_no_direction(tmp_path):
    net = put_net(tmp_path, *PEOPLE, "*Edges", "1 2", "2 3")
    found = figures(tmp_path, "--ties", net)
    assert found["warnings"] == []
    network = found["networks"]["all"]
    assert (network["degree"], network["ties"]) == ([1, 2, 1], 2)
    assert "reciprocity" not in network


def test_an_edge_among_arcs_runs_both_ways(tmp_path):
    net = put_net(tmp_path, *PEOPLE, "*Arcs", "1 2", "*Edges", "2 3")
    found = only_network(tmp_path, "--ties", net)
    assert (found["indegree"], found["ties"]) == ([0, 2, 1], 3)


def test_a_list_names_everybody_that_one_person_names(tmp_path):
    net = put_net(tmp_path, *PEOPLE, "*Arcslist", "1 2 3", "3 1")
    assert only_network(tmp_path, "--ties", net)["outdegree"] == [2, 0, 1]


def test_a_matrix_has_a_row_for_who_names(tmp_path):
    net = put_net(tmp_path, *PEOPLE, "*Matrix", "0 1 0.5", "0 0 0", "1 0 0")
    assert only_network(tmp_path, "--ties", net)["outdegree"] == [2, 0, 1]


def test_several_relations_are_told_apart_by_their_label_or_number(tmp_path, capsys):
    net = put_net(
        tmp_path,
        *PEOPLE,
        '*Arcs :1 "advice"',
        "1 2",
        "*Arcs :2",
        "2 3",
        "3 1",
        "*Matrix :3 likes",
        "0 0 0",
        "1 0 0",
        "1 0 0",
    )
    assert refusal(capsys, "--ties", net) == (
        "staff.net holds several relations: advice, 2, likes. Choose one, for instance "
        '--relation "advice", or look at each with --by "relation".'
    )
    by = figures(tmp_path, "--ties", net, "--by", "relation")["networks"]
    assert {name: one["outdegree"] for name, one in by.items()} == {
        "advice": [1, 0, 0],
        "2": [0, 1, 1],
        "likes": [0, 1, 1],
    }


def test_people_without_any_tie_are_a_network(tmp_path):
    found = only_network(tmp_path, "--ties", put_net(tmp_path, *PEOPLE))
    assert (found["members"], found["ties"], found["isolates"]) == (3, 0, 3)


def test_a_file_of_people_takes_the_place_of_the_vertices(tmp_path):
    net = put_net(tmp_path, *PEOPLE, "*Arcs", "1 2")
    people = put_people(tmp_path, "Bo", "Pam de Boer")
    assert only_network(tmp_path, "--ties", net, "--people", people)["people"] == [
        "Bo",
        "Pam de Boer",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path, encoding):
    path = tmp_path / "staff.txt"
    path.write_bytes('*Vertices 2\r\n1 "Zoë"\r\n2 "Bo"\r\n*Arcs\r\n1 2\r\n'.encode(encoding))
    assert only_network(tmp_path, "--ties", path)["people"] == ["Zoë", "Bo"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ("*Vertices 3", "*Arcs", "1 4"),
            "staff.net, row 3, column 'target': there is no person with number '4'. "
            "The numbers run from 1 to 3. Correct the row, or the number of people.",
        ),
        (
            ("*Vertices 3", "*Arcs", "1"),
            "staff.net, row 3: a tie needs two people, and there is one. "
            "Complete the row, or take it out.",
        ),
        (
            ("*Vertices 3", "*Arcs", "1 2 3,4,5"),
            "staff.net, row 3, column 'value': '3,4,5' is no number. "
            "Write a number; anything that is not 0 is a tie.",
        ),
        (
            ("*Vertices 3", "*Matrix", "0 1 0", "0 0"),
            "staff.net, row 2: the matrix below has 2 rows, and there are 3 people. "
            "Give everybody one row.",
        ),
        (
            ("*Vertices 2", "*Matrix", "0 1", "0 0 0"),
            "staff.net, row 4: 3 cells, and there are 2 people. Give everybody one cell.",
        ),
        (
            ("*Vertices 2", "*Matrix", "0 x", "0 0"),
            "staff.net, row 3, column '2': 'x' is no number. "
            "Write a number; anything that is not 0 is a tie.",
        ),
        (
            ("*Vertices many",),
            "staff.net, row 1: 'many' is no number of people. Write a whole number of 1 or more.",
        ),
        (
            ("*Vertices 999999999",),
            "staff.net, row 1: 999999999 people; more than 200000 are not read. Check the number.",
        ),
        (
            ("*Vertices 5 2",),
            "staff.net, row 1: these are ties between two kinds of things (two-mode). "
            "Zwerm looks at ties among people. Make a one-mode network of it first.",
        ),
        (
            ("*Arcs", "1 2"),
            "staff.net has no part *Vertices before its ties. "
            "A network of Pajek begins with *Vertices and the number of people.",
        ),
        (
            ("*Vertices 2", "*Arcs", "1 2", "*Vertices 2"),
            "staff.net, row 4: a second *Vertices. Save each network in a .net file of its own.",
        ),
        (
            ("*Vertices 2", "*Arcs", "1 2", "*Partition teams"),
            "staff.net, row 4: the part *partition is not read here. "
            "Save the network alone, as a .net file.",
        ),
        (
            ("*Vertices 2", "1 Bo", "2 Bo", "*Arcs", "1 2"),
            "staff.net, row 3, column 'id': 'Bo' stands in row 2 already. Everybody needs one row. "
            "If these are different networks, add --by with the column that tells them apart.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_to_do(tmp_path, capsys, lines, said):
    assert refusal(capsys, "--ties", put_net(tmp_path, *lines)) == said


@pytest.mark.parametrize("directed", [True, False])
def test_what_igraph_writes_is_read_as_igraph_has_it(tmp_path, directed):
    graph = igraph.Graph.Erdos_Renyi(12, m=30, directed=directed)
    path = tmp_path / "made.net"
    graph.write_pajek(str(path))
    found = only_network(tmp_path, "--ties", path)
    assert found["members"] == 12
    assert found["indegree" if directed else "degree"] == graph.degree(mode="in")
