"""Opening: only when everything is there, and then everything is frozen."""

import datetime as dt

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import make_member
from tests.scans.pages import everything, sign_in, words
from tests.scans.scans import (
    consent,
    entries_of,
    make_people,
    make_ready_draft,
)
from zwerm.core import clock, sealing
from zwerm.core.errors import Refused
from zwerm.people.models import Member, Team
from zwerm.scans import sealed
from zwerm.scans.actions import drafting, grouping, opening
from zwerm.scans.models import Group, RosterEntry, Scan


def open_url(scan):
    return reverse("scans:open", args=[scan.pk])


def log_of(scan):
    return [(one.setting, one.before, one.after) for one in scan.log.exclude(before="")]


@pytest.fixture
def ready(school, facilitator):
    return make_ready_draft(school, 12, 14, by=facilitator)


# --- opening -----------------------------------------------------------------------


def test_the_button_opens_the_scan_and_mails_everybody(client, ready):
    response = client.post(open_url(ready))

    ready.refresh_from_db()
    assert ready.status == "open"
    assert response.headers["Location"] == ready.get_absolute_url()
    assert len(mail.outbox) == 27
    assert log_of(ready)[0] == ("status", "draft", "open")


@pytest.mark.parametrize("kind", ["school_leader", "staff_council", "privacy_officer", None])
def test_nobody_else_opens_a_scan(client, school, kind):
    scan = make_ready_draft(school)
    sign_in(client, school, *([kind] if kind else []))
    before = everything()

    assert client.post(open_url(scan)).status_code == 403
    assert everything() == before
    assert mail.outbox == []


NECESSARY = {
    "asker": "Say who asks",
    "topic_nl": "Choose the one topic",
    "topic_en": "Choose the one topic",
    "dpia_reference": "Give the reference of the privacy impact assessment.",
    "legal_basis": "Give the legal basis in plain words.",
    "closes_on": "Choose the last day and the day of the report.",
    "report_on": "Choose the last day and the day of the report.",
    "partition": "Look at the groups of the report.",
}


@pytest.mark.parametrize(("field", "sentence"), NECESSARY.items())
def test_a_scan_without_one_of_these_does_not_open(client, ready, facilitator, field, sentence):
    empty = None if field in {"closes_on", "report_on", "partition"} else ""
    drafting.change_scan(ready, **{field: empty}, by=facilitator, by_name="F")
    consent(ready, facilitator)
    before = everything()

    response = client.post(open_url(ready))

    assert response.status_code == 409
    assert sentence in words(response)
    assert everything() == before
    assert mail.outbox == []


def test_a_scan_without_consent_does_not_open(client, ready):
    ready.consents.all().delete()
    before = everything()

    response = client.post(open_url(ready))

    assert response.status_code == 409
    assert "The staff council has not decided yet." in words(response)
    assert everything() == before


def test_a_scan_that_the_council_refused_does_not_open(client, ready, facilitator):
    consent(ready, facilitator, "refuse")

    response = client.post(open_url(ready))

    assert "The staff council did not consent." in words(response)
    assert Scan.objects.get().status == "draft"


def test_a_scan_whose_agreements_changed_since_does_not_open(client, ready, facilitator):
    drafting.change_scan(ready, is_for_board=True, by=facilitator, by_name="F")

    response = client.post(open_url(ready))

    assert "An agreement changed after the staff council consented." in words(response)
    assert Scan.objects.get().status == "draft"


def test_a_last_day_that_has_passed_meanwhile_is_explained(client, ready):
    with clock.at(ready.closes_on):
        response = client.post(open_url(ready))

    assert "The last day must lie after today." in words(response)
    assert Scan.objects.get().status == "draft"


def test_a_school_has_one_open_scan(client, school, ready):
    client.post(open_url(ready))
    client.post(reverse("scans:start"))
    second = Scan.objects.get(status="draft")
    today = clock.today()
    facilitator = ready.log.first().by
    drafting.change_scan(
        second,
        closes_on=today + dt.timedelta(days=9),
        report_on=today + dt.timedelta(days=12),
        by=facilitator,
        by_name="F",
    )
    consent(second, facilitator)

    response = client.post(open_url(second))

    assert "Another scan is open. Wait until it closes." in words(response)
    assert second.roster.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Scan.objects.filter(pk=second.pk).update(
            status="open", questionnaire={}, opened_at=clock.now()
        )


def test_opening_twice_is_refused_and_mails_nobody_again(client, ready):
    client.post(open_url(ready))
    sent = len(mail.outbox)

    assert client.post(open_url(ready)).status_code == 409
    assert (len(mail.outbox), RosterEntry.objects.count()) == (sent, sent)


# --- what is frozen ----------------------------------------------------------------


def test_the_roster_is_frozen_as_it_was(school, ready, facilitator):
    leader, objector, left_out = Member.objects.exclude(account=facilitator)[:3]
    objector.may_be_named = False
    objector.save()
    drafting.mark_leaders(ready, leaders=[leader], nl="a", en="b", by=facilitator, by_name="F")
    drafting.choose_roster(ready, left_out=[left_out], by=facilitator, by_name="F")
    consent(ready, facilitator)
    opening.open_scan(ready, by=facilitator, by_name="F")

    entries = {entry.member: entry for entry in ready.roster.select_related("member", "group")}
    assert left_out not in entries
    assert [one for one, entry in entries.items() if entry.is_leader] == [leader]
    assert [one for one, entry in entries.items() if not entry.may_be_named] == [objector]
    for member, entry in entries.items():
        home = Team.objects.filter(memberships__member=member, memberships__is_home=True).first()
        assert (entry.name, entry.team_name) == (member.name, home.name if home else "")
        assert (home in entry.group.teams.all()) if home else (entry.group is None)


def test_numbers_on_the_roster_say_nothing_about_names(ready, facilitator):
    opening.open_scan(ready, by=facilitator, by_name="F")

    numbers = [entry.number for entry in entries_of(ready)]
    assert sorted(numbers) == list(range(27))
    assert numbers != sorted(numbers)


def test_whoever_joins_or_moves_afterwards_waits_for_the_next_scan(
    client, school, ready, facilitator
):
    opening.open_scan(ready, by=facilitator, by_name="F")
    roster = list(ready.roster.values_list("name", "team_name", "is_leader").order_by("pk"))
    Member.objects.exclude(account=facilitator).update(name="Somebody new")
    newcomer = sign_in(client, school, name="Newcomer")

    response = client.get(reverse("scans:ask", args=[ready.pk]))

    assert response.status_code == 403
    assert "Whoever came later takes part in the next scan." in words(response)
    assert not ready.roster.filter(member__account=newcomer).exists()
    assert list(ready.roster.values_list("name", "team_name", "is_leader").order_by("pk")) == roster


def test_questions_and_box_are_frozen(ready, facilitator):
    opening.open_scan(ready, by=facilitator, by_name="F")

    questions = [one["id"] for one in ready.questionnaire["questions"]]
    assert questions[0] == "advice"
    assert ready.questionnaire["questions"][0]["text"]["en"].endswith("about language?")
    assert ready.box_bytes > 600 + 2 * 27 * 5


def test_the_key_is_kept_wrapped_and_new_for_each_scan(school, ready, facilitator):
    opening.open_scan(ready, by=facilitator, by_name="F")
    key = sealed.key_of(ready)

    assert len(key) == 32
    assert key not in bytes(ready.key.wrapped)
    assert sealing.unwrap(settings.SEAL_KEY, bytes(ready.key.wrapped), str(ready.pk)) == key
    with pytest.raises(sealing.Unsealable):
        sealing.unwrap("another server", bytes(ready.key.wrapped), str(ready.pk))
    with pytest.raises(sealing.Unsealable):
        sealing.unwrap(settings.SEAL_KEY, bytes(ready.key.wrapped), "another scan")


def test_the_groups_of_an_opened_scan_never_change(client, ready, facilitator):
    opening.open_scan(ready, by=facilitator, by_name="F")
    before = list(ready.partition.groups.values("name", "neighbour"))
    client.post(reverse("scans:start"))
    second = Scan.objects.get(status="draft")
    one, other = Group.objects.filter(partition=second.partition)

    grouping.merge_groups(second, group=one, into=other, name="All", by=facilitator, by_name="F")
    grouping.start_groups_again(second, by=facilitator, by_name="F")

    ready.refresh_from_db()
    assert ready.partition.is_fixed
    assert list(ready.partition.groups.values("name", "neighbour")) == before


def test_nothing_of_an_opened_scan_is_set_by_hand(ready, facilitator):
    opening.open_scan(ready, by=facilitator, by_name="F")
    by = {"by": facilitator, "by_name": "F"}
    one, other = ready.partition.groups.all()
    forbidden = [
        lambda: drafting.change_scan(ready, floor_network=11, **by),
        lambda: drafting.choose_roster(ready, left_out=[], **by),
        lambda: drafting.mark_leaders(ready, leaders=[], nl="", en="", **by),
        lambda: drafting.choose_instruments(ready, instruments=[], **by),
        lambda: grouping.merge_groups(ready, group=one, into=other, name="x", **by),
        lambda: grouping.choose_neighbour(ready, group=one, neighbour=other, **by),
        lambda: grouping.start_groups_again(ready, **by),
        lambda: consent(ready, facilitator),
        lambda: drafting.discard_draft(ready, **by),
    ]
    before = everything()

    for change in forbidden:
        with pytest.raises(Refused, match="has been opened"):
            change()
    assert everything() == before


@pytest.mark.parametrize(
    "change",
    [{"floor_network": 9}, {"floor_scale": 4}, {"floor_comments": 9}, {"retain_months": 14}],
)
def test_the_database_itself_holds_the_floors(ready, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scan.objects.filter(pk=ready.pk).update(**change)


def test_who_is_not_asked_gets_no_link(school, ready, facilitator):
    make_member(school, name="Late")
    people = make_people(school, 1)
    drafting.choose_roster(ready, left_out=people, by=facilitator, by_name="F")
    consent(ready, facilitator)

    opening.open_scan(ready, by=facilitator, by_name="F")

    assert ready.roster.filter(name="Late").count() == 1
    assert ready.roster.filter(member=people[0]).count() == 0
    assert ready.invitations.count() == ready.roster.count()
