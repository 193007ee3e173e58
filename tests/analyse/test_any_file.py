"""Whatever stands in a file: figures, or one sentence that says what is wrong. Never a crash."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from zwerm.analyse import command

CELLS = st.one_of(
    st.sampled_from(["", "a", "b", "c", "0", "1", "1,5", "nan", "advice", "x;y", '"', "'", "\x00"]),
    st.text(max_size=4),
)
HEADINGS = st.sampled_from(["source", "target", "value", "relation", "id", "team", "i", "j", "Van"])
TABLES = st.builds(
    lambda delimiter, headings, rows: "\n".join(
        delimiter.join(row) for row in [headings, *rows]
    ).encode("utf-8", "surrogatepass"),
    st.sampled_from([",", ";", "\t"]),
    st.lists(HEADINGS, min_size=1, max_size=5),
    st.lists(st.lists(CELLS, max_size=5), max_size=6),
)
WORDS = st.one_of(
    st.sampled_from(["0", "1", "2", "3", "a", '"b c"', "1.5", "-1", ".", "!", ":1", "&e;", "\x00"]),
    st.text(max_size=3),
)
OPENINGS = st.sampled_from(
    [
        *(
            "*Vertices 3",
            "*Vertices",
            "*Vertices 3 1",
            "*Arcs",
            "*Edges :2",
            "*Matrix",
            "*Arcslist",
        ),
        *("dl n=3", "dl n=2 nm=2", "format=edgelist1", "format = nl1", "format=lowerhalf"),
        *("labels:", "labels embedded:", "matrix labels:", "data:", "diagonal=absent"),
        *('<?xml version="1.0"?>', "<graphml>", '<graph edgedefault="undirected">', "</graph>"),
        *('<node id="a"/>', '<node id="b">', "</node>", '<edge source="a" target="b"/>'),
        *(
            '<key id="k" attr.name="id"/>',
            '<data key="k">',
            "</data>",
            "</graphml>",
            "<hyperedge/>",
        ),
        *('<!DOCTYPE g [<!ENTITY e "x">]>', "<default>"),
    ]
)
LINES = st.one_of(OPENINGS, st.lists(WORDS, max_size=5).map(" ".join))
OF_PROGRAMS = st.builds(
    lambda first, lines: "\n".join([first, *lines]).encode("utf-8", "surrogatepass"),
    OPENINGS,
    st.lists(LINES, max_size=9),
)
FILES = st.one_of(TABLES, OF_PROGRAMS, st.binary(max_size=60))
TIES = b"source,target\na,b\nb,c\nc,a\n"
PEOPLE = b"id,team\na,x\nb,y\nc,x\n"


def run(files, *options):
    """The code of the exit, what was said on the channel for faults, and what was written."""
    said, out = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as name:
        asked = ["--language=en", "--json", f"{name}/out.json", "--html", f"{name}/out.html"]
        for option, content in files.items():
            path = Path(name) / f"{option}.csv"
            path.write_bytes(content)
            asked += [f"--{option}", str(path)]
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(out):
            code = command.main([*asked, *options])
        written = {path.name for path in Path(name).iterdir()} - {f"{one}.csv" for one in files}
        if code == 0:
            json.loads((Path(name) / "out.json").read_text("utf-8"))
    return code, said.getvalue().splitlines(), written


def assert_figures_or_a_sentence(code, said, written):
    if code == 0:
        assert written == {"out.json", "out.html"}
        assert all(line.startswith("Note: ") for line in said)
    else:
        assert (code, written, len(said), said[-1]) == (2, set(), 2, "Nothing was written.")
        assert said[0].endswith(".")


@given(FILES)
@example(TIES)
@example(b"*Vertices 2\n*Arcs\n1 2\n")
@example(b"dl n=2\ndata:\n0 1 0 0\n")
@example(b'<graphml><graph><node id="a"/></graph></graphml>')
@settings(max_examples=150, deadline=None)
def test_any_file_of_ties_gives_figures_or_a_sentence(content):
    assert_figures_or_a_sentence(*run({"ties": content}))


@given(FILES)
@example(PEOPLE)
@settings(max_examples=50, deadline=None)
def test_any_file_of_people_gives_figures_or_a_sentence(content):
    assert_figures_or_a_sentence(*run({"ties": TIES, "people": content}, "--team", "team"))


@given(FILES)
@example(b"i,j,near\na,b,1\n")
@settings(max_examples=50, deadline=None)
def test_any_file_of_pairs_gives_figures_or_a_sentence(content):
    assert_figures_or_a_sentence(*run({"ties": TIES, "people": PEOPLE, "dyads": content}))


def test_the_plain_files_of_these_tests_give_figures():
    assert run({"ties": TIES, "people": PEOPLE, "dyads": b"i,j,near\na,b,1\n"})[0] == 0
