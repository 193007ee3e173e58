"""GraphML of igraph, Gephi and others: read as written; a bomb is refused before it unfolds."""

from __future__ import annotations

import time
import tracemalloc

import igraph
import pytest

from tests.analyse.files import figures, only_network, put, put_people, refusal

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def put_graphml(folder, *lines):
    return put(folder, "staff.graphml", '<?xml version="1.0"?>', GRAPHML, *lines, "</graphml>")


def graph(*inside, default="directed", id_="g"):
    return (f'<graph id="{id_}" edgedefault="{default}">', *inside, "</graph>")


def node(name, **data):
    inside = "".join(f'<data key="{key}">{words}</data>' for key, words in data.items())
    return f'<node id="{name}">{inside}</node>'


def edge(source, target, inside="", **more):
    said = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<edge source="{source}" target="{target}"{said}>{inside}</edge>'


def key(name, of="node", called=None, default=""):
    inside = f"<default>{default}</default>" if default else ""
    return f'<key id="{name}" for="{of}" attr.name="{called or name}">{inside}</key>'


def test_nodes_are_people_with_their_attributes_and_edges_are_ties(tmp_path):
    path = put_graphml(
        tmp_path,
        key("team", default="Arts"),
        key("boss"),
        *graph(
            node("a", boss=1),
            node("b", team="Maths", boss=0),
            node("c", boss=0),
            edge("a", "b"),
            edge("c", "a"),
        ),
    )
    found = only_network(tmp_path, "--ties", path, "--team", "team", "--position", "boss")
    assert (found["people"], found["indegree"]) == (["a", "b", "c"], [1, 1, 0])
    assert found["teams"]["names"] == ["Arts", "Maths"]
    assert found["coupling"]["leaders"] == 1


def test_people_are_called_by_their_name_when_that_is_their_own(tmp_path):
    named = graph(node("n0", l="Ann"), node("n1", l="Bo"), edge("n0", "n1"))
    path = put_graphml(tmp_path, key("l", called="label"), *named)
    assert only_network(tmp_path, "--ties", path)["people"] == ["Ann", "Bo"]
    alike = graph(node("n0", l="Ann"), node("n1", l="Ann"), edge("n0", "n1"))
    path = put_graphml(tmp_path, key("l", called="label"), *alike)
    assert only_network(tmp_path, "--ties", path)["people"] == ["n0", "n1"]


def test_the_file_says_whether_ties_have_a_direction(tmp_path):
    nodes = [node(name) for name in "abc"]
    none = put_graphml(tmp_path, *graph(*nodes, edge("a", "b"), default="undirected"))
    assert only_network(tmp_path, "--ties", none)["degree"] == [1, 1, 0]
    one = edge("b", "c", directed="false")
    mixed = put_graphml(tmp_path, *graph(*nodes, edge("a", "b"), one))
    assert only_network(tmp_path, "--ties", mixed)["outdegree"] == [1, 1, 1]


def test_a_value_of_an_edge_may_be_zero(tmp_path):
    zero = '<data key="w">0</data>'
    path = put_graphml(
        tmp_path,
        key("w", of="edge", called="weight", default="1"),
        *graph(node("a"), node("b"), edge("a", "b", zero), edge("b", "a")),
    )
    assert only_network(tmp_path, "--ties", path)["outdegree"] == [0, 1]


def test_several_graphs_are_several_networks(tmp_path):
    first = graph(node("a"), node("b"), edge("a", "b"), id_="north")
    second = graph(node("a"), node("b"), edge("b", "a"), edge("a", "b"), id_="south")
    path = put_graphml(tmp_path, *first, *second)
    by = figures(tmp_path, "--ties", path, "--by", "graph")["networks"]
    assert {name: one["ties"] for name, one in by.items()} == {"north": 1, "south": 2}


@pytest.mark.parametrize("directed", [True, False])
def test_what_igraph_writes_is_read_as_igraph_has_it(tmp_path, directed):
    made = igraph.Graph.Erdos_Renyi(15, m=40, directed=directed)
    made.vs["name"] = [f"person & {place}" for place in range(15)]
    path = tmp_path / "made.graphml"
    made.write_graphml(str(path))
    found = only_network(tmp_path, "--ties", path)
    assert found["people"] == made.vs["name"]
    assert found["indegree" if directed else "degree"] == made.degree(mode="in")


def test_graphml_may_be_given_as_people(tmp_path):
    path = put_graphml(tmp_path, *graph(node("b"), node("a"), node("c")))
    ties = put(tmp_path, "ties.csv", "source,target", "a,b")
    assert only_network(tmp_path, "--ties", ties, "--people", path)["people"] == ["b", "a", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_that_the_file_names_is_used(tmp_path, encoding):
    path = tmp_path / "staff.xml"
    inside = "".join(graph('<node id="Zoë"/>', '<node id="Bo"/>'))
    written = f'<?xml version="1.0" encoding="{encoding}"?>{GRAPHML}{inside}</graphml>'
    path.write_bytes(written.encode(encoding))
    assert only_network(tmp_path, "--ties", path)["people"] == ["Zoë", "Bo"]


BOMB = (
    '<?xml version="1.0"?>',
    "<!DOCTYPE graphml [",
    '<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">',
    *(
        f'<!ENTITY {two} "{f"&{one};" * 40}">'
        for one, two in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "]>",
    f'{GRAPHML}<graph edgedefault="directed"><node id="x"/>&i;</graph></graphml>',
)
OUTSIDE = (
    '<?xml version="1.0"?>',
    '<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    f'{GRAPHML}<graph edgedefault="directed"><node id="&x;"/></graph></graphml>',
)


@pytest.mark.parametrize(("lines", "row"), [(BOMB, 3), (OUTSIDE, 2)])
def test_a_file_that_would_unfold_is_refused_at_once(tmp_path, capsys, lines, row):
    path = put(tmp_path, "staff.graphml", *lines)
    tracemalloc.start()
    begun = time.process_time()
    said = refusal(capsys, "--ties", path)
    spent, most = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == (
        f"staff.graphml, row {row}: the file declares entities, with which a small file can unfold "
        "to fill a machine. Take them out, or save the network again."
    )
    assert (spent < 2, most < 20_000_000) == (True, True)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            graph(node("a"), edge("a", "z")),
            "staff.graphml, row 5: a tie names 'z', and there is no <node> with that id in this "
            "graph. Add it, or correct the tie.",
        ),
        (
            graph(node("a"), '<edge source="a"/>'),
            "staff.graphml, row 5: <edge> has no 'target'. Add it.",
        ),
        (
            graph(node("a", z=1)),
            "staff.graphml, row 4: the key 'z' is not declared at the top of the file. "
            "Add it there, or take these data out.",
        ),
        (graph(), "staff.graphml has no <node>, so there is nobody in it."),
        (
            graph(node("a"), "<hyperedge/>"),
            "staff.graphml, row 5: <hyperedge> at this place is not read here: graphs inside "
            "graphs, and ties between more than two. Save a plain network.",
        ),
        (
            graph(node("a"), node("a")),
            "staff.graphml, row 5, column 'id': 'a' stands in row 4 already. Everybody needs one "
            "row. If these are different networks, add --by with the column that tells them apart.",
        ),
        (
            (key("a", called="team"), key("b", called="Team"), *graph(node("a", a=1, b=2))),
            "staff.graphml: two attributes are called 'team'. Give each its own name.",
        ),
        (
            graph("<node>"),
            "staff.graphml, row 4: <node> has no 'id'. Add it.",
        ),
        (
            graph('<node id="a">'),
            "staff.graphml, row 5: this is no GraphML that can be read (mismatched tag). "
            "Save it again from the program that made it.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_to_do(tmp_path, capsys, lines, said):
    assert refusal(capsys, "--ties", put_graphml(tmp_path, *lines)) == said


def test_other_xml_is_named_by_what_it_begins_with(tmp_path, capsys):
    path = put(tmp_path, "page.html", "<html><body>No network</body></html>")
    assert refusal(capsys, "--ties", path) == (
        "page.html is XML, but no GraphML: it begins with <html>. Save the network as GraphML."
    )


def test_a_node_that_stands_in_people_only_is_fine_and_a_stranger_is_named(tmp_path, capsys):
    path = put_graphml(tmp_path, *graph(node("a"), node("b"), edge("a", "b")))
    people = put_people(tmp_path, "a", "c")
    assert refusal(capsys, "--ties", path, "--people", people) == (
        "staff.graphml, row 6, column 'target': 'b' is not in people.csv. "
        "Add this person there, or correct the row."
    )
