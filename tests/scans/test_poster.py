"""The poster in the staff room: who scans its code identifies themselves by a code by mail."""

import re

import pytest
import segno
from django.core import mail
from django.urls import reverse

from tests.scans.pages import sign_in, words
from tests.scans.scans import answers_of, entries_of, make_open_scan, make_ready_draft
from tests.scans.test_printing import drawn
from zwerm.core import clock
from zwerm.people.models import Account
from zwerm.scans import printing
from zwerm.scans.models import AnswerBlob, Scan
from zwerm.scans.queries.promises import placeholders

CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.M)


@pytest.fixture
def scan(school):
    return make_open_scan(school)


def poster(client, scan):
    return client.get(reverse("scans:poster", args=[scan.pk]))


def sign_in_by_code(client, scan, address):
    """Scan the code of the poster, and sign in as the page asks."""
    here = client.get(reverse("scans:ask", args=[scan.pk]), follow=True)
    url, _status = here.redirect_chain[-1]
    asked = client.post(url, {"email": address})
    found = CODE.search(str(mail.outbox[-1].body)) if mail.outbox else None
    code = found[0] if found else "AAAA-AAAA"
    return client.post(asked.headers["Location"], {"code": code}, follow=True)


def test_the_facilitator_prints_a_poster_of_one_page(client, school, scan):
    sign_in(client, school, "facilitator")

    answer = poster(client, scan)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert len(drawn(answer.content)) == 1


def test_the_code_of_the_poster_leads_to_the_questions_and_names_nobody(scan, settings):
    address = settings.SITE_URL + reverse("scans:ask", args=[scan.pk])
    code = segno.make(address, error="m").svg_inline(scale=10, border=0, omitsize=True)

    page = printing.invitation_page(scan, "en", placeholders(scan, "en"))

    assert code in page
    assert [entry.name for entry in entries_of(scan) if entry.name in page] == []
    for one in ("About 2 minutes, on your phone.", "Confidential.", "an access code in your own"):
        assert one in page


@pytest.mark.parametrize("kind", ["school_leader", "staff_council", "privacy_officer", None])
def test_nobody_else_prints_the_poster(client, school, scan, kind):
    sign_in(client, school, *([kind] if kind else []))

    assert poster(client, scan).status_code == 403


def test_there_is_no_poster_before_the_opening_and_after_the_close(client, school, scan):
    sign_in(client, school, "facilitator")
    Scan.objects.filter(pk=scan.pk).update(status="closed")
    draft = make_ready_draft(school)

    assert poster(client, scan).status_code == 404
    assert poster(client, draft).status_code == 404


def test_somebody_on_the_list_answers_after_a_code_by_mail(client, scan):
    entry = entries_of(scan)[0]
    assert Account.objects.count() == 0

    page = sign_in_by_code(client, scan, entry.member.email)

    assert page.request["PATH_INFO"] == reverse("scans:ask", args=[scan.pk])
    assert f"for {entry.name}" in words(page)
    assert [one.to for one in mail.outbox] == [[entry.member.email]]
    client.post(reverse("scans:save", args=[scan.pk, "culture_1"]), {"value": "4", "counter": 1})
    answers = answers_of(scan, entry)
    assert (answers.answer("culture_1"), answers.through_roster_address) == (4, True)


def test_who_does_not_have_the_code_does_not_come_in(client, scan):
    entry = entries_of(scan)[0]
    url = client.get(reverse("scans:ask", args=[scan.pk])).headers["Location"]
    asked = client.post(url, {"email": entry.member.email})

    client.post(asked.headers["Location"], {"code": "AAAA-AAAA"})

    assert "sign-in" in client.get(reverse("scans:ask", args=[scan.pk])).headers["Location"]
    assert AnswerBlob.objects.count() == 0


def test_an_address_that_is_not_on_the_list_gets_the_same_page_and_no_mail(client, scan):
    known, unknown = client, type(client)()
    pages = []
    for visitor, address in ((known, entries_of(scan)[0].member.email), (unknown, "x@y.example")):
        url = visitor.get(reverse("scans:ask", args=[scan.pk])).headers["Location"]
        pages.append(visitor.post(url, {"email": address}, follow=True))

    assert pages[0].status_code == pages[1].status_code == 200
    assert words(pages[0]).replace(entries_of(scan)[0].member.email, "") == words(pages[1]).replace(
        "x@y.example", ""
    )
    assert len(mail.outbox) == 1


def test_a_member_who_came_after_the_opening_is_told_to_wait(client, school, scan):
    account = sign_in(client, school)
    client.logout()

    page = sign_in_by_code(client, scan, account.email)

    assert "Whoever came later takes part in the next scan." in words(page)


def test_after_the_last_day_the_poster_leads_to_what_everybody_may_know(client, scan):
    entry = entries_of(scan)[0]
    with clock.at(scan.report_on):
        page = sign_in_by_code(client, scan, entry.member.email)

    assert "This scan is closed" in words(page)
