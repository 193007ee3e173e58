"""Days as people type them and as spreadsheets count them."""

from __future__ import annotations

import datetime as dt
import re

FIRST_YEAR = 1930
SPREADSHEETS_COUNT_FROM = dt.date(1899, 12, 30)
MONTHS = {
    word: month
    for month, words in enumerate(
        [
            "jan",
            "feb",
            "mrt,maa,mar",
            "apr",
            "mei,may",
            "jun",
            "jul",
            "aug",
            "sep",
            "okt,oct",
            "nov",
            "dec",
        ],
        start=1,
    )
    for word in words.split(",")
}

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})([t ]|$).*")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ]'?(?P<year>\d{4}|\d\d)")
_MONTH_IN_WORDS = re.compile(
    r"(?P<day>\d{1,2})[- ](?P<word>[a-z]{3})[a-z]*\.?[- ]'?(?P<year>\d{4}|\d\d)"
)
_COUNTED = re.compile(r"[1-9]\d{4}")


def read_day(words: str, today: dt.date) -> dt.date | None:
    """The day of these words, from 1930 to two years ahead; None when they say no such day.

    Example:
        >>> [str(read_day(one, dt.date(2026, 1, 1))) for one in ("1 aug. 2021", "44409", "1-8-98")]
        ['2021-08-01', '2021-08-01', '1998-08-01']
    """
    try:
        day = counted(words) or written(words.lower(), today)
    except ValueError:
        return None
    fits = day is not None and FIRST_YEAR <= day.year <= today.year + 2
    return day if fits else None


def counted(words: str) -> dt.date | None:
    """The day of a number of days, as a cell holds it that was not made a date."""
    if not _COUNTED.fullmatch(words):
        return None
    return SPREADSHEETS_COUNT_FROM + dt.timedelta(days=int(words))


def written(words: str, today: dt.date) -> dt.date | None:
    """The day as Dutch people write it: the day before the month."""
    for form in (_YEAR_FIRST, _DAY_FIRST, _MONTH_IN_WORDS):
        if found := form.fullmatch(words):
            parts = found.groupdict()
            month = MONTHS.get(parts["word"], 0) if "word" in parts else int(parts["month"])
            return dt.date(in_full(parts["year"], today), month, int(parts["day"]))
    return None


def in_full(year: str, today: dt.date) -> int:
    """A year of two digits lies in the past, or in the next two years."""
    if len(year) == 4:
        return int(year)
    full = today.year // 100 * 100 + int(year)
    return full if full <= today.year + 2 else full - 100
