"""Writing a staff list: everything of a plan in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.actions.accounts import end_sessions
from zwerm.people.models import (
    Account,
    Member,
    Membership,
    Post,
    Role,
    School,
    Team,
    Upload,
)
from zwerm.people.staff_list.plan import Change, Plan
from zwerm.people.staff_list.rows import Row

PLAIN = ("name", "email", "staff_number", "started_on", "language")


@transaction.atomic
def keep_upload(school: School, *, by: Account, name: str, content: bytes) -> Upload:
    """Keep a file until it is confirmed. An earlier one of the same person goes."""
    Upload.objects.filter(by=by).delete()
    return Upload.objects.create(school=school, by=by, name=name[:120], content=content)


@transaction.atomic
def apply_plan(
    school: School,
    plan: Plan,
    *,
    addresses: Collection[str] = (),
    many_leave: bool = False,
    without_faulty: bool = False,
) -> None:
    """Write what the dry run showed.

    Args:
        school: whose staff list it is.
        plan: the dry run, made again from the same bytes.
        addresses: the members whose new mail address was confirmed.
        many_leave: that more than one in five left was confirmed.
        without_faulty: to load the rows without a fault although others have one.
    """
    if not plan.is_recognised:
        raise Refused(_("No column with names was recognised. Choose it below the table."))
    if plan.faults and not without_faulty:
        raise Refused(_("Some rows have a fault. Mend them, or choose to leave them out."))
    if plan.many_leave and not many_leave:
        raise Refused(_("More than one in five people would leave. Confirm that first."))
    for member in plan.left if not plan.faults else []:
        leave(member)
    for change in plan.changed:
        write_change(change, with_address=change.key in addresses)
    for row in plan.new:
        write_new(school, row)


def write_new(school: School, row: Row) -> Member:
    """Put one person on the list."""
    member = Member.objects.create(
        school=school,
        name=row.name,
        email=row.email or "",
        staff_number=row.staff_number or "",
        started_on=row.started_on,
        language=row.language or "nl",
    )
    write_teams(member, row.teams or ())
    write_post(member, row)
    write_role(member, row.role)
    return member


def write_change(change: Change, *, with_address: bool) -> None:
    """Change one person. A new mail address counts only when it was confirmed."""
    member, row = change.present.member, change.row
    changed = {part.field for part in change.parts}
    for field in PLAIN:
        if field in changed and (field != "email" or with_address):
            setattr(member, field, getattr(row, field))
    if "email" in changed and with_address:
        member.account = None
    member.save()
    if "teams" in changed:
        write_teams(member, row.teams or ())
    if changed & {"post", "pay_scale", "fte"}:
        write_post(member, row)
    if "role" in changed:
        write_role(member, row.role)


def write_teams(member: Member, names: Collection[str]) -> None:
    """The teams of a member, the first one as home."""
    member.memberships.all().delete()
    for place, name in enumerate(names):
        team, _made = Team.objects.get_or_create(school=member.school, name=name)
        Membership.objects.create(
            school=member.school, member=member, team=team, is_home=place == 0
        )


def write_post(member: Member, row: Row) -> None:
    """A new post from today; the one before ends. What the row leaves out stays the same."""
    today = clock.today()
    before = member.posts.filter(until_on__isnull=True).first()
    if not (row.post or row.pay_scale or row.fte is not None):
        return
    if before and before.from_on < today:
        before.until_on = today
        before.save(update_fields=["until_on"])
    elif before:
        before.delete()
    Post.objects.create(
        school=member.school,
        member=member,
        name=row.post or (before.name if before else ""),
        pay_scale=row.pay_scale or (before.pay_scale if before else ""),
        sector=member.school.sector,
        fte=row.fte if row.fte is not None else (before.fte if before else None),
        from_on=today,
    )


def write_role(member: Member, name: str | None) -> None:
    """A new role from today; the one before ends."""
    if not name:
        return
    member.roles.filter(until_on__isnull=True).update(until_on=clock.today())
    Role.objects.create(school=member.school, member=member, name=name, from_on=clock.today())


@transaction.atomic
def leave(member: Member) -> None:
    """Somebody no longer works here: access ends at once."""
    account = member.account
    member.left_on = max(clock.today(), member.started_on or clock.today())
    member.save(update_fields=["left_on"])
    if account:
        end_sessions(account)


@transaction.atomic
def save_person(member: Member, *, school: School, home_team: str) -> Member:
    """Keep one person who was typed in or corrected by hand."""
    member.school = school
    member.save()
    others = [one.team.name for one in member.memberships.filter(is_home=False)]
    if home_team:
        write_teams(member, list(dict.fromkeys([home_team.strip(), *others])))
    return member


@transaction.atomic
def choose_columns(upload: Upload) -> None:
    """Remember which column of the file holds what."""
    upload.save(update_fields=["columns"])


@transaction.atomic
def discard_upload(upload: Upload) -> None:
    """The file has been loaded: it is not kept."""
    upload.delete()
