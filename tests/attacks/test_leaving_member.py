"""Who leaves the school loses every way in at once, and no report shows that they went."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.attacks.addresses import address, addresses, page
from tests.factories import account_of, make_mandate, make_signed_member
from tests.home.somebody import MINE, Somebody, make_somebody
from tests.roles import LONG_AGO
from tests.scans.answered import OPENED_ON, REPORT_ON
from tests.scans.scans import invitation_of
from zwerm.core import clock
from zwerm.home import jobs
from zwerm.people.kept import LEAVERS_MONTHS
from zwerm.people.models import Member, School
from zwerm.scans import link
from zwerm.scans.models import RosterEntry, Scan

LONG_AFTER = REPORT_ON + dt.timedelta(days=31 * (LEAVERS_MONTHS + 1))
FOR_ALL = {"account_login", "account_request_login_code", "home:live", "home:ready"}
FOR_ALL |= {"scans:left", "scans:with"}
"""What a stranger may open too; the last says that this is no link."""

REPORT = ("scans:report", "scans:detail", "scans:guide")


@pytest.fixture
def open_scan(school: School) -> Somebody:
    """Somebody who answered a scan that is open, and whose browser is signed in."""
    return make_somebody(school, is_released=False)


@pytest.fixture
def officer(school: School) -> Client:
    """The browser of who keeps the staff list, since long ago."""
    member = make_signed_member(school, language="en")
    make_mandate(account_of(member), "facilitator", school=school, from_on=LONG_AGO)
    browser = Client()
    browser.force_login(account_of(member))
    return browser


def by_link(scan: Scan, entry: RosterEntry) -> tuple[Client, str]:
    """A browser that came in by the personal link, and that link."""
    where = reverse("scans:with", args=[scan.pk, link.make_token(scan, invitation_of(entry))])
    browser = Client(headers={"accept-language": "en"})
    browser.post(where)
    return browser, where


def opened(browser: Client, somebody: Somebody) -> set[str]:
    """What this browser still reaches, of everything that is not for all."""
    found = addresses(somebody.scan, somebody.colleague)
    return {
        name for name, where in found.items() if browser.get(where).status_code == 200
    } - FOR_ALL


def leave_by_page(officer: Client, member: Member) -> None:
    assert officer.post(reverse("people:leave", args=[member.pk])).status_code == 302


def test_sessions_and_links_are_dead_at_once(open_scan: Somebody, officer: Client) -> None:
    """Signed in, come in by the link on another device, and the link itself once more."""
    scan, member = open_scan.scan, open_scan.member
    with clock.at(OPENED_ON):
        device, where = by_link(scan, open_scan.entry)
        colleague, _link = by_link(scan, RosterEntry.objects.get(member=open_scan.colleague))
        before = opened(open_scan.browser, open_scan), opened(device, open_scan)
        assert {"home:start", "scans:ask", "scans:detail", "people:staff"} <= before[0]
        assert {"scans:ask", "scans:thanks", "scans:question"} <= before[1]

        leave_by_page(officer, member)

        assert (opened(open_scan.browser, open_scan), opened(device, open_scan)) == (set(), set())
        again: Any = Client().post(where)
        assert (again.status_code, [*again.cookies]) == (404, ["csrftoken"])
        # The link of who stayed still works: it is the leaving that ends it.
        assert "scans:ask" in opened(colleague, open_scan)


def test_who_signs_in_again_after_leaving_reaches_nothing(
    open_scan: Somebody, officer: Client
) -> None:
    """Even with a session that nobody ended: who acts is looked up at each request."""
    account = account_of(open_scan.member)
    leave_by_page(officer, open_scan.member)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account)
    assert {one for one in opened(browser, open_scan) if not one.startswith("account_")} == set()


def test_nothing_of_who_left_is_there_after_the_term_and_no_byte_of_the_report_moved(
    school: School, officer: Client
) -> None:
    """A colleague reads the report before, after the leaving, and after the erasure."""
    left = make_somebody(school)
    reader = Client(headers={"accept-language": "en"})
    reader.force_login(account_of(left.colleague))

    def report() -> tuple[str, dict[str, bytes]]:
        with clock.at(REPORT_ON):
            told = {one: page(reader, address(one, left.scan, left.colleague)) for one in REPORT}
        return left.scan.snapshot.digest, told

    def staff_list() -> bytes:
        found: bytes = reader.get(reverse("people:staff")).content
        return found

    before = report()
    assert MINE.encode() in staff_list()
    with clock.at(REPORT_ON):
        leave_by_page(officer, left.member)
        assert MINE.encode() not in staff_list()
    assert report() == before
    with clock.at(LONG_AFTER):
        jobs.tick()
    assert not Member.objects.filter(pk=left.member.pk).exists()
    assert report() == before


def test_a_report_that_counted_who_is_still_here_would_be_seen(school: School) -> None:
    """A fault is planted: the title says how many of the roster are there. The bytes differ."""
    left = make_somebody(school)
    reader = Client(headers={"accept-language": "en"})
    reader.force_login(account_of(left.colleague))

    def report() -> bytes:
        here = RosterEntry.objects.filter(scan=left.scan, member__left_on=None).count()
        Scan.objects.filter(pk=left.scan.pk).update(title=f"Scan of {here}")
        with clock.at(REPORT_ON):
            return page(reader, address("scans:detail", left.scan, left.colleague))

    before = report()
    Member.objects.filter(pk=left.member.pk).update(left_on=REPORT_ON)
    assert report() != before
