"""No file that leaves can run: every place that writes one is found by itself, and fed bad cells.

A table (CSV, Excel) gets an apostrophe before what a spreadsheet could take for a formula. Files
for programs (JSON, YAML, GraphML) give the very words back, and no word of anybody begins a line.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook
from tools.checks.tree import ROOT
from yaml import safe_load

from tests.analyse.files import put, put_people
from tests.factories import account_of, make_member, make_school, make_signed_member
from zwerm.analyse import command
from zwerm.analyse.exports import sheets
from zwerm.home import rights
from zwerm.people.exporting import as_workbook
from zwerm.people.scope import school_scope
from zwerm.people.staff_list import rows
from zwerm.people.staff_list.plan import present_members
from zwerm.scans import library

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BAD = tuple(f"{sign}cmd|' /C calc'!A{place}" for place, sign in enumerate(SIGNS, start=1))

# --- every place that writes a file ---------------------------------------------------------------

WRITES = {"writer", "DictWriter", "Workbook", "dump", "dumps", "safe_dump", "to_csv", "to_excel"}

TABLES = {"people/exporting.py", "analyse/exports/sheets.py"}
TEXTS = {
    "home/rights.py": "what is known of oneself, as JSON",
    "home/views/rights.py": "hands that out, and the same as HTML",
    "scans/library/own.py": "a school's own questions, as YAML",
    "scans/views/setup.py": "hands those out",
    "people/views.py": "hands out the workbook of people/exporting.py",
    "scans/views/report.py": "a report and a poster, as PDF",
    "analyse/writing.py": "figures, as JSON",
    "analyse/lively.py": "data within a page, with < and & as codes",
}
STAY = {
    "core/archive.py": "a backup, read by nothing but a restore",
    "home/backup.py": "the keys, read by nothing but a restore",
    "core/ledger.py": "the ledger, read by nothing but ourselves",
    "core/logs.py": "a line of the log",
    "scans/queries/second_look.py": "a digest",
    "core/sealing.py": "a box, sealed",
    "people/staff_list/sheet.py": "between two processes of ours",
    "scans/actions/closing.py": "the snapshot, in the database",
    "scans/link.py": "a cookie, signed",
    "scans/library/questionnaire.py": "counts how long it is",
    "scans/queries/agreements.py": "a digest",
}


def writes_in(source):
    """Whether a module makes a file of a format, or hands one out."""
    names = "|".join([*WRITES, "Content-Disposition", "FileResponse"])
    return re.search(names, source) is not None and any(
        (isinstance(node, ast.Call) and last_name(node.func) in WRITES)
        or (isinstance(node, ast.Constant) and node.value == "Content-Disposition")
        or (isinstance(node, ast.Name) and node.id == "FileResponse")
        for node in ast.walk(ast.parse(source))
    )


def last_name(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def writers():
    room = ROOT / "src/zwerm"
    return {
        file.relative_to(room).as_posix()
        for file in room.rglob("*.py")
        if writes_in(file.read_text(encoding="utf-8"))
    }


def test_every_place_that_writes_a_file_is_known_here():
    assert writers() == TABLES | set(TEXTS) | set(STAY)


@pytest.mark.parametrize(
    "source",
    [
        "import csv\nlines = csv.writer(file)",
        "csv.DictWriter(file, names)",
        "xlsxwriter.Workbook(file)",
        "json.dumps(rows)",
        "answer['Content-Disposition'] = 'attachment'",
        "return FileResponse(file)",
        "frame.to_csv(file)",
    ],
)
def test_a_new_place_that_writes_a_file_is_found(source):
    assert writes_in(source)
    assert not writes_in("rows = csv.reader(file)\njson.loads(text)")


# --- tables ---------------------------------------------------------------------------------------


def running(cells):
    """The cells that a spreadsheet may take for a formula."""
    return [cell for cell in cells if cell.startswith(SIGNS) and not is_number(cell)]


def is_number(cell):
    return re.fullmatch(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", cell) is not None


def of_workbook(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]


def of_csv(content):
    text = io.StringIO(content.decode(), newline="")
    return [cell for row in csv.reader(text) for cell in row]


@pytest.mark.django_db
def test_no_cell_of_the_staff_list_runs():
    school = make_school()
    with school_scope(school):
        for place, words in enumerate(BAD):
            if "\0" not in words:  # no database keeps it: see the next test
                make_member(school, name=words, staff_number=f"{words[:9]}{place}")
        cells = of_workbook(as_workbook(present_members()))
    assert running(cells) == []
    assert len([cell for cell in cells if cell.startswith("'")]) == 2 * (len(BAD) - 1)


def test_every_sign_is_known_to_both_writers():
    assert rows.DANGEROUS == sheets.DANGEROUS == SIGNS


def sheets_with(folder, bad):
    """Every CSV that the command writes, with such words as people, teams, columns and kinds."""
    arcs = [f'a,"{words}","{words}"' for words in bad]
    ties = put(folder, "ties.csv", "source,target,relation", *arcs, "a,b,x")
    rest = [f'"{words}","{words}",1' for words in bad]
    people = put_people(folder, f'id,team,"{bad[0]}"', f'a,"{bad[1]}",1', *rest, "b,x,3")
    into = folder / "sheets"
    asked = ["--ties", ties, "--people", people, "--by", "relation", "--team", "team"]
    assert command.main([*map(str, asked), "--csv", str(into), "--language=en"]) == 0
    return {file.name: file.read_bytes() for file in into.iterdir()}


def test_no_cell_of_the_sheets_of_researchers_runs(tmp_path):
    bad = [words.replace("'", "") for words in BAD if words[0] not in "\t\r\n\0"]
    found = sheets_with(tmp_path, bad)
    assert sorted(found) == ["figures.csv", "people.csv", "ties.csv"]
    cells = [cell for content in found.values() for cell in of_csv(content)]
    assert running(cells) == []
    assert {f"'{words}" for words in bad} <= set(cells)


@pytest.mark.parametrize("words", BAD)
def test_no_cell_runs_whatever_it_begins_with(words):
    [heading, cell, number] = of_csv(sheets.written([words], [[words], ["-1.5"]]))
    assert [heading, cell, number] == [f"'{words}", f"'{words}", "-1.5"]


def planted(cells):
    """A writer without care."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def test_a_writer_without_care_is_seen():
    assert running(of_csv(planted([*BAD, "Noor", "-1"]))) == list(BAD)


def test_a_workbook_without_care_is_seen(monkeypatch):
    monkeypatch.setattr("zwerm.people.exporting.harmless", lambda cell: cell)
    one = SimpleNamespace(**dict.fromkeys((*rows.LONGEST, "fte", "started_on", "language"), "=1+1"))
    one.teams = ["=1+1"]
    assert "=1+1" in running(of_workbook(as_workbook([one])))  # type: ignore[list-item]


# --- files for programs ---------------------------------------------------------------------------


def lines_that_run(text):
    """Lines that begin with words of somebody that a spreadsheet may run."""
    return [line for line in text.split("\n") if line.lstrip(" \"'").startswith(BAD_STARTS)]


BAD_STARTS = tuple(f"{sign}cmd" for sign in SIGNS)


def test_a_line_that_runs_is_seen():
    assert lines_that_run("a: b\n=cmd|x\n  '@cmd|x") == ["=cmd|x", "  '@cmd|x"]


@pytest.mark.django_db
def test_what_is_known_of_somebody_is_given_as_it_is_and_begins_no_line():
    school = make_school()
    with school_scope(school):
        members = [make_signed_member(school, name=words) for words in BAD if "\0" not in words]
    for member in members:
        text = rights.as_json(rights.known_of(account_of(member), with_answers=True))
        assert member.name in str_values(json.loads(text))
        assert lines_that_run(text) == []


def str_values(content):
    if isinstance(content, dict):
        return [one for value in content.values() for one in str_values(value)]
    if isinstance(content, list):
        return [one for value in content for one in str_values(value)]
    return [content]


@pytest.mark.parametrize("words", [one for one in BAD if one[0] != "\0"])
def test_own_questions_are_given_as_they_are_and_begin_no_line(words):
    example = Path(library.own.__file__).parents[1] / "static/scans/questions-example.yaml"
    read = library.read_instrument(example.read_text(encoding="utf-8"))
    text = library.write_instrument(type(read)(words, f"a\n{words}", read.licence, read.scales))
    assert (safe_load(text)["name"], safe_load(text)["source"]) == (words, f"a\n{words}")
    assert lines_that_run(text) == []
