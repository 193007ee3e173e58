"""What a staff list would change: the dry run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from zwerm.people.models import Member, Membership, Post, Role, Team, Upload
from zwerm.people.staff_list.columns import label_of
from zwerm.people.staff_list.headings import has_name, recognise
from zwerm.people.staff_list.reading import Table, read_table
from zwerm.people.staff_list.rows import Fault, Row, read_rows

MANY = 5
"""More than one in so many people leaving asks for a confirmation of its own."""

SHOWN = 200
"""So many faults a page shows: a file of 5,000 rows may have 60,000, and nobody reads those."""

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
    def fields(self) -> set[str]:
        return {part.field for part in self.parts}

    @property
    def asks_address(self) -> bool:
        """An address instead of another one may be another person: it is asked."""
        return any(part.field == "email" and part.before for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would change, and every fault in it."""

    new: list[Row]
    changed: list[Change]
    left: list[Member]
    """Nobody, as long as the file has a fault: a row that cannot be read may be anybody."""
    same: int
    faults: list[Fault]
    is_recognised: bool
    columns: dict[str, list[int]]

    @property
    def faulty_rows(self) -> set[int]:
        return {fault.row for fault in self.faults}

    @property
    def first_faults(self) -> list[Fault]:
        return self.faults[:SHOWN]

    @property
    def more_faults(self) -> int:
        """How many are not shown."""
        return max(0, len(self.faults) - SHOWN)

    @property
    def changes_something(self) -> bool:
        return bool(self.new or self.changed or self.left)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes: what is confirmed is what was shown."""
        parts = [repr(self.new), repr([(one.key, one.parts) for one in self.changed])]
        parts += [repr(sorted(str(one.pk) for one in self.left)), repr(self.faults)]
        return sha256("".join(parts).encode()).hexdigest()

    @property
    def many_leave(self) -> bool:
        present = self.same + len(self.changed) + len(self.left)
        return MANY * len(self.left) > present and len(self.left) > 1


def make_plan(table: Table, columns: dict[str, list[int]] | None = None) -> Plan:
    """Compare a file with the staff list of the school in scope; a fixed number of queries.

    People are matched on staff number, else on mail address, else (without either) on name.
    """
    columns = recognise(table.headings) if columns is None else columns
    if not has_name(columns):
        return Plan([], [], [], 0, [], is_recognised=False, columns=columns)
    rows, faults = read_rows(table, columns)
    everybody = present_members()
    found = match(spelled_alike(rows), everybody)
    faulty = {fault.row for fault in faults}
    new = [row for row, one in found if one is None and row.number not in faulty]
    pairs = [(row, one) for row, one in found if one and row.number not in faulty]
    changed = [Change(one, row, differences(one, row)) for row, one in pairs]
    changed = [change for change in changed if change.parts]
    here = {one.member.pk for _row, one in found if one}
    left = [one.member for one in everybody if one.member.pk not in here and not faults]
    same = len(pairs) - len(changed)
    return Plan(new, changed, left, same, faults, is_recognised=True, columns=columns)


def plan_of(upload: Upload) -> tuple[Table, Plan]:
    """The table of a file that waits, and its dry run."""
    table = read_table(bytes(upload.content))
    columns = {field: [int(one) for one in places] for field, places in upload.columns.items()}
    return table, make_plan(table, columns or None)


def spelled_alike(rows: list[Row]) -> list[Row]:
    """The rows with each team spelled as on the list, else as in its first row."""
    spelling = {name.casefold(): name for name in Team.objects.values_list("name", flat=True)}
    return [
        replace(row, teams=tuple(spelling.setdefault(one.casefold(), one) for one in row.teams))
        if row.teams
        else row
        for row in rows
    ]


def match(rows: list[Row], everybody: list[Present]) -> list[tuple[Row, Present | None]]:
    """Each row with its member, each member at most once; the surest match goes first."""
    found: dict[int, Present] = {}
    for key_of_row, key_of_member in MATCHES:
        taken = {one.member.pk for one in found.values()}
        waiting: dict[str, list[Present]] = {}
        for one in everybody:
            if one.member.pk not in taken:
                waiting.setdefault(key_of_member(one), []).append(one)
        for row in rows:
            key = key_of_row(row)
            if key and row.number not in found and waiting.get(key):
                found[row.number] = waiting[key].pop(0)
    return [(row, found.get(row.number)) for row in rows]


def number_of(one: Row | Present) -> str:
    return one.staff_number or ""


def address_of(one: Row | Present) -> str:
    return (one.email or "").lower()


def name_of(one: Row | Present) -> str:
    return one.name.lower()


def name_and_teams_of(one: Row | Present) -> str:
    return "\n".join([one.name.lower(), *(one.teams or ())])


def bare_name_and_teams_of(one: Row | Present) -> str:
    return "" if one.staff_number or one.email else name_and_teams_of(one)


def bare_name_of(one: Row | Present) -> str:
    """The name of somebody who has neither a number nor an address."""
    return "" if one.staff_number or one.email else one.name.lower()


MATCHES = (
    (number_of, number_of),
    (address_of, address_of),
    (bare_name_and_teams_of, name_and_teams_of),
    (bare_name_of, name_of),
    (name_of, bare_name_of),
)
"""What a row and a member must share, surest first."""


def present_members() -> list[Present]:
    """Everybody who works here now; four queries."""
    here = {"member__left_on__isnull": True}
    memberships = Membership.objects.filter(**here).select_related("team")
    teams = by_member(memberships.order_by("-is_home", "pk"))
    posts = by_member(Post.objects.filter(until_on__isnull=True, **here))
    roles = by_member(Role.objects.filter(until_on__isnull=True, **here))
    return [
        as_present(
            member,
            [one.team.name for one in teams.get(member.pk, ())],
            next(iter(posts.get(member.pk, ())), None),
            next(iter(roles.get(member.pk, ())), None),
        )
        for member in Member.objects.filter(left_on__isnull=True)
    ]


def by_member(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """The rows of each member, in their order. A manager for each member would take seconds."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def as_present(member: Member, teams: list[str], post: Post | None, role: Role | None) -> Present:
    return Present(
        member=member,
        name=member.name,
        email=member.email,
        staff_number=member.staff_number,
        teams=tuple(teams),
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
        if after in (None, "", ()) or is_same(field, before, after):
            continue
        parts.append(Part(field, label_of(field), words(before), words(after)))
    return parts


def is_same(field: str, before: object, after: object) -> bool:
    """Capitals make no other address."""
    return before == after or (field == "email" and str(before).lower() == after)


def words(value: object) -> str:
    """A value as the table of changes shows it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else str(value or "")
