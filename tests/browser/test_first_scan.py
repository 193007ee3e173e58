"""A facilitator prepares a scan from a staff list, the council consents, and the scan opens."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import xlsxwriter
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.visitor import DESKTOP, PHONE, link_in_mail
from tests.factories import make_account, make_mandate
from zwerm.people.models import Member
from zwerm.scans.models import RosterEntry, Scan

HEADINGS = ["Personeelsnummer", "Naam", "E-mail", "Team", "Functie", "Schaal", "FTE", "Taal"]
TEAMS = ["Talen"] * 15 + ["Exact"] * 14 + ["Kunst"] * 6
POST = ["leraar", "LB", "0,8"]
FACILITATOR = "person0@school.example"
COUNCIL = "person1@school.example"


def workbook(rows: list[list[str]]) -> dict[str, object]:
    """A file of Excel as one chooses it in a browser."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(place, 0, row)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "personeel.xlsx", "mimeType": kind, "buffer": content.getvalue()}


def staff_rows() -> list[list[str]]:
    return [
        [str(10_000 + i), f"Person {i}", f"person{i}@school.example", team, *POST, "en"]
        for i, team in enumerate(TEAMS)
    ]


def look_at(visitor, rows: list[list[str]]) -> None:
    """Send a staff list in and look at its dry run."""
    visitor.go("/people/load/")
    visitor.field("file").set_input_files(workbook(rows))
    visitor.press("Look at this file")


def figures_of_dry_run(visitor) -> dict[str, str]:
    terms = visitor.page.locator("dl.facts dt").all_inner_texts()
    return dict(zip(terms, visitor.page.locator("dl.facts dd").all_inner_texts(), strict=True))


def test_a_staff_list_is_looked_at_before_it_is_written(visit, school):
    make_mandate(make_account(email=FACILITATOR, language="en"), "facilitator", school=school)
    visitor = visit(DESKTOP)
    visitor.go("/people/load/")
    visitor.sign_in(FACILITATOR)

    wrong = staff_rows()
    wrong[3][2] = "not an address"
    look_at(visitor, wrong)
    assert visitor.page.locator("tr.fault").count() == 1
    assert "not an address is not a mail address" in visitor.main()
    visitor.check("a dry run with a fault")
    visitor.press("Write these changes")
    visitor.was_refused(409)
    expect(visitor.page.locator("main")).to_contain_text("Some rows have a fault")
    assert visitor.heading() == "What would change?"
    assert Member.objects.count() == 0

    look_at(visitor, staff_rows())
    shown = figures_of_dry_run(visitor)
    assert (shown["New"], shown["Left"], shown["Rows with a fault"]) == ("35", "0", "0")
    assert Member.objects.count() == 0
    visitor.press("Write these changes")
    expect(visitor.page.locator("ul.people > li")).to_have_count(35)
    assert Member.objects.count() == 35

    look_at(visitor, staff_rows())
    assert figures_of_dry_run(visitor)["The same"] == "35"
    assert "There is nothing to write" in visitor.main()
    assert visitor.complaints == []


def fill_purpose(visitor) -> None:
    visitor.field("title").fill("Scan autumn")
    visitor.field("asker").fill("the team and the council")
    visitor.field("topic_nl").fill("het werken met ouders")
    visitor.field("topic_en").fill("working with parents")
    visitor.page.locator("[name='form'][value='short']").check()
    visitor.field("has_comment").check()
    visitor.press("Save and go on")


def join_small_group(visitor) -> None:
    group = visitor.page.locator("li.group.tiny")
    expect(group).to_have_count(1)
    assert "Kunst" in group.inner_text()
    group.locator("select").select_option(label="Exact (20)")
    group.locator("input[name=name]").fill("Exact en kunst")
    group.get_by_role("button").click()
    expect(visitor.page.locator("li.group")).to_have_count(2)
    expect(visitor.page.locator("li.group.tiny")).to_have_count(0)
    assert "Every group is large enough" in visitor.main()
    visitor.press("Save and go on")


def mark_leaders(visitor, count: int) -> None:
    for place in range(count):
        visitor.field("leaders").nth(place).check()
    visitor.field("nl").fill("teamleiders")
    visitor.field("en").fill("team leaders")
    visitor.press("Save and go on")


def fill_agreements(visitor) -> None:
    visitor.field("dpia_reference").fill("DPIA 2026-04")
    visitor.field("legal_basis").fill("legitimate interest")
    visitor.page.locator("[name='retain_months'][value='13']").check()
    visitor.press("Save and go on")


def fill_dates(visitor) -> None:
    today = timezone.localdate()
    visitor.field("closes_on").fill(f"{today + dt.timedelta(days=14)}")
    visitor.field("report_on").fill(f"{today + dt.timedelta(days=21)}")
    visitor.press("Save the dates")


def consent(visitor, scan: Scan) -> None:
    """The council reads what it decides on, and records its decision."""
    visitor.go(f"/scan/{scan.pk}/council/")
    visitor.sign_in(COUNCIL)
    assert visitor.path() == f"/scan/{scan.pk}/council/"
    visitor.check("what the council decides on")
    visitor.page.locator("[name='decision'][value='agree']").check()
    visitor.field("document").fill("PMR 2026-11")
    visitor.press("Record the decision")
    expect(visitor.page.locator("p.state.good")).to_contain_text("PMR 2026-11")


def test_a_facilitator_prepares_a_scan_in_six_steps_and_opens_it_after_consent(visit, school):
    make_mandate(make_account(email=FACILITATOR, language="en"), "facilitator", school=school)
    make_mandate(make_account(email=COUNCIL, language="en"), "staff_council", school=school)
    visitor = visit(DESKTOP)
    visitor.go("/people/load/")
    visitor.sign_in(FACILITATOR)
    look_at(visitor, staff_rows())
    visitor.press("Write these changes")

    visitor.go("/scan/")
    visitor.press("Prepare a scan")
    fill_purpose(visitor)
    visitor.press("Save and go on")
    join_small_group(visitor)
    mark_leaders(visitor, 10)
    fill_agreements(visitor)
    fill_dates(visitor)
    missing = visitor.page.locator("main section.part")
    assert missing.locator("li").all_inner_texts() == ["The staff council has not decided yet."]
    assert visitor.page.get_by_role("button", name="Open the scan").count() == 0
    visitor.check("what is missing")

    scan = Scan.objects.get()
    council = visit(DESKTOP)
    consent(council, scan)
    mail.outbox.clear()
    visitor.page.reload()
    visitor.press("Open the scan")
    expect(visitor.page.locator(".message")).to_contain_text("The scan is open")
    visitor.check("a scan that just opened")

    scan.refresh_from_db()
    assert scan.is_open
    assert RosterEntry.objects.filter(scan=scan, is_leader=True).count() == 10
    assert sorted(one.to[0] for one in mail.outbox) == sorted(row[2] for row in staff_rows())
    assert link_in_mail("person7@school.example").startswith(f"/scan/{scan.pk}/with/")
    assert council.complaints == []

    teacher = visit(PHONE)
    teacher.go(link_in_mail("person7@school.example"))
    teacher.press("Go to the questions")
    agreed = teacher.page.locator("dl.deal").inner_text()
    assert "the team and the council" in agreed
    teacher.page.get_by_text("Read exactly what we promise").click()
    assert "DPIA 2026-04" in teacher.main()
    assert "Exact en kunst" in teacher.main()
    teacher.check("the agreements of this scan")
