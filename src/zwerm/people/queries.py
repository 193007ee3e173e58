"""What the pages of this room read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.people.models import Board, Mandate, Member, School
from zwerm.people.scope import crossing_schools


def staff(query: str = "") -> list[Member]:
    """Everybody who works here and fits `query`, by name; two queries.

    Searching forgives accents, case and order: every word must stand in the name or a team.
    """
    members = Member.objects.filter(left_on__isnull=True).prefetch_related("teams")
    wanted = plain(query).split()
    return [member for member in members if all(one in words_of(member) for one in wanted)]


def words_of(member: Member) -> str:
    return plain(" ".join([member.name, *(team.name for team in member.teams.all())]))


def plain(words: str) -> str:
    """Lower case, without accents."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to look through the eyes of in a demo."""

    account: str
    name: str
    as_what: str


def demo_persons() -> list[tuple[str, list[Person]]]:
    """For each school its people with a mandate and one teacher; the board last."""
    with crossing_schools("a demo shows persons of every invented school"):
        schools = sorted(School.objects.all(), key=size_of, reverse=True)
        at_schools = [(one.name, [*teachers(one), *holders(one)]) for one in schools]
        return at_schools + [(one.name, of_board(one)) for one in Board.objects.all()]


def of_board(board: Board) -> list[Person]:
    mandates = Mandate.objects.on(clock.today()).filter(board=board).select_related("account")
    return [
        Person(str(one.account_id), one.account.email, one.get_kind_display()) for one in mandates
    ]


def size_of(school: School) -> int:
    return Member.objects.filter(school=school).count()


def teachers(school: School) -> list[Person]:
    """The first member without a mandate who has an account."""
    members = Member.objects.filter(
        school=school, account__isnull=False, account__mandates__isnull=True, left_on__isnull=True
    )
    return [Person(str(one.account_id), one.name, _("teacher")) for one in members[:1]]


def holders(school: School) -> list[Person]:
    mandates = Mandate.objects.on(clock.today()).filter(school=school)
    persons = []
    for one in mandates.order_by("kind"):
        member = Member.objects.filter(school=school, account=one.account_id).first()
        name = member.name if member else str(one.account)
        persons.append(Person(str(one.account_id), name, one.get_kind_display()))
    return persons
