"""A school that lived through some years: a row in nearly every table, and values that are hard."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from tests.factories import make_account, make_mandate, make_school, make_step
from tests.scans.answered import answer_all, close, give, make_people, make_scan, release, roster
from zwerm.core import clock, ledger, sealing
from zwerm.core.models import Work
from zwerm.home import backup
from zwerm.people.models import Account, Mandate, Member, Post, Role, School, Upload
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import sealed
from zwerm.scans.models import (
    AnswerBlob,
    Comment,
    Consent,
    Expectation,
    Instrument,
    LedgerLine,
    Mirror,
    RosterEntry,
    Scan,
    SettingsLogLine,
)


@dataclass(frozen=True, slots=True)
class Lived:
    school: School
    staff: list[Member]
    first: Scan
    """Released."""
    second: Scan
    """Open, and half of the staff has answered."""


def live(school: School, *, printed: bool = False) -> Lived:
    """Two scans of one school of fourteen people. Call it in the scope of the school."""
    staff = make_people(school, [14])
    first = make_scan(school, staff, has_comment=True)
    answer_all(first, staff, comment="Dat kan beter \u2013 en \u201csamen\u201d \u00fcber.")
    entries = roster(first, staff)
    give(first, entries[1], named=[entries[0]], may_know=[entries[0]])
    release(close(first, printed=printed))
    second = make_scan(school, staff, opened_on=clock.today(), previous=first, leaders=2)
    answer_all(second, staff, answered=7)
    furnish(school, staff)
    decide(first, second)
    ledger.note(ledger.Kind.COMMENT, uuid4())
    return Lived(school, staff, Scan.objects.get(pk=first.pk), second)


def furnish(school: School, staff: list[Member]) -> None:
    """What only some schools have: posts, roles, mandates, comments, questions of their own."""
    by = make_account(email="zoe@school.example")
    make_mandate(by, "facilitator", school=school)
    make_step(by)
    SocialAccount.objects.create(user=by, provider="other", uid="z-1")
    day = dt.date(2024, 2, 29)
    for number, member in enumerate(staff[:3]):
        fte = Decimal("0.8") if number else None
        post = {"name": "docent", "pay_scale": "LC", "sector": "vo", "from_on": day, "fte": fte}
        Post.objects.create(school=school, member=member, **post)
        Role.objects.create(school=school, member=member, name="mentor", from_on=day)
    Upload.objects.create(school=school, by=by, name="staff.xlsx", content=b"\x00\xff staff")
    Instrument.objects.create(school=school, name="\u00c9\u00e9n", source="s", text="a: 1\n")
    Comment.objects.create(
        school=school, scan=Scan.objects.released().get(), text='Quote " and \\ and\nline'
    )


def decide(first: Scan, second: Scan) -> None:
    """What only some scans have: who is left out, what is expected, and who decided."""
    school, by = first.school, Account.objects.get()
    second.instruments.add(Instrument.objects.get())
    second.left_out.add(Member.objects.latest("name"))
    Expectation.objects.create(
        school=school, scan=first, figure="coupling", direction="fallen", note="?"
    )
    agreed = {"decision": "agree", "decided_on": clock.today(), "document": "PMR 3"}
    Consent.objects.create(school=school, scan=first, recorded_by=by, **agreed)
    SettingsLogLine.objects.create(
        school=school, scan=first, by=by, by_name="Zoe", setting="title", before="", after="x"
    )
    LedgerLine.objects.create(school=school, scan=first, what="key", reason="cancelled")
    Work.objects.create(message="")


def quiet(_table: str, _done: int, _every: int) -> None:
    """Nobody looks on."""


def kept(folder: Path, name: str = "copy") -> tuple[Path, Path]:
    """A backup of the database of this test, and the file with its keys."""
    file, keys = folder / f"{name}.zip", folder / "keys" / f"{name}.json"
    backup.make(file, keys, quiet)
    return file, keys


def lived_school(*, printed: bool = False) -> Lived:
    school = make_school(name="De Vuurtoren \u2693")
    with school_scope(school):
        return live(school, printed=printed)


def state() -> str:
    """What erasures change, in words that do not depend on keys: by scan, then of all people."""
    with crossing_schools("a test looks"):
        scans = [state_of(one) for one in Scan.objects.order_by("opened_at")]
        people = Member.objects.all()
        counts = [
            Comment.objects.filter(is_removed=True, text="").count(),
            people.filter(may_be_named=False).count(),
            people.filter(left_on__isnull=False).count(),
            people.count(),
            RosterEntry.objects.filter(name="").count(),
            Mandate.objects.filter(until_on__isnull=False).count(),
            Authenticator.objects.count(),
            SocialAccount.objects.count(),
        ]
    return f"{scans} {counts}"


def state_of(scan: Scan) -> list[int]:
    """Boxes, mirrors, who lets somebody know, and who reads that somebody named them."""
    roster = list(scan.roster.all())
    answers = [given for _entry, given in sealed.every_answer(scan, roster)]
    mirrors = [sealed.read_mirror(scan, entry) for entry in roster]
    return [
        AnswerBlob.objects.filter(scan=scan).count(),
        Mirror.objects.filter(scan=scan).count(),
        sum(bool((one.answer("advice") or {}).get("may_know")) for one in answers),
        sum(bool(one["known"]) for one in mirrors if one),
    ]


def opened() -> str:
    """How many boxes there are, and how many open with a key that is there."""
    boxes: list[AnswerBlob | Mirror] = [*AnswerBlob.objects.all(), *Mirror.objects.all()]
    keyed = [one for one in boxes if sealed.can_open(one.scan)]
    found = [
        sealing.unseal(sealed.key_of(one.scan), bytes(one.slot), bytes(one.box)) for one in keyed
    ]
    return f"{len(boxes)} {len(found)}"
