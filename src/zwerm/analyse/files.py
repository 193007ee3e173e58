"""From the files of one run to tables, whichever program wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from zwerm.analyse.formats.dl import dl_of, is_dl
from zwerm.analyse.formats.found import Found
from zwerm.analyse.formats.gephi import of_gephi
from zwerm.analyse.formats.graphml import graphml_of
from zwerm.analyse.formats.pajek import is_pajek, pajek_of
from zwerm.analyse.formats.workbook import is_workbook, workbook_of
from zwerm.analyse.reading import Table, bytes_of, csv_table, text_of

Role = Literal["ties", "people", "dyads"]


def read_ties(path: Path) -> Found:
    """The ties in a file, and the people and pairs when it holds these too.

    Raises:
        Fault: it is not there, holds nothing, or is not as its program writes it.
    """
    return read_file(path, "ties")


def read_people(path: Path) -> Table:
    """The people in a file: a table of their own, or those of a network of another program."""
    found = read_file(path, "people")
    return found.people or found.ties


def read_dyads(path: Path) -> Table:
    """The pairs in a file."""
    found = read_file(path, "dyads")
    return found.dyads or found.ties


def read_file(path: Path, role: Role) -> Found:
    """What a file holds, by its content; its ending only helps where the content says nothing."""
    content = bytes_of(path)
    if is_workbook(content):
        return workbook_of(path.name, content, role)
    if is_xml(content):
        return graphml_of(path.name, content)
    text, ending = text_of(path.name, content), path.suffix.casefold()
    if is_pajek(text) or ending in {".net", ".paj"}:
        return pajek_of(path.name, text)
    if is_dl(text) or ending == ".dl":
        return dl_of(path.name, text)
    return of_gephi(csv_table(path.name, text))


def is_xml(content: bytes) -> bool:
    """Whether it begins as XML does, in any encoding: no table begins with `<`."""
    start = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")
