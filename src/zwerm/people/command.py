"""Commands about people: load a staff list, add a school, give a mandate."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import override

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.actions import accounts, second_step, staff
from zwerm.people.actions.log import BY_COMMAND
from zwerm.people.models import Account, Board, Mandate, School
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.people.staff_list.bounds import LARGEST_FILE
from zwerm.people.staff_list.plan import Plan, make_plan
from zwerm.people.staff_list.reading import Table, UnreadableFile, read_table, too_large

UNRECOGNISED = "No column with names was recognised. Give it the heading `name` or `naam`."


class WrongCommand(Refused):
    """A command was typed wrong. It is said in a terminal, in English; no page shows it."""


@override("en")
def import_staff(argv: list[str]) -> int:
    """`zwerm import-staff FILE --school NAME [--yes]`: a dry run, unless --yes."""
    parser = argparse.ArgumentParser(prog="zwerm import-staff")
    parser.add_argument("file", type=Path)
    parser.add_argument("--school", required=True, help="name of the school")
    parser.add_argument("--yes", action="store_true", help="write what the dry run shows")
    parser.add_argument("--without-faulty", action="store_true", help="leave rows with a fault out")
    parser.add_argument(
        "--many-leave", action="store_true", help="more than one in five really left"
    )
    options = parser.parse_args(argv)
    try:
        load(school_named(options.school), table_in(options.file), options)
    except UnreadableFile as wrong:
        return fault(str(wrong))
    except Refused as no:
        return fault(f"{no} Nothing was written.")
    return 0


def table_in(file: Path) -> Table:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise too_large()
        return read_table(file.read_bytes())
    except OSError as wrong:
        raise WrongCommand(f"{file} cannot be read: {wrong.strerror}.") from None


def load(school: School, table: Table, options: argparse.Namespace) -> None:
    """Show what would change, and write it when that was asked."""
    with school_scope(school):
        plan = make_plan(table)
        if not plan.is_recognised:
            raise WrongCommand(UNRECOGNISED)
        show(plan)
        if not options.yes:
            print("Nothing was written. Add --yes to write this.")
            return
        staff.apply_plan(
            school,
            plan,
            by=BY_COMMAND,
            addresses=[change.key for change in plan.changed],
            many_leave=options.many_leave,
            without_faulty=options.without_faulty,
        )
    print("The staff list is up to date.")


def show(plan: Plan) -> None:
    """The dry run in words."""
    for row in plan.new:
        print(f"new      {row.name}")
    for change in plan.changed:
        parts = "; ".join(f"{one.label}: {one.before} -> {one.after}" for one in change.parts)
        print(f"changed  {change.name}: {parts}")
    for member in plan.left:
        print(f"left     {member.name}")
    for wrong in plan.faults:
        print(f"fault    row {wrong.row}, {wrong.heading or wrong.column}: {wrong.sentence}")
    print(
        f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.left)} left, "
        f"{plan.same} the same, {len(plan.faults)} faults."
    )


def add_school(argv: list[str]) -> int:
    """`zwerm add-school BOARD SCHOOL [--sector po|vo|mbo]`."""
    parser = argparse.ArgumentParser(prog="zwerm add-school")
    parser.add_argument("board")
    parser.add_argument("school")
    parser.add_argument("--sector", choices=School.Sector.values, default="vo")
    options = parser.parse_args(argv)
    board, _made = Board.objects.get_or_create(name=options.board)
    if School.objects.filter(board=board, name=options.school).exists():
        return fault(f"{options.board} has a school {options.school} already.")
    School.objects.create(board=board, name=options.school, sector=options.sector)
    print(f"{options.school} is there. Next: zwerm grant ADDRESS facilitator --school ...")
    return 0


@override("en")
def grant(argv: list[str]) -> int:
    """`zwerm grant ADDRESS KIND (--school NAME | --board NAME) [--end]`."""
    parser = argparse.ArgumentParser(prog="zwerm grant")
    parser.add_argument("address")
    parser.add_argument("kind", choices=[kind for kind in Mandate.Kind.values if kind in PLACES])
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--school")
    place.add_argument("--board")
    parser.add_argument("--end", action="store_true", help="end this mandate today")
    options = parser.parse_args(argv)
    kind = Mandate.Kind(options.kind)
    address = options.address.strip().lower()
    try:
        where = place_named(kind, options.school, options.board)
        with crossing_schools("an operator gives and ends mandates at every place"):
            (end if options.end else begin)(address, kind, where)
    except Refused as no:
        return fault(str(no))
    print(f"{address} {'no longer' if options.end else 'now'} acts as {kind.value} at {where}.")
    return 0


@override("en")
def take_step_away(argv: list[str]) -> int:
    """`zwerm take-step-away ADDRESS`: for who lost their telephone and their recovery codes."""
    parser = argparse.ArgumentParser(prog="zwerm take-step-away")
    parser.add_argument("address")
    address = parser.parse_args(argv).address.strip().lower()
    account = Account.objects.filter(email=address).first()
    if account is None:
        return fault(f"There is no account with the address {address}.")
    if not second_step.take_all_away(account):
        return fault(f"{address} has no second step. Nothing was changed.")
    print(f"{address} signs in with a code by mail now, and was mailed about it. Every session of")
    print("this account has ended. Whose mandate asks for a second step sets up a new one.")
    return 0


PLACES = {
    Mandate.Kind.FACILITATOR: School,
    Mandate.Kind.SCHOOL_LEADER: School,
    Mandate.Kind.STAFF_COUNCIL: School,
    Mandate.Kind.PRIVACY_OFFICER: School,
    Mandate.Kind.BOARD: Board,
}
"""Where each kind of mandate holds."""


def begin(address: str, kind: Mandate.Kind, where: School | Board) -> None:
    """Give the mandate, from today; an address without an account gets one."""
    try:
        validate_email(address)
    except ValidationError:
        raise WrongCommand(f"{address!r} is no mail address.") from None
    account = Account.objects.filter(email=address).first()
    account = account or Account.objects.create_user(address)
    accounts.grant_mandate(account, kind, from_on=clock.today(), **at(where))


def end(address: str, kind: Mandate.Kind, where: School | Board) -> None:
    """End the mandate, from today."""
    held = Mandate.objects.on(clock.today()).filter(account__email=address, kind=kind, **at(where))
    mandate = held.first()
    if mandate is None:
        raise WrongCommand(f"{address} does not act as {kind.value} at {where}.")
    accounts.end_mandate(mandate)
    accounts.end_sessions(mandate.account)


def at(where: School | Board) -> dict[str, Any]:
    return {"school": where} if isinstance(where, School) else {"board": where}


def place_named(kind: Mandate.Kind, school: str | None, board: str | None) -> School | Board:
    """The place of a mandate, which has to be one of the right sort."""
    if PLACES[kind] is School:
        if not school:
            raise WrongCommand(f"A {kind.value} acts at a school: use --school.")
        return school_named(school)
    found = Board.objects.filter(name=board).first() if board else None
    if not board:
        raise WrongCommand("A board acts at a board: use --board.")
    if found is None:
        raise WrongCommand(f"There is no board named {board!r}.")
    return found


def school_named(name: str) -> School:
    """The one school of this name: `School`, or `Board: School` where two boards have it."""
    board, _colon, school = name.rpartition(": ")
    found = School.objects.filter(name=name) | School.objects.filter(name=school, board__name=board)
    if len(found) > 1:
        raise WrongCommand(f'Two boards have a school named {name!r}. Write "BOARD: {name}".')
    if not found:
        raise WrongCommand(f"There is no school named {name!r}.")
    return found[0]


def fault(sentence: str) -> int:
    """Say what is wrong, on the channel for faults."""
    print(sentence, file=sys.stderr)
    return 2
