"""Staff lists as files: the ordinary ones, and those that mean harm."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

XLS = Path(__file__).parent / "files" / "staff.xls"

HEADINGS = ["Naam", "E-mail", "Personeelsnummer", "Team", "Functie", "Schaal", "FTE", "Rol"]
NOOR = ["Noor Bos", "noor@school.example", "101", "Talen; Zorg", "leraar", "LB", "0,8", "mentor"]
DAAN = ["Daan Kok", "daan@school.example", "102", "Exact", "teamleider", "LD", "1", ""]


def as_csv(*rows: list[str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(*rows: list[Any], merged: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """An Excel file; a row may hold numbers and formulas. `merged`: row, column, last ones."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for cells in merged:
            sheet.merge_range(*cells, "")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell not in {None, ""}:
                    sheet.write(number, place, cell)
    return file.getvalue()


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Lijst">%s</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def as_ods(*rows: list[str], repeated: int = 1) -> bytes:
    """An OpenDocument file; `repeated` says of each cell and row that it comes so many times."""
    cell = (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        "<text:p>%s</text:p></table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="{repeated}">%s</table:table-row>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": ODS % "".join(row % "".join(cell % one for one in r) for r in rows),
        }
    )


def zipped(parts: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def without_beginning() -> bytes:
    """A workbook whose list of parts would have to begin before the file does."""
    content = zipped({"xl/workbook.xml": "x"})
    return content[:-10] + (2**31).to_bytes(4, "little") + content[-6:]


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 million zeros."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b"0" * 1_000_000)
    return file.getvalue()


def lying_bomb() -> bytes:
    """An ordinary workbook with a sheet of 100 million letters that says that it has 4,000."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx(HEADINGS, NOOR))) as ordinary:
        parts = {one: ordinary.read(one) for one in ordinary.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData>", b"<sheetData>" + b" " * 10**8)
    true_size = len(parts["xl/worksheets/sheet1.xml"]).to_bytes(4, "little")
    return zipped(parts).replace(true_size, (4000).to_bytes(4, "little"))


def far_corner(last_row: int = 1_048_575, last_column: int = 16_383) -> bytes:
    """Two cells; between them lies a sheet that fills the memory of who reads it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "Naam")
        sheet.write(last_row, last_column, "x")
    return file.getvalue()
