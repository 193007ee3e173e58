"""One person of whom every table of the house holds something, and a colleague who is not them."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from tests.factories import (
    account_of,
    come_in_as,
    make_mandate,
    make_signed_member,
    make_step,
    make_team,
)
from tests.scans import answered
from zwerm.core import clock
from zwerm.people.actions import requests
from zwerm.people.actions.log import Actor, note
from zwerm.people.actions.staff import keep_upload
from zwerm.people.models import Account, Member, Post, PrivacyRequest, Role, School
from zwerm.scans.models import Consent, RosterEntry, Scan, SecondLook, SettingsLogLine

MINE = "Mijnwoord"
"""Stands in every text about the person."""

OTHERS = "Anderwoord"
"""Stands in every text about anybody else."""


@dataclass
class Somebody:
    """The person, a colleague, and a released scan that both answered."""

    school: School
    member: Member
    colleague: Member
    scan: Scan
    browser: Client

    @property
    def account(self) -> Account:
        return account_of(self.member)

    @property
    def entry(self) -> RosterEntry:
        return RosterEntry.objects.get(scan=self.scan, member=self.member)


def make_somebody(school: School, *, is_released: bool = True, may_know: bool = False) -> Somebody:
    """Fourteen people answer a scan; the first is the person, the second the colleague."""
    team = make_team(school, name=f"{OTHERS} team")
    with clock.at(answered.OPENED_ON):
        people = [
            make_signed_member(
                school, team=team, language="en", name=f"{MINE if place == 0 else OTHERS} {place}"
            )
            for place in range(14)
        ]
        scan = answered.make_scan(school, people, has_comment=True)
        give_answers(scan, people, may_know=may_know)
        for one, word in ((people[0], MINE), (people[1], OTHERS)):
            fill_tables(one, word, scan)
        scan.leaders.set(people[:2])
    if is_released:
        answered.release(answered.close(scan))
    browser = Client(headers={"accept-language": "en"})
    come_in_as(browser, account_of(people[0]))
    return Somebody(school, people[0], people[1], scan, browser)


def give_answers(scan: Scan, people: list[Member], *, may_know: bool) -> None:
    """The first names the third; everybody else the first, and lets them know it or not."""
    entries = answered.roster(scan, people)
    answered.give(scan, entries[0], named=[entries[2]], comment=f"{MINE} comment")
    for one in entries[1:]:
        known = [entries[0]] if may_know else []
        named = [entries[0]]
        answered.give(scan, one, named=named, may_know=known, comment=f"{OTHERS} comment")


def fill_tables(member: Member, word: str, scan: Scan) -> None:
    """A row of this person in each table that may hold one."""
    school, account = member.school, account_of(member)
    of_member = {"school": school, "member": member, "from_on": answered.OPENED_ON}
    Post.objects.create(name=f"{word} post", pay_scale="LB", sector="vo", fte="0.8", **of_member)
    Role.objects.create(name=f"{word} role", **of_member)
    make_mandate(account, "staff_council", school=school, from_on=answered.OPENED_ON)
    keep_upload(school, by=account, name=f"{word}.csv", content=f"{OTHERS}".encode())
    requests.ask(member, kind=PrivacyRequest.Kind.RECTIFY, words=f"{word} words")
    Consent.objects.create(
        school=school,
        scan=scan,
        decision="agree",
        conditions=OTHERS,
        decided_on=answered.OPENED_ON,
        document="PMR 1",
        recorded_by=account,
    )
    SettingsLogLine.objects.create(
        school=school, scan=scan, by=account, by_name=word, setting="leaders", after=OTHERS
    )
    make_step(account)
    SocialAccount.objects.create(user=account, provider="other", uid=word)
    SecondLook.objects.create(school=school, scan=scan, by=account, settings="0" * 64)
    note(school, by=Actor(account, word), setting="mandate")
    address = EmailAddress.objects.create(user=account, email=account.email, primary=True)
    EmailConfirmation.objects.create(email_address=address, key=word, sent=timezone.now())
