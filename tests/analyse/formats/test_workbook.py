"""A workbook with ties, people and pairs on sheets of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest
import xlsxwriter

from tests.analyse.files import figures, only_network, put, refusal
from tests.attacks import bombs

TIES = ("Relaties", [("van", "naar"), (1, 2), (3, 1)])
PEOPLE = ("Mensen", [("id", "team"), (2, "x"), (1, "y"), (3, "x"), (4, "y")])
PAIRS = ("tweetallen", [("i", "j", "near"), (1, 2, 1), (1, 3, 0)])


def workbook(folder, *sheets):
    path = folder / "staff.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_one_workbook_holds_ties_people_and_pairs_in_any_order(tmp_path):
    book = workbook(tmp_path, PEOPLE, PAIRS, TIES, ("notes", [("x",)]))
    found = figures(tmp_path, "--ties", book, "--team", "team")
    assert found["warnings"] == []
    network = found["networks"]["all"]
    assert (network["people"], network["indegree"]) == (["2", "1", "3", "4"], [1, 1, 0, 0])
    assert network["teams"]["names"] == ["x", "y"]
    assert network["dyads"] == {"near": {"ties": 0.5, "pairs": 0.5}}


def test_the_same_workbook_may_be_given_for_each(tmp_path):
    book = workbook(tmp_path, TIES, PEOPLE, PAIRS)
    once = only_network(tmp_path, "--ties", book)
    assert only_network(tmp_path, "--ties", book, "--people", book, "--dyads", book) == once


def test_a_file_of_people_takes_the_place_of_the_sheet(tmp_path):
    people = put(tmp_path, "people.csv", "id", "3", "2", "1")
    found = only_network(tmp_path, "--ties", workbook(tmp_path, TIES, PEOPLE), "--people", people)
    assert found["people"] == ["3", "2", "1"]


def test_a_fault_names_the_sheet_and_its_row(tmp_path, capsys):
    book = workbook(tmp_path, ("edges", [("source", "target"), (1, 2), (1, 9)]), PEOPLE)
    assert refusal(capsys, "--ties", book) == (
        "staff.xlsx, edges, row 3, column 'target': '9' is not in staff.xlsx, Mensen. "
        "Add this person there, or correct the row."
    )


def test_an_empty_sheet_is_named(tmp_path, capsys):
    book = workbook(tmp_path, TIES, ("people", []))
    assert refusal(capsys, "--ties", book) == (
        "staff.xlsx, people is empty. It needs a row of headings, and rows below it."
    )


BOMBS = (
    "a cell in the last corner",
    "four billion words, it says",
    "old Excel, in circles",
    "old Excel, to the last corner",
    "one word, said often",
)


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_would_fill_the_memory_is_refused_in_a_sentence(tmp_path, capsys, name):
    """Without the trial before it, the whole command ends in the middle, without a word."""
    book = tmp_path / "staff.xlsx"
    book.write_bytes(bombs.BOMBS[name]())
    told = "staff.xlsx unpacks to far more than a table. Save it as CSV."
    assert refusal(capsys, "--ties", book) == told


def test_a_workbook_that_is_tried_out_without_its_limits_ends_what_reads_it(tmp_path):
    """The test of the test: here is what the trial keeps away from the command itself."""
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31));"
        "from zwerm.analyse.formats.trial import try_out; try_out(sys.stdin.buffer.read(), ())"
    )
    content = bombs.BOMBS["a cell in the last corner"]()
    done = subprocess.run(
        [sys.executable, "-c", program], input=content, capture_output=True, check=False
    )
    assert done.returncode < 0
