"""Reads a CSV file. Runs in the process apart, and knows nothing of Django."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from zwerm.people.staff_list.bounds import HEADINGS_WITHIN, MOST_COLUMNS, MOST_LINES, Unfit
from zwerm.people.staff_list.cells import cell_words
from zwerm.people.staff_list.headings import recognise

DELIMITERS = ";\t,|"
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(content: bytes) -> str:
    """The text of a CSV file: UTF-16 or UTF-8 by their marks, else UTF-8, else Windows."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    if NO_TEXT.search(content):
        raise Unfit("damaged")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file that hold something, each with its number."""
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter_of(text), strict=True)
    found = number = 0
    try:
        for number, row in enumerate(reader, start=1):
            # Looked at before anything is done with it: one line may hold millions of cells.
            words = "".join(row)
            if not words or words.isspace():
                continue
            if len(row) > MOST_COLUMNS:
                raise Unfit("too_wide")
            cells = [cell_words(cell) for cell in row]
            if any(cells):
                found += 1
                yield number, cells
            if found > MOST_LINES:
                raise Unfit("too_many", len(text.splitlines()))
    except csv.Error as fault:
        raise Unfit("quotes", number + 1) from fault


def delimiter_of(text: str) -> str:
    """Semicolon, tab, comma or bar: the one that makes most headings, else the most frequent."""
    head = text[:20_000].splitlines()[:HEADINGS_WITHIN] or [""]

    def fits(delimiter: str) -> tuple[int, int]:
        headings = [len(recognise(line.replace('"', "").split(delimiter))) for line in head]
        return max(headings), max(line.count(delimiter) for line in head)

    return max(DELIMITERS, key=fits)
