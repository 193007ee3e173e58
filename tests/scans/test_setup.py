"""Preparing: beginning a scan, who may, its purpose, and what is still missing."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_school
from tests.scans.pages import everything, logged, queries, sign_in, step, words
from tests.scans.scans import make_people, make_ready_draft
from zwerm.core import clock
from zwerm.people.scope import school_scope
from zwerm.scans.actions import drafting, grouping, opening
from zwerm.scans.models import Partition, Scan
from zwerm.scans.queries.readiness import STEPS

PURPOSE = {
    "title": "Scan autumn",
    "asker": "the team and the council",
    "topic_nl": "het werken met ouders",
    "topic_en": "working with parents",
    "form": "long",
    "has_comment": "on",
}
AGREEMENTS = {
    "dpia_reference": "DPIA 7",
    "legal_basis": "legitimate interest",
    "retain_months": "25",
    "floor_network": "12",
    "floor_scale": "6",
    "floor_comments": "10",
    "is_for_board": "on",
}


# --- beginning ---------------------------------------------------------------------


def test_a_facilitator_begins_a_scan(client, school, facilitator):
    response = client.post(reverse("scans:start"))

    scan = Scan.objects.get()
    assert response.headers["Location"] == step(scan, "purpose")
    assert (scan.status, scan.title) == ("draft", f"Scan {clock.today():%B %Y}")


def test_a_second_draft_is_refused_in_a_sentence(client, draft):
    response = client.post(reverse("scans:start"))

    assert response.status_code == 409
    assert "There is a draft already. Open it or throw it away first." in words(response)
    assert Scan.objects.count() == 1


def test_a_second_scan_starts_as_a_copy_of_the_last(client, school, facilitator):
    first = make_ready_draft(school, 12, 14, by=facilitator, retain_months=25, floor_network=11)
    left_out, leader, gone = make_people(school, 3)
    drafting.choose_roster(first, left_out=[left_out, gone], by=facilitator, by_name="F")
    drafting.mark_leaders(
        first, leaders=[leader, gone], nl="leiders", en="leaders", by=facilitator, by_name="F"
    )
    Scan.objects.filter(pk=first.pk).update(
        status="released", opened_at=clock.now(), questionnaire={}
    )
    gone.left_on = clock.today()
    gone.save()

    client.post(reverse("scans:start"))

    second = Scan.objects.get(status="draft")
    copied = [getattr(second, name) == getattr(first, name) for name in drafting.COPIED]
    assert copied == [True] * len(drafting.COPIED)
    assert second.previous == first
    assert second.partition_id == first.partition_id
    assert (list(second.left_out.all()), list(second.leaders.all())) == ([left_out], [leader])
    assert (second.closes_on, second.report_on, second.consents.count()) == (None, None, 0)
    assert "This is a copy of Scan autumn." in words(client.get(step(second, "purpose")))


# --- who may come in ---------------------------------------------------------------


def addresses(scan):
    posts = ["instrument", "merge", "neighbour", "groups_again"]
    return [step(scan, one) for one in STEPS] + [
        reverse(f"scans:{one}", args=[scan.pk]) for one in posts
    ]


@pytest.mark.parametrize("kind", ["school_leader", "staff_council", "privacy_officer", None])
def test_nobody_but_the_facilitator_changes_a_draft(client, school, kind):
    scan = make_ready_draft(school)
    sign_in(client, school, *([kind] if kind else []))
    before = everything()

    answers = [client.post(one, PURPOSE | AGREEMENTS) for one in addresses(scan)]
    seen = [client.get(step(scan, one)) for one in STEPS]

    assert {one.status_code for one in answers + seen} == {403}
    assert everything() == before


def test_a_facilitator_of_another_school_finds_no_draft(client, school):
    scan = make_ready_draft(school)
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "facilitator")
    before = everything()

    answers = [client.post(one, PURPOSE | AGREEMENTS) for one in addresses(scan)]

    assert {one.status_code for one in answers} == {404}
    assert everything() == before


def test_who_did_not_sign_in_is_asked_to(client, school):
    scan = make_ready_draft(school)

    locations = [client.post(one).headers["Location"] for one in addresses(scan)]

    assert {one.partition("?")[0] for one in locations} == {"/account/sign-in/"}


def test_an_unknown_step_is_not_found(client, draft):
    assert client.get(step(draft, "nonsense")).status_code == 404


def test_a_step_that_stood_open_since_before_the_opening_says_why_not(client, school, facilitator):
    scan = make_ready_draft(school, by=facilitator)
    opening.open_scan(scan, by=facilitator, by_name="Farah")
    before = everything()

    answers = [client.post(one, PURPOSE | AGREEMENTS) for one in addresses(scan)]

    assert {one.status_code for one in answers} == {409}
    assert {
        "This scan has been opened. Its settings can no longer be changed." in words(one)
        for one in answers
    } == {True}
    assert everything() == before


@pytest.mark.parametrize("name", STEPS)
def test_a_step_costs_the_same_queries_for_few_and_many_people(client, school, facilitator, name):
    scan = make_ready_draft(school, 10, 11, by=facilitator)
    client.get(step(scan, name))
    few = queries(client, step(scan, name))
    make_people(school, 12, 13, 14)
    client.get(step(scan, "groups"))

    assert queries(client, step(scan, name)) == few


# --- purpose -----------------------------------------------------------------------


def test_purpose_and_topic_are_kept_and_logged(client, draft):
    response = client.post(step(draft, "purpose"), PURPOSE)

    assert response.headers["Location"] == step(draft, "people")
    draft.refresh_from_db()
    assert (draft.asker, draft.topic_nl, draft.topic_en, draft.form, draft.has_comment) == (
        "the team and the council",
        "het werken met ouders",
        "working with parents",
        "long",
        True,
    )
    assert logged() == {
        "title": ("Scan", "Scan autumn", "Farah"),
        "asker": ("", "the team and the council", "Farah"),
        "topic_nl": ("", "het werken met ouders", "Farah"),
        "topic_en": ("", "working with parents", "Farah"),
        "form": ("short", "long", "Farah"),
        "has_comment": ("False", "True", "Farah"),
    }


@pytest.mark.parametrize("field", ["title", "asker", "topic_nl", "topic_en", "form"])
def test_a_purpose_without_one_of_its_parts_is_explained_and_not_kept(client, draft, field):
    before = everything()

    response = client.post(step(draft, "purpose"), PURPOSE | {field: ""})

    assert response.status_code == 200
    assert "This field is required." in words(response)
    assert everything() == before


def test_a_form_that_does_not_exist_is_refused(client, draft):
    response = client.post(step(draft, "purpose"), PURPOSE | {"form": "endless"})

    assert "endless is not one of the available choices" in words(response)
    assert Scan.objects.get().form == "short"


# --- the last step -----------------------------------------------------------------


def test_the_last_step_says_what_is_missing_with_a_way_to_each(client, school, draft):
    page = client.get(step(draft, "dates"))

    assert [one.step for one in page.context["missing"]] == [
        "purpose",
        "purpose",
        "people",
        "groups",
        "agreements",
        "agreements",
        "agreements",
        "dates",
    ]
    for one in page.context["missing"]:
        assert one.sentence in words(page)
        assert f'href="{step(draft, one.step)}"' in page.content.decode()
    assert "Open the scan" not in words(page)


def test_somebody_without_a_mail_address_is_missing(client, school, facilitator):
    scan = make_ready_draft(school, by=facilitator)
    make_member(school, email="")

    assert "1 person has no mail address. Add it, or leave this person out." in words(
        client.get(step(scan, "dates"))
    )


def test_a_draft_with_everything_can_be_opened_from_the_last_step(client, school, facilitator):
    scan = make_ready_draft(school, by=facilitator)

    page = client.get(step(scan, "dates"))

    assert "13 people get a personal link by mail." in words(page)
    assert f'action="{reverse("scans:open", args=[scan.pk])}"' in page.content.decode()


def test_a_draft_is_thrown_away_only_by_its_button(client, draft):
    url = reverse("scans:discard", args=[draft.pk])

    assert "Throw this draft away?" in words(client.get(url))
    assert Scan.objects.count() == 1
    assert client.post(url).headers["Location"] == reverse("scans:list")
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("kind", ["school_leader", "staff_council", "privacy_officer"])
def test_nobody_else_throws_a_draft_away(client, school, kind):
    scan = make_ready_draft(school)
    sign_in(client, school, kind)

    assert client.post(reverse("scans:discard", args=[scan.pk])).status_code == 403
    assert Scan.objects.count() == 1


def test_an_opened_scan_is_not_thrown_away(client, school, facilitator):
    scan = make_ready_draft(school, by=facilitator)
    opening.open_scan(scan, by=facilitator, by_name="Farah")

    assert client.post(reverse("scans:discard", args=[scan.pk])).status_code == 409
    assert Scan.objects.count() == 1


def test_a_partition_that_was_looked_at_twice_is_one(client, school, draft):
    make_people(school, 12)

    client.get(step(draft, "groups"))
    client.get(step(draft, "groups"))

    assert Partition.objects.count() == 1
    assert grouping.begin_partition(draft) == Partition.objects.get()
