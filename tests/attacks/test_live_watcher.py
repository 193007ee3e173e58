"""Who watches a scan while it is open sees no answer come in, until a whole step is reached."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from tests.attacks.addresses import pages
from tests.scans.scans import entries_of, make_open_scan
from tests.scans.watching import KINDS, everybody, seen
from zwerm.scans import jobs
from zwerm.scans.actions import answering, inviting
from zwerm.scans.models import Invitation, Scan


def answer(scan, entry, question="advice", given=None):
    answering.answer_question(
        scan,
        entry=entry,
        question=question,
        answer={"named": []} if given is None else given,
        counter=None,
        through_roster_address=True,
    )


def name(scan, entry, *others):
    answer(scan, entry, given={"named": sorted(one.number for one in others)})


def withdraw(scan, entry):
    answering.withdraw(scan, entry=entry, through_roster_address=True)


def test_whom_somebody_names_changes_no_byte_of_any_page_mail_or_log(school, caplog):
    """Somebody names nobody, one, everybody; says who may know; writes a comment."""
    scan = make_open_scan(school, members=12)
    watchers = everybody(school)
    entry, *others = entries_of(scan)
    caplog.set_level("DEBUG", logger="zwerm")
    name(scan, entry)
    jobs.tick()
    first = seen(watchers, scan), sent(), logged(caplog)

    for change in (
        lambda: name(scan, entry, others[0]),
        lambda: name(scan, entry, *others),
        lambda: let_know(scan, entry, *others[:3]),
        lambda: answer(scan, entry, "culture_1", 1),
        lambda: answer(scan, entry, "outside", ["nobody"]),
        lambda: answer(scan, entry, "comment", f"{others[0].name} is een ramp."),
    ):
        change()
        jobs.tick()
        assert (seen(watchers, scan), sent(), logged(caplog)) == first


def logged(caplog):
    """What the house itself logs; that a page was forbidden is logged at each try."""
    return [one.getMessage() for one in caplog.records if one.name.startswith("zwerm")]


def sent():
    """Every mail as it went, by whom it went to. A link is the same each time."""
    return sorted((one.to[0], one.subject, one.body) for one in mail.outbox)


def test_the_comparison_sees_what_does_change(school):
    """The test above is worth something: what may be seen is seen by it."""
    scan = make_open_scan(school, members=12)
    watchers = everybody(school)
    before = seen(watchers, scan)

    Scan.objects.filter(pk=scan.pk).update(asker="somebody else", shown_band=1)

    changed = [one != other for one, other in zip(before, seen(watchers, scan), strict=True)]
    assert sum(changed) >= len(KINDS)


def let_know(scan, entry, *others):
    answering.let_know(
        scan,
        entry=entry,
        question="advice",
        may_know=[one.number for one in others],
        through_roster_address=True,
    )


def test_every_page_stays_the_same_until_a_step_is_reached(school):
    """Twelve people: three bands of four. Each answer is watched by every mandate."""
    scan = make_open_scan(school, members=12)
    watchers = everybody(school)
    entries = entries_of(scan)
    before = seen(watchers, scan)
    moved = []

    for number, entry in enumerate(entries, start=1):
        answer(scan, entry)
        now = seen(watchers, scan)
        if now != before:
            moved.append(number)
        before = now

    assert moved == [4, 8]
    scan.refresh_from_db()
    assert scan.shown_band == 2


def test_a_fall_is_not_seen(school):
    scan = make_open_scan(school, members=20)
    watchers = everybody(school)[:2]
    entries = entries_of(scan)
    for entry in entries[:9]:
        answer(scan, entry)
    before = seen(watchers, scan)

    for entry in entries[:3]:
        withdraw(scan, entry)
        assert seen(watchers, scan) == before
    for entry in entries[9:11]:
        answer(scan, entry)
        assert seen(watchers, scan) == before


def test_a_second_answer_of_somebody_moves_nothing(school):
    scan = make_open_scan(school, members=20)
    watchers = everybody(school)[:2]
    entries = entries_of(scan)
    for entry in entries[:7]:
        answer(scan, entry)
    before = seen(watchers, scan)

    for _ in range(3):
        answer(scan, entries[0])
    withdraw(scan, entries[0])
    answer(scan, entries[0])
    assert seen(watchers, scan) == before


def test_reminders_tell_nobody_anything(school):
    scan = make_open_scan(school, members=20)
    watchers = everybody(school)
    before = seen(watchers, scan)

    inviting.send_due(scan)
    answering.finish(scan, entry=entries_of(scan)[0], through_roster_address=True)

    assert seen(watchers, scan) == before


def all_of_it(watchers, scan, colleague, caplog):
    """Every address, the log and the mails, for these watchers."""
    caplog.clear()
    found = [pages(one, scan, colleague) for one in watchers]
    jobs.tick()
    return found, sent(), logged(caplog)


@pytest.mark.parametrize("is_planted", [False, True])
def test_every_address_stays_the_same_until_a_step_is_reached(school, caplog, is_planted):
    """A stranger asks everything, the leader as well, and each reads the log and the mails.

    Planted: a page that counts exactly moves at each answer.
    """
    caplog.set_level("DEBUG", logger="zwerm")
    scan = make_open_scan(school, members=12)
    leader = everybody(school)[1]
    watchers = [leader, Client()]
    entries = entries_of(scan)
    before, moved = all_of_it(watchers, scan, entries[0].member, caplog), []
    for number, entry in enumerate(entries[: 1 if is_planted else 4], start=1):
        answer(scan, entry)
        if is_planted:
            count = Invitation.objects.filter(scan=scan, is_respondent=True).count()
            Scan.objects.filter(pk=scan.pk).update(title=f"Scan {count}")
        now = all_of_it(watchers, scan, entries[0].member, caplog)
        if now != before:
            moved.append(number)
        before = now
    assert moved == ([1] if is_planted else [4])
