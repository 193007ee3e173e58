"""What nobody ever sees: whom somebody names, who a person is to the board, a way to a profile."""

import datetime as dt

import pytest
from django.apps import apps
from django.core import mail

from tests.scans.scans import entries_of, make_open_scan
from zwerm.core import clock
from zwerm.scans import jobs, sealed
from zwerm.scans.actions import answering
from zwerm.scans.models import AnswerBlob, Comment, Mirror, Scan, Snapshot


@pytest.fixture
def scan(school):
    return make_open_scan(school, members=12)


def answer(scan, entry, question, given):
    answering.answer_question(
        scan,
        entry=entry,
        question=question,
        answer=given,
        counter=None,
        through_roster_address=True,
    )


def name(scan, entry, *others):
    answer(scan, entry, "advice", {"named": sorted(one.number for one in others)})


def test_the_reminder_tells_only_its_reader_that_they_have_not_finished(school, scan):
    """Each mail goes to one address, and none says anything about somebody else."""
    entries = entries_of(scan)
    answering.finish(scan, entry=entries[0], through_roster_address=True)
    with clock.at(clock.today() + dt.timedelta(days=12)):
        jobs.tick()

    assert {len(one.recipients()) for one in mail.outbox} == {1}
    names = [entry.name for entry in entries]
    assert [one for one in names for message in mail.outbox if one in message.body] == []


def test_no_key_leads_from_an_answer_to_a_person(scan):
    """Nothing sealed or published points at somebody, and nothing about people points at a scan."""
    of_answers = {
        model.__name__: {field.name for field in model._meta.get_fields() if field.is_relation}
        for model in (AnswerBlob, Mirror, Comment, Snapshot)
    }
    assert of_answers == {
        "AnswerBlob": {"school", "scan"},
        "Mirror": {"school", "scan"},
        "Comment": {"school", "scan"},
        "Snapshot": {"school", "scan", "files"},
    }
    outside = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label != "scans"
        for field in model._meta.fields
        if field.related_model and field.related_model._meta.app_label == "scans"
    ]
    assert outside == []


def test_the_place_of_a_box_is_another_one_in_every_scan(school, scan):
    """Two scans of the same person cannot be laid beside each other without their keys."""
    entry = entries_of(scan)[0]
    name(scan, entry)
    Scan.objects.filter(pk=scan.pk).update(status="closed")
    second = make_open_scan(school, members=0)
    again = second.roster.get(member=entry.member)
    name(second, again)

    first, other = AnswerBlob.objects.order_by("scan__made_at")
    assert bytes(first.slot) != bytes(other.slot)
    assert sealed.key_of(scan) != sealed.key_of(second)
