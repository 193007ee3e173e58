"""What is written for other programs can be read again, by us and by igraph, and never runs."""

from __future__ import annotations

import csv

import igraph
import pytest

from tests.analyse.files import figures, put, put_people, put_ties, refusal
from tests.analyse.inference.invented import put_school
from zwerm.analyse import command

PEOPLE = (
    "id,school,name,team,leader,answered,indegree",
    "a,N,Ann & Co,Arts,1,1,x",
    '"b, c",N,=cmd|x,Maths,0,1,y',
    "Zoë,N,-3,,0,0,",
    "a,S,<b>,Arts,0,1,",
    "d,S,@home,Arts,1,1,",
)
TIES = (
    "source,target,value,school",
    'a,"b, c",0.1,N',
    '"b, c",a,2,N',
    '"b, c",Zoë,-1,N',
    "d,a,1,S",
)
CHOICES = ("--by", "school", "--team", "team", "--position", "leader", "--respondents", "answered")


def files(folder):
    ties, people = put_ties(folder, *TIES), put_people(folder, *PEOPLE)
    return ("--ties", ties, "--people", people)


def exported(folder, *options):
    """The command must succeed; the folder with CSV and the file with GraphML that it wrote."""
    sheets, graph = folder / "sheets", folder / "staff.graphml"
    asked = [*options, "--csv", sheets, "--graphml", graph, "--language=en"]
    assert command.main(list(map(str, asked))) == 0
    return sheets, graph


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


@pytest.fixture
def first(tmp_path):
    return figures(tmp_path, *files(tmp_path), *CHOICES)["networks"]


def test_csv_read_again_gives_the_same_figures(tmp_path):
    plain = ("id,team", "a,x", "b,y", "c,x", "d,y")
    ties = ("source,target,value", "a,b,0.1", "b,a,3", "c,b,1", "d,a,1")
    asked = ("--people", put_people(tmp_path, *plain), "--ties", put_ties(tmp_path, *ties))
    before = figures(tmp_path, *asked, "--team", "team")["networks"]
    sheets, _graph = exported(tmp_path, *asked)
    again = ("--ties", sheets / "ties.csv", "--people", sheets / "people.csv", "--team", "team")
    assert figures(tmp_path, *again)["networks"] == before
    assert rows_of(sheets / "ties.csv")[1] == ["a", "b", "0.1"]


def test_graphml_read_again_gives_the_same_figures_of_each_network(tmp_path, first):
    _sheets, graph = exported(tmp_path, *files(tmp_path), *CHOICES)
    assert figures(tmp_path, "--ties", graph, *CHOICES)["networks"] == first


def test_ties_without_direction_stay_so_in_both(tmp_path):
    ties = put_ties(tmp_path, "a,b", "b,c")
    before = figures(tmp_path, "--ties", ties, "--undirected")["networks"]
    sheets, graph = exported(tmp_path, "--ties", ties, "--undirected")
    assert figures(tmp_path, "--ties", graph)["networks"] == before
    assert rows_of(sheets / "ties.csv") == [["source", "target"], ["a", "b"], ["b", "c"]]


def test_igraph_reads_people_arcs_and_figures(tmp_path, first):
    """Of several graphs in a file igraph 1.0 reads the first, whatever index is asked for."""
    _sheets, graph = exported(tmp_path, *files(tmp_path), *CHOICES)
    read = igraph.Graph.Read_GraphML(str(graph))
    assert (read["school"], read.is_directed()) == ("N", True)
    assert read.vs["name"] == ["a", "b, c", "Zoë"]
    assert read.vs["name_2"] == ["Ann & Co", "=cmd|x", "-3"]
    assert read.vs["indegree_2"] == read.indegree() == first["N"]["indegree"]
    assert read.vs["betweenness"] == first["N"]["betweenness"]
    assert dict(zip(read.get_edgelist(), read.es["value"], strict=True)) == {
        (0, 1): 0.1,
        (1, 0): 2,
        (1, 2): -1,
    }


def test_people_stand_below_each_other_with_their_own_columns_and_their_figures(tmp_path, first):
    sheets, _graph = exported(tmp_path, *files(tmp_path), *CHOICES)
    headings, *people = rows_of(sheets / "people.csv")
    assert headings == [
        *("school", "id", "name", "team", "leader", "answered", "indegree", "indegree_2"),
        *("outdegree", "betweenness", "pagerank", "constraint", "coreness", "communities"),
    ]
    assert [row[1] for row in people] == ["a", "b, c", "Zoë", "a", "d"]
    indegree = [int(row[7]) for row in people]
    assert indegree == [*first["N"]["indegree"], *first["S"]["indegree"]]


def test_no_cell_runs_as_a_formula_and_a_number_stays_one(tmp_path):
    sheets, _graph = exported(tmp_path, *files(tmp_path), *CHOICES)
    assert [row[2] for row in rows_of(sheets / "people.csv")[1:]] == [
        *("Ann & Co", "'=cmd|x", "-3", "<b>", "'@home")
    ]
    assert [row[3] for row in rows_of(sheets / "ties.csv")[1:]] == ["0.1", "2", "-1", "1"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_an_id_that_would_run_is_harmless_everywhere_and_still_the_same_person(tmp_path, start):
    ties = put(tmp_path, "ties.csv", "source,target", f"{start}SUM(A1),b", f"b,{start}SUM(A1)")
    sheets, _graph = exported(tmp_path, "--ties", ties)
    assert rows_of(sheets / "ties.csv")[1:] == [
        [f"'{start}SUM(A1)", "b"],
        ["b", f"'{start}SUM(A1)"],
    ]
    assert [row[0] for row in rows_of(sheets / "people.csv")] == ["id", f"'{start}SUM(A1)", "b"]
    again = ("--ties", sheets / "ties.csv", "--people", sheets / "people.csv")
    assert figures(tmp_path, *again)["networks"]["all"]["ties"] == 2


def test_figures_stand_in_a_sheet_of_their_own(tmp_path, first):
    sheets, _graph = exported(tmp_path, *files(tmp_path), *CHOICES)
    told = {(row[0], row[1]): row[2] for row in rows_of(sheets / "figures.csv")[1:]}
    assert float(told["N", "density"]) == first["N"]["density"]
    assert told["S", "members"] == "2"


def test_a_name_that_xml_does_not_allow_is_mended(tmp_path):
    ties = put(tmp_path, "ties.csv", "source,target", "a\x01,b")
    _sheets, graph = exported(tmp_path, "--ties", ties)
    assert igraph.Graph.Read_GraphML(str(graph)).vs["name"] == ["a\ufffd", "b"]


def test_a_folder_that_is_not_there_is_made_and_goes_again_when_nothing_is_written(tmp_path):
    ties = put_ties(tmp_path, "a,b")
    asked = ["--ties", ties, "--csv", tmp_path / "new", "--graphml", "/proc/x.graphml"]
    assert command.main(list(map(str, asked))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_a_file_where_a_folder_is_asked_for_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, "--csv", ties) == (
        f"{ties} is a file, and --csv asks for a folder. Choose another name."
    )


def test_an_input_in_the_folder_is_never_written_over(tmp_path, capsys):
    ties = put_ties(tmp_path, "a,b")
    assert refusal(capsys, "--ties", ties, "--csv", tmp_path) == (
        f"{ties} is one of the files that are read. Choose another name to write to."
    )


def test_schools_and_waves_stay_apart_in_both(tmp_path):
    rows = [f"{i},{(i + w) % 5},{s},{w}" for s in "NS" for w in (1, 2) for i in range(5)]
    people = [f"{i},{s},{w}" for s in "NS" for w in (1, 2) for i in range(5)]
    ties = put(tmp_path, "ties.csv", "source,target,school,year", *rows)
    who = put(tmp_path, "people.csv", "id,school,year", *people)
    choices = ("--by", "school", "--wave", "year")
    asked = ("--ties", ties, "--people", who, *choices)
    before = figures(tmp_path, *asked)
    sheets, graph = exported(tmp_path, *asked)
    for again in (
        ("--ties", sheets / "ties.csv", "--people", sheets / "people.csv"),
        ("--ties", graph),
    ):
        after = figures(tmp_path, *again, *choices)
        assert (after["networks"], after["change"]) == (before["networks"], before["change"])
    assert rows_of(sheets / "ties.csv")[0] == ["school", "year", "source", "target"]


def test_intervals_stand_beside_their_figures(tmp_path):
    school = (*put_school(tmp_path), "--relation", "advice")
    found = figures(tmp_path, *school)["networks"]["all"]
    sheets, _graph = exported(tmp_path, *school)
    headings, *told = rows_of(sheets / "figures.csv")
    assert headings[3:] == [
        *("completion_low", "completion_high", "remeasurement_low", "remeasurement_high")
    ]
    named = next(row for row in told if row[1] == "mean_named")
    ends = found["intervals"]["mean_named"]
    assert [float(cell) for cell in named[3:]] == [*ends["completion"], *ends["remeasurement"]]
    assert next(row for row in told if row[1] == "density")[3:] == [""] * 4


def test_the_same_seed_gives_the_same_bytes_of_every_file(tmp_path):
    school = (*put_school(tmp_path, 30), "--relation", "advice", "--position", "leads")
    asked = (*school, "--permutations", "50", "--language", "nl")
    written = []
    for place in ("first", "second"):
        folder = tmp_path / place
        folder.mkdir()
        outputs = ("--json", folder / "a.json", "--html", folder / "a.html", "--csv", folder / "s")
        options = [*asked, *outputs, "--graphml", folder / "a.graphml"]
        assert command.main(list(map(str, options))) == 0
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert len(written[0]) == 6
    assert written[0] == written[1]
