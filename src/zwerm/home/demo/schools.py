"""The invented board, its three schools, and who works there."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

import numpy as np

from zwerm.core import clock
from zwerm.home.demo.names import invented_names
from zwerm.people.models import (
    Account,
    Board,
    Mandate,
    Member,
    Membership,
    Post,
    Role,
    School,
    Team,
)
from zwerm.people.scope import school_scope

LEADERS = {"nl": "teamleiders en coördinatoren", "en": "team leaders and coordinators"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One school to invent: its teams with their sizes, and how many formal leaders each has."""

    name: str
    mail: str
    sector: str
    teams: dict[str, int]
    leaders: dict[str, int]
    scales: tuple[str, str]
    """The pay scale of most teachers, and of formal leaders."""


PLANS = (
    Plan(
        "De Waterlelie",
        "waterlelie.example",
        "vo",
        {
            "Talen": 17,
            "Exact en techniek": 16,
            "Mens en maatschappij": 14,
            "Kunst": 7,
            "Sport": 5,
            "Zorg en begeleiding": 13,
            "Balie en roosters": 5,
            "Beheer": 4,
            "Schoolleiding": 3,
        },
        {
            "Talen": 2,
            "Exact en techniek": 2,
            "Mens en maatschappij": 2,
            "Kunst": 1,
            "Zorg en begeleiding": 2,
            "Schoolleiding": 3,
        },
        ("LB", "LD"),
    ),
    Plan(
        "Het Eiland",
        "heteiland.example",
        "po",
        {"Onderbouw": 14, "Bovenbouw": 13},
        {"Onderbouw": 2, "Bovenbouw": 2},
        ("LB", "LC"),
    ),
    Plan("De Kleine Beer", "dekleinebeer.example", "po", {"Team": 12}, {"Team": 1}, ("LB", "LC")),
)

HOLDERS = (
    Mandate.Kind.FACILITATOR,
    Mandate.Kind.SCHOOL_LEADER,
    Mandate.Kind.STAFF_COUNCIL,
    Mandate.Kind.PRIVACY_OFFICER,
)


def make_board(rng: np.random.Generator) -> list[School]:
    """The board, its schools and everybody in them; returns the schools, largest first."""
    board = Board.objects.create(name="Stichting Wilgenroosje")
    account = Account.objects.create_user("bestuur@wilgenroosje.example")
    Mandate.objects.create(account=account, board=board, kind="board", from_on=long_ago())
    return [make_school(board, plan, rng) for plan in PLANS]


def make_school(board: Board, plan: Plan, rng: np.random.Generator) -> School:
    school = School.objects.create(board=board, name=plan.name, sector=plan.sector)
    names = iter(invented_names(sum(plan.teams.values()), rng))
    with school_scope(school):
        for team_name, size in plan.teams.items():
            team = Team.objects.create(school=school, name=team_name)
            for place in range(size):
                leads = place < plan.leaders.get(team_name, 0)
                make_member(plan, team, next(names), leads=leads, rng=rng)
        give_mandates(school)
    return school


def make_member(
    plan: Plan, team: Team, name: str, *, leads: bool, rng: np.random.Generator
) -> Member:
    address = f"{mail_name(name)}@{plan.mail}"
    started_on = dt.date(int(rng.integers(1995, 2023)), 8, 1)
    member = Member.objects.create(
        school=team.school,
        name=name,
        email=address,
        staff_number=f"{rng.integers(10_000, 99_999)}",
        language="nl",
        started_on=started_on,
        account=Account.objects.create_user(address),
    )
    Membership.objects.create(school=team.school, member=member, team=team, is_home=True)
    Post.objects.create(
        school=team.school,
        member=member,
        name="teamleider" if leads else "leraar",
        pay_scale=plan.scales[leads],
        sector=plan.sector,
        fte=rng.choice([0.6, 0.8, 1.0]),
        from_on=started_on,
    )
    if leads:
        Role.objects.create(
            school=team.school,
            member=member,
            name="coördinator",
            obtained=Role.Obtained.APPOINTED,
            from_on=started_on,
        )
    return member


def give_mandates(school: School) -> None:
    """A facilitator, a leader, somebody of the council, a privacy officer: ordinary members."""
    leader = Member.objects.filter(posts__name="teamleider").order_by("-memberships__team__name")
    teachers = Member.objects.filter(posts__name="leraar").order_by("staff_number")
    holders = [teachers[0], leader[0], teachers[1], teachers[2]]
    for kind, holder in zip(HOLDERS, holders, strict=True):
        assert holder.account
        Mandate.objects.create(account=holder.account, school=school, kind=kind, from_on=long_ago())


def holder(school: School, kind: Mandate.Kind) -> Member:
    """Who holds this mandate at the demo school."""
    mandate = Mandate.objects.get(school=school, kind=kind)
    return Member.objects.get(account=mandate.account)


def long_ago() -> dt.date:
    return clock.today().replace(month=8, day=1) - dt.timedelta(days=5 * 365)


def mail_name(name: str) -> str:
    """The name as it stands before the @: plain letters and dots.

    Example:
        >>> mail_name("Zeynep van der Öz")
        'zeynep.van.der.oz'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return ".".join(plain.lower().split())
