"""What the report says of doubt, tests and change: the same as the JSON, in words."""

from __future__ import annotations

import json
import re

import pytest

from tests.analyse.files import put
from tests.analyse.inference.invented import put_school
from tests.analyse.inference.test_waves import put_waves
from tests.analyse.test_report import Reader
from zwerm.analyse import command
from zwerm.analyse.chance_page import chance
from zwerm.analyse.words import Words

CHOICES = (
    *("--relation", "advice", "--position", "leads", "--team", "team"),
    *("--respondents", "answered", "--permutations", "100"),
)


def made(folder, *options, language="en"):
    """The page, and the figures that it was made from."""
    page, out = folder / "report.html", folder / "figures.json"
    asked = [*options, "--html", page, "--json", out, "--language", language]
    assert command.main(list(map(str, asked))) == 0
    return page.read_text("utf-8"), json.loads(out.read_text("utf-8"))


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    folder = tmp_path_factory.mktemp("school")
    return made(folder, *put_school(folder, 60, silent=9), *CHOICES)


def test_every_interval_stands_in_the_table_as_in_the_json(school):
    page, whole = school
    found = whole["networks"]["all"]
    rows = {row[0]: row[1:] for row in Reader(page).rows if len(row) == 5}
    ends = found["intervals"]["mean_named"]
    assert rows["Mean named"] == [
        f"{found['mean_named']:.2f}",
        *(
            f"{ends[kind][0]:.2f} to {ends[kind][1]:.2f}"
            for kind in ("completion", "completion_at_random", "remeasurement")
        ),
    ]
    assert "The one beside it assumes that they name as many." in page
    assert {"Reciprocity", "Gini of in-degree", "Coupling", "Across walls"} <= set(rows)


def test_without_silent_people_nothing_is_assumed_of_them(tmp_path):
    page, _whole = made(tmp_path, *put_school(tmp_path, 30), "--relation", "advice")
    headings = ["Figure", "Value", "If all had answered", "If asked again"]
    assert headings in Reader(page).rows
    assert "The first margin assumes" not in page


def test_the_bands_of_doubt_are_drawn_and_explained(school):
    page, _whole = school
    assert "The soft bands are margins" in page
    assert len(re.findall(r'fill="var\(--doubt,', page)) >= 3
    assert "Where a figure has a margin" in page


def test_coupling_comes_with_its_doubt_and_its_chance(school):
    page, whole = school
    low, high = whole["networks"]["all"]["coupling"]["interval"]
    assert f"coupling would lie between {low:.2f} and {high:.2f}." in page
    assert "at least as far from 0.5 with a chance of 0.010." in page


def test_each_term_stands_with_its_numbers(school):
    page, whole = school
    rows = Reader(page).rows
    found = whole["networks"]["all"]
    words = Words("en")
    for term, one in found["qap"].items():
        assert [term, words.number(one["r"]), words.number(one["p"])] in rows
    for one in found["mrqap"]["terms"][1:]:
        shown = [one["name"], words.number(one["b"]), words.number(one["t"], 2)]
        assert [*shown, words.number(one["p"])] in rows


def test_a_margin_that_is_withheld_gives_its_reason(tmp_path):
    rows = [f"p{i},p{(i + k) % 12}" for k in (1, 2, 3) for i in range(8)]
    ties = put(tmp_path, "ties.csv", "source,target", *rows)
    people = put(tmp_path, "people.csv", "id,answered", *(f"p{i},{int(i < 8)}" for i in range(12)))
    asked = ("--ties", ties, "--people", people, "--respondents", "answered")
    page, _whole = made(tmp_path, *asked)
    named = [row for row in Reader(page).rows if row[0] == "Mean named" and len(row) == 5]
    assert named == [["Mean named", "3.00", *["Cannot say. Too few of them answered."] * 3]]


def test_without_intervals_the_report_says_that_there_is_no_margin(tmp_path):
    page, _whole = made(tmp_path, *put_school(tmp_path), *CHOICES, "--no-intervals")
    assert "How sure the figures are" not in page
    assert "A figure of an observed network has no margin here." in page


def test_change_is_told_drawn_and_numbered(tmp_path):
    page, whole = made(tmp_path, *put_waves(tmp_path), "--no-intervals")
    read = Reader(page)
    assert read.headings[2:4] == ["Change", "From 2024 to 2025"]
    assert "60 people were there both times, and 60 of them answered twice." in page
    (one,) = whole["change"]["all"]["comparisons"]
    low, high = one["figures"]["mean_named"]["interval"]
    row = next(row for row in read.rows if row[0] == "Mean named" and len(row) == 6)
    assert row == ["Mean named", "risen", "+4.00", f"+{low:.2f} to +{high:.2f}", "0.001", "0.00"]
    links = [heading for heading in read.headings if heading.startswith("year")]
    assert links == ["year 2024", "year 2025"]


def test_of_coupling_no_verdict_is_told_when_nobody_asked_about_posts(tmp_path, capsys):
    files = (*put_waves(tmp_path), "--no-intervals")
    page, whole = made(tmp_path, *files)
    assert whole["change"]["all"]["comparisons"][0]["figures"]["coupling"]["reason"]
    assert "Coupling" not in page
    capsys.readouterr()
    assert command.main([*map(str, files), "--language", "en"]) == 0
    assert "Coupling" not in capsys.readouterr().out


def test_falling_back_is_told(tmp_path):
    page, _whole = made(
        tmp_path, *put_waves(tmp_path, waves=("2025", "2024", "2023")), "--no-intervals"
    )
    assert "Mean named fell twice in a row. Talk about what is in the way." in page


def test_what_cannot_be_said_of_change_gives_its_reason(tmp_path):
    page, _whole = made(tmp_path, *put_waves(tmp_path, people=12), "--no-intervals", language="nl")
    assert "niet te zeggen: minder dan 20 mensen antwoordden twee keer" in page


def test_a_small_chance_in_a_sentence_is_said_in_words(school):
    page, whole = school
    assert whole["networks"]["all"]["coupling"]["p"] == 1 / 101
    assert "with a chance of 0.010." in page
    assert chance(0.0004, Words("nl"), "less_than") == "minder dan 0,001"


@pytest.mark.parametrize(
    ("p", "said"), [(0.0004, "< 0.001"), (0.001, "0.001"), (0.5, "0.500"), (1.0, "1.000")]
)
def test_a_small_chance_is_never_written_as_none(p, said):
    assert chance(p, Words("en")) == said
