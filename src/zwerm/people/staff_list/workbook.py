"""Reads an Excel or OpenDocument file. Runs in the process apart, and knows nothing of Django."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from zwerm.people.staff_list.bounds import MOST_LINES, MOST_PARTS, MOST_RATIO, Unfit
from zwerm.people.staff_list.cells import cell_words

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""What reading a damaged zip raises: a place before its beginning is a `ValueError`."""
WAYS_TO_PACK = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Spreadsheets know no others; what unpacks the others fails in ways of its own."""

Sheet = dict[str, Any]
"""`lines`: number and cells of each that holds something; `height`; `merged`: first, last row."""


def is_workbook(content: bytes) -> bool:
    return content[:4] == ZIP or content[:8] == OLE


def workbook_sheet(content: bytes, most_unpacked: int) -> Sheet:
    """The first sheet: its lines, how many rows it has, and which rows hold merged cells."""
    if content[:4] == ZIP:
        check_zip(content, most_unpacked)
    elif LOCKED in content:
        raise Unfit("locked")
    return first_sheet(content)


def check_zip(content: bytes, most_unpacked: int) -> None:
    """Refuse a workbook that unpacks to far more than it is, before keeping any of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            most = min(most_unpacked, MOST_RATIO * max(len(content), 1000))
            if unpacked > most or len(parts) > MOST_PARTS:
                raise Unfit("too_much")
            if any(part.compress_type not in WAYS_TO_PACK for part in parts):
                raise Unfit("damaged")
            # Sizes in a zip may lie: reading each part once shows it, and keeps nothing.
            if packed.testzip() is not None:
                raise Unfit("damaged")
    except DAMAGE as fault:
        raise Unfit("damaged") from fault
    except RuntimeError as fault:
        raise Unfit("locked") from fault


def first_sheet(content: bytes) -> Sheet:
    """The lines of the first sheet with their numbers, without the empty ones."""
    from python_calamine import (  # noqa: PLC0415  # a CSV file does without it
        CalamineError,
        CalamineWorkbook,
    )

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as fault:
        raise Unfit("damaged") from fault
    lines = []
    height = sheet.end[0] + 1 if sheet.end else 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell_words(cell) for cell in row]
        if any(cells):
            lines.append((number, cells))
        if len(lines) > MOST_LINES:
            raise Unfit("too_many", height)
    ranges = sheet.merged_cell_ranges or []
    merged = {(top[0] + 1, bottom[0] + 1) for top, bottom in ranges}
    if len(merged) > MOST_LINES:
        raise Unfit("too_much")
    return {"lines": lines, "merged": sorted(merged)}
