"""Several people, devices and workers at the same moment: nothing is lost and nothing doubled."""

import datetime as dt
import time
from threading import Barrier

import pytest
from django.core import mail
from django.db import transaction

from tests.factories import make_account, make_school
from tests.scans.at_once import apart, at_once, real_database
from tests.scans.scans import answers_of, make_open_scan
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.scope import school_scope
from zwerm.scans import sealed
from zwerm.scans.actions import answering, closing, drafting, inviting, opening, releasing, roster
from zwerm.scans.models import AnswerBlob, Invitation, Scan
from zwerm.scans.results.arrays import read_asked

ROUNDS = 12
BREATH = 0.03
MOST_TAPS = 1_000


@pytest.fixture(autouse=True)
def _real_database(transactional_db, tmp_path):
    with real_database(tmp_path):
        yield


@pytest.fixture
def scan():
    return apart(begin)


def begin():
    school = make_school()
    with school_scope(school):
        return make_open_scan(school, members=12)


@pytest.fixture
def school(scan):
    return scan.school


@pytest.fixture
def entries(scan, school):
    return apart(lambda: list(scan.roster.select_related("member").order_by("name")), school)


def tap(scan, entry, question, answer, counter=None):
    return answering.answer_question(
        scan,
        entry=entry,
        question=question,
        answer=answer,
        counter=counter,
        through_roster_address=True,
    )


def test_two_devices_of_one_person_lose_nothing(scan, school, entries):
    """One device answers one question, the other another: both stand at the end."""
    entry = entries[0]

    def device(question, answers):
        def work():
            return [tap(scan, entry, question, one) for one in answers]

        return work

    points = [1 + number % 5 for number in range(ROUNDS)]
    texts = [f"text {number}" for number in range(ROUNDS)]
    names = [{"named": [number % 11]} for number in range(ROUNDS)]
    saved = at_once(
        [device("culture_1", points), device("comment", texts), device("advice", names)],
        scan.school,
    )

    assert {one.was_newer for device in saved for one in device} == {True}
    given = apart(lambda: answers_of(scan, entry), school)
    assert given.answer("culture_1") == points[-1]
    assert given.answer("comment") == texts[-1]
    assert given.answer("advice")["named"] == names[-1]["named"]
    assert {name: one.counter for name, one in given.given.items()} == {
        "culture_1": ROUNDS,
        "comment": ROUNDS,
        "advice": ROUNDS,
    }
    assert apart(lambda: AnswerBlob.objects.count(), school) == 1


def test_the_highest_count_stands_and_every_tap_is_told_the_truth(scan, school, entries):
    entry = entries[0]

    def device(first):
        def work():
            counters = range(first, 2 * ROUNDS, 2)
            return [(one, tap(scan, entry, "culture_1", 1 + one % 5, one)) for one in counters]

        return work

    saved = [one for device in at_once([device(1), device(2)], school) for one in device]

    given = apart(lambda: answers_of(scan, entry), school).given["culture_1"]
    acknowledged = [counter for counter, one in saved if one.was_newer]
    assert given.counter == max(acknowledged) == 2 * ROUNDS - 1
    assert given.answer == 1 + given.counter % 5
    assert all(one.counter > counter for counter, one in saved if not one.was_newer)


def test_a_whole_school_answers_at_once(scan, school, entries):
    def person(entry):
        def work():
            tap(scan, entry, "advice", {"named": []}, 1)
            tap(scan, entry, "culture_1", 4, 1)
            answering.finish(scan, entry=entry, through_roster_address=True)

        return work

    at_once([person(entry) for entry in entries], school)

    def look():
        scan.refresh_from_db()
        rows = Invitation.objects.filter(scan=scan).values_list("is_respondent", "is_finished")
        return set(rows), AnswerBlob.objects.count(), scan.shown_band

    assert apart(look, school) == ({(True, True)}, 12, 2)


def until_refused(scan, entry, begun):
    """Answers two questions in turn until the scan says no; the number of the last tap it kept.

    Between two taps there is a breath, as with people: SQLite serves whoever happens to ask when
    it is free, so that six who never pause could keep the seventh out for good.
    """

    def work():
        for number in range(2):
            tap(scan, entry, *answer_of(number))
        begun.wait(30)
        for number in range(2, MOST_TAPS):
            time.sleep(BREATH)
            try:
                tap(scan, entry, *answer_of(number))
            except Refused:
                return number - 1
        raise AssertionError("the scan took answers all the time")

    return work


def answer_of(number):
    """An even tap answers a sentence, an odd one the question whom one asks."""
    if number % 2:
        return "advice", {"named": [number % 11]}
    return "culture_1", 1 + number % 5


def test_every_answer_that_was_acknowledged_is_in_the_closed_scan(scan, school, entries):
    """People answer on while the scan closes: what they were told is what is read."""
    begun = Barrier(7)

    def close():
        begun.wait(30)
        with clock.at(scan.closes_on + dt.timedelta(days=1)):
            closing.close_scan(Scan.objects.get(pk=scan.pk))
        with transaction.atomic():
            roster.wait_for_answers_under_way(scan)
            return read_asked(scan)

    people = [until_refused(scan, entry, begun) for entry in entries[:6]]
    *last, asked = at_once([*people, close], school)

    read = dict(zip([one.pk for one in asked.entries], asked.answers, strict=True))
    for entry, number in zip(entries[:6], last, strict=True):
        for question, answer in map(answer_of, (number - 1, number)):
            given = read[entry.pk].answer(question)
            assert given == (answer if question == "culture_1" else answer | {"may_know": []})
    assert apart(lambda: read_asked(scan).answers, school) == asked.answers


def test_cancelling_while_people_answer_leaves_nothing_behind(scan, school, entries):
    by = apart(make_account)
    begun = Barrier(7)

    def cancel():
        begun.wait(30)
        opening.cancel_scan(Scan.objects.get(pk=scan.pk), by=by, by_name="Farah")

    at_once([*[until_refused(scan, entry, begun) for entry in entries[:6]], cancel], school)

    assert apart(lambda: AnswerBlob.objects.count(), school) == 0


def test_a_person_who_withdraws_and_answers_at_once_is_counted_right(scan, school, entries):
    entry = entries[0]

    def answers():
        return [tap(scan, entry, "advice", {"named": []}) for _ in range(ROUNDS)]

    def withdraws():
        for _ in range(ROUNDS):
            answering.withdraw(scan, entry=entry, through_roster_address=True)

    def objects():
        for number in range(ROUNDS):
            answering.change_being_named(entry.member, may_be_named=bool(number % 2))

    at_once([answers, withdraws, objects], school)

    def look():
        invitation = Invitation.objects.get(entry=entry)
        return invitation.is_respondent, sealed.read_answers(scan, entry) is not None

    is_respondent, has_answers = apart(look, school)
    assert is_respondent == has_answers


def test_who_erases_their_answers_while_another_device_lets_know_has_none_left(
    scan, school, entries
):
    """The scan is closed and its report made: until it appears, who may know can still change."""
    entry, *others = entries
    apart(lambda: tap(scan, entry, "advice", {"named": [one.number for one in others]}), school)
    apart(lambda: Scan.objects.filter(pk=scan.pk).update(status="closed", is_printed=True), school)

    def lets_know():
        for number in range(ROUNDS):
            answering.let_know(
                Scan.objects.get(pk=scan.pk),
                entry=entry,
                question="advice",
                may_know=[others[number % 11].number],
                through_roster_address=True,
            )

    def erases():
        releasing.erase_own(Scan.objects.get(pk=scan.pk), entry=entry)

    at_once([lets_know, lets_know, erases], school)

    assert apart(lambda: AnswerBlob.objects.count(), school) == 0


def test_two_workers_send_each_mail_once(scan, school, entries):
    def worker():
        inviting.send_due(Scan.objects.get(pk=scan.pk))

    at_once([worker, worker, worker], school)

    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.member.email for one in entries)


def test_two_facilitators_begin_one_draft():
    school, by = apart(make_school), apart(make_account)

    def begin_draft():
        try:
            drafting.start_scan(school, title="Scan", by=by, by_name="F")
        except Refused:
            return "refused"
        return "begun"

    assert sorted(at_once([begin_draft, begin_draft], school)) == ["begun", "refused"]
    assert apart(lambda: Scan.objects.count(), school) == 1
