"""Answering under seal: each tap is kept, nothing else is written down."""

import datetime as dt

import pytest
from django.db import models

from tests.scans.scans import answers_of, box_sizes, entries_of, invitation_of, make_open_scan
from zwerm.core import clock, sealing
from zwerm.core.errors import Refused
from zwerm.scans import sealed
from zwerm.scans.actions import answering, roster
from zwerm.scans.models import AnswerBlob, Invitation, RosterEntry, Scan
from zwerm.scans.results.arrays import read_asked, relation
from zwerm.scans.sealed import Answers, Given

NOBODY: dict[str, list[int]] = {"named": [], "may_know": []}


@pytest.fixture
def scan(school):
    return make_open_scan(school)


@pytest.fixture
def entry(scan):
    return entries_of(scan)[0]


def tap(scan, entry, question="advice", answer=None, counter=None, *, roster_address=True):
    return answering.answer_question(
        scan,
        entry=entry,
        question=question,
        answer={"named": []} if answer is None and question == "advice" else answer,
        counter=counter,
        through_roster_address=roster_address,
    )


def names(scan, entry, *others):
    return tap(scan, entry, answer={"named": sorted(one.number for one in others)})


def kept(scan, entry, question="advice"):
    answers = sealed.read_answers(scan, entry)
    return answers.answer(question) if answers else None


def noted(entry):
    invitation = invitation_of(entry)
    return invitation.is_respondent, invitation.is_finished


# --- one tap -----------------------------------------------------------------------


def test_each_kind_of_answer_comes_back_as_it_was_given(scan, entry):
    others = entries_of(scan)[1:3]
    names(scan, entry, *others)
    tap(scan, entry, "outside", ["reading", "internet"])
    tap(scan, entry, "culture_1", 0)
    tap(scan, entry, "comment", "Zo gaat het goed. \U0001f426")

    given = answers_of(scan, entry)
    assert given.answer("advice") == {
        "named": sorted(one.number for one in others),
        "may_know": [],
    }
    assert given.answer("outside") == ["reading", "internet"]
    assert given.answer("culture_1") == 0
    assert given.answer("comment") == "Zo gaat het goed. \U0001f426"


def test_nobody_is_an_answer_and_no_answer_is_none(scan, entry):
    assert kept(scan, entry) is None
    tap(scan, entry)
    assert kept(scan, entry) == NOBODY
    assert noted(entry) == (True, False)

    answering.answer_question(
        scan, entry=entry, question="advice", answer=None, counter=9, through_roster_address=True
    )

    assert kept(scan, entry) is None
    assert noted(entry) == (False, False)


def test_an_answer_changes_until_the_last_day_is_over(scan, entry):
    tap(scan, entry, "culture_1", 2)
    with clock.at(scan.closes_on, hour=23):
        tap(scan, entry, "culture_1", 5)
    with clock.at(scan.closes_on + dt.timedelta(days=1), hour=0), pytest.raises(Refused) as no:
        tap(scan, entry, "culture_1", 1)

    assert str(no.value) == (
        "This scan is closed. What was saved before is kept; nothing more can be added."
    )
    assert kept(scan, entry, "culture_1") == 5


@pytest.mark.parametrize("status", ["closed", "released", "cancelled"])
def test_a_scan_that_closes_under_somebodys_hands_keeps_what_was_saved(scan, entry, status):
    tap(scan, entry, "culture_1", 2)
    Scan.objects.filter(pk=scan.pk).update(status=status)

    for change in (
        lambda: tap(scan, entry, "culture_1", 5),
        lambda: tap(scan, entry),
        lambda: answering.finish(scan, entry=entry, through_roster_address=True),
        lambda: answering.withdraw(scan, entry=entry, through_roster_address=True),
    ):
        with pytest.raises(Refused, match="is closed"):
            change()
    assert kept(scan, entry, "culture_1") == 2


# --- two devices -------------------------------------------------------------------


def test_a_newer_tap_wins_and_an_older_one_is_told_so(scan, entry):
    assert tap(scan, entry, "culture_1", 2, counter=3) == answering.Saved(3, was_newer=True)
    assert tap(scan, entry, "culture_1", 5, counter=2) == answering.Saved(3, was_newer=False)
    assert kept(scan, entry, "culture_1") == 2
    assert tap(scan, entry, "culture_1", 5, counter=4) == answering.Saved(4, was_newer=True)
    assert kept(scan, entry, "culture_1") == 5


def test_the_same_tap_sent_again_is_acknowledged_again(scan, entry):
    """The answer of the server was lost on the way: the page sends the same once more."""
    tap(scan, entry, "culture_1", 2, counter=1)
    before = bytes(AnswerBlob.objects.get().box)

    assert tap(scan, entry, "culture_1", 2, counter=1) == answering.Saved(1, was_newer=True)
    assert bytes(AnswerBlob.objects.get().box) == before


def test_two_devices_at_the_same_count_do_not_overwrite_each_other(scan, entry):
    tap(scan, entry, "culture_1", 2, counter=1)

    assert tap(scan, entry, "culture_1", 5, counter=1) == answering.Saved(1, was_newer=False)
    assert kept(scan, entry, "culture_1") == 2


def test_a_tap_on_one_question_leaves_the_others(scan, entry):
    tap(scan, entry, "culture_1", 2, counter=7)
    tap(scan, entry, "outside", ["nobody"], counter=1)

    assert kept(scan, entry, "culture_1") == 2
    assert kept(scan, entry, "outside") == ["nobody"]


# --- may know ----------------------------------------------------------------------


def let_know(scan, entry, *others):
    answering.let_know(
        scan,
        entry=entry,
        question="advice",
        may_know=[one.number for one in others],
        through_roster_address=True,
    )


def test_nobody_knows_unless_it_is_switched_on_for_that_person(scan, entry):
    one, two, three = entries_of(scan)[1:4]
    names(scan, entry, one, two)
    assert kept(scan, entry)["may_know"] == []

    let_know(scan, entry, one, three)

    assert kept(scan, entry)["may_know"] == [one.number]


def test_who_stays_named_keeps_may_know_and_who_is_named_again_begins_without(scan, entry):
    one, two = entries_of(scan)[1:3]
    names(scan, entry, one, two)
    let_know(scan, entry, one, two)

    names(scan, entry, one)
    assert kept(scan, entry)["may_know"] == [one.number]
    names(scan, entry, one, two)
    assert kept(scan, entry)["may_know"] == [one.number]


def test_may_know_is_taken_back_also_while_the_report_is_made(scan, entry):
    one = entries_of(scan)[1]
    names(scan, entry, one)
    let_know(scan, entry, one)
    Scan.objects.filter(pk=scan.pk).update(status="closed")

    let_know(scan, entry)

    assert kept(scan, entry)["may_know"] == []


def test_an_older_tap_does_not_bring_may_know_back(scan, entry):
    one = entries_of(scan)[1]
    tap(scan, entry, answer={"named": [one.number]}, counter=1)
    let_know(scan, entry, one)

    assert not tap(scan, entry, answer={"named": []}, counter=2).was_newer
    assert kept(scan, entry) == {"named": [one.number], "may_know": [one.number]}


# --- finishing and withdrawing -----------------------------------------------------


def test_finishing_ends_reminders_and_changes_no_answer(scan, entry):
    tap(scan, entry, "culture_1", 2)

    answering.finish(scan, entry=entry, through_roster_address=True)

    assert noted(entry) == (False, True)
    assert kept(scan, entry, "culture_1") == 2


def test_the_last_answer_finishes_by_itself(scan, entry):
    for question, answer in (("outside", ["nobody"]), ("culture_1", 4), ("comment", "x")):
        tap(scan, entry, question, answer)
        assert noted(entry) == (False, False)

    tap(scan, entry)

    assert noted(entry) == (True, True)


def test_withdrawing_erases_everything_and_one_may_begin_again(scan, entry):
    tap(scan, entry)
    tap(scan, entries_of(scan)[1])

    answering.withdraw(scan, entry=entry, through_roster_address=True)

    assert sealed.read_answers(scan, entry) is None
    assert AnswerBlob.objects.count() == 1
    assert noted(entry) == (False, True)
    tap(scan, entry)
    assert noted(entry) == (True, False)


# --- another address ---------------------------------------------------------------


def test_a_changed_address_reopens_nothing_that_was_answered(scan, entry):
    tap(scan, entry, "culture_1", 2)

    for change in (
        lambda: tap(scan, entry, "culture_1", 5, roster_address=False),
        lambda: answering.withdraw(scan, entry=entry, through_roster_address=False),
        lambda: answering.finish(scan, entry=entry, through_roster_address=False),
    ):
        with pytest.raises(Refused, match="under another mail address"):
            change()
    assert kept(scan, entry, "culture_1") == 2


def test_answers_through_a_changed_address_never_count_for_the_floor(scan, entry):
    """Nothing is answered under another address any more; older answers may be."""
    named = {"advice": Given(1, {"named": [], "may_know": []})}
    sealed.write_answers(scan, entry, Answers(named, through_roster_address=False))
    tap(scan, entry, "culture_1", 2, roster_address=True)
    tap(scan, entries_of(scan)[1])

    asked = read_asked(scan)
    assert sum(asked.counts) == 1
    assert relation(asked, "advice").eligible == 1
    assert answers_of(scan, entry).through_roster_address is False


# --- objecting to being named ------------------------------------------------------


def test_nominations_of_who_objects_are_dropped_before_anything_is_computed(scan, entry):
    objector, other = entries_of(scan)[1:3]
    names(scan, entry, objector, other)
    names(scan, objector, entry)
    tap(scan, objector, "culture_1", 4)

    answering.change_being_named(objector.member, may_be_named=False)

    asked = read_asked(scan)
    advice = relation(asked, "advice")
    assert objector.pk not in {one.pk for one in advice.entries}
    assert advice.ties.sum() == 1
    assert kept(scan, objector, "culture_1") == 4
    assert asked.chosen("culture_1")[objector.number] == 4


def test_objecting_holds_for_the_next_scan_and_can_be_taken_back(scan, entry):
    answering.change_being_named(entry.member, may_be_named=False)
    entry.member.refresh_from_db()
    assert entry.member.may_be_named is False
    assert RosterEntry.objects.get(pk=entry.pk).may_be_named is False

    answering.change_being_named(entry.member, may_be_named=True)

    assert RosterEntry.objects.get(pk=entry.pk).may_be_named is True


def test_objecting_after_the_close_changes_nothing_of_that_scan(scan, entry):
    Scan.objects.filter(pk=scan.pk).update(status="closed")

    answering.change_being_named(entry.member, may_be_named=False)

    assert RosterEntry.objects.get(pk=entry.pk).may_be_named is True


def test_who_objects_took_part_when_they_answered_anything(scan, entry):
    tap(scan, entry, "culture_1", 4)
    assert noted(entry) == (False, False)

    answering.change_being_named(entry.member, may_be_named=False)
    assert noted(entry) == (True, False)
    answering.change_being_named(entry.member, may_be_named=True)
    assert noted(entry) == (False, False)


# --- leaving -----------------------------------------------------------------------


def test_who_left_before_the_close_loses_answers_and_row(scan, entry):
    stays = entries_of(scan)[1]
    names(scan, entry, stays)
    names(scan, stays, entry)
    entry.member.left_on = scan.closes_on
    entry.member.save()
    stays.member.left_on = scan.closes_on + dt.timedelta(days=1)
    stays.member.save()

    roster.drop_leavers(scan)

    assert not RosterEntry.objects.filter(pk=entry.pk).exists()
    assert Invitation.objects.filter(scan=scan).count() == 4
    assert AnswerBlob.objects.count() == 1
    advice = relation(read_asked(scan), "advice")
    assert (len(advice.entries), advice.respondents.sum(), advice.ties.sum()) == (4, 1, 0)


# --- what a thief of the database finds --------------------------------------------


def test_every_box_has_one_size_whatever_was_answered(scan):
    first, second, third, fourth, fifth = entries_of(scan)
    tap(scan, first)
    names(scan, second, first, third, fourth, fifth)
    let_know(scan, second, first, third, fourth, fifth)
    tap(scan, third, "comment", "\U0001f426" * 280)
    answering.finish(scan, entry=fourth, through_roster_address=True)

    assert AnswerBlob.objects.count() == 4
    assert len(box_sizes(scan)) == 1


def test_a_box_names_nobody_and_keeps_no_time_and_no_order():
    fields = {field.name for field in AnswerBlob._meta.get_fields()}
    assert fields == {"id", "school", "scan", "slot", "box"}
    assert not [one for one in AnswerBlob._meta.fields if isinstance(one, models.DateTimeField)]
    assert AnswerBlob._meta.ordering == []


def test_the_place_of_a_box_says_nothing_without_the_key(scan, entry):
    tap(scan, entry)
    blob = AnswerBlob.objects.get()

    key = sealed.key_of(scan)
    assert bytes(blob.slot) == sealing.slot(key, str(entry.pk))
    assert bytes(blob.slot) != sealing.slot(sealing.new_key(), str(entry.pk))
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(sealing.new_key(), bytes(blob.slot), bytes(blob.box))


def test_a_box_does_not_open_in_the_place_of_somebody_else(scan, entry):
    names(scan, entry, entries_of(scan)[2])
    other = entries_of(scan)[1]
    place = sealing.slot(sealed.key_of(scan), str(other.pk))

    AnswerBlob.objects.update(slot=place)

    with pytest.raises(sealing.Unsealable):
        sealed.read_answers(scan, other)


def test_the_same_answer_is_sealed_differently_each_time(scan, entry):
    tap(scan, entry, "culture_1", 2)
    first = bytes(AnswerBlob.objects.get().box)
    tap(scan, entry, "culture_1", 2)

    assert bytes(AnswerBlob.objects.get().box) != first
