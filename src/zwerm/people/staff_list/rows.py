"""From one row of words to one person, with a sentence for each fault."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from zwerm.people.staff_list.columns import label_of
from zwerm.people.staff_list.reading import Table

DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y")
FORMULA = ("=", "+", "@", "\t")


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


def read_rows(table: Table, columns: dict[str, list[int]]) -> tuple[list[Row], list[Fault]]:
    """Every person of the file, and every fault. Row numbers are those of the file."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table[1:], start=2):
        reader = _Reader(number, cells, columns, faults)
        rows.append(reader.row())
    return rows, faults + doubles(rows)


class _Reader:
    """Reads the cells of one row; faults go to the list of the file."""

    def __init__(
        self, number: int, cells: list[str], columns: dict[str, list[int]], faults: list[Fault]
    ) -> None:
        self.number = number
        self.cells = cells
        self.columns = columns
        self.faults = faults

    def row(self) -> Row:
        return Row(
            number=self.number,
            name=self.name(),
            email=self.email(),
            staff_number=self.word("staff_number"),
            teams=self.teams(),
            post=self.word("post"),
            pay_scale=self.pay_scale(),
            fte=self.fte(),
            role=self.word("role"),
            started_on=self.date(),
            language=self.language(),
        )

    def word(self, field: str) -> str | None:
        places = self.columns.get(field)
        return self.cells[places[0]].strip() if places else None

    def wrong(self, field: str, sentence: str) -> None:
        self.faults.append(Fault(self.number, label_of(field), sentence))

    def name(self) -> str:
        parts = [self.word(one) for one in ("first_name", "particle", "last_name")]
        name = self.word("name") or " ".join(part for part in parts if part)
        if not name:
            self.wrong("name", _("The name is missing. Fill it in."))
        elif name.startswith(FORMULA):
            self.wrong("name", _("This is a formula, not a name. Type the name itself."))
        return name[:120]

    def email(self) -> str | None:
        email = self.word("email")
        if not email:
            return email
        try:
            validate_email(email)
        except ValidationError:
            self.wrong("email", _("%(mail)s is not a mail address. Mend it.") % {"mail": email})
        return email.lower()

    def teams(self) -> tuple[str, ...] | None:
        places = self.columns.get("teams")
        if places is None:
            return None
        cells = ";".join(self.cells[place] for place in places)
        names = [name.strip()[:120] for name in re.split(r"[;/|]", cells)]
        return tuple(dict.fromkeys(name for name in names if name))

    def pay_scale(self) -> str | None:
        scale = self.word("pay_scale")
        return scale.upper().replace(" ", "")[:12] if scale else scale

    def fte(self) -> Decimal | None:
        words = self.word("fte")
        if not words:
            return None
        number = words.replace(",", ".").replace("%", "").strip()
        try:
            value = Decimal(number) / (100 if "%" in words else 1)
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 <= value <= 2:
            self.wrong("fte", _("%(fte)s is no FTE. Write for example 0,8.") % {"fte": words})
            return None
        return value.quantize(Decimal("0.001"))

    def date(self) -> dt.date | None:
        words = self.word("started_on")
        for form in DATES if words else ():
            try:
                return dt.datetime.strptime(words or "", form).date()  # noqa: DTZ007  # a day
            except ValueError:
                continue
        if words:
            self.wrong(
                "started_on",
                _("%(day)s is no date. Write for example 1-8-2021.") % {"day": words},
            )
        return None

    def language(self) -> str | None:
        words = self.word("language")
        if not words:
            return None
        found = {"n": "nl", "d": "nl", "e": "en"}.get(words.lower()[:1])
        if found is None:
            self.wrong(
                "language",
                _("%(word)s is not known here. Write nl or en.") % {"word": words},
            )
        return found


def doubles(rows: list[Row]) -> list[Fault]:
    """Two people with one mail address or one staff number: a fault on both rows."""
    faults = []
    for field in ("email", "staff_number"):
        times = Counter(getattr(row, field) for row in rows)
        faults += [
            Fault(
                row.number,
                label_of(field),
                _("%(word)s stands here more than once. Give each person their own.")
                % {"word": getattr(row, field)},
            )
            for row in rows
            if getattr(row, field) and times[getattr(row, field)] > 1
        ]
    return faults
