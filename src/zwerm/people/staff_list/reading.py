"""From the bytes of a file to a table of words; whatever is wrong becomes a sentence."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 300
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 150

Table = list[list[str]]


class UnreadableFile(Exception):
    """The file cannot be read as a staff list. The message says what to do."""


def read_table(content: bytes) -> Table:
    """Every row of the first sheet, as words; empty rows are left out.

    Raises:
        UnreadableFile: what is wrong and what to do, in the language of the person.
    """
    if not content.strip():
        raise UnreadableFile(_("This file is empty. Nothing was loaded."))
    if content[:2] == b"PK":
        check_zip(content)
        rows = list(sheet_rows(content))
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        rows = list(sheet_rows(content))
    else:
        rows = list(csv_rows(decode(content)))
    rows = [row for row in rows if any(row)]
    if not rows:
        raise UnreadableFile(_("This file is empty. Nothing was loaded."))
    width = max(len(row) for row in rows)
    if width > MOST_COLUMNS:
        raise UnreadableFile(_("This file has more than 60 columns. It is not a staff list."))
    return [row + [""] * (width - len(row)) for row in rows]


def check_zip(content: bytes) -> None:
    """Refuse a workbook that unpacks to far more than it is, before unpacking anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            is_locked = any(part.flag_bits & 1 for part in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise damaged() from fault
    if is_locked:
        raise UnreadableFile(
            _("This file has a password. Save it without one. Nothing was loaded.")
        )
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(content), 1000):
        raise UnreadableFile(
            _("This file unpacks to far more than a staff list. Nothing was loaded.")
        )


def damaged() -> UnreadableFile:
    return UnreadableFile(
        _("This is not a workbook that can be read. Save it as Excel or CSV. Nothing was loaded.")
    )


def sheet_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet of an Excel or OpenDocument file."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as fault:
        raise damaged() from fault
    if sheet.total_height > MOST_ROWS + 1:
        raise too_many(sheet.total_height - 1)
    if sheet.merged_cell_ranges and any(top[0] <= 1 for top, _end in sheet.merged_cell_ranges):
        raise UnreadableFile(
            _(
                "The headings are merged cells. Give each column one heading in one row, and "
                "load the file again. Nothing was loaded."
            )
        )
    for row in sheet.iter_rows():
        yield [cell_words(cell) for cell in row]


def too_many(rows: int) -> UnreadableFile:
    return UnreadableFile(
        _("This file has %(rows)d rows; at most 5,000 people fit. Nothing was loaded.")
        % {"rows": rows}
    )


def cell_words(cell: Any) -> str:
    """A cell as somebody would type it. Formulas come in as their values."""
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:LONGEST_CELL]


def decode(content: bytes) -> str:
    """The text of a CSV file: UTF-16 or UTF-8 by their marks, else UTF-8, else Windows."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:4000]:
        raise damaged()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of a CSV file, with the delimiter that its first line shows."""
    delimiter = most_frequent(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            if number > MOST_ROWS:
                raise too_many(text.count("\n"))
            yield [cell_words(cell) for cell in row]
    except csv.Error as fault:
        raise UnreadableFile(
            _("Row %(row)d cannot be read. Look at the quotation marks there. Nothing was loaded.")
            % {"row": reader.line_num}
        ) from fault


def most_frequent(heading: str) -> str:
    """Semicolon, tab, comma or bar: whichever stands most often in the headings."""
    return max(";\t,|", key=heading.count)
