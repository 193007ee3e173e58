"""Privacy settings that differ from last time: somebody else has to look before a scan opens."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from zwerm.core import clock
from zwerm.people.models import Account, Mandate, Member
from zwerm.scans.models import RosterEntry, Scan, SecondLook, SettingsLogLine
from zwerm.scans.queries.agreements import agreements_digest

PRIVACY = (
    "mode",
    "retain_months",
    "floor_network",
    "floor_scale",
    "floor_comments",
    "is_for_board",
)
"""The settings of which a change needs a second person."""

MAY_LOOK = (Mandate.Kind.STAFF_COUNCIL, Mandate.Kind.PRIVACY_OFFICER)
"""The mandates that guard privacy."""


@dataclass(frozen=True, slots=True)
class Differs:
    """One privacy setting that is not as it was."""

    setting: str
    before: str
    after: str


def differences(scan: Scan) -> list[Differs]:
    """What differs from the last scan that opened; from the defaults when there was none."""
    opened = Scan.objects.filter(opened_at__isnull=False).exclude(status=Scan.Status.CANCELLED)
    last = opened.exclude(pk=scan.pk).order_by("-opened_at").first() or Scan()
    pairs = [(name, str(getattr(last, name)), str(getattr(scan, name))) for name in PRIVACY]
    return [Differs(*one) for one in pairs if one[1] != one[2]]


def look_digest(scan: Scan) -> str:
    """What a second look holds for: the agreements, and what differs in them from last time."""
    differs = [[one.setting, one.before, one.after] for one in differences(scan)]
    seen = json.dumps([agreements_digest(scan), differs])
    return hashlib.sha256(seen.encode()).hexdigest()


def lookers_at(scan: Scan) -> list[Account]:
    """Who may confirm changed settings of `scan` today: a mandate, and did not change them."""
    held = Mandate.objects.on(clock.today()).filter(school=scan.school_id, kind__in=MAY_LOOK)
    accounts = Account.objects.filter(mandates__in=held).distinct().order_by("email")
    changers = list(Account.objects.filter(pk__in=changed_by(scan)))
    their_places = {place for who in changers for place in members_of(who)}
    return [one for one in accounts if one not in changers and not members_of(one) & their_places]


def changed_by(scan: Scan) -> set[UUID]:
    """The accounts that changed a privacy setting of this scan."""
    lines = SettingsLogLine.objects.filter(scan=scan, setting__in=PRIVACY, by__isnull=False)
    return {by for by in lines.values_list("by_id", flat=True) if by}


def is_same_person(one: Account, other: Account) -> bool:
    """One account, or two that belong to one member of the staff list, now or earlier."""
    return one == other or bool(members_of(one) & members_of(other))


def members_of(account: Account) -> set[object]:
    """The members that this account is or was, by account, by address, by address on a roster."""
    now = Member.objects.filter(Q(account=account) | Q(email__iexact=account.email))
    then = RosterEntry.objects.filter(
        invitation__address__iexact=account.email, member__isnull=False
    )
    return {*now.values_list("pk", flat=True), *then.values_list("member_id", flat=True)}


def second_look(scan: Scan) -> SecondLook | None:
    """The confirmation of the settings as they stand now, by who may still give it; or None."""
    looks = scan.second_looks.filter(settings=look_digest(scan), by__isnull=False)
    may = {account.pk for account in lookers_at(scan)}
    return next((one for one in looks.select_related("by") if one.by_id in may), None)
