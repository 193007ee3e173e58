"""What the demo does not have by itself: a scan in every other state, and the list of all pages.

Run in the environment of a demo; prints for each person an account and the pages they may open.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zwerm.settings")
django.setup()

import numpy as np  # noqa: E402  # Django must be ready before anything that has models
from django.urls import reverse  # noqa: E402

from tests.factories import make_account, make_mandate, make_member, make_school, make_step  # noqa: E402
from tests.scans.scans import make_open_scan  # noqa: E402
from zwerm.core import clock  # noqa: E402
from zwerm.core.models import Work  # noqa: E402
from zwerm.home.demo.answering import Mood  # noqa: E402
from zwerm.home.demo.answering import School as Crowd  # noqa: E402
from zwerm.home.demo.history import AFTER, HEROES, prepare  # noqa: E402
from zwerm.home.demo.schools import holder  # noqa: E402
from zwerm.people.actions import requests  # noqa: E402
from zwerm.people.actions.staff import keep_upload  # noqa: E402
from zwerm.people.models import (  # noqa: E402
    Account,
    Board,
    Mandate,
    Member,
    PrivacyRequest,
    School,
)
from zwerm.people.scope import school_scope  # noqa: E402
from zwerm.scans import library  # noqa: E402
from zwerm.scans.actions import closing, drafting, opening  # noqa: E402
from zwerm.scans.link import make_token  # noqa: E402
from zwerm.scans.models import Comment, Scan  # noqa: E402
from zwerm.scans.queries.readiness import STEPS  # noqa: E402

LIST = """Naam;E-mail;Team;FTE
Nieuwe Collega;nieuw@{mail};Talen;0,8
{name};{email};Sport;1
Zonder adres;geen adres;Talen;heel veel
"""

Page = dict[str, Any]
Tour = dict[str, dict[str, Any]]


def page(name: str, *arguments: object, **how: Any) -> Page:
    """A page by its name; with another status than 200, or always in one language."""
    return at(reverse(name, args=arguments), **how)


def at(path: str, *, status: int = 200, language: str = "") -> Page:
    return {"path": path, "status": status, "language": language}


def tour(account: Account | None, pages: Iterator[Page]) -> dict[str, Any]:
    return {"account": str(account.pk) if account else None, "pages": list(pages)}


def account_of(school: School, kind: Mandate.Kind) -> Account:
    account = holder(school, kind).account
    assert account
    return account


def answers_in(school: School, scan: Scan) -> None:
    """Nearly everybody answers."""
    rng = np.random.default_rng(7)
    size = Member.objects.filter(school=school).count()
    assert scan.questionnaire
    Crowd(rng, size).answer(scan, Mood(HEROES, AFTER, 0.92), scan.questionnaire)


def opened_scan(school: School, *, days_ago: int) -> Scan:
    """A scan of a demo school that opened some days ago."""
    day = clock.today() - dt.timedelta(days=days_ago)
    by = holder(school, Mandate.Kind.FACILITATOR)
    assert by.account
    with clock.at(day):
        scan = prepare(school, day)
        opening.open_scan(scan, by=by.account, by_name=by.name)
    scan.refresh_from_db()
    return scan


# --- a school for each state -----------------------------------------------------


def draft_and_cancelled(school: School) -> Iterator[tuple[str, dict[str, Any]]]:
    """Het Eiland: one scan was cancelled, the next is a draft without consent."""
    with school_scope(school):
        facilitator = account_of(school, Mandate.Kind.FACILITATOR)
        council = account_of(school, Mandate.Kind.STAFF_COUNCIL)
        cancelled = opened_scan(school, days_ago=5)
        opening.cancel_scan(cancelled, by=facilitator, by_name="somebody")
        draft = drafting.start_scan(school, title="Draft", by=facilitator, by_name="somebody")
        yield "draft", tour(facilitator, draft_pages(draft, cancelled))
        yield "council", tour(council, council_pages(draft))


def draft_pages(draft: Scan, cancelled: Scan) -> Iterator[Page]:
    yield page("home:start")
    yield page("scans:list")
    for step in STEPS:
        yield page("scans:setup", draft.pk, step)
    yield page("scans:discard", draft.pk)
    assert cancelled.previous
    yield page("scans:expectation", cancelled.previous.pk)
    yield page("scans:council", draft.pk)
    yield page("scans:confirm", draft.pk)
    yield page("scans:detail", cancelled.pk)


def council_pages(draft: Scan) -> Iterator[Page]:
    yield page("home:start")
    yield page("scans:detail", draft.pk)
    yield page("scans:council", draft.pk)
    yield page("scans:log", draft.pk)
    yield page("scans:school_log")
    yield page("scans:setup", draft.pk, "purpose", status=403)


def closed(school: School) -> Iterator[tuple[str, dict[str, Any]]]:
    """De Kleine Beer: a scan is closed and its report lies ready."""
    with school_scope(school):
        scan = opened_scan(school, days_ago=20)
        answers_in(school, scan)
        with clock.at(clock.today() - dt.timedelta(days=1), hour=1):
            closing.close_scan(scan)
        scan.work = Work.objects.create()
        scan.save(update_fields=["work"])
        closing.make_report(scan)
        teacher = Member.objects.filter(account__mandates__isnull=True).first()
        assert teacher
        pages = [page("scans:detail", scan.pk), page("scans:ask", scan.pk)]
        yield "closed", tour(teacher.account, iter([*pages, page("scans:thanks", scan.pk)]))


def other_states(board: Board) -> Iterator[tuple[str, dict[str, Any]]]:
    """Two new schools: nothing yet, and every rare state."""
    new = make_school(board=board, name="De Nieuwe")
    rare = make_school(board=board, name="De Zeldzame")
    account = make_account(email="nieuw@nieuwe.example")
    for school in (new, rare):
        make_mandate(account, "facilitator", school=school)
    yield "new", tour(account, iter(new_pages()))
    other = make_account(email="zeldzaam@zeldzame.example")
    make_mandate(other, "facilitator", school=rare)
    with school_scope(rare):
        make_member(rare, name="Bo Prins", email=other.email, account=other)
        yield "rare", tour(other, rare_pages(rare))


def new_pages() -> list[Page]:
    names = ("people:places", "home:start", "people:staff", "scans:list", "people:load")
    return [page(name) for name in names]


def rare_pages(school: School) -> Iterator[Page]:
    scan = make_open_scan(school, members=11, title="Open with a comment")
    yield page("scans:ask", scan.pk)
    for question in ("advice", "outside", "culture_1", "comment"):
        yield page("scans:question", scan.pk, question)
    busy = Work.objects.create(state=Work.State.BUSY, done=1, total=3)
    failed = Work.objects.create(state=Work.State.FAILED, done=1, total=3)
    closed_scans: dict[str, dict[str, Any]] = {
        "Withheld": {"withheld_reason": "audit"},
        "Busy": {"work": busy},
        "Failed": {"work": failed},
    }
    for title, fields in closed_scans.items():
        stopped = Scan.Status.CLOSED
        scan = make_open_scan(school, members=1, title=title, status=stopped, **fields)
        yield page("scans:detail", scan.pk)


# --- the large school ---------------------------------------------------------------


def large(school: School) -> Iterator[tuple[str, dict[str, Any]]]:
    with school_scope(school):
        scan = Scan.objects.open().get()
        report = Scan.objects.released().order_by("-released_at").first()
        assert report
        for text in ("More time together.", "The timetable is the problem."):
            Comment.objects.create(school=school, scan=report, text=text)
        yield from mandates_of(school, scan, report)
        free = Member.objects.filter(account__mandates__isnull=True, account__isnull=False)
        teacher = free.first()
        assert teacher
        yield "teacher", tour(teacher.account, teacher_pages(scan, report))
        yield "nobody", tour(None, nobody_pages(scan))


def mandates_of(school: School, scan: Scan, report: Scan) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = Mandate.Kind
    facilitator = account_of(school, kind.FACILITATOR)
    officer = account_of(school, kind.PRIVACY_OFFICER)
    yield "staff", tour(facilitator, staff_pages(school, facilitator))
    yield "facilitator", tour(facilitator, facilitator_pages(scan, report))
    yield "officer", tour(officer, officer_pages(scan, report))
    yield "leader", tour(account_of(school, kind.SCHOOL_LEADER), leader_pages(scan, report))


def staff_pages(school: School, by: Account) -> Iterator[Page]:
    member = Member.objects.exclude(email=by.email).first()
    assert member
    words = LIST.format(mail="waterlelie.example", name=member.name, email=member.email)
    upload = keep_upload(school, by=by, name="list.csv", content=words.encode())
    yield page("people:staff")
    yield at("/people/?q=qqq")
    yield page("people:add")
    yield page("people:member", member.pk)
    yield page("people:load")
    yield page("people:plan", upload.pk)


def facilitator_pages(scan: Scan, report: Scan) -> Iterator[Page]:
    yield page("home:start")
    yield page("scans:list")
    yield page("scans:detail", scan.pk)
    yield page("scans:detail", report.pk)
    yield page("scans:extend", scan.pk)
    yield page("scans:cancel", scan.pk)
    yield page("scans:council", scan.pk)


def officer_pages(scan: Scan, report: Scan) -> Iterator[Page]:
    """With a request that waits, one that was refused, and somebody who left."""
    kind, asker = PrivacyRequest.Kind, make_member(scan.school, name="Vera Vraag")
    waiting = requests.ask(asker, kind=kind.ERASE, words="Please erase me.")
    refused = requests.ask(asker, kind=kind.RECTIFY, words="Another name.")
    requests.refuse(refused, by=make_account(), reason="It is right.")
    left = make_member(scan.school, name="Bo Vertrokken", left_on=clock.today())
    make_step(account_of(scan.school, Mandate.Kind.PRIVACY_OFFICER))
    yield page("home:start")
    yield page("mfa_reauthenticate")
    yield page("home:requests")
    yield page("home:request", waiting.pk)
    yield page("home:request", refused.pk)
    yield page("home:leaver_erase", left.pk)
    yield page("scans:detail", scan.pk)
    yield page("scans:log", report.pk)
    yield page("scans:report", report.pk)


def leader_pages(scan: Scan, report: Scan) -> Iterator[Page]:
    yield page("home:start")
    yield page("people:staff")
    yield page("people:load", status=403)
    yield page("scans:setup", scan.pk, "purpose", status=403)
    for guide in library.load_guides().guides[:2]:
        yield page("scans:guide", report.pk, guide.id)


def teacher_pages(scan: Scan, report: Scan) -> Iterator[Page]:
    yield page("home:start")
    yield page("scans:ask", scan.pk)
    asked = (scan.questionnaire or {})["questions"]
    for kind in ("roster", "kinds", "item"):
        yield page("scans:question", scan.pk, next(q["id"] for q in asked if q["kind"] == kind))
    for name in ("thanks", "withdraw", "left"):
        yield page(f"scans:{name}", scan.pk)
    for name in ("report", "expectation", "mirror", "mirror_erase"):
        yield page(f"scans:{name}", report.pk)
    yield page("home:about_me")
    for about in PrivacyRequest.Kind:
        yield page("home:ask", about.value)
    for name in (
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_logout",
    ):
        yield page(name)
    yield at("/nowhere/", status=404)


def nobody_pages(scan: Scan) -> Iterator[Page]:
    """Without signing in."""
    yield page("account_request_login_code")
    yield page("people:demo")
    yield page("scans:left", scan.pk)
    yield page("scans:with", scan.pk, make_token(scan, scan.invitations.all()[0]), language="nl")
    yield page("scans:with", scan.pk, "AAAA", status=404)


def board_pages(reports: list[Scan]) -> Iterator[Page]:
    yield page("home:board")
    yield page("scans:board_report", reports[0].pk)


def whole_tour() -> Tour:
    by_name = {school.name: school for school in School.objects.all()}
    board = Board.objects.get()
    holder_of_board = Mandate.objects.get(board=board).account
    with school_scope(by_name["De Waterlelie"]):
        reports = list(Scan.objects.released())
    return {
        "board": tour(holder_of_board, board_pages(reports)),
        **dict(large(by_name["De Waterlelie"])),
        **dict(draft_and_cancelled(by_name["Het Eiland"])),
        **dict(closed(by_name["De Kleine Beer"])),
        **dict(other_states(board)),
    }


if __name__ == "__main__":
    print(json.dumps(whole_tour()))
