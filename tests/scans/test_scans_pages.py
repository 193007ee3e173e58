"""The list of scans and the page of one: what each person sees of it, and what costs how much."""

import pytest
from django.urls import reverse

from tests.factories import make_school
from tests.scans.pages import queries, sign_in, words
from tests.scans.scans import make_open_scan, make_people, make_ready_draft
from zwerm.core import clock
from zwerm.people.scope import school_scope
from zwerm.scans.models import Scan

LIST = reverse("scans:list")


@pytest.fixture
def scan(school):
    return make_open_scan(school)


def as_asked(client, scan):
    """Signed in as somebody on the roster."""
    account = sign_in(client, scan.school)
    entry = scan.roster.first()
    account.members.all().delete()
    entry.member.account, entry.member.email = account, account.email
    entry.member.save()
    return entry


# --- the list ----------------------------------------------------------------------


def test_the_list_says_of_each_scan_where_it_stands(client, school):
    today = clock.today()
    for status in ("closed", "released", "cancelled"):
        one = make_open_scan(school, members=1, title=status.upper())
        Scan.objects.filter(pk=one.pk).update(
            status=status, released_at=clock.now() if status == "released" else None
        )
    make_open_scan(school, members=1, title="OPEN")
    sign_in(client, school)

    said = words(client.get(LIST))

    day = f"{today.day} {today:%B %Y}"
    for line in (
        "OPEN Open until the end of",
        "CLOSED Closed. The report comes on",
        f"RELEASED The report appeared on {day}",
        "CANCELLED Cancelled. All answers were destroyed.",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("kind", "sees"),
    [
        ("facilitator", True),
        ("staff_council", True),
        ("privacy_officer", True),
        ("school_leader", False),
        (None, False),
    ],
)
def test_a_draft_is_seen_by_who_prepares_consents_and_guards(client, school, kind, sees):
    draft = make_ready_draft(school)
    sign_in(client, school, *([kind] if kind else []))

    assert ("Scan autumn In preparation" in words(client.get(LIST))) == sees
    assert client.get(draft.get_absolute_url()).status_code == (
        404 if not sees else 302 if kind == "facilitator" else 200
    )


@pytest.mark.parametrize(
    ("kind", "may"), [("facilitator", True), ("school_leader", False), ("staff_council", False)]
)
def test_only_a_facilitator_prepares_a_scan(client, school, kind, may):
    sign_in(client, school, kind)

    assert ("Prepare a scan" in words(client.get(LIST))) == may
    answer = client.post(reverse("scans:start"))
    assert answer.status_code == (302 if may else 403)
    assert Scan.objects.count() == may


def test_a_school_without_scans_reads_how_one_begins(client, school):
    sign_in(client, school)

    assert "No scan has been held here yet." in words(client.get(LIST))


def test_scans_of_another_school_do_not_exist(client, school, scan):
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "facilitator", "staff_council", "privacy_officer")

    assert "Scan autumn" not in words(client.get(LIST))
    for name in ("detail", "work", "council", "log", "report", "extend", "cancel", "poster"):
        assert client.get(reverse(f"scans:{name}", args=[scan.pk])).status_code == 404


def test_who_did_not_sign_in_sees_no_scan(client, scan):
    for name in ("detail", "work", "council", "log", "report", "extend", "cancel", "poster"):
        answer = client.get(reverse(f"scans:{name}", args=[scan.pk]))
        assert answer.headers["Location"].startswith("/account/sign-in/?next=")


def test_one_and_three_scans_cost_the_same(client, school):
    first = make_open_scan(school, members=2)
    Scan.objects.filter(pk=first.pk).update(status="released", released_at=clock.now())
    sign_in(client, school, "facilitator")
    one = queries(client, LIST)
    for _ in range(2):
        other = make_open_scan(school, members=2)
        Scan.objects.filter(pk=other.pk).update(status="released", released_at=clock.now())

    assert queries(client, LIST) == one <= 25


# --- the page of one ---------------------------------------------------------------


def test_who_is_asked_is_led_to_the_questions(client, scan):
    as_asked(client, scan)

    page = client.get(scan.get_absolute_url())

    assert f'href="{reverse("scans:ask", args=[scan.pk])}"' in page.content.decode()
    assert "For the facilitator" not in words(page)
    assert "Who changed which setting" not in words(page)


def test_a_facilitator_who_is_not_asked_sees_what_a_facilitator_does(client, school, scan):
    sign_in(client, school, "facilitator")

    said = words(client.get(scan.get_absolute_url()))

    assert "Go to the questions" not in said
    for one in (
        "Poster for the staff room (PDF, A3)",
        "Move the last day, once",
        "Cancel this scan",
        "You cannot see who answered, and neither can anybody else.",
    ):
        assert one in said
    assert "Only in this demo" not in said


def test_a_scan_that_was_extended_shows_that_way_no_more(client, school, scan):
    Scan.objects.filter(pk=scan.pk).update(extended_from_on=scan.closes_on)
    sign_in(client, school, "facilitator")

    assert "Move the last day, once" not in words(client.get(scan.get_absolute_url()))


def test_after_the_last_day_nobody_is_led_to_the_questions(client, scan):
    as_asked(client, scan)

    with clock.at(scan.report_on):
        said = words(client.get(scan.get_absolute_url()))

    assert "The last day is over. The scan is being closed." in said
    assert "Go to the questions" not in said


@pytest.mark.parametrize("kinds", [("facilitator",), ("privacy_officer", "staff_council"), ()])
def test_the_page_costs_the_same_for_few_and_many_people(client, school, kinds):
    few = make_open_scan(school, members=2)
    sign_in(client, school, *kinds)
    cost = queries(client, few.get_absolute_url())
    Scan.objects.filter(pk=few.pk).update(status="released", released_at=clock.now())
    make_people(school, 20)
    many = make_open_scan(school, members=20)

    assert queries(client, many.get_absolute_url()) == cost <= 25
