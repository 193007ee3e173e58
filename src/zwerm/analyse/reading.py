"""From a file to a table of words: CSV in any usual delimiter and encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zwerm.analyse.words import Fault, Sentence

DELIMITERS = ",;\t|"

NAMES = {
    "source": ("source", "from", "van", "bron", "ego", "sender"),
    "target": ("target", "to", "naar", "doel", "alter", "receiver"),
    "relation": ("relation", "relatie"),
    "value": ("value", "waarde", "weight", "gewicht"),
    "id": ("id", "person", "persoon", "name", "naam", "label", "node"),
    "i": ("i", "source", "from", "van"),
    "j": ("j", "target", "to", "naar"),
}
"""Under which headings a column is known; capitals do not matter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings, with its number as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read: its name, its headings, and its rows, empty ones left out."""

    name: str
    headings: tuple[str, ...]
    rows: list[Row]
    warnings: list[Sentence] = field(default_factory=list)

    @property
    def columns(self) -> str:
        """The headings, for a sentence."""
        return ", ".join(heading for heading in self.headings if heading)

    def place(self, name: str) -> int | None:
        """In which column `name` is, however it is written; None when it is nowhere."""
        lowered = [heading.casefold() for heading in self.headings]
        for known in NAMES.get(name, (name,)):
            if known.casefold() in lowered:
                return lowered.index(known.casefold())
        return None

    def column(self, name: str) -> list[str]:
        """Every cell below a heading, in the order of the rows; none when it is nowhere."""
        place = self.place(name)
        return [] if place is None else [row.cells[place] for row in self.rows]

    def needed(self, name: str) -> int:
        """The same, of a column that the file cannot do without."""
        found = self.place(name)
        if found is None:
            raise Fault("no_column", file=self.name, column=name, columns=self.columns)
        return found

    def chosen(self, option: str, name: str) -> int:
        """The column that an option names. Only its own heading will do."""
        lowered = [heading.casefold() for heading in self.headings]
        if name.casefold() not in lowered:
            raise Fault(
                "no_chosen_column",
                file=self.name,
                option=option,
                column=name,
                columns=self.columns,
            )
        return lowered.index(name.casefold())


def csv_table(name: str, text: str) -> Table:
    """The table in the text of a CSV file.

    Raises:
        Fault: it holds nothing, or is no table.
    """
    return table_from(name, csv_rows(name, text), [])


def table_from(
    name: str, rows: Iterable[tuple[str, ...]], warnings: list[Sentence], sheet: str = ""
) -> Table:
    """Headings and the rows below them; rows without any word keep their numbers and go."""
    called = f"{name}, {sheet}" if sheet else name
    numbered = [Row(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    if not numbered:
        raise Fault("empty_file", file=called)
    headings = headings_of(called, numbered[0])
    return Table(called, headings, body_of(called, numbered), warnings)


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Fault("no_file", file=path) from None
    except OSError as fault:
        raise Fault("unreadable_file", file=path, reason=fault.strerror) from fault


def headings_of(name: str, row: Row) -> tuple[str, ...]:
    """The first row; each heading must be there once."""
    named = [heading.casefold() for heading in row.cells if heading]
    twice = next((heading for heading in named if named.count(heading) > 1), None)
    if twice:
        raise Fault("same_heading", file=name, column=twice)
    return row.cells


def body_of(name: str, rows: list[Row]) -> list[Row]:
    """The rows below the headings, each as wide as these."""
    width = len(rows[0].cells)
    for row in rows[1:]:
        if any(row.cells[width:]):
            raise Fault(
                "too_many_cells", file=name, row=row.number, cells=len(row.cells), columns=width
            )
    padding = ("",) * width
    return [Row(row.number, (row.cells + padding)[:width]) for row in rows[1:]]


def text_of(name: str, content: bytes) -> str:
    """The text: UTF-8 or UTF-16 by its mark or its looks, else as Windows wrote it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    start = content[:2000]
    if b"\0" in start:
        # Plain letters in UTF-16 have a zero byte on one side, and only there.
        for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
            if start.count(0) == zeros.count(0) > len(start) // 4:
                return content.decode(encoding, errors="replace")
        raise Fault("not_a_table", file=name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_rows(name: str, text: str) -> Iterator[tuple[str, ...]]:
    first, _, rest = text.lstrip().partition("\n")
    # Excel's own note of the delimiter. It keeps its place, so that rows keep their numbers.
    marked = first.strip().lower().startswith("sep=") and len(first.strip()) == 5
    delimiter = first.strip()[4] if marked else delimiter_of(first)
    if marked:
        text = "\n" + rest
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False):
            yield tuple(" ".join(cell.split()) for cell in cells)
    except csv.Error as fault:
        raise Fault("not_a_table", file=name) from fault


def delimiter_of(heading: str) -> str:
    """The delimiter that stands most often in the headings, outside quotes.

    >>> delimiter_of('source;target;"a, b, c"'), delimiter_of("id")
    (';', ',')
    """
    outside = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
