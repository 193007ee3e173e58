"""A scan closes by itself, and on its day the report appears for everybody at once."""

from __future__ import annotations

import datetime as dt

import numpy as np
from django.core import mail
from playwright.sync_api import expect

from tests.browser.visitor import DESKTOP, PHONE
from tests.factories import make_account, make_mandate, make_member
from tests.scans.scans import make_open_scan
from zwerm.core import clock
from zwerm.home.demo.answering import Mood
from zwerm.home.demo.answering import School as Crowd
from zwerm.home.demo.history import AFTER, HEROES
from zwerm.people.models import Account, School
from zwerm.scans import jobs, sealed
from zwerm.scans.library.questionnaire import questionnaire
from zwerm.scans.library.texts import Text
from zwerm.scans.models import ReportFile, RosterEntry, Scan

COLLEAGUES = 24
PERSONS = {"teacher": None, "leader": "school_leader", "council": "staff_council"}


def make_persons(school: School) -> dict[str, Account]:
    """Three people on the staff list who read English, two of them with a mandate."""
    persons = {}
    for name, kind in PERSONS.items():
        account = make_account(email=f"{name}@school.example", language="en")
        make_member(school, name=f"Anna {name}", email=account.email, account=account)
        if kind:
            make_mandate(account, kind, school=school)
        persons[name] = account
    return persons


def make_answered_scan(school: School) -> Scan:
    asked = questionnaire("short", topic=Text("werken met ouders", "working with parents"))
    scan = make_open_scan(school, members=COLLEAGUES, questions=asked)
    crowd = Crowd(np.random.default_rng(5), COLLEAGUES + len(PERSONS))
    crowd.answer(scan, Mood(HEROES, AFTER, 0.93), asked.to_json())
    return scan


def answered(scan: Scan, name: str) -> bool:
    return sealed.read_answers(scan, RosterEntry.objects.get(scan=scan, name=name)) is not None


def tick_on(day: dt.date | None, hour: int) -> None:
    """What the worker does at that hour."""
    assert day
    with clock.at(day, hour=hour):
        jobs.tick()


def close_and_release(scan: Scan) -> None:
    assert scan.closes_on
    tick_on(scan.closes_on + dt.timedelta(days=1), hour=1)
    tick_on(scan.report_on, hour=9)


def test_nobody_reads_the_report_before_its_day_and_then_everybody_reads_the_same(visit, school):
    persons = make_persons(school)
    scan = make_answered_scan(school)
    visitors = {name: visit(DESKTOP) for name in persons}
    for name, visitor in visitors.items():
        visitor.enter_as(persons[name])
        visitor.go(f"/scan/{scan.pk}/report/")
        visitor.was_refused(404)

    assert scan.closes_on
    tick_on(scan.closes_on + dt.timedelta(days=1), hour=1)
    for visitor in visitors.values():
        visitor.go(f"/scan/{scan.pk}/")
        assert "The report is ready. It appears on" in visitor.main()
        visitor.go(f"/scan/{scan.pk}/report/")
        visitor.was_refused(404)

    mail.outbox.clear()
    tick_on(scan.report_on, hour=7)
    assert mail.outbox == []
    tick_on(scan.report_on, hour=9)
    assert len({one.to[0] for one in mail.outbox}) == COLLEAGUES + len(PERSONS)
    seen = set()
    for visitor in visitors.values():
        visitor.go(f"/scan/{scan.pk}/report/")
        seen.add(visitor.page.locator("article.report").inner_text())
        visitor.check("the report")
    assert len(seen) == 1


def test_a_report_has_a_table_for_each_picture_files_and_an_overview_for_oneself(visit, school):
    persons = make_persons(school)
    scan = make_answered_scan(school)
    close_and_release(scan)
    visitor = visit(PHONE)
    visitor.enter_as(persons["teacher"])
    visitor.go(f"/scan/{scan.pk}/report/")
    tables = visitor.page.locator("details.tablebox")
    figures = visitor.page.locator("figure")
    assert tables.count() >= figures.count() > 0
    for place in range(tables.count()):
        expect(tables.nth(place).locator("table")).not_to_be_visible()
        tables.nth(place).locator("summary").click()
        expect(tables.nth(place).locator("table")).to_be_visible()
    visitor.check("every table opened")

    for language in ("nl", "en"):
        answer = visitor.context.request.get(
            f"{visitor.address}/scan/{scan.pk}/report/{language}.pdf"
        )
        kept = ReportFile.objects.get(snapshot__scan=scan, language=language)
        assert answer.body() == bytes(kept.pdf)
    poster = visitor.context.request.get(f"{visitor.address}/scan/{scan.pk}/report/poster/")
    assert poster.body().startswith(b"%PDF")

    for name, account in persons.items():
        visitor = visit(PHONE)
        visitor.enter_as(account)
        visitor.go(f"/scan/{scan.pk}/mirror/")
        assert visitor.heading() == "What only you see"
        answers = visitor.page.get_by_role("table", name="Your answers").locator("tbody tr")
        assert (answers.count() > 0) == answered(scan, f"Anna {name}")
        visitor.check(f"the overview of the {name}")


def test_after_the_talk_the_facilitator_writes_down_what_is_expected_and_a_teacher_reads_it(
    visit, school
):
    persons = make_persons(school)
    make_mandate(persons["leader"], "facilitator", school=school)
    scan = make_answered_scan(school)
    close_and_release(scan)
    assert scan.report_on
    with clock.at(scan.report_on + dt.timedelta(days=7)):
        facilitator = visit(PHONE)
        facilitator.enter_as(persons["leader"])
        facilitator.go(f"/scan/{scan.pk}/report/")
        facilitator.follow("What we expect of the next scan")
        assert facilitator.heading() == "What do we expect of the next scan?"
        facilitator.check("nothing is expected yet")
        facilitator.press("Keep this expectation")
        facilitator.check("nothing was chosen")
        facilitator.page.get_by_label("How often the other asks back").check()
        facilitator.page.get_by_label("more than now").check()
        facilitator.field("note").fill("We visit lessons in pairs.")
        facilitator.press("Keep this expectation")
        assert "How often the other asks back: more than now." in facilitator.main()
        facilitator.check("an expectation is kept")

        teacher = visit(DESKTOP)
        teacher.enter_as(persons["teacher"])
        teacher.go(f"/scan/{scan.pk}/expectation/")
        assert "We visit lessons in pairs." in teacher.main()
        assert teacher.field("figure").count() == 0
        teacher.check("what is expected, for a teacher")
