"""From bytes to a table: each file is read as it was meant, or refused in a sentence."""

import os
import re
import subprocess
import sys
import zipfile

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.lists import (
    HEADINGS,
    NOOR,
    XLS,
    as_csv,
    as_ods,
    as_xlsx,
    bomb,
    far_corner,
    lying_bomb,
    without_beginning,
    zipped,
)
from zwerm.people.staff_list.bounds import MOST_PEOPLE, Limits
from zwerm.people.staff_list.reading import (
    SENTENCES,
    Line,
    UnreadableFile,
    read_table,
    table_of,
)
from zwerm.people.staff_list.sheet import answer_of

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02" * 200


def refusal(content):
    with pytest.raises(UnreadableFile) as caught:
        read_table(content)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_with_any_delimiter_and_encoding(delimiter, encoding):
    rows = ["Naam", "Team"], ["Zoë Öztürk", "Crème"], ["René", "Exact"]

    table = read_table(as_csv(*rows, delimiter=delimiter, encoding=encoding))

    assert table.headings == ["Naam", "Team"]
    assert table.lines == [Line(2, ["Zoë Öztürk", "Crème"]), Line(3, ["René", "Exact"])]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(ends):
    table = read_table(ends.join(["naam;team", "Noor;Talen", "Daan;Exact"]).encode())
    assert [line.cells for line in table.lines] == [["Noor", "Talen"], ["Daan", "Exact"]]


def test_quoted_cells_may_hold_delimiters_quotes_and_lines():
    table = read_table(b'naam;team\r\n"Bos; Noor ""Nootje""";"Talen\r\nen kunst"\r\nDaan;Exact\r\n')
    assert table.lines == [
        Line(2, ['Bos; Noor "Nootje"', "Talen en kunst"]),
        Line(3, ["Daan", "Exact"]),
    ]


def test_a_comma_in_names_does_not_win_from_the_semicolon_of_the_headings():
    table = read_table(b"naam;mail\nBos, Noor, de;n@x.example\nKok, Daan, van;d@x.example\n")
    assert table.headings == ["naam", "mail"]


def test_empty_lines_are_left_out_and_numbers_stay_those_of_the_file():
    table = read_table(b"\r\nnaam;team\r\n\r\nNoor;Talen\r\n;\r\nDaan;Exact\r\n\r\n")
    assert [line.number for line in table.lines] == [4, 6]


def test_a_title_above_the_headings_is_passed_over():
    title = ["Personeelslijst De Waterlelie, 2026"]
    for content in (
        as_csv(title, [], HEADINGS, NOOR),
        as_xlsx(title, [], HEADINGS, NOOR),
        as_xlsx(title, [], HEADINGS, NOOR, merged=((0, 0, 0, 5),)),
    ):
        table = read_table(content)
        assert table.headings[:2] == ["Naam", "E-mail"]
        assert [line.number for line in table.lines] == [4]


def test_an_excel_file_is_read_with_its_numbers_dates_and_values():
    table = read_table(as_xlsx(["Naam", "FTE", "In dienst"], ["Noor", 0.8, 44409], ["Daan", 1, ""]))
    assert [line.cells for line in table.lines] == [["Noor", "0.8", "44409"], ["Daan", "1", ""]]


def test_an_old_excel_file_is_read():
    table = read_table(XLS.read_bytes())
    assert table.headings == ["Naam", "E-mail", "Sectie", "FTE", "In dienst"]
    assert table.lines == [
        Line(2, ["Noor Bos", "noor@school.example", "Talen", "0.8", "2021-08-01"]),
        Line(3, ["Zoë Öztürk", "zoe@school.example", "Exact", "1", "2019-01-01"]),
    ]


def test_an_opendocument_file_is_read():
    table = read_table(as_ods(["Naam", "Team"], ["Noor", "Talen"]))
    assert (table.headings, table.lines) == (["Naam", "Team"], [Line(2, ["Noor", "Talen"])])


def test_signs_that_nobody_sees_are_dropped():
    table = read_table("naam;team\nNo\u202eor\u200b;Ta\u00adlen\n".encode())
    assert table.lines == [Line(2, ["Noor", "Talen"])]


EMPTY = "This file is empty. Nothing was loaded. Choose the file that holds the staff list."
DAMAGED = "This is not a workbook that can be read. Save it as Excel or CSV. Nothing was loaded."
TOO_MUCH = (
    "This file asks for far more work than a staff list. Copy the list into a new, empty file and "
    "load that. Nothing was loaded."
)
MERGED = (
    "The headings are merged cells. Give each column one heading in one row, and load the file "
    "again. Nothing was loaded."
)
ONE_COLUMN = (
    "This file has one column, without the heading of a name. Save it as Excel, or as CSV with "
    "semicolons between the columns. Nothing was loaded."
)
LOCKED = "This file has a password. Save it without one. Nothing was loaded."
TOO_MANY = (
    "This file has 100001 rows; at most 5,000 people fit. Nothing was loaded. Keep only the staff "
    "of this school."
)
ONE_ROW = "This file has one row only. Put each person in a row below it. Nothing was loaded."


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

WRONG = {
    "nothing": (lambda: b"", EMPTY),
    "spaces": (lambda: b" \r\n\r\n", EMPTY),
    "only the mark of an encoding": (lambda: b"\xfe\xff", EMPTY),
    "delimiters only": (lambda: b";;\r\n;;\r\n", EMPTY),
    "an empty sheet": (as_xlsx, EMPTY),
    "headings only": (lambda: as_csv(HEADINGS), ONE_ROW),
    "headings only in Excel": (lambda: as_xlsx(HEADINGS), ONE_ROW),
    "a picture": (lambda: PNG, DAMAGED),
    "a picture that begins as a zip": (lambda: b"PK\x03\x04" + PNG, DAMAGED),
    "a picture that begins as old Excel": (lambda: OLE + PNG, DAMAGED),
    "a zip of something else": (lambda: zipped({"letter.txt": "Dear Noor"}), DAMAGED),
    "a zip packed as no workbook is": (
        lambda: zipped({"xl/workbook.xml": "x"}, zipfile.ZIP_LZMA),
        DAMAGED,
    ),
    "a zip without its beginning": (without_beginning, DAMAGED),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "another delimiter": (lambda: as_csv(HEADINGS, NOOR, delimiter="^"), ONE_COLUMN),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", ONE_COLUMN),
    "merged headings": (lambda: as_xlsx(HEADINGS, NOOR, merged=((0, 0, 0, 1),)), MERGED),
    "merged and unknown": (
        lambda: as_xlsx(["Wie", "Waar"], NOOR, merged=((0, 2, 1, 2),)),
        MERGED,
    ),
    "a quotation mark that stays open": (
        lambda: b'naam;team\nNoor;Talen\n"Daan;Exact\nEva;Sport\n',
        "Row 3 cannot be read. Look at the quotation marks there. Nothing was loaded.",
    ),
    "too wide": (
        lambda: as_csv(["naam"] * 61, ["x"] * 61),
        "This file has more than 60 columns, so it is not a staff list. Nothing was loaded. "
        "Keep only the columns of the list.",
    ),
    "100,000 rows": (lambda: as_csv(HEADINGS, *([["Noor"]] * 100_000)), TOO_MANY),
    "100,000 rows in Excel": (lambda: as_xlsx(HEADINGS, *([["Noor"]] * 100_000)), TOO_MANY),
    "too large": (
        lambda: b"naam;" + b"x" * (5 * 1024 * 1024),
        "This file is larger than 5 MB. Nothing was loaded. Keep only the staff list.",
    ),
    "a bomb": (bomb, TOO_MUCH),
    "a bomb that lies": (lying_bomb, DAMAGED),
    "a cell in the last corner": (far_corner, TOO_MUCH),
    "a cell far down": (lambda: far_corner(1_000_000, 20), TOO_MUCH),
    "a cell in the last corner of old size": (lambda: far_corner(65_535, 255), TOO_MUCH),
    "a cell that is repeated": (lambda: as_ods(["Naam"], ["x"], repeated=5_000), TOO_MUCH),
    "a cell that never ends": (lambda: as_ods(["Naam"], ["x"], repeated=1_000_000), DAMAGED),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_in_a_sentence(name):
    make, sentence = WRONG[name]
    content = make()

    assert refusal(content) == sentence

    with override("nl"):
        assert refusal(content) != sentence


MEASURE = """
import resource, sys, time
import django
django.setup()
from zwerm.people.staff_list.reading import UnreadableFile, read_table
content = sys.stdin.buffer.read()
began = time.perf_counter()
try:
    read_table(content)
    said = "read"
except UnreadableFile as no:
    said = "refused"
took = time.perf_counter() - began
apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
ours = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
print(said, f"{took:.2f}", max(apart, ours) // 1024)
"""


@pytest.mark.parametrize(
    "name", ["100,000 rows", *(name for name in WRONG if "bomb" in name or "a cell" in name)]
)
def test_a_file_that_means_harm_takes_little_memory(name):
    """The whole process, Django included; the seconds are printed, a slow machine fails nothing."""
    content = WRONG[name][0]()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "zwerm.settings"}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=content,
        capture_output=True,
        env=environment,
        check=True,
        timeout=60,
    )
    said, seconds, mebibytes = done.stdout.decode().split()
    print(f"{name}: {seconds} s, {mebibytes} MiB")
    assert said == "refused"
    assert int(mebibytes) < 200


def read_or_refused(content):
    try:
        return bool(read_table(content).headings)
    except UnreadableFile as no:
        return str(no) != ""


def read_here_or_refused(content):
    """The same without a process apart, so that there may be many."""
    answer = answer_of(content, Limits())
    if "unfit" in answer:
        return str(SENTENCES[answer["unfit"]](answer["number"])) != ""
    try:
        return bool(table_of(answer).headings) if answer["lines"] else True
    except UnreadableFile as no:
        return str(no) != ""


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    assert read_here_or_refused(content)
    assert read_here_or_refused(b"naam;team\n" + content)


# Made once: a workbook holds the moment at which it was made, and so differs each time.
WORKBOOKS = [as_xlsx(HEADINGS, NOOR), XLS.read_bytes()]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_workbook_with_bytes_that_were_changed_is_read_or_refused(data):
    content = bytearray(data.draw(st.sampled_from(WORKBOOKS)))
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_refused(bytes(content))


def test_five_thousand_people_fit_and_one_more_does_not():
    rows = [["Noor"]] * MOST_PEOPLE
    assert len(read_table(as_csv(HEADINGS, *rows)).lines) == MOST_PEOPLE
    assert re.match("This file has 5002 rows", refusal(as_csv(HEADINGS, *rows, ["Daan"])))
    assert len(read_table(as_xlsx(HEADINGS, *[NOOR] * MOST_PEOPLE)).lines) == MOST_PEOPLE
