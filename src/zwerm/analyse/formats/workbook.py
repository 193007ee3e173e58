"""Workbooks (xlsx, xls, ods): ties, people and pairs, each on a sheet of its own."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from zwerm.analyse.formats.found import Found
from zwerm.analyse.formats.gephi import of_gephi
from zwerm.analyse.formats.trial import fits
from zwerm.analyse.reading import Table, table_from
from zwerm.analyse.words import Fault, Sentence, sentence

MOST_UNPACKED = 2_000_000_000
SHEETS = {
    "ties": ("ties", "edges", "arcs", "relaties"),
    "people": ("people", "nodes", "persons", "mensen", "personen"),
    "dyads": ("dyads", "pairs", "paren", "tweetallen"),
}
"""The names of sheets that say what is on them; capitals do not matter."""


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as a workbook does."""
    return content[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}


def workbook_of(name: str, content: bytes, role: str) -> Found:
    """What is on the sheets of a workbook; on the first when none has a name that is known.

    Raises:
        Fault: it does not open, would fill the memory, or the sheet is empty.
    """
    book = opened(name, content)
    named = {kind: sheet for kind in SHEETS if (sheet := sheet_called(book, kind)) is not None}
    chosen = named.get(role, book.sheet_names[0])
    if role != "ties":
        return Found(table_on(name, book, chosen, warnings_about(name, book, {chosen})))
    # A first sheet that is read as ties is not read as people as well.
    beside = {kind: sheet for kind, sheet in named.items() if sheet != chosen and kind != "ties"}
    used = {chosen, *beside.values()}
    found = of_gephi(table_on(name, book, chosen, warnings_about(name, book, used)))
    more = {kind: table_on(name, book, sheet, []) for kind, sheet in beside.items()}
    return Found(found.ties, more.get("people"), more.get("dyads"), found.is_undirected)


def opened(name: str, content: bytes) -> Any:
    # Only for workbooks: most files are CSV.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    check_size(name, content)
    if not fits(content, [one for names in SHEETS.values() for one in names]):
        raise Fault("too_large", file=name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        book.get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as fault:
        raise Fault("not_a_workbook", file=name) from fault
    return book


def sheet_called(book: Any, kind: str) -> str | None:
    """The sheet with a name of this kind; None when there is none."""
    return next((one for one in book.sheet_names if one.strip().casefold() in SHEETS[kind]), None)


def warnings_about(name: str, book: Any, used: set[str]) -> list[Sentence]:
    """Which sheets were read, when some were not and none has a name that is known."""
    known = any(sheet_called(book, kind) for kind in SHEETS)
    if known or len(book.sheet_names) == len(used):
        return []
    return [sentence("only_first_sheet", file=name, sheet=book.sheet_names[0])]


def table_on(name: str, book: Any, sheet: str, warnings: list[Sentence]) -> Table:
    """The table on one sheet; its file is named with the sheet when there are several."""
    # Several sheets: a fault must say on which it is.
    beside = sheet if len(book.sheet_names) > 1 else ""
    return table_from(name, sheet_rows(name, book, sheet), warnings, beside)


def sheet_rows(name: str, book: Any, sheet: str) -> Iterator[tuple[str, ...]]:
    """The rows of a sheet, from its first row on."""
    from python_calamine import CalamineError  # noqa: PLC0415  # as above

    try:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as fault:
        raise Fault("not_a_workbook", file=name) from fault
    for row in rows:
        yield tuple(cell_words(cell) for cell in row)


def check_size(name: str, content: bytes) -> None:
    """Refuse a workbook that would fill the memory, before unpacking anything."""
    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise Fault("not_a_workbook", file=name) from fault
    if unpacked > MOST_UNPACKED:
        raise Fault("too_large", file=name)


def cell_words(cell: Any) -> str:
    """A cell as somebody would type it.

    >>> cell_words(3.0), cell_words(" a  b "), cell_words(True)
    ('3', 'a b', '1')
    """
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
