"""A school with a scan in each state, and one account for each way of acting there.

Whatever it calls its things begins with a Q: no word of its data belongs to a language.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from tests.factories import (
    make_account,
    make_board,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
    make_team,
)
from tests.scans.scans import make_open_scan
from tests.scans.snapshots import Snapshot, make_snapshot
from zwerm.core import clock
from zwerm.people.models import Account, Mandate, Member, School, Team
from zwerm.people.scope import school_scope
from zwerm.scans.actions import closing, drafting
from zwerm.scans.models import Comment, RosterEntry, Scan

TOPIC = {"nl": "Qtopic", "en": "Qtopic"}
LABEL = {"nl": "Qlabel", "en": "Qlabel"}
AT_SCHOOL = ("facilitator", "school_leader", "staff_council", "privacy_officer")
STEPS = ("purpose", "people", "groups", "leaders", "agreements", "dates")
AGREED: dict[str, Any] = {
    "asker": "Qteam",
    "topic_nl": "Qtopic",
    "topic_en": "Qtopic",
    "legal_basis": "Qbasis",
    "dpia_reference": "Q1",
}


class Town:
    """The school, its scans and its people."""

    def __init__(self) -> None:
        self.school = make_school(name="Qschool", board=make_board(name="Qboard"))
        with school_scope(self.school):
            self.open = make_open_scan(self.school, members=12, title="Qopen", **AGREED)
            rename()
            self.released = make_released_scan(self.school)
            self.cancelled = make_cancelled_scan(self.school)
            self.draft = make_draft(self.school)
            self.accounts = {kind: make_holder(self.school, kind) for kind in AT_SCHOOL}
            self.accounts["teacher"] = make_asked(self.open)
            self.member = Member.objects.earliest("pk")
        self.accounts["board"] = make_account(email="qboard@school.example")
        make_mandate(
            self.accounts["board"], Mandate.Kind.BOARD, board=self.school.board, school=None
        )

    def addresses(self, role: str) -> list[str]:
        """Every page that somebody may visit."""
        if role == "board":
            return ["/board/", at("board_report", self.released)]
        found = [*self.of_everybody()]
        if role == "teacher":
            found += self.of_who_is_asked()
        if role == "facilitator":
            found += [*self.of_preparing(), *self.of_staff()]
        if role in {"staff_council", "privacy_officer"}:
            found += [at("council", self.draft), at("log", self.draft), at("log", self.open)]
        return found

    def of_everybody(self) -> list[str]:
        guide = reverse("scans:guide", args=[self.released.pk, "first_report"])
        scans = (self.open, self.released, self.cancelled)
        return [
            *("/", "/scan/", "/people/", "/people/?q=zzz", "/people/places/"),
            "/account/signing-in/",
            *(at("detail", scan) for scan in scans),
            *(at("report", self.released), guide),
        ]

    def of_who_is_asked(self) -> list[str]:
        questions = [one["id"] for one in (self.open.questionnaire or {})["questions"]]
        pages = ("ask", "thanks", "withdraw", "left")
        return [
            *(at(page, self.open) for page in pages),
            *(reverse("scans:question", args=[self.open.pk, one]) for one in questions),
            *(at(page, self.released) for page in ("ask", "mirror")),
            at("ask", self.cancelled),
        ]

    def of_preparing(self) -> list[str]:
        steps = [reverse("scans:setup", args=[self.draft.pk, step]) for step in STEPS]
        pages = [at(page, self.open) for page in ("extend", "cancel", "council")]
        return [*steps, *pages, at("discard", self.draft), at("detail", self.draft)]

    def of_staff(self) -> list[str]:
        member = reverse("people:member", args=[self.member.pk])
        return ["/people/load/", "/people/add/", member]


def at(page: str, scan: Scan) -> str:
    return reverse(f"scans:{page}", args=[scan.pk])


def rename() -> None:
    """Give teams and people names without words."""
    Team.objects.update(name="Qteam")
    RosterEntry.objects.update(name="Qmember", team_name="Qteam")
    Member.objects.update(name="Qmember")


def make_asked(scan: Scan) -> Account:
    """Somebody on the roster, who can sign in."""
    member = Member.objects.filter(roster_entries__scan=scan).earliest("pk")
    member.account = make_account(email=member.email)
    member.save()
    return member.account


def make_holder(school: School, kind: str) -> Account:
    member = make_signed_member(school, name=f"Q{kind}")
    assert member.account
    make_mandate(member.account, kind, school=school)
    return member.account


def make_draft(school: School) -> Scan:
    """A draft that says what is missing, with a group that is too small."""
    make_member(school, name="Qlast", email="", team=make_team(school, name="Qsmall"))
    return drafting.start_scan(school, by=make_account(), by_name="Qora", title="Qdraft")


def make_released_scan(school: School) -> Scan:
    """A scan with its report, released to the board, with a comment beside it."""
    past = clock.now() - dt.timedelta(days=20)
    scan = make_open_scan(
        school,
        members=0,
        title="Qreleased",
        status=Scan.Status.RELEASED,
        opened_at=past,
        closed_at=past,
        closes_on=past.date(),
        report_on=past.date(),
        released_at=past,
        is_for_board=True,
        **AGREED,
    )
    closing.keep_snapshot(scan, nameless(make_snapshot()))
    Comment.objects.create(school=school, scan=scan, text="Qcomment")
    return scan


def make_cancelled_scan(school: School) -> Scan:
    return make_open_scan(
        school, members=0, title="Qgone", status="cancelled", cancelled_at=clock.now(), **AGREED
    )


def nameless(snapshot: Snapshot) -> Snapshot:
    """The snapshot with names that belong to no language."""
    snapshot["school"]["name"] = "Qschool"
    snapshot["scan"] |= {"title": "Qreleased", "topic": TOPIC, "post_group": LABEL}
    for number, node in enumerate(snapshot["groups"].get("nodes", ())):
        node["name"] = f"Qgroup{number}"
    return snapshot
