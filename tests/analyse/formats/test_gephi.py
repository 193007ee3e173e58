"""Edge lists of Gephi: its own columns say nothing of a tie, and Type says the direction."""

from __future__ import annotations

import pytest

from tests.analyse.files import figures, only_network, put

HEADINGS = "Source,Target,Type,Id,Label,timeset,Weight"


def put_edges(folder, *rows):
    return put(folder, "edges.csv", HEADINGS, *rows)


def test_directed_edges_keep_their_direction_even_when_they_look_otherwise(tmp_path):
    rows = [f"{place},{place + 1},Directed,{place},,,1" for place in range(10, 30)]
    found = figures(tmp_path, "--ties", put_edges(tmp_path, *rows))
    assert found["warnings"] == []
    assert found["networks"]["all"]["outdegree"] == [*[1] * 20, 0]


def test_undirected_edges_have_none(tmp_path):
    edges = put_edges(tmp_path, "a,b,Undirected,0,,,1.0", "c,b,Undirected,1,,,2.0")
    assert only_network(tmp_path, "--ties", edges)["degree"] == [1, 2, 1]


def test_an_undirected_edge_among_others_runs_both_ways(tmp_path):
    edges = put_edges(tmp_path, "a,b,Directed,0,,,1.0", "c,b,Undirected,1,,,2.0")
    assert only_network(tmp_path, "--ties", edges)["outdegree"] == [1, 1, 1]


def test_the_number_of_an_edge_does_not_tell_two_rows_apart(tmp_path):
    edges = put_edges(tmp_path, "a,b,Directed,0,x,,1", "a,b,Directed,1,y,,1")
    found = figures(tmp_path, "--ties", edges)
    assert found["warnings"] == ["edges.csv: 1 tie is there twice and counts once (row 3)."]


@pytest.mark.parametrize("kind", ["advice", "Directed or so"])
def test_a_column_type_with_other_words_is_not_that_of_gephi(tmp_path, kind):
    edges = put_edges(tmp_path, f"a,b,{kind},0,,,1", "b,a,Directed,1,,,1")
    by = figures(tmp_path, "--ties", edges, "--by", "type")["networks"]
    assert list(by) == [kind, "Directed"]
