"""The staff list as a file. A cell that a spreadsheet would take for a formula is made harmless."""

from __future__ import annotations

import io

from zwerm.people.staff_list.columns import label_of
from zwerm.people.staff_list.plan import COMPARED, Present, words
from zwerm.people.staff_list.rows import is_formula


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it when it could run as a formula.

    Example:
        >>> harmless("=1+1"), harmless("Noor")
        ("'=1+1", 'Noor')
    """
    return f"'{cell}" if is_formula(cell) else cell


def as_workbook(people: list[Present]) -> bytes:
    """An Excel file that can be loaded again as it is; only headings when there is nobody."""
    # Heavy, and needed only for this download: import where used.
    import xlsxwriter  # noqa: PLC0415

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        for place, field in enumerate(COMPARED):
            sheet.write_string(0, place, label_of(field), workbook.add_format({"bold": True}))
        for number, one in enumerate(people, start=1):
            for place, field in enumerate(COMPARED):
                value = getattr(one, field)
                cell = "; ".join(value) if field == "teams" else words(value)
                sheet.write_string(number, place, harmless(cell))
        sheet.autofit()
        sheet.freeze_panes(1, 0)
    return file.getvalue()
