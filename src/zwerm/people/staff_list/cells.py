"""One cell as words. Knows nothing of Django."""

from __future__ import annotations

import datetime as dt
from typing import Any

from zwerm.people.staff_list.bounds import LONGEST_CELL


def cell_words(cell: Any) -> str:
    """A cell as somebody would type it, on one line. Formulas come in as their values.

    Example:
        >>> cell_words(1.0), cell_words("  Noor  Bos\\x00"), cell_words(dt.date(2021, 8, 1))
        ('1', 'Noor Bos', '2021-08-01')
    """
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    words = " ".join(str(cell).split())[:LONGEST_CELL]
    return words if words.isprintable() else "".join(filter(str.isprintable, words))
