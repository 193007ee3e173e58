"""Small files that mean harm: each asks its reader for far more than it is. Knows no Django."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable

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
    zipped,
)

LARGEST = 5 * 1024 * 1024
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (one, b"&a%d;" % (one - 1) * 10) for one in range(1, 13)
)
"""The last of these entities unfolds to 2,000,000,000,000 letters."""
OUTSIDE = b"<!DOCTYPE x [<!ENTITY a12 SYSTEM 'file:///etc/passwd'>]>"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {one: packed.read(one) for one in packed.namelist()}


def changed(part: str, *changes: tuple[bytes, bytes], of: bytes | None = None) -> bytes:
    """An ordinary workbook in one part of which these words were exchanged."""
    parts = parts_of(of or as_xlsx(HEADINGS, NOOR))
    for old, new in changes:
        assert old in parts[part], (part, old)
        parts[part] = parts[part].replace(old, new, 1)
    return zipped(parts)


def heavy(parts: dict[str, bytes]) -> bytes:
    """The workbook with noise in it: so large that what it unpacks to is no wonder any more."""
    return zipped(parts | {"noise": random.Random(1).randbytes(400_000)})  # noqa: S311


def entities(declared: bytes, part: str = STRINGS) -> bytes:
    """A workbook whose first words are an entity that the file itself declares."""
    return changed(part, (b"<sst", declared + b"<sst"), (b"<t>Naam</t>", b"<t>Naam &a12;</t>"))


def entities_in_ods() -> bytes:
    parts = parts_of(as_ods(["Naam", "Team"], ["Noor", "Talen"]))
    content = parts["content.xml"].replace(b"<office:document", LAUGHS + b"<office:document", 1)
    return zipped(parts | {"content.xml": content.replace(b"Noor", b"&a12;")})


def one_word_often() -> bytes:
    """One long word, said in each of 300,000 cells: 90 million letters."""
    row = b"".join(b'<c t="s"><v>0</v></c>' for _ in range(60))
    sheet = b"".join(b'<row r="%d">%s</row>' % (number, row) for number in range(1, 5_001))
    parts = parts_of(as_xlsx(["Naam"], ["Noor"]))
    whole = parts[SHEET]
    start, end = whole.index(b"<sheetData>") + 11, whole.index(b"</sheetData>")
    words = parts[STRINGS].replace(b"<t>Naam</t>", b"<t>" + b"Naam" * 8_000 + b"</t>")
    return heavy(parts | {SHEET: whole[:start] + sheet + whole[end:], STRINGS: words})


def spaces() -> bytes:
    """50 million spaces between two rows: no more than a workbook may unpack to."""
    return heavy(parts_of(changed(SHEET, (b"<sheetData>", b"<sheetData>" + b" " * 50_000_000))))


def many_styles() -> bytes:
    """A million ways to show a number, none of them used."""
    more = b"<xf numFmtId='14'/>" * 2_500_000
    return heavy(parts_of(changed("xl/styles.xml", (b"</cellXfs>", more + b"</cellXfs>"))))


def many_merged() -> bytes:
    """A million merged cells, each over the whole sheet."""
    one = b'<mergeCell ref="A1:XFD1048576"/>'
    more = b"</sheetData><mergeCells>" + one * 1_000_000 + b"</mergeCells>"
    return heavy(parts_of(changed(SHEET, (b"</sheetData>", more))))


def nested(depth: int = 3_000_000) -> bytes:
    """Elements within elements: who reads them by calling itself runs out of stack."""
    deep = b"<a>" * depth + b"</a>" * depth + b"<sheetData>"
    return heavy(parts_of(changed(SHEET, (b"<sheetData>", deep))))


def nested_in_ods(depth: int = 1_000_000) -> bytes:
    parts = parts_of(as_ods(["Naam", "Team"], ["Noor", "Talen"]))
    deep = b"<text:span>" * depth + b"Noor" + b"</text:span>" * depth
    return heavy(parts | {"content.xml": parts["content.xml"].replace(b"Noor", deep)})


def many_parts(number: int = 40_000) -> bytes:
    """A workbook that holds many files besides its own, each of one letter."""
    extra = {f"{one}": b"x" for one in range(number)}
    return zipped(parts_of(as_xlsx(HEADINGS, NOOR)) | extra, zipfile.ZIP_STORED)


def overlapping(times: int = 5_000) -> bytes:
    """One part of a million letters that the list of parts names many times over."""
    content = zipped({"xl/worksheets/sheet1.xml": b"0" * 1_000_000})
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entry) * times, start, 0)
    return content[:start] + entry * times + tail


def matryoshka(depth: int = 6) -> bytes:
    """Zips within zips, the innermost a bomb."""
    content = bomb()
    for _ in range(depth):
        content = zipped({f"{number}.zip": content for number in range(8)})
    return content


def with_password() -> bytes:
    """A zip whose parts say that they are encrypted."""
    content = bytearray(as_xlsx(HEADINGS, NOOR))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def circle_in_old_excel() -> bytes:
    """An old workbook whose list of sectors runs in a circle: who follows it never comes out."""
    content = bytearray(XLS.read_bytes())
    sector = struct.unpack_from("<L", content, 76)[0]
    at = 512 * (sector + 1)
    for place in range(128):
        struct.pack_into("<L", content, at + 4 * place, max(1, (place + 1) % 8))
    return bytes(content)


def last_corner_in_old_excel() -> bytes:
    """An old workbook that says of itself that it reaches to the last corner."""
    content = XLS.read_bytes()
    at = content.index(struct.pack("<2H", 0x0200, 14))
    corner = struct.pack("<2L2H", 0, 0xFFFFFFFF, 0, 0xFFFF)
    return content[: at + 4] + corner + content[at + 4 + len(corner) :]


def rows(line: bytes) -> bytes:
    """As many of these lines as a file may hold, under a heading."""
    return b"naam;team\n" + line * ((LARGEST - 10) // len(line))


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros, packed": bomb,
    "zeros, packed, with a wrong size": lying_bomb,
    "zips within zips": matryoshka,
    "one part, named often": overlapping,
    "40,000 parts": many_parts,
    "a part cut off": lambda: as_xlsx(HEADINGS, NOOR)[:-600],
    "a part that is damaged": lambda: as_xlsx(HEADINGS, NOOR).replace(b"PK\x01\x02", b"PK\x01\x03"),
    "a zip with a password": with_password,
    "a cell in the last corner": far_corner,
    "a cell far down": lambda: far_corner(1_000_000, 20),
    "a cell far to the right": lambda: far_corner(1_000, 16_383),
    "a cell in the last corner of old size": lambda: far_corner(65_535, 255),
    "old Excel, in circles": circle_in_old_excel,
    "old Excel, to the last corner": last_corner_in_old_excel,
    "a cell that is repeated": lambda: as_ods(["Naam"], ["x"], repeated=5_000),
    "a cell that never ends": lambda: as_ods(["Naam"], ["x"], repeated=1_000_000),
    "one word, said often": one_word_often,
    "words that unfold": lambda: entities(LAUGHS),
    "words that unfold, OpenDocument": entities_in_ods,
    "words from outside": lambda: entities(OUTSIDE),
    "four billion words, it says": lambda: changed(
        STRINGS, (b'uniqueCount="', b'uniqueCount="4294967295" was="')
    ),
    "a million merged cells": many_merged,
    "50 million spaces": spaces,
    "millions of styles": many_styles,
    "elements within elements": nested,
    "elements within elements, OpenDocument": nested_in_ods,
    "a quotation mark that stays open": lambda: b'naam;team\n"' + b"\n" * (LARGEST - 20),
    "cells of many lines": lambda: rows(b'"' + b"\n" * 100_000 + b'"\n'),
    "quotation marks only": lambda: b'"' * LARGEST,
    "millions of columns": lambda: b"naam" + b";x" * (LARGEST // 2 - 4),
    "millions of columns, below": lambda: b"naam;team\n" + b"x;" * (LARGEST // 2 - 8),
    "delimiters only": lambda: b";" * LARGEST,
    "millions of empty lines": lambda: rows(b"\n"),
    "millions of empty rows": lambda: rows(b";\n"),
    "millions of rows of spaces": lambda: rows(b" ;\n"),
    "a cell of 5 MB": lambda: b"naam;team\n" + b"x" * (LARGEST - 20),
    "headings that unfold": lambda: ("\ufdfa" * (LARGEST // 3)).encode(),
    "UTF-16 of empty lines": lambda: ("\n" * (LARGEST // 2 - 8)).encode("utf-16"),
    "zeros": lambda: bytes(LARGEST),
    "a zero among the words": lambda: as_csv(HEADINGS, NOOR).replace(b"Noor", b"No\0or"),
}
