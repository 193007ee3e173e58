"""Commands about people: load a staff list, add a school, give a mandate."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.actions import accounts, staff
from zwerm.people.models import Account, Board, Mandate, School
from zwerm.people.scope import school_scope
from zwerm.people.staff_list.plan import Plan, make_plan
from zwerm.people.staff_list.reading import UnreadableFile, read_table


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
    school = School.objects.filter(name=options.school).first()
    if school is None:
        return fault(f"There is no school named {options.school!r}.")
    try:
        table = read_table(options.file.read_bytes())
    except (UnreadableFile, OSError) as wrong:
        return fault(str(wrong))
    with school_scope(school):
        plan = make_plan(table)
        show(plan)
        if not options.yes:
            print("Nothing was written. Add --yes to write this.")
            return 0
        try:
            staff.apply_plan(
                school,
                plan,
                addresses=[change.key for change in plan.changed],
                many_leave=options.many_leave,
                without_faulty=options.without_faulty,
            )
        except Refused as no:
            return fault(f"{no} Nothing was written.")
    print("The staff list is up to date.")
    return 0


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
        print(f"fault    row {wrong.row}, {wrong.column}: {wrong.sentence}")
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


def grant(argv: list[str]) -> int:
    """`zwerm grant ADDRESS KIND (--school NAME | --board NAME)`."""
    parser = argparse.ArgumentParser(prog="zwerm grant")
    parser.add_argument("address")
    parser.add_argument("kind", choices=Mandate.Kind.values)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--school")
    place.add_argument("--board")
    options = parser.parse_args(argv)
    school = School.objects.filter(name=options.school).first() if options.school else None
    board = Board.objects.filter(name=options.board).first() if options.board else None
    if school is None and board is None:
        return fault(f"There is no {options.school or options.board!r}.")
    address = options.address.strip().lower()
    account = Account.objects.filter(email=address).first()
    account = account or Account.objects.create_user(address)
    try:
        accounts.grant_mandate(
            account,
            Mandate.Kind(options.kind),
            from_on=clock.today(),
            school=school,
            board=board,
        )
    except Refused as no:
        return fault(str(no))
    print(f"{address} now acts as {options.kind} at {school or board}.")
    return 0


def fault(sentence: str) -> int:
    """Say what is wrong, on the channel for faults."""
    print(sentence, file=sys.stderr)
    return 2
