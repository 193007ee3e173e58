"""The staff council reads, decides and follows every change."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import make_account, make_mandate, make_school
from tests.scans.pages import queries, sign_in, step, words
from tests.scans.scans import consent, make_open_scan, make_ready_draft
from zwerm.core import clock
from zwerm.people.scope import school_scope
from zwerm.scans.actions import drafting, opening
from zwerm.scans.models import Consent, LedgerLine, SettingsLogLine
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.queries.readiness import consent_in_force


@pytest.fixture
def draft(school):
    scan = make_ready_draft(school)
    scan.consents.all().delete()
    return scan


def council(scan):
    return reverse("scans:council", args=[scan.pk])


def log(scan):
    return reverse("scans:log", args=[scan.pk])


def decide(client, scan, **more):
    sent = {"decision": "agree", "conditions": "", "decided_on": clock.today(), "document": "PMR 7"}
    return client.post(council(scan), sent | more)


# --- deciding ----------------------------------------------------------------------


def test_the_council_reads_the_agreements_and_consents(client, school, draft):
    account = sign_in(client, school, "staff_council")
    page = words(client.get(council(draft)))
    assert "What do you consent to?" in page
    assert "Legal basis legitimate interest" in page
    assert "There is no decision yet. Without consent the scan cannot open." in page
    assert '<form method="post" novalidate>' in client.get(council(draft)).content.decode()

    response = decide(client, draft)

    assert response.headers["Location"] == council(draft)
    kept = Consent.objects.get()
    assert (kept.decision, kept.document, kept.recorded_by) == ("agree", "PMR 7", account)
    assert consent_in_force(draft) == kept
    today = clock.today()
    assert f"Consent on {today.day} {today:%B %Y}: PMR 7" in words(client.get(council(draft)))


def test_a_draft_promises_no_consent_that_does_not_hold(school):
    """Who reads the agreements of a draft reads a date only when the council agrees to these."""
    draft, by = make_ready_draft(school), make_account()

    def said():
        words = placeholders(draft, "en")
        return words["consent_on"], words["consent_document"]

    today = clock.today()
    assert said() == (f"{today.day} {today:%B %Y}", "PMR 3")
    drafting.change_scan(draft, is_for_board=True, by=by, by_name="F")
    assert said() == ("not yet", "not yet")
    consent(draft, by)
    assert said()[1] == "PMR 3"
    consent(draft, by, "refuse")
    assert said() == ("not yet", "not yet")


def test_conditions_are_written_down_and_read_by_the_facilitator(client, school, draft):
    sign_in(client, school, "staff_council")
    refused = decide(client, draft, decision="conditions")
    assert "Write the conditions down." in words(refused)
    assert Consent.objects.count() == 0

    decide(client, draft, decision="conditions", conditions="Only after the exams.")

    assert consent_in_force(draft) is not None
    sign_in(client, school, "facilitator")
    page = words(client.get(step(draft, "agreements")))
    assert "The staff council consents with conditions" in page
    assert "Only after the exams." in page


def test_a_refusal_is_recorded_and_keeps_the_scan_closed(client, school, draft):
    sign_in(client, school, "staff_council")

    decide(client, draft, decision="refuse")

    assert consent_in_force(draft) is None
    assert "The last decision does not cover the agreements" in words(client.get(council(draft)))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"decision": ""}, "This field is required."),
        ({"decision": "perhaps"}, "perhaps is not one of the available choices"),
        ({"document": ""}, "This field is required."),
        ({"document": "x" * 201}, "at most 200 characters"),
        ({"decided_on": "yesterday"}, "Enter a valid date."),
        ({"decided_on": "2999-01-01"}, "This day has yet to come."),
        ({"conditions": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_faulty_decision_is_explained_and_not_kept(client, school, draft, sent, sentence):
    sign_in(client, school, "staff_council")

    assert sentence in words(decide(client, draft, **sent))
    assert Consent.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "may_read"),
    [("facilitator", 200), ("privacy_officer", 200), ("school_leader", 403), (None, 403)],
)
def test_nobody_decides_for_the_council(client, school, draft, kind, may_read):
    sign_in(client, school, *([kind] if kind else []))

    assert client.get(council(draft)).status_code == may_read
    assert decide(client, draft).status_code == 403
    assert Consent.objects.count() == 0


def test_the_council_of_another_school_finds_nothing(client, school, draft):
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "staff_council")

    assert {client.get(council(draft)).status_code, decide(client, draft).status_code} == {404}
    assert Consent.objects.count() == 0


def test_a_mandate_that_ended_decides_nothing(client, school, draft):
    account = sign_in(client, school)
    today = clock.today()
    make_mandate(
        account,
        "staff_council",
        school=school,
        from_on=today - dt.timedelta(days=9),
        until_on=today,
    )

    assert decide(client, draft).status_code == 403
    assert Consent.objects.count() == 0


def test_after_the_opening_no_decision_changes(client, school, draft):
    account = sign_in(client, school, "staff_council")
    decide(client, draft)
    opening.open_scan(draft, by=account, by_name="F")

    response = decide(client, draft, decision="refuse")

    assert response.status_code == 409
    assert [one.decision for one in Consent.objects.all()] == ["agree"]
    assert '<form method="post" novalidate>' not in client.get(council(draft)).content.decode()


def test_the_page_of_the_council_costs_the_same_after_three_decisions(client, school, draft):
    account = sign_in(client, school, "staff_council")
    decide(client, draft)
    once = queries(client, council(draft))
    consent(draft, account)
    consent(draft, account)

    assert queries(client, council(draft)) == once


# --- consent and agreements ----------------------------------------------------------


CHANGES = {
    "topic_nl": "rekenen",
    "topic_en": "maths",
    "asker": "the leaders",
    "form": "long",
    "has_comment": True,
    "dpia_reference": "DPIA 9",
    "legal_basis": "consent",
    "retain_months": 25,
    "floor_network": 12,
    "floor_scale": 6,
    "floor_comments": 12,
    "is_for_board": True,
}


@pytest.mark.parametrize("field", CHANGES)
def test_each_changed_agreement_asks_the_council_again(client, school, draft, field):
    account = make_account()
    consent(draft, account)

    drafting.change_scan(draft, **{field: CHANGES[field]}, by=account, by_name="F")

    assert consent_in_force(draft) is None
    sign_in(client, school, "staff_council")
    assert "does not cover the agreements as they are now" in words(client.get(council(draft)))


def test_an_agreement_that_is_put_back_has_its_consent_again(draft):
    account = make_account()
    consent(draft, account)
    for months in (25, 13):
        drafting.change_scan(draft, retain_months=months, by=account, by_name="F")

    assert consent_in_force(draft) is not None


# --- the log -----------------------------------------------------------------------


def test_every_change_is_read_in_words(client, school, draft):
    account = make_account()
    drafting.change_scan(
        draft,
        has_comment=True,
        form="long",
        retain_months=25,
        closes_on=dt.date(2030, 5, 1),
        report_on=dt.date(2030, 5, 9),
        by=account,
        by_name="Farah",
    )
    sign_in(client, school, "staff_council")

    page = words(client.get(log(draft)))

    was = draft.log.get(setting="closes_on", after="2030-05-01").before
    day = dt.date.fromisoformat(was)
    for line in (
        "Farah Open question no yes",
        "Farah Form Short scan Long scan",
        "Farah Months that answers are kept 13 25",
        f"Farah Last day to answer {day.day} {day:%B %Y} 1 May 2030",
        "Farah State of the scan - draft",
        "Zwerm Groups of the report - Team",
    ):
        assert line in page
    settings = set(SettingsLogLine.objects.values_list("setting", flat=True))
    assert [one for one in settings if "_" in one and one in page] == []


@pytest.mark.parametrize("kind", ["staff_council", "privacy_officer"])
def test_council_and_privacy_officer_read_the_log(client, school, draft, kind):
    sign_in(client, school, kind)

    assert "Every change of this scan's settings" in words(client.get(log(draft)))


@pytest.mark.parametrize("kind", ["facilitator", "school_leader", None])
def test_nobody_else_reads_the_log(client, school, draft, kind):
    sign_in(client, school, *([kind] if kind else []))

    assert client.get(log(draft)).status_code == 403


def test_what_was_destroyed_is_read_in_words(client, school):
    scan = make_open_scan(school, members=3)
    opening.cancel_scan(scan, by=make_account(), by_name="Farah")
    sign_in(client, school, "privacy_officer")
    today = clock.today()

    page = words(client.get(log(scan)))

    assert f"{today.day} {today:%B %Y}: the key, because the scan was cancelled." in page
    assert "Farah State of the scan open cancelled" in page
    assert LedgerLine.objects.count() == 2


def test_the_log_costs_the_same_for_one_line_and_for_many(client, school, draft):
    account = sign_in(client, school, "staff_council")
    few = queries(client, log(draft))
    for number in range(5):
        drafting.change_scan(draft, asker=f"group {number}", by=account, by_name="F")

    assert queries(client, log(draft)) == few
