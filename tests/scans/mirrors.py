"""Released scans of which people look at their own overview."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories import come_in_as, make_account
from tests.scans.answered import (
    REPORT_ON,
    close,
    give,
    make_people,
    make_scan,
    read,
    release,
    roster,
)
from zwerm.core import clock
from zwerm.people.models import Member, School
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.mirror import mirror_of


def come_in(client: Client, member: Member) -> None:
    member.account = make_account(email=member.email)
    member.save()
    come_in_as(client, member.account)


def released(
    school: School, *, people: int = 14, may_know: int = 0, **fields: Any
) -> tuple[Scan, list[Member]]:
    """Everybody names the first person; `may_know` of them let them know it."""
    staff = make_people(school, [people])
    scan = make_scan(school, staff, **fields)
    entries = roster(scan, staff)
    give(scan, entries[0], named=[entries[1], entries[2]])
    for place, entry in enumerate(entries[1:]):
        know = [entries[0]] if place < may_know else []
        give(scan, entry, named=[entries[0]], may_know=know)
    return release(close(scan)), staff


def seen(scan: Scan, member: Member, day: dt.date = REPORT_ON) -> tuple[str | None, list[str]]:
    with clock.at(day):
        mirror = mirror_of(scan, RosterEntry.objects.get(scan=scan, member=member), "en")
    assert mirror
    return mirror.band, mirror.known


def page(client: Client, scan: Scan, day: dt.date = REPORT_ON) -> str:
    with clock.at(day):
        return read(client, reverse("scans:mirror", args=[scan.pk]))
