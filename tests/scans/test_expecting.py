"""What the school expects of its next scan: the facilitator writes it, everybody reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories import make_member, make_school
from tests.fingerprint import everything
from tests.scans.answered import (
    REPORT_ON,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
    small_scan,
)
from tests.scans.pages import queries, sign_in, words
from tests.scans.scans import make_ready_draft
from tests.scans.twice import after, asked_more, before
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import Account, Member, School
from zwerm.people.scope import school_scope
from zwerm.scans.actions import opening
from zwerm.scans.actions.expecting import record_expectation
from zwerm.scans.models import Expectation, Scan

SENT = {"figure": "reciprocity", "direction": "risen", "note": "We visit lessons in pairs."}
AFTER = REPORT_ON + dt.timedelta(days=7)


@pytest.fixture
def scan(school: School) -> Scan:
    """A released scan of twelve people."""
    return release(close(small_scan(school)))


@pytest.fixture(autouse=True)
def _after_the_talk() -> Any:
    with clock.at(AFTER):
        yield


def page_of(scan: Scan) -> str:
    return reverse("scans:expectation", args=[scan.pk])


def open_next(school: School, by: Account) -> Scan:
    scan = make_ready_draft(school, by=by)
    opening.open_scan(scan, by=by, by_name="Farah")
    return scan


# --- it works ------------------------------------------------------------------


def test_the_facilitator_writes_down_one_expectation_and_everybody_reads_it(
    client: Client, school: School, scan: Scan
) -> None:
    sign_in(client, school, "facilitator", name="Farah")
    assert "Nothing has been written down yet." in words(client.get(page_of(scan)))

    answer = client.post(page_of(scan), SENT)

    assert answer.headers["Location"] == page_of(scan)
    kept = Expectation.objects.get()
    assert (kept.scan, kept.figure, kept.direction, kept.note) == (scan, *SENT.values())
    for kind in ("school_leader", "staff_council", None):
        other = Client(headers={"accept-language": "en"})
        sign_in(other, school, *([kind] if kind else []))
        read = words(other.get(page_of(scan)))
        assert "How often the other asks back: more than now. We visit lessons in pairs." in read
        assert "Keep this expectation" not in read


def test_it_may_change_until_the_next_scan_opens_and_stands_in_the_log(
    client: Client, school: School, scan: Scan
) -> None:
    sign_in(client, school, "facilitator", name="Farah")
    client.post(page_of(scan), SENT)
    client.post(page_of(scan), {"figure": "mean_named", "direction": "fallen", "note": ""})

    assert Expectation.objects.count() == 1
    lines = scan.log.filter(setting__startswith="expectation").order_by("setting", "before")
    assert [(one.setting, one.before, one.after, one.by_name) for one in lines] == [
        ("expectation", "", "reciprocity risen", "Farah"),
        ("expectation", "reciprocity risen", "mean_named fallen", "Farah"),
        ("expectation_note", "", SENT["note"], "Farah"),
        ("expectation_note", SENT["note"], "", "Farah"),
    ]
    reader = Client(headers={"accept-language": "en"})
    sign_in(reader, school, "staff_council")
    log = words(reader.get(reverse("scans:log", args=[scan.pk])))
    assert (
        "What is expected of the next scan How often the other asks back: more than now "
        "How many colleagues people ask for advice: less than now"
    ) in log


def test_the_report_and_the_page_of_the_scan_lead_to_it(
    client: Client, school: School, scan: Scan
) -> None:
    sign_in(client, school)
    for name in ("report", "detail"):
        page = client.get(reverse(f"scans:{name}", args=[scan.pk])).content.decode()
        assert page_of(scan) in page


# --- it is fixed ------------------------------------------------------------------


def test_once_the_next_scan_opened_it_can_no_longer_change(
    client: Client, school: School, scan: Scan
) -> None:
    account = sign_in(client, school, "facilitator", name="Farah")
    client.post(page_of(scan), SENT)
    open_next(school, account)
    before = everything()

    answer = client.post(page_of(scan), SENT | {"direction": "fallen"})

    assert answer.status_code == 409
    assert "The next scan has opened. What was expected of it can no longer change." in words(
        answer
    )
    assert everything() == before
    assert "Keep this expectation" not in words(client.get(page_of(scan)))
    assert "The next scan has opened. This can no longer change." in words(
        client.get(page_of(scan))
    )


def test_what_is_wrong_with_an_expectation_that_is_fixed_is_not_asked_to_be_mended(
    client: Client, school: School, scan: Scan
) -> None:
    account = sign_in(client, school, "facilitator", name="Farah")
    open_next(school, account)
    page = words(client.post(page_of(scan), SENT | {"direction": ""}))
    assert "The next scan has opened. This can no longer change." in page
    assert "Keep this expectation" not in page


def test_where_nothing_was_written_down_no_report_is_said_to_tell_of_it(
    client: Client, school: School
) -> None:
    staff = make_people(school, [30])
    earlier = before(school, staff)
    later = asked_more(after(school, staff, earlier), staff)
    sign_in(client, school)
    for scan in (later, release(later)):
        assert scan.previous == earlier
        read = words(client.get(page_of(earlier)))
        assert "Nothing has been written down yet." in read
        assert "what came of it" not in read


def test_once_the_next_report_is_out_the_page_leads_to_it(client: Client, school: School) -> None:
    staff = make_people(school, [30])
    earlier = before(school, staff)
    later = asked_more(after(school, staff, earlier), staff)
    sign_in(client, school, "facilitator", name="Farah")
    Expectation.objects.create(school=school, scan=earlier, figure="reciprocity", direction="risen")
    told = "The report of the scan that closed on"
    waiting = words(client.get(page_of(earlier)))
    assert "The next report puts it beside what came of it, if that can be seen." in waiting
    assert told not in waiting

    release(later)

    page = client.get(page_of(earlier))
    assert told in words(page)
    assert reverse("scans:report", args=[later.pk]) in page.content.decode()
    assert "The next report" not in words(page)


def test_a_next_scan_that_was_cancelled_lets_it_change_again(
    client: Client, school: School, scan: Scan
) -> None:
    account = sign_in(client, school, "facilitator", name="Farah")
    cancelled = open_next(school, account)
    opening.cancel_scan(cancelled, by=account, by_name="Farah")

    client.post(page_of(scan), SENT)

    assert Expectation.objects.get().figure == "reciprocity"


def test_before_the_report_has_appeared_nothing_is_expected(
    school: School, facilitator: Account
) -> None:
    closed = close(small_scan(school))
    with pytest.raises(Refused, match="Read the report first"):
        record_expectation(closed, **SENT, by=facilitator, by_name="Farah")
    assert not Expectation.objects.exists()


def test_a_scan_has_one_expectation_about_a_figure_with_a_verdict(
    school: School, scan: Scan
) -> None:
    def make(**fields: str) -> None:
        with transaction.atomic():
            Expectation.objects.create(
                **{"school": school, "scan": scan, "figure": "coupling", "direction": "risen"}
                | fields
            )

    for wrong in ({"figure": "gini"}, {"direction": "up"}):
        with pytest.raises(IntegrityError):
            make(**wrong)
    make()
    with pytest.raises(IntegrityError):
        make()


# --- who may not ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["school_leader", "staff_council", "privacy_officer", None])
def test_nobody_else_writes_it(
    client: Client, school: School, scan: Scan, kind: str | None
) -> None:
    sign_in(client, school, *([kind] if kind else []))
    before = everything()

    assert client.post(page_of(scan), SENT).status_code == 403
    assert everything() == before


def test_another_school_finds_nothing(client: Client, scan: Scan) -> None:
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "facilitator")
    before = everything()

    assert {
        client.get(page_of(scan)).status_code,
        client.post(page_of(scan), SENT).status_code,
    } == {404}
    assert everything() == before


# --- bad input -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"figure": ""}, "This field is required."),
        ({"figure": "gini"}, "gini is not one of the available choices"),
        ({"figure": "coupling"}, "coupling is not one of the available choices"),
        ({"direction": ""}, "This field is required."),
        ({"direction": "sideways"}, "sideways is not one of the available choices"),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"note": "Because Noor asked."}, "This is also the name of a colleague: Noor."),
    ],
)
def test_what_cannot_be_expected_is_explained_and_not_kept(
    client: Client, school: School, scan: Scan, wrong: dict[str, str], sentence: str
) -> None:
    sign_in(client, school, "facilitator", name="Farah")
    make_member(school, name="Noor Bakker")
    before = everything()

    assert sentence in words(client.post(page_of(scan), SENT | wrong))
    assert everything() == before


def test_no_note_holds_the_name_of_who_left_after_the_scan(client: Client, school: School) -> None:
    staff = [*make_people(school, [11]), *make_people(school, [1], name="Tim Bos")]
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    release(close(scan))
    Member.objects.filter(name="Tim Bos").update(left_on=AFTER)
    sign_in(client, school, "facilitator", name="Farah")
    before = everything()

    answer = client.post(page_of(scan), SENT | {"note": "Now that Tim has left."})
    assert "This is also the name of a colleague: Tim." in words(answer)
    assert everything() == before


def test_posts_can_be_chosen_where_both_groups_are_large_enough(
    client: Client, school: School
) -> None:
    staff = make_people(school, [24])
    marked = release(close(make_scan(school, staff, leaders=10)))
    sign_in(client, school, "facilitator", name="Farah")

    client.post(page_of(marked), SENT | {"figure": "coupling"})

    assert Expectation.objects.get().figure == "coupling"


# --- its cost ---------------------------------------------------------------------------


def test_the_page_costs_the_same_for_few_and_many_people(
    client: Client, school: School, scan: Scan
) -> None:
    sign_in(client, school, "facilitator", name="Farah")
    few = queries(client, page_of(scan))
    make_people(school, [20])
    assert queries(client, page_of(scan)) == few
    client.post(page_of(scan), SENT)
    assert queries(client, page_of(scan)) == few
