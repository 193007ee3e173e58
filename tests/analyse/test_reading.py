from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.analyse.files import figures, only_network, put, put_people, put_ties, refusal
from zwerm.analyse import files
from zwerm.analyse.formats import workbook as workbooks
from zwerm.analyse.words import Fault

ROWS = [("id", "team"), ("Zoë", "één"), ("Bo", "twee"), ("Łukasz", "één")]
WESTERN = [("id", "team"), ("Zoë", "één"), ("Bo", "twee"), ("Renée", "één")]


def cells(table):
    return [table.headings, *(row.cells for row in table.rows)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_delimiter_and_encoding_gives_the_same_table(tmp_path, delimiter, encoding):
    path = tmp_path / "people.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding))
    assert cells(files.read_ties(path).ties) == ROWS


def test_a_file_of_windows_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("\n".join(";".join(row) for row in WESTERN).encode("cp1252"))
    assert cells(files.read_ties(path).ties) == WESTERN


def test_the_note_of_the_delimiter_by_excel_is_no_heading_and_rows_keep_their_numbers(tmp_path):
    path = put(tmp_path, "people.csv", "sep=;", "id;team, or group", "Bo;a, b")
    table = files.read_ties(path).ties
    assert cells(table) == [("id", "team, or group"), ("Bo", "a, b")]
    assert [row.number for row in table.rows] == [3]


def test_quotes_hold_a_delimiter_and_empty_rows_keep_the_numbers_right(tmp_path):
    path = put(tmp_path, "people.csv", "id,team", '"Vries, de",a', "", "Bo,b")
    table = files.read_ties(path).ties
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Vries, de", "a")),
        (4, ("Bo", "b")),
    ]


def workbook(path: Path, *sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_workbook_gives_the_same_figures_as_csv(tmp_path):
    ties = workbook(tmp_path / "ties.xlsx", ("ties", [("source", "target"), (1, 2), (2, 1)]))
    people = put_people(tmp_path, "1", "2", "3")
    from_workbook = only_network(tmp_path, "--ties", ties, "--people", people)
    from_csv = only_network(
        tmp_path, "--ties", put_ties(tmp_path, "1,2", "2,1"), "--people", people
    )
    assert from_workbook == from_csv
    assert from_workbook["indegree"] == [1, 1, 0]


def test_a_row_of_a_workbook_is_named_by_its_number_there(tmp_path, capsys):
    ties = workbook(tmp_path / "ties.xlsx", ("t", [("source", "target"), (), (1, 2), (1, 9)]))
    people = put_people(tmp_path, "1", "2")
    assert refusal(capsys, "--ties", ties, "--people", people) == (
        "ties.xlsx, row 4, column 'target': '9' is not in people.csv. "
        "Add this person there, or correct the row."
    )


def test_only_the_first_sheet_is_read_and_that_is_said(tmp_path, capsys):
    first = ("Answers", [("source", "target"), ("a", "b")])
    ties = workbook(tmp_path / "ties.xlsx", first, ("Old", [("x",)]))
    found = figures(tmp_path, "--ties", ties)
    said = "ties.xlsx has several sheets; only the first was read, 'Answers'."
    assert found["warnings"] == [said]
    assert capsys.readouterr().err == f"Note: {said}\n"


def test_a_workbook_that_would_fill_the_memory_is_refused_unopened(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 10_000)
    path = tmp_path / "ties.xlsx"
    path.write_bytes(packed.getvalue())
    assert refusal(capsys, "--ties", path) == (
        "ties.xlsx unpacks to far more than a table. Save it as CSV."
    )


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"\x00\x01\x02\x03\x04\x05", "not_a_table"),
        (b"PK\x03\x04 torn", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0 torn", "not_a_workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, key):
    path = tmp_path / "ties.csv"
    path.write_bytes(content)
    with pytest.raises(Fault) as fault:
        files.read_ties(path)
    assert (fault.value.sentence.key, fault.value.sentence.values) == (key, {"file": "ties.csv"})


def test_two_headings_that_are_the_same_are_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target,Source", "a,b,c")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv, row 1: two columns are called 'source'. Give each its own name."
    )


def test_a_row_with_more_cells_than_headings_is_refused(tmp_path, capsys):
    ties = put_ties(tmp_path, "source,target", "a,b", "a,b,c")
    assert refusal(capsys, "--ties", ties) == (
        "ties.csv, row 3: 3 cells, but there are 2 headings. "
        "Put quotes around a cell that holds the delimiter."
    )


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    missing = tmp_path / "tis.csv"
    assert refusal(capsys, "--ties", missing) == (
        f"There is no file {missing}. Check the name and the folder."
    )


def test_a_folder_is_no_file(tmp_path, capsys):
    assert refusal(capsys, "--ties", tmp_path) == f"{tmp_path} cannot be read: Is a directory."


def test_headings_of_other_programs_are_known(tmp_path):
    gephi = put(tmp_path, "edges.csv", "Source,Target,Weight", "a,b,1", "b,a,0")
    people = put(tmp_path, "nodes.csv", "Id,Label", "a,Ada", "b,Bo")
    assert only_network(tmp_path, "--ties", gephi, "--people", people)["ties"] == 1
