"""The report: everything in one file, in both languages, whatever stands in somebody's file."""

from __future__ import annotations

import base64
import hashlib
import html
import html.parser
import re
import subprocess
import sys
import zlib
from itertools import pairwise

import pytest

from tests.analyse.files import put, put_people, put_ties
from zwerm.analyse import command
from zwerm.pictures.palette import TOKENS

PEOPLE = ("id,team,leader,answered", "a,Arts,1,1", "b,Arts,0,1", "c,7,0,1", "d,,0,0", "e,7,0,1")
TIES = ("source,target,value", "a,b,1", "b,a,1", "b,c,1", "c,a,1", "a,d,1")
LEVELS = {"h1", "h2", "h3", "h4"}
HOSTILE = "<script>alert(1)</script>&\"'\x01"


def report(folder, *options, language="en", people=PEOPLE, ties=TIES):
    out = folder / "report.html"
    asked = [
        *("--ties", put_ties(folder, *ties), "--people", put_people(folder, *people)),
        *("--html", out, "--language", language, *options),
    ]
    assert command.main([str(one) for one in asked]) == 0
    return out.read_text("utf-8")


class Reader(html.parser.HTMLParser):
    """The elements of a page, its headings, and the rows of its tables."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.headings, self.rows = [], [], [], []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src", "action"}]
        self.inside.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
        if tag in {"h1", "h2", "h3"}:
            self.headings.append("")

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "td" in self.inside or "th" in self.inside:
            self.rows[-1][-1] += data
        if {"h1", "h2", "h3"} & set(self.inside):
            self.headings[-1] += data


def test_the_page_holds_every_part_in_its_order(tmp_path):
    pairs = put(tmp_path, "dyads.csv", "i,j,near", "a,b,1", "a,c,0")
    options = ("--team", "team", "--position", "leader", "--dyads", pairs)
    assert Reader(report(tmp_path, *options)).headings == [
        "Who turns to whom",
        "The figures",
        "Collective, relational, dynamic",
        "How sure the figures are",
        "How often people are named",
        "In threes",
        "Position and being asked",
        "What goes with ties",
        "Between teams",
        "What tied people share",
        "Per person",
    ]


@pytest.mark.parametrize("by", [(), ("--by", "value")])
def test_no_level_of_headings_is_passed_over(tmp_path, by):
    ties = ("source,target,value", "a,b,1", "a,b,2") if by else TIES
    levels = [int(tag[1]) for tag in Reader(report(tmp_path, *by, ties=ties)).tags if tag in LEVELS]
    assert levels[0] == 1
    assert max(levels) == (3 if by else 2)
    assert [after for before, after in pairwise(levels) if after > before + 1] == []


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", ["Reciprocity", "0.400", "Of every 100 ties, 40 are answered by a tie back."]),
        (
            "nl",
            [
                "Wederkerigheid",
                "0,400",
                "Van elke 100 relaties worden er 40 beantwoord met een relatie terug.",
            ],
        ),
    ],
)
def test_a_figure_stands_beside_its_sentence_in_the_language_that_is_asked_for(
    tmp_path, language, row
):
    page = report(tmp_path, language=language)
    assert row in Reader(page).rows
    assert f'<html lang="{language}">' in page


def test_people_stand_in_their_order_with_their_figures(tmp_path):
    rows = Reader(report(tmp_path, "--team", "team")).rows
    at = rows.index(
        [
            "Person",
            "Team",
            "Named",
            "Names",
            "Betweenness",
            "PageRank",
            "Constraint",
            "Core",
            "Community",
        ]
    )
    assert [row[:4] for row in rows[at + 1 : at + 6]] == [
        ["a", "Arts", "2", "2"],
        ["b", "Arts", "1", "2"],
        ["c", "7", "1", "1"],
        ["d", "", "1", "0"],
        ["e", "7", "0", "0"],
    ]
    assert rows[at + 5][6] == "–"


def test_nothing_but_our_script_runs_and_nothing_is_fetched(tmp_path):
    page = report(tmp_path, "--team", "team")
    read = Reader(page)
    assert not {"img", "link", "iframe", "form", "object"} & set(read.tags)
    assert [link for link in read.links if not link.startswith("#")] == []
    fetched = re.findall(r"(?:url\(|@import)[^)]{,24}", page)
    assert fetched == ['url("data:font/woff2;base64,'] * 2
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert [said for said, _text in scripts] == [' type="application/json"', ""]
    ours = base64.b64encode(hashlib.sha256(scripts[1][1].encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-{ours}'"
    ) in html.unescape(page)


def test_hostile_words_in_a_file_stay_words(tmp_path):
    cell = '"' + HOSTILE.replace('"', '""') + '"'
    page = report(
        tmp_path,
        *("--team", "team"),
        people=("id,team", f"{cell},{cell}", "b,x"),
        ties=("source,target", f"{cell},b", f"b,{cell}"),
    )
    assert page.count("<script") == 2
    assert "alert(1)</script>" not in page
    assert "\x01" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page
    names = [row[0] for row in Reader(page).rows]
    assert HOSTILE.rstrip("\x01") in names


def test_two_networks_are_compared_and_linked(tmp_path):
    page = report(
        tmp_path,
        *("--by", "year"),
        people=("id", "a", "b", "c"),
        ties=("source,target,year", "a,b,2024", "b,a,2025", "a,b,2025"),
    )
    read = Reader(page)
    assert read.links == ["#network-1", "#network-2"]
    assert all(f'id="{link[1:]}"' in page for link in read.links)
    assert ["Ties", "1", "2"] in read.rows
    assert [heading for heading in read.headings if heading.startswith("year")] == [
        "year 2024",
        "year 2025",
    ]


def test_warnings_stand_in_the_report(tmp_path):
    page = report(tmp_path, ties=(*TIES, "e,e,1"))
    assert "ties.csv: 1 tie of somebody to themselves was left out (row 7)." in page


def test_response_is_told_only_when_somebody_did_not_answer(tmp_path):
    with_silent = Reader(report(tmp_path, "--respondents", "answered"))
    assert [row[1] for row in with_silent.rows if row[0] == "Respondents"] == ["4"]
    everybody = Reader(report(tmp_path))
    assert [row for row in everybody.rows if row[0] == "Respondents"] == []


def test_too_many_people_to_see_have_no_drawing_and_a_cut_table(tmp_path):
    rows = [f"{i},{(i + 1) % 600}" for i in range(600)]
    page = report(tmp_path, people=("id", *map(str, range(600))), ties=("source,target", *rows))
    assert "This network has 600 people. A picture of more than 500 tells nothing" in page
    assert "The first 500 of 600 people. All are in the JSON." in page
    assert len(Reader(page).rows) < 600


def test_a_network_without_ties_has_a_report(tmp_path):
    page = report(tmp_path, ties=("source,target,value", "a,b,0"))
    rows = Reader(page).rows
    assert [row[1:] for row in rows if row[0] == "Reciprocity"] == [
        ["–", "Not defined here: there is too little to compute it from."]
    ]
    assert "5 people, 0 ties." in page


def test_without_direction_the_words_follow(tmp_path):
    page = report(tmp_path, "--undirected", ties=("source,target", "a,b", "b,c"))
    rows = Reader(page).rows
    assert [row[2] for row in rows if row[0] == "Ties" and len(row) == 3] == [
        "Pairs with a tie; direction does not count."
    ]
    assert "5 people, 2 ties. On average everybody is tied to 0.8 others." in page
    told = {row[0] for row in rows if len(row) == 3}
    assert "Mean degree" in told
    assert not {"Mean named", "Reciprocity", "Strong components"} & told
    assert "<h1>Who is tied to whom</h1>" in page


def test_the_colours_of_the_drawing_follow_the_theme(tmp_path):
    page = report(tmp_path, "--team", "team")
    drawn = re.findall(r'(?:fill|stroke)="var\(--([a-z-]+),(#[0-9A-F]{6})\)"', page)
    assert len(drawn) > 20
    assert {(name, light) for name, light in drawn if TOKENS[name] != light} == set()
    assert "--pic-vermillion: #F2854A" in page


def unpacked(pdf):
    """A PDF with its objects readable: most lie in packed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    packed = [one for one in streams if one[:1] == b"x"]
    return pdf + b"".join(zlib.decompressobj().decompress(one) for one in packed)


def test_the_pdf_has_pages_a_language_and_our_faces(tmp_path):
    out = tmp_path / "report.pdf"
    asked = ["--ties", str(put_ties(tmp_path, *TIES)), "--language=nl", "--pdf", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "zwerm.cli", "analyse", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-1.")
    content = unpacked(out.read_bytes())
    assert re.findall(rb"/Lang \((\w+)\)", content) == [b"nl"]
    assert len(re.findall(rb"/Type /Page\b", content)) >= 2
    faces = {name.split(b"+")[1] for name in re.findall(rb"/BaseFont /([\w+-]+)", content)}
    assert faces
    assert {name for name in faces if not name.startswith((b"Atkinson", b"Fraunces"))} == set()
