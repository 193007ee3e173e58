"""Writing a staff list: everything of a plan in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from zwerm.core import clock, ledger
from zwerm.core.errors import Refused
from zwerm.people.actions.accounts import end_mandates, end_sessions
from zwerm.people.actions.log import Actor, note
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
from zwerm.people.staff_list.plan import Change, Plan, plan_of
from zwerm.people.staff_list.rows import Row


class NotTicked(Refused):
    """The plan may be written once somebody ticks the box of this name."""

    def __init__(self, box: str, sentence: str) -> None:
        super().__init__(sentence)
        self.box = box


PATIENCE = dt.timedelta(days=1)
"""So long a file waits for its confirmation."""

PLAIN = ("name", "email", "staff_number", "started_on", "language")


@transaction.atomic
def keep_upload(school: School, *, by: Account, name: str, content: bytes) -> Upload:
    """Keep a file until it is confirmed. An earlier one of the same person goes."""
    Upload.objects.filter(by=by).delete()
    upload: Upload = Upload.objects.create(school=school, by=by, name=name[:120], content=content)
    return upload


@transaction.atomic
def forget_uploads() -> None:
    """A file that nobody confirmed is not kept: it holds names and addresses."""
    Upload.objects.filter(made_at__lt=clock.now() - PATIENCE).delete()


@transaction.atomic
def write_upload(upload: Upload, *, shown: str, by: Actor, **confirmed: Any) -> None:
    """Write the file that waits: once, and exactly what was shown. The file is not kept.

    Args:
        upload: the file.
        by: who confirms it.
        shown: the fingerprint of the dry run that somebody confirmed.
        confirmed: what `apply_plan` asks to confirm.
    """
    School.objects.select_for_update().get(pk=upload.school_id)
    there = Upload.objects.filter(pk=upload.pk).first()
    if there is None:
        raise Refused(_("This file was written already. Look at the staff list."))
    _table, plan = plan_of(there)
    if plan.fingerprint != shown:
        raise Refused(
            _("The staff list changed after you looked. Go back and look at the file again.")
        )
    apply_plan(there.school, plan, by=by, **confirmed)
    there.delete()


@transaction.atomic
def apply_plan(
    school: School,
    plan: Plan,
    *,
    by: Actor,
    addresses: Collection[str] = (),
    many_leave: bool = False,
    without_faulty: bool = False,
) -> None:
    """Write what the dry run showed: all of it, or nothing.

    Args:
        school: whose staff list it is.
        plan: the dry run.
        by: who writes it.
        addresses: the members whose new mail address was confirmed.
        many_leave: that more than one in five left was confirmed.
        without_faulty: to load the rows without a fault although others have one.
    """
    if not plan.is_recognised:
        raise Refused(_("No column with names was recognised. Choose it below the table."))
    if plan.faults and not without_faulty:
        raise NotTicked(
            "without_faulty", _("Some rows have a fault. Mend them, or choose to leave them out.")
        )
    if plan.many_leave and not many_leave:
        raise NotTicked(
            "many_leave", _("More than one in five people would leave. Confirm that first.")
        )
    for member in plan.left:
        leave(member)
    moving = {one.key for one in plan.changed if may_move(one, addresses)}
    free_addresses(plan, moving, by=by)
    for change in plan.changed:
        write_change(change, with_address=change.key in moving)
    write_new(school, plan.new)


def may_move(change: Change, addresses: Collection[str]) -> bool:
    """A first address needs no confirmation, another one does."""
    return "email" in change.fields and (not change.asks_address or change.key in addresses)


def free_addresses(plan: Plan, moving: Collection[str], *, by: Actor) -> None:
    """Let go of the addresses that change, so that two people may exchange theirs.

    Raises:
        Refused: an address would stand on the list twice.
    """
    changes = [one for one in plan.changed if one.key in moving]
    for one in changes:
        let_go(one.present.member, by=by)
    here = Member.objects.filter(left_on__isnull=True).exclude(email="")
    wanted = [one.row.email for one in changes] + [row.email for row in plan.new if row.email]
    addresses = Counter([*(mail.lower() for mail in here.values_list("email", flat=True)), *wanted])
    for mail in wanted:
        if addresses[mail] > 1:
            raise Refused(
                _(
                    "%(mail)s would stand on the list twice. Confirm the new address of who had "
                    "it before, or mend the file."
                )
                % {"mail": mail}
            )


def let_go(member: Member, *, by: Actor) -> None:
    """Who signs in with the old address is no longer this member. That somebody did it is noted.

    The line says not of whom: the person hears it by mail when a scan is open.
    """
    if member.email:
        note(member.school, by=by, setting="address")
    account, member.account, member.email = member.account, None, ""
    member.save(update_fields=["account", "email"])
    if account:
        end_sessions(account)


def write_new(school: School, rows: list[Row]) -> None:
    """Put people on the list, in a fixed number of statements however many they are."""
    members = [as_member(school, row) for row in rows]
    Member.objects.bulk_create(members)
    teams = teams_named(school, [name for row in rows for name in row.teams or ()])
    people = list(zip(members, rows, strict=True))
    Membership.objects.bulk_create(
        Membership(school=school, member=member, team=teams[name.casefold()], is_home=place == 0)
        for member, row in people
        for place, name in enumerate(row.teams or ())
    )
    Post.objects.bulk_create(as_post(one, row, None) for one, row in people if has_post(row))
    Role.objects.bulk_create(as_role(one, row.role) for one, row in people if row.role)


def as_member(school: School, row: Row) -> Member:
    return Member(
        school=school,
        name=row.name,
        email=row.email or "",
        staff_number=row.staff_number or "",
        started_on=row.started_on,
        language=row.language or "nl",
    )


def teams_named(school: School, names: Collection[str]) -> dict[str, Team]:
    """The teams of these names, without regard to capitals; those that are not there are made."""
    teams = {team.name.casefold(): team for team in Team.objects.all()}
    missing = {name.casefold(): name for name in names if name.casefold() not in teams}
    new = [Team(school=school, name=name) for name in missing.values()]
    Team.objects.bulk_create(new)
    return teams | {team.name.casefold(): team for team in new}


def write_change(change: Change, *, with_address: bool) -> None:
    """Change one person. A new mail address counts only when it was confirmed."""
    member, row = change.present.member, change.row
    changed = change.fields
    for field in PLAIN:
        if field in changed and (field != "email" or with_address):
            setattr(member, field, getattr(row, field))
    member.save()
    if "teams" in changed:
        write_teams(member, row.teams or ())
    if changed & {"post", "pay_scale", "fte"}:
        write_post(member, row)
    if "role" in changed:
        write_role(member, row.role or "")


def write_teams(member: Member, names: Collection[str]) -> None:
    """The teams of a member, the first one as home."""
    member.memberships.all().delete()
    teams = teams_named(member.school, names)
    for place, name in enumerate(names):
        Membership.objects.create(
            school=member.school, member=member, team=teams[name.casefold()], is_home=place == 0
        )


def write_post(member: Member, row: Row) -> None:
    """A new post from today; the one before ends. What the row leaves out stays the same."""
    today = clock.today()
    before = member.posts.filter(until_on__isnull=True).first()
    if before and before.from_on < today:
        before.until_on = today
        before.save(update_fields=["until_on"])
    elif before:
        before.delete()
    as_post(member, row, before).save()


def has_post(row: Row) -> bool:
    return bool(row.post or row.pay_scale or row.fte is not None)


def as_post(member: Member, row: Row, before: Post | None) -> Post:
    return Post(
        school=member.school,
        member=member,
        name=row.post or (before.name if before else ""),
        pay_scale=row.pay_scale or (before.pay_scale if before else ""),
        sector=member.school.sector,
        fte=row.fte if row.fte is not None else (before.fte if before else None),
        from_on=clock.today(),
    )


def write_role(member: Member, name: str) -> None:
    """A new role from today; the one before ends."""
    member.roles.filter(until_on__isnull=True).update(until_on=clock.today())
    as_role(member, name).save()


def as_role(member: Member, name: str) -> Role:
    return Role(school=member.school, member=member, name=name, from_on=clock.today())


@transaction.atomic
def leave(member: Member) -> None:
    """Somebody no longer works here: access and every mandate at this school end at once."""
    today = clock.today()
    if member.started_on and member.started_on > today:
        member.started_on = None  # who never began cannot have begun after leaving
    member.left_on = today
    member.save(update_fields=["left_on", "started_on"])
    ledger.note(ledger.Kind.LEFT, member.pk)
    # A mandate may have been given to the address before anybody signed in with it.
    for account in Account.objects.filter(Q(pk=member.account_id) | Q(email=member.email.lower())):
        end_mandates(account, member.school)
        end_sessions(account)


@transaction.atomic
def save_person(member: Member, *, school: School, home_team: str, by: Actor) -> Member:
    """Keep one person who was typed in or corrected by hand."""
    before = Member.objects.filter(pk=member.pk).first()
    if before and before.email.lower() != member.email.lower():
        let_go(before, by=by)
        member.account = None
    member.school = school
    member.save()
    others = [one.team.name for one in member.memberships.filter(is_home=False)]
    if home_team:
        names = {name.casefold(): name for name in [home_team.strip(), *others]}
        write_teams(member, list(names.values()))
    return member


@transaction.atomic
def choose_columns(upload: Upload) -> None:
    """Remember which column of the file holds what."""
    upload.save(update_fields=["columns"])
