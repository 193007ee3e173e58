"""A school with one scan, and everybody who may come to its pages or should not.

The scan is in one of four states. Each role has a browser; each address has what a form would send.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import (
    account_of,
    come_in_as,
    make_account,
    make_board,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
    make_team,
)
from tests.scans import answered
from tests.scans.scans import invitation_of, make_ready_draft
from zwerm.core import clock
from zwerm.people.actions import requests
from zwerm.people.actions.staff import keep_upload
from zwerm.people.models import Account, Member, PrivacyRequest, School
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.people.staff_list.plan import plan_of
from zwerm.scans import link
from zwerm.scans.models import Comment, Instrument, ReportFile, Scan

ROLES = (
    "anonymous",
    "teacher",
    "facilitator",
    "school_leader",
    "staff_council",
    "privacy_officer",
    "board",
    "operator",
    "elsewhere",
    "by_link",
)
AT_SCHOOL = ROLES[1:6]
DAYS = {
    "draft": dt.date(2026, 11, 10),
    "open": dt.date(2026, 11, 10),
    "closed": dt.date(2026, 11, 23),
    "released": dt.date(2026, 11, 30),
}
LONG_AGO = dt.date(2020, 8, 1)

CANARY = "Kanarie"
"""Stands in every name of the school: whoever may not see it must not see this word."""

OWN_QUESTIONS = """\
name: Kanarie questions
source: Ours, 2026
licence: CC BY 4.0
scales:
  - id: joy
    label: {nl: Plezier, en: Joy}
    items:
      - {id: joy_1, nl: "Ik ga met plezier.", en: "I like going."}
      - {id: joy_2, nl: "Ik tel de dagen.", en: "I count the days.", reversed: true}
"""


BY_PROVIDER = ("openid_connect_login", "openid_connect_callback", "school_begin", "school_unlink")


class Town:
    """The school, its people, its scan, and the things in it that have an address."""

    draft: Scan
    """Another scan, where somebody made one."""

    def __init__(self, state: str, word: str = CANARY, **scan: Any) -> None:
        self.state = state
        self.word = word
        self.more = scan
        self.school = make_school(board=make_board())
        self.other = make_school()
        self.accounts: dict[str, Account] = {}
        with school_scope(self.school):
            self.people = self.make_people()
            self.scan = self.make_scan()
            self.member = make_member(self.school, name=f"{self.word} somebody")
            upload = f"naam;mail\n{self.word} new;new@school.example\n".encode()
            self.upload = keep_upload(
                self.school, by=self.accounts["facilitator"], name="staff.csv", content=upload
            )
            self.shown = plan_of(self.upload)[1].fingerprint
            self.comment = Comment.objects.create(
                school=self.school, scan=self.scan, text=f"{self.word} comment"
            )
            self.instrument = Instrument.objects.create(
                school=self.school, name=f"{self.word} questions", text=OWN_QUESTIONS
            )
            self.token = self.make_token()
            self.request = requests.ask(
                self.people[0], kind=PrivacyRequest.Kind.RECTIFY, words=f"{self.word} words"
            )
            self.leaver = make_member(self.school, name=f"{self.word} left", left_on=LONG_AGO)
        self.make_others()

    def make_people(self) -> list[Member]:
        """Fifteen colleagues: five with an account, the others without."""
        team = make_team(self.school, name=f"{self.word} team")
        people = []
        for role in AT_SCHOOL:
            member = make_signed_member(self.school, team=team, name=f"{self.word} {role}")
            self.accounts[role] = account_of(member)
            if role != "teacher":
                make_mandate(account_of(member), role, school=self.school, from_on=LONG_AGO)
            people.append(member)
        return people + [
            make_member(self.school, team=team, name=f"{self.word} {number}")
            for number in range(10)
        ]

    def make_scan(self) -> Scan:
        if self.state == "draft":
            who = self.accounts["facilitator"]
            return make_ready_draft(self.school, by=who, topic_nl=self.word, topic_en=self.word)
        names: dict[str, Any] = dict.fromkeys(("topic_nl", "topic_en"), self.word)
        names |= {"title": f"{self.word} scan", **self.more}
        scan = answered.make_scan(self.school, self.people, is_for_board=True, **names)
        answered.answer_all(scan, self.people, answered=12)
        if self.state in {"closed", "released"}:
            answered.close(scan)
            pdf = {"language": "nl", "pdf": f"%PDF-1.7 {self.word}".encode(), "digest": "0" * 64}
            ReportFile.objects.create(school=self.school, snapshot=scan.snapshot, **pdf)
        return answered.release(scan) if self.state == "released" else scan

    def make_token(self) -> str:
        if self.state == "draft":
            return "no-token"
        self.entry = answered.roster(self.scan, self.people)[10]
        return link.make_token(self.scan, invitation_of(self.entry))

    def make_others(self) -> None:
        for role in ("board", "operator"):
            self.accounts[role] = make_account()
            board = self.school.board if role == "board" else None
            make_mandate(self.accounts[role], role, board=board, from_on=LONG_AGO)
        with school_scope(self.other):
            self.accounts["elsewhere"] = account_of(make_signed_member(self.other))

    # --- who comes, and to where ---------------------------------------------------------------

    def browser_of(self, role: str) -> Client:
        browser = Client(headers={"accept-language": "en"})
        if role in self.accounts:
            come_in_as(browser, self.accounts[role])
        elif role == "by_link" and self.state != "draft":
            answer = HttpResponse()
            with crossing_schools("the test comes in by a link"):
                link.remember(answer, self.scan, invitation_of(self.entry))
            browser.cookies.update(answer.cookies)
        return browser

    def address(self, name: str) -> str:
        """The address by this name, about the things of this school."""
        room, _colon, page = name.rpartition(":")
        if room != "scans":
            of_page: dict[str, Any] = dict.fromkeys(("plan", "columns", "confirm"), self.upload.pk)
            of_page |= dict.fromkeys(("member", "leave"), self.member.pk)
            of_page |= dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn"), 1)
            of_page |= {"ask": "erase", "request": self.request.pk, "leaver_erase": self.leaver.pk}
            of_page |= dict.fromkeys(BY_PROVIDER, "other")
            return reverse(name, args=[of_page[page]] if page in of_page else [])
        more: dict[str, list[Any]] = {
            "setup": ["purpose"],
            "with": [self.token],
            "question": ["advice"],
            "save": ["advice"],
            "file": ["nl"],
            "guide": ["first_report"],
            "comment_report": [self.comment.pk],
            "comment_remove": [self.comment.pk],
        }
        if page in {"list", "start", "school_log"}:
            return reverse(name)
        first = self.instrument.pk if page == "instrument_file" else self.scan.pk
        return reverse(name, args=[first, *more.get(page, [])])

    def ids(self) -> list[Any]:
        """What the addresses of this school are about."""
        of_scans = (self.scan, self.comment, self.instrument)
        of_people = (self.upload, self.member, self.request, self.leaver)
        return [one.pk for one in (*of_scans, *of_people)]

    def sent(self, name: str, role: str) -> dict[str, Any]:
        """What a form on a page would send there: it would change something."""
        person = {
            "name": f"{self.word} changed",
            "email": f"{self.word}.changed@x.example",
            "language": "nl",
        }
        file = SimpleUploadedFile(
            "staff.csv", f"naam;mail\n{self.word} Other;other@x.example\n".encode()
        )
        every: dict[str, dict[str, Any]] = {
            "home:ask": {"words": f"{self.word} erase me"},
            "home:request": {"answer": "yes", "reply": f"{self.word} corrected"},
            "people:load": {"file": file},
            "people:columns": {"name": "0"},
            "people:confirm": {"shown": self.shown, "many_leave": "on"},
            "people:add": person,
            "people:member": person,
            "people:places": {"place": self.place_of(role)},
            "people:demo": {"account": str(self.accounts["teacher"].pk)},
            "scans:extend": {"closes_on": "2026-11-25", "report_on": "2026-12-01"},
            "scans:council": {
                "decision": "agree",
                "decided_on": "2026-11-09",
                "document": f"{self.word} PMR 9",
            },
            "scans:confirm": {"ask": "yes"} if role == "facilitator" else {},
            "scans:expectation": {"figure": "reciprocity", "direction": "risen", "note": ""},
            "scans:question": {"person": "2", "counter": "9"},
            "scans:save": {"person": "2", "counter": "9"},
            "scans:being_named": {"may_be_named": "no"},
            "account_request_login_code": {"email": "unknown@x.example"},
            "set_language": {"language": "nl"},
        }
        return every.get(name, {})

    def place_of(self, role: str) -> str:
        where: School = self.other if role == "elsewhere" else self.school
        return f"board:{self.school.board_id}" if role == "board" else f"school:{where.pk}"


@contextmanager
def town_in(state: str) -> Iterator[Town]:
    """The town on a day on which its scan is in this state."""
    with clock.at(DAYS[state]):
        yield Town(state)


def every_address() -> list[str]:
    """The name of every address of the site, from the resolver."""
    return sorted(set(names_in(get_resolver().url_patterns, "")))


def names_in(patterns: list[URLPattern | URLResolver], room: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names_in(one.url_patterns, f"{one.namespace}:" if one.namespace else room)
        else:
            yield f"{room}{one.name}"
