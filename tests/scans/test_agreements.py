"""The agreements and the dates of a draft."""

import datetime as dt

import pytest

from tests.scans.pages import everything, logged, step, words
from zwerm.core import clock
from zwerm.scans.models import Scan

AGREEMENTS = {
    "dpia_reference": "DPIA 7",
    "legal_basis": "legitimate interest",
    "retain_months": "25",
    "floor_network": "12",
    "floor_scale": "6",
    "floor_comments": "10",
    "is_for_board": "on",
}


# --- agreements --------------------------------------------------------------------


def test_agreements_are_kept_and_logged(client, draft):
    response = client.post(step(draft, "agreements"), AGREEMENTS)

    assert response.headers["Location"] == step(draft, "dates")
    draft.refresh_from_db()
    assert (draft.retain_months, draft.floor_network, draft.is_for_board) == (25, 12, True)
    assert logged() == {
        "dpia_reference": ("", "DPIA 7", "Farah"),
        "legal_basis": ("", "legitimate interest", "Farah"),
        "retain_months": ("13", "25", "Farah"),
        "floor_network": ("10", "12", "Farah"),
        "floor_scale": ("5", "6", "Farah"),
        "is_for_board": ("False", "True", "Farah"),
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("floor_network", "9", "greater than or equal to 10"),
        ("floor_scale", "4", "greater than or equal to 5"),
        ("floor_comments", "9", "greater than or equal to 10"),
        ("floor_network", "ten", "Enter a whole number."),
        ("floor_network", "99999999999", "less than or equal to"),
        ("retain_months", "14", "14 is not one of the available choices"),
        ("dpia_reference", "", "This field is required."),
        ("legal_basis", "", "This field is required."),
    ],
)
def test_a_floor_can_only_rise_and_nothing_may_be_missing(client, draft, field, value, sentence):
    before = everything()

    response = client.post(step(draft, "agreements"), AGREEMENTS | {field: value})

    assert sentence in words(response)
    assert everything() == before


def test_the_agreements_show_the_mode_and_the_contract_and_nobody_can_choose_another(client, draft):
    client.post(step(draft, "agreements"), AGREEMENTS | {"mode": "open_team"})

    draft.refresh_from_db()
    assert draft.mode == "protected"
    page = words(client.get(step(draft, "agreements")))
    assert "Privacy mode protected" in page
    assert "Under 65 per cent participation, conditions and drives" in page


# --- dates -------------------------------------------------------------------------


def test_dates_are_kept(client, draft):
    today = clock.today()
    closes_on, report_on = today + dt.timedelta(days=10), today + dt.timedelta(days=12)

    client.post(step(draft, "dates"), {"closes_on": closes_on, "report_on": report_on})

    draft.refresh_from_db()
    assert (draft.closes_on, draft.report_on) == (closes_on, report_on)
    assert logged()["closes_on"] == ("", str(closes_on), "Farah")


@pytest.mark.parametrize(
    ("closes", "reports", "sentence"),
    [
        (0, 5, "Choose a day after today."),
        (-3, 5, "Choose a day after today."),
        (10, 10, "Choose a day after the last day to answer."),
        (10, 8, "Choose a day after the last day to answer."),
        (4000, 4010, "This is more than a year ahead. Look at the year."),
        (None, 5, "This field is required."),
    ],
)
def test_impossible_dates_are_explained(client, draft, closes, reports, sentence):
    today = clock.today()
    sent = {
        "report_on": str(today + dt.timedelta(days=reports)),
        "closes_on": "31-31" if closes is None else str(today + dt.timedelta(days=closes)),
    }
    if closes is None:
        sentence = "Enter a valid date."

    response = client.post(step(draft, "dates"), sent)

    assert sentence in words(response)
    assert Scan.objects.get().closes_on is None
