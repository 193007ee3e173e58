"""What a staff list would change: the dry run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from zwerm.people.models import Member
from zwerm.people.staff_list.columns import has_name, label_of, recognise
from zwerm.people.staff_list.reading import Table
from zwerm.people.staff_list.rows import Fault, Row, read_rows

MANY = 5
"""More than one in so many people leaving asks for a confirmation of its own."""

COMPARED = (
    "name",
    "email",
    "staff_number",
    "teams",
    "post",
    "pay_scale",
    "fte",
    "role",
    "started_on",
    "language",
)


@dataclass(frozen=True, slots=True)
class Present:
    """A member as they stand on the list now, in the shape of a row."""

    member: Member
    name: str
    email: str
    staff_number: str
    teams: tuple[str, ...]
    post: str
    pay_scale: str
    fte: Decimal | None
    role: str
    started_on: dt.date | None
    language: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing about one person that would change."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One person who would change."""

    present: Present
    row: Row
    parts: list[Part]

    @property
    def name(self) -> str:
        return self.present.name

    @property
    def key(self) -> str:
        return str(self.present.member.pk)

    @property
    def changes_address(self) -> bool:
        return any(part.field == "email" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would change, and every fault in it."""

    new: list[Row]
    changed: list[Change]
    left: list[Member]
    same: int
    faults: list[Fault]
    is_recognised: bool

    @property
    def faulty_rows(self) -> set[int]:
        return {fault.row for fault in self.faults}

    @property
    def changes_something(self) -> bool:
        return bool(self.new or self.changed or self.left)

    @property
    def many_leave(self) -> bool:
        present = self.same + len(self.changed) + len(self.left)
        return MANY * len(self.left) > present and len(self.left) > 1


def make_plan(table: Table, columns: dict[str, list[int]] | None = None) -> Plan:
    """Compare a file with the staff list of the school in scope; a fixed number of queries.

    People are matched on staff number, else on mail address, else (without either) on name.
    """
    columns = recognise(table[0]) if columns is None else columns
    if not has_name(columns):
        return Plan([], [], [], 0, [], is_recognised=False)
    rows, faults = read_rows(table, columns)
    faulty = {fault.row for fault in faults}
    everybody = present_members()
    match = _Matcher(everybody)
    new: list[Row] = []
    changed: list[Change] = []
    same = 0
    for row in rows:
        found = match(row)
        if row.number in faulty:
            continue
        if found is None:
            new.append(row)
        elif parts := differences(found, row):
            changed.append(Change(found, row, parts))
        else:
            same += 1
    left = [one.member for one in everybody if one.member.pk not in match.found]
    return Plan(new, changed, left, same, faults, is_recognised=True)


class _Matcher:
    """Finds the member of a row, each at most once."""

    def __init__(self, everybody: list[Present]) -> None:
        self.found: set[object] = set()
        self.by_number = {one.staff_number: one for one in everybody if one.staff_number}
        self.by_email = {one.email.lower(): one for one in everybody if one.email}
        self.by_name = {one.name.lower(): one for one in everybody}

    def __call__(self, row: Row) -> Present | None:
        found = self.by_number.get(row.staff_number or "") or self.by_email.get(row.email or "")
        if found is None and not row.staff_number and not row.email:
            found = self.by_name.get(row.name.lower())
        if found is None or found.member.pk in self.found:
            return None
        self.found.add(found.member.pk)
        return found


def present_members() -> list[Present]:
    """Everybody who works here now; four queries."""
    members = Member.objects.filter(left_on__isnull=True).prefetch_related(
        "memberships__team", "posts", "roles"
    )
    return [as_present(member) for member in members]


def as_present(member: Member) -> Present:
    memberships = sorted(member.memberships.all(), key=lambda one: (not one.is_home, one.pk))
    post = next((one for one in member.posts.all() if one.until_on is None), None)
    role = next((one for one in member.roles.all() if one.until_on is None), None)
    return Present(
        member=member,
        name=member.name,
        email=member.email,
        staff_number=member.staff_number,
        teams=tuple(one.team.name for one in memberships),
        post=post.name if post else "",
        pay_scale=post.pay_scale if post else "",
        fte=post.fte if post else None,
        role=role.name if role else "",
        started_on=member.started_on,
        language=member.language,
    )


def differences(present: Present, row: Row) -> list[Part]:
    """What differs. A column that is absent or a cell that is empty changes nothing."""
    parts = []
    for field in COMPARED:
        after, before = getattr(row, field), getattr(present, field)
        if after in (None, "", ()) or after == before:
            continue
        parts.append(Part(field, label_of(field), words(before), words(after)))
    return parts


def words(value: object) -> str:
    """A value as the table of changes shows it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else str(value or "")
