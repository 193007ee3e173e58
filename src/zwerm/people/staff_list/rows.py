"""From one row of words to one person, with a sentence for each fault."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.people.staff_list.columns import label_of
from zwerm.people.staff_list.days import read_day
from zwerm.people.staff_list.reading import Line, Table

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet may run as a formula; the last four are the wide signs of
Chinese and Japanese keyboards, which some spreadsheets take for the others."""

LONGEST = {
    "name": 120,
    "email": 254,
    "staff_number": 40,
    "teams": 120,
    "post": 120,
    "pay_scale": 12,
    "role": 120,
}
MOST_TEAMS = 20
"""Of one person: a file with hundreds in each cell would make a million teams."""
LANGUAGES = {
    "nl": "nl nederlands dutch ned",
    "en": "en engels english eng",
}
NOTHING = {"", "-", "--"}

_LANGUAGE_OF = {word: code for code, words in LANGUAGES.items() for word in words.split()}
_FTE = re.compile(r"(\d{1,3}(?:[.,]\d{1,20})?) ?(%|fte)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the file has them. Absent columns are None and change nothing."""

    number: int
    name: str
    email: str | None = None
    staff_number: str | None = None
    teams: tuple[str, ...] | None = None
    post: str | None = None
    pay_scale: str | None = None
    fte: Decimal | None = None
    role: str | None = None
    started_on: dt.date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, and what to do."""

    row: int
    column: str
    sentence: str
    heading: str = ""
    """What the file itself calls this column; empty when it lies in several."""


def read_rows(table: Table, columns: dict[str, list[int]]) -> tuple[list[Row], list[Fault]]:
    """Every person of the file, and every fault. Row numbers are those of the file."""
    faults: list[Fault] = []
    rows = [_Reader(line, columns, faults).row() for line in table.lines]
    faults = with_headings(faults + doubles(rows), table.headings, columns)
    return rows, sorted(faults, key=lambda fault: fault.row)


def with_headings(
    faults: list[Fault], headings: list[str], columns: dict[str, list[int]]
) -> list[Fault]:
    """The faults, each with the heading of its column as it stands in the file."""
    named = {label_of(one): headings[at[0]] for one, at in columns.items() if len(at) == 1}
    return [replace(fault, heading=named.get(fault.column, "")) for fault in faults]


def is_formula(words: str) -> bool:
    """True for a cell that a spreadsheet may run when the list is opened there again."""
    return words.startswith(DANGEROUS)


class _Reader:
    """Reads the cells of one line; faults go to the list of the file."""

    def __init__(self, line: Line, columns: dict[str, list[int]], faults: list[Fault]) -> None:
        self.line = line
        self.columns = columns
        self.faults = faults

    def row(self) -> Row:
        return Row(
            number=self.line.number,
            name=self.name(),
            email=self.email(),
            staff_number=self.words("staff_number"),
            teams=self.teams(),
            post=self.words("post"),
            pay_scale=self.pay_scale(),
            fte=self.fte(),
            role=self.words("role"),
            started_on=self.started_on(),
            language=self.language(),
        )

    def cell(self, place: int) -> str:
        """One cell; an apostrophe that keeps a spreadsheet from calculating is no part of it."""
        words = self.line.cells[place]
        words = words[1:] if words[:1] == "'" and is_formula(words[1:]) else words
        return "" if words in NOTHING else words

    def word(self, field: str) -> str | None:
        places = self.columns.get(field)
        return self.cell(places[0]) if places else None

    def words(self, field: str) -> str | None:
        """A cell that is kept as it is: it fits, and it is no formula."""
        words = self.word(field)
        return words and self.checked(field, words)

    def checked(self, field: str, words: str) -> str:
        if field != "staff_number" and is_formula(words):
            self.wrong(field, _("This is a formula. Type the words themselves."))
        else:
            self.fits(field, words)
        return words

    def fits(self, field: str, words: str) -> None:
        if len(words) > (most := LONGEST[field]):
            self.wrong(
                field, _("This is longer than %(most)d letters. Shorten it.") % {"most": most}
            )

    def wrong(self, field: str, sentence: str) -> None:
        self.faults.append(Fault(self.line.number, label_of(field), sentence))

    def name(self) -> str:
        parts = [self.word(one) for one in ("first_name", "particle", "last_name")]
        name = self.word("name") or " ".join(part for part in parts if part)
        if not name:
            self.wrong("name", _("The name is missing. Fill it in."))
        elif is_formula(name):
            self.wrong("name", _("This is a formula, not a name. Type the name itself."))
        elif "\ufffd" in name or name.startswith("#") or not any(map(str.isalpha, name)):
            self.wrong("name", _("%(name)s is no name. Type the name itself.") % {"name": name})
        else:
            self.checked("name", name)
        return name

    def email(self) -> str | None:
        email = self.word("email")
        if not email:
            return email
        try:
            validate_email(email)
        except ValidationError:
            self.wrong("email", _("%(mail)s is not a mail address. Mend it.") % {"mail": email})
        else:
            self.fits("email", email)
        return email.lower()

    def teams(self) -> tuple[str, ...] | None:
        places = self.columns.get("teams")
        if places is None:
            return None
        names = [name.strip() for place in places for name in re.split(r"[;|]", self.cell(place))]
        different: dict[str, str] = {}
        for name in filter(None, names):
            different.setdefault(name.casefold(), name)
        if len(different) > MOST_TEAMS:
            self.wrong(
                "teams",
                _("These are more than %(most)d teams. Leave some out.") % {"most": MOST_TEAMS},
            )
            return ()
        return tuple(self.checked("teams", one) for one in different.values())

    def pay_scale(self) -> str | None:
        scale = self.word("pay_scale")
        return scale and self.checked("pay_scale", scale.upper().replace(" ", ""))

    def fte(self) -> Decimal | None:
        words = self.word("fte")
        if not words:
            return None
        found = _FTE.fullmatch(words)
        value = Decimal(found[1].replace(",", ".")) if found else Decimal(-1)
        value = value / 100 if found and found[2] == "%" else value
        if not 0 <= value <= 2:
            self.wrong("fte", _("%(fte)s is no FTE. Write for example 0,8.") % {"fte": words})
            return None
        return value.quantize(Decimal("0.001"))

    def started_on(self) -> dt.date | None:
        words = self.word("started_on")
        day = read_day(words, clock.today()) if words else None
        if words and day is None:
            self.wrong(
                "started_on",
                _("%(day)s is no date. Write for example 1-8-2021.") % {"day": words},
            )
        return day

    def language(self) -> str | None:
        words = self.word("language")
        if not words:
            return None
        found = _LANGUAGE_OF.get(words.lower())
        if found is None:
            self.wrong(
                "language",
                _("%(word)s is not known here. Write nl or en.") % {"word": words},
            )
        return found


def doubles(rows: list[Row]) -> list[Fault]:
    """Rows with one mail address or one staff number: a fault on each of them."""
    faults = []
    for field in ("email", "staff_number"):
        alike: dict[str, list[Row]] = {}
        for row in rows:
            if word := getattr(row, field):
                alike.setdefault(word, []).append(row)
        for word, group in alike.items():
            if len(group) > 1:
                told = twice(word, {row.name.casefold() for row in group})
                faults += [Fault(row.number, label_of(field), told) for row in group]
    return faults


def twice(word: str, names: set[str]) -> str:
    """What to do about a word of several rows: of one person, or of several."""
    if len(names) == 1:
        told = _("This person stands here more than once, with %(word)s. Remove all rows but one.")
    else:
        told = _("%(word)s stands here more than once. Give each person their own.")
    return told % {"word": word}
