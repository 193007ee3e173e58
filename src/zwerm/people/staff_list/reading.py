"""From the bytes of a file to a table of words; whatever is wrong becomes a sentence."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zwerm.people.staff_list.columns import has_name, recognise
from zwerm.people.staff_list.workbook import Damaged, TooMuch, cell_words, read_apart

LARGEST_FILE = 5 * 1024 * 1024
MOST_PEOPLE = 5_000
MOST_COLUMNS = 60
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150
HEADINGS_WITHIN = 10
"""A title and an empty line may stand above the headings; not half a page."""

DELIMITERS = ";\t,|"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""What reading a damaged zip raises: a place before its beginning is a `ValueError`."""
LOCKED = "EncryptedPackage".encode("utf-16-le")
WAYS_TO_PACK = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Spreadsheets know no others; what unpacks the others fails in ways of its own."""
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class UnreadableFile(Exception):
    """The file cannot be read as a staff list. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file with the number that a spreadsheet shows for it."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a file and every line below them that holds something."""

    headings: list[str]
    lines: list[Line]


def read_table(content: bytes) -> Table:
    """The first sheet, as words.

    Raises:
        UnreadableFile: what is wrong and what to do, in the language of the person.
    """
    if len(content) > LARGEST_FILE:
        raise too_large()
    if not content.strip():
        raise empty()
    if content[:4] == ZIP or content[:8] == OLE:
        lines, merged = sheet_lines(content)
    else:
        lines, merged = list(csv_lines(decode(content))), []
    if not lines:
        raise empty()
    return with_headings(even(lines), merged)


def too_large() -> UnreadableFile:
    return UnreadableFile(
        _("This file is larger than 5 MB. Nothing was loaded. Keep only the staff list.")
    )


def empty() -> UnreadableFile:
    return UnreadableFile(
        _("This file is empty. Nothing was loaded. Choose the file that holds the staff list.")
    )


def even(lines: list[Line]) -> list[Line]:
    """The lines, each as wide as the widest."""
    width = max(len(line.cells) for line in lines)
    if width > MOST_COLUMNS:
        raise UnreadableFile(
            _(
                "This file has more than 60 columns, so it is not a staff list. "
                "Nothing was loaded. Keep only the columns of the list."
            )
        )
    return [Line(one.number, one.cells + [""] * (width - len(one.cells))) for one in lines]


def with_headings(lines: list[Line], merged: list[tuple[int, int]]) -> Table:
    """The table below its headings, and they make sense; `merged` are rows with merged cells."""
    place = headings_in(lines)
    head = lines[place or 0]
    look_for_merged(merged, head.number if place is not None else None)
    if place is None and is_one_column(head.cells):
        raise UnreadableFile(
            _(
                "This file has one column, without the heading of a name. Save it as Excel, or as "
                "CSV with semicolons between the columns. Nothing was loaded."
            )
        )
    below = lines[(place or 0) + 1 :]
    if not below:
        raise UnreadableFile(
            _("This file has one row only. Put each person in a row below it. Nothing was loaded.")
        )
    if len(below) > MOST_PEOPLE:
        raise too_many(len(lines))
    return Table(head.cells, below)


def is_one_column(cells: list[str]) -> bool:
    """The columns were not taken apart: all headings stand in one cell, between unknown signs."""
    filled = list(filter(None, cells))
    parts = re.split(r"[^\w\s().-]+", filled[0])
    return len(filled) == 1 and (len(cells) == 1 or has_name(recognise(parts)))


def headings_in(lines: list[Line]) -> int | None:
    """Which of the first lines has the heading of a name; None when no line has it."""
    for place, line in enumerate(lines[:HEADINGS_WITHIN]):
        if has_name(recognise(line.cells)):
            return place
    return None


def look_for_merged(merged: list[tuple[int, int]], headings: int | None) -> None:
    """Merged headings stand above two columns at once: nobody can say which is which."""
    last = HEADINGS_WITHIN
    if any(top <= (headings or last) and bottom >= (headings or 1) for top, bottom in merged):
        raise UnreadableFile(
            _(
                "The headings are merged cells. Give each column one heading in one row, and "
                "load the file again. Nothing was loaded."
            )
        )


def check_zip(content: bytes) -> None:
    """Refuse a workbook that unpacks to far more than it is, before keeping any of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(content), 1000):
                raise too_much()
            if any(part.compress_type not in WAYS_TO_PACK for part in packed.infolist()):
                raise damaged()
            # Sizes in a zip may lie: reading each part once shows it, and keeps nothing.
            if packed.testzip() is not None:
                raise damaged()
    except DAMAGE as fault:
        raise damaged() from fault
    except RuntimeError as fault:
        raise locked() from fault


def locked() -> UnreadableFile:
    return UnreadableFile(_("This file has a password. Save it without one. Nothing was loaded."))


def too_much() -> UnreadableFile:
    return UnreadableFile(
        _(
            "This file unpacks to far more than a staff list. Copy the list into a new, empty "
            "file and load that. Nothing was loaded."
        )
    )


def damaged() -> UnreadableFile:
    return UnreadableFile(
        _("This is not a workbook that can be read. Save it as Excel or CSV. Nothing was loaded.")
    )


def sheet_lines(content: bytes) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines of the first sheet of an Excel or OpenDocument file, and its merged rows."""
    if content[:4] == ZIP:
        check_zip(content)
    elif LOCKED in content:
        raise locked()
    try:
        sheet = read_apart(content)
    except Damaged as fault:
        raise damaged() from fault
    except TooMuch as fault:
        raise too_much() from fault
    lines = [Line(number, cells) for number, cells in sheet["lines"]]
    if len(lines) > MOST_PEOPLE + HEADINGS_WITHIN:
        raise too_many(sheet["height"])
    return lines, [(top[0] + 1, bottom[0] + 1) for top, bottom in sheet["merged"]]


def too_many(rows: int) -> UnreadableFile:
    return UnreadableFile(
        _(
            "This file has %(rows)d rows; at most 5,000 people fit. Nothing was loaded. "
            "Keep only the staff of this school."
        )
        % {"rows": rows}
    )


def decode(content: bytes) -> str:
    """The text of a CSV file: UTF-16 or UTF-8 by their marks, else UTF-8, else Windows."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    if NO_TEXT.search(content):
        raise damaged()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_lines(text: str) -> Iterator[Line]:
    """The lines of a CSV file that hold something."""
    file = io.StringIO(text, newline=None)
    reader = csv.reader(file, delimiter=delimiter_of(text), strict=True)
    found = number = 0
    try:
        for number, row in enumerate(reader, start=1):
            cells = [cell_words(cell) for cell in row]
            found += any(cells)
            if found > MOST_PEOPLE + HEADINGS_WITHIN:
                raise too_many(len(text.splitlines()))
            if any(cells):
                yield Line(number, cells)
    except csv.Error as fault:
        raise UnreadableFile(
            _("Row %(row)d cannot be read. Look at the quotation marks there. Nothing was loaded.")
            % {"row": number + 1}
        ) from fault


def delimiter_of(text: str) -> str:
    """Semicolon, tab, comma or bar: the one that makes most headings, else the most frequent."""
    head = text[:20_000].splitlines()[:HEADINGS_WITHIN] or [""]

    def fits(delimiter: str) -> tuple[int, int]:
        headings = [len(recognise(line.replace('"', "").split(delimiter))) for line in head]
        return max(headings), max(line.count(delimiter) for line in head)

    return max(DELIMITERS, key=fits)
