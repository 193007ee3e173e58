"""From the bytes of a file to a table of words; whatever is wrong becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zwerm.core.errors import Refused
from zwerm.people.staff_list.apart import read_apart
from zwerm.people.staff_list.bounds import (
    HEADINGS_WITHIN,
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_PEOPLE,
    Unfit,
)
from zwerm.people.staff_list.headings import has_name, recognise
from zwerm.people.staff_list.workbook import Sheet


class UnreadableFile(Refused):
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
    try:
        sheet = read_apart(content)
    except Unfit as no:
        raise SENTENCES[no.reason](no.number) from no
    return table_of(sheet)


def table_of(sheet: Sheet) -> Table:
    """What was read, when it looks like a staff list."""
    lines = [Line(number, cells) for number, cells in sheet["lines"]]
    if not lines:
        raise empty()
    return with_headings(even(lines), [(first, last) for first, last in sheet["merged"]])


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
        raise too_wide()
    return [Line(one.number, one.cells + [""] * (width - len(one.cells))) for one in lines]


def too_wide() -> UnreadableFile:
    return UnreadableFile(
        _(
            "This file has more than 60 columns, so it is not a staff list. "
            "Nothing was loaded. Keep only the columns of the list."
        )
    )


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


def locked() -> UnreadableFile:
    return UnreadableFile(_("This file has a password. Save it without one. Nothing was loaded."))


def too_much() -> UnreadableFile:
    return UnreadableFile(
        _(
            "This file asks for far more work than a staff list. Copy the list into a new, empty "
            "file and load that. Nothing was loaded."
        )
    )


def damaged() -> UnreadableFile:
    return UnreadableFile(
        _("This is not a workbook that can be read. Save it as Excel or CSV. Nothing was loaded.")
    )


def too_many(rows: int) -> UnreadableFile:
    return UnreadableFile(
        _(
            "This file has %(rows)d rows; at most 5,000 people fit. Nothing was loaded. "
            "Keep only the staff of this school."
        )
        % {"rows": rows}
    )


def quotes(row: int) -> UnreadableFile:
    return UnreadableFile(
        _("Row %(row)d cannot be read. Look at the quotation marks there. Nothing was loaded.")
        % {"row": row}
    )


def busy() -> UnreadableFile:
    return UnreadableFile(
        _("The server is too busy to look at a file. Nothing was loaded. Try again in a minute.")
    )


SENTENCES: dict[str, Callable[[int], UnreadableFile]] = {
    "damaged": lambda _number: damaged(),
    "locked": lambda _number: locked(),
    "too_much": lambda _number: too_much(),
    "too_wide": lambda _number: too_wide(),
    "busy": lambda _number: busy(),
    "too_many": too_many,
    "quotes": quotes,
}
"""What is said to each reason of `Unfit`."""
