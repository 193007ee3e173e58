"""Mails of a scan: to whom, when, in which language, and never one twice."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import make_account, make_mandate
from tests.scans.scans import entries_of, invitation_of, make_open_scan
from zwerm.core import clock
from zwerm.scans import jobs
from zwerm.scans.actions import answering, inviting, opening, releasing
from zwerm.scans.actions.roster import forget_who_answered
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.queries.promises import placeholders

LINK = re.compile(r"https?://\S+/with/\S+")
NAMES = ["invitation", "reminder_1", "reminder_2", "extended", "cancelled", "report_ready"]


@pytest.fixture
def scan(school):
    return make_open_scan(school, members=4)


def sent():
    """To whom mail went since the last look, with its subject."""
    found = [(one.to[0], one.subject) for one in mail.outbox]
    mail.outbox.clear()
    return found


def addresses():
    return sorted(address for address, _subject in sent())


def link_in(message):
    found = LINK.search(str(message.body))
    assert found
    return found[0]


def everybody(scan):
    return sorted(scan.invitations.values_list("address", flat=True))


def day(scan, number):
    """The day that lies so many days after the opening."""
    return clock.at(scan.opened_at.date() + dt.timedelta(days=number))


def finish(scan, entry):
    answering.finish(scan, entry=entry, through_roster_address=True)


# --- the invitation ----------------------------------------------------------------


def test_the_order_of_mails_does_not_tell_who_answered_last(school):
    """PostgreSQL gives rows as they lie on the disk, and who answered is written down anew."""
    scan = make_open_scan(school, members=12)
    first, *_others = entries_of(scan)
    finish(scan, first)
    inviting.send_due(scan)
    order = [address for address, _subject in sent()]
    assert order == list(scan.invitations.order_by("pk").values_list("address", flat=True))


def test_everybody_gets_one_invitation_with_a_link_that_works(client, scan):
    inviting.send_due(scan)

    assert sorted(one.to[0] for one in mail.outbox) == everybody(scan)
    for message in mail.outbox:
        link = link_in(message)
        entry = scan.roster.get(member__email=message.to[0])
        page = client.post(link.partition("8000")[2])
        assert page.headers["Location"] == reverse("scans:ask", args=[scan.pk])
        assert f"for {entry.name}" in client.get(page.headers["Location"]).content.decode()
    links = {link_in(message) for message in mail.outbox}
    assert len(links) == 4


def test_mails_are_sent_again_as_often_as_one_asks_and_go_once(scan):
    for _ in range(3):
        inviting.send_due(scan)

    assert addresses() == everybody(scan)


def test_each_mail_is_in_the_language_of_its_person(scan):
    dutch = invitation_of(entries_of(scan)[0])
    Invitation.objects.filter(pk=dutch.pk).update(language="nl")

    inviting.send_due(scan)

    words = {one.to[0]: one.body.split()[0] for one in mail.outbox}
    assert words == {
        address: "Beste" if address == dutch.address else "Dear" for address in everybody(scan)
    }


def test_replies_go_to_the_facilitator_and_the_mail_comes_from_the_system(school, scan, settings):
    make_mandate(make_account(email="farah@school.example"), "facilitator", school=school)

    inviting.send_due(scan)

    assert {tuple(one.reply_to) for one in mail.outbox} == {("farah@school.example",)}
    assert {one.from_email for one in mail.outbox} == {settings.DEFAULT_FROM_EMAIL}


def test_without_a_facilitator_replies_go_to_the_address_of_the_site(scan, settings):
    inviting.send_due(scan)

    assert {tuple(one.reply_to) for one in mail.outbox} == {(settings.DEFAULT_FROM_EMAIL,)}


def test_a_reply_to_a_reminder_never_reaches_the_facilitator(school, scan):
    """An automatic reply would tell who has not finished."""
    make_mandate(make_account(email="farah@school.example"), "facilitator", school=school)
    inviting.send_due(scan)
    sent()

    received = []
    for number in (10, 18):
        with day(scan, number):
            inviting.send_due(scan)
        received += [(one.subject, one.message()["Reply-To"]) for one in mail.outbox]
        mail.outbox.clear()

    reminders = ["The scan is still open for you", "The scan closes in two days"]
    assert received == [(subject, None) for subject in reminders for _ in range(4)]


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_asks_for_no_automatic_reply(scan, name):
    invitation = invitation_of(entries_of(scan)[0])

    mail_of = inviting.write(scan, inviting.Kind(name), invitation, "nl", placeholders(scan, "nl"))

    message = mail_of.message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_subject_holds_no_name_and_no_figure_but_the_minutes(scan, name, language):
    scan.title, scan.asker = "TITLE", "ASKER"
    scan.school.name = "SCHOOL"
    invitation = invitation_of(entries_of(scan)[0])
    kind = inviting.Kind(name)
    words = placeholders(scan, language)

    message = inviting.write(scan, kind, invitation, language, words)

    secret = ["TITLE", "ASKER", "SCHOOL", "taal", "language", *invitation.entry.name.split()]
    assert [word for word in secret if word in message.subject] == []
    minutes = [words["minutes"]] if name == "invitation" else []
    assert re.findall(r"\d+", str(message.subject)) == minutes
    assert "{" not in f"{message.subject}{message.body}"
    assert "SCHOOL" in message.body or name not in {"invitation", "cancelled"}


def test_somebody_whose_address_changed_or_who_left_gets_no_mail(scan):
    """But one: at the address on the frozen roster, that another one is on the list now."""
    moved, left, nobody, stays = entries_of(scan)
    before = moved.member.email
    moved.member.email = "new@school.example"
    moved.member.save()
    left.member.left_on = clock.today()
    left.member.save()
    Invitation.objects.filter(entry=nobody).update(address="")

    inviting.send_due(scan)

    told = dict(sent())
    assert sorted(told) == sorted([before, stays.member.email])
    assert told[before] == "Your mail address on the staff list has changed"


# --- reminders ---------------------------------------------------------------------


def test_a_person_who_never_answers_gets_an_invitation_and_two_reminders(scan):
    """Twenty days: halfway is the tenth, the last call the eighteenth."""
    received: dict[str, list[tuple[int, str]]] = {}
    for number in range(21):
        with day(scan, number):
            for _ in range(3):
                inviting.send_due(scan)
            for address, subject in sent():
                received.setdefault(address, []).append((number, subject))

    assert sorted(received) == everybody(scan)
    assert {tuple(one) for one in received.values()} == {
        (
            (0, "About 2 minutes of yours for our school"),
            (10, "The scan is still open for you"),
            (18, "The scan closes in two days"),
        )
    }


def test_reminders_go_only_to_who_has_not_finished(scan):
    inviting.send_due(scan)
    sent()
    first, second, third, fourth = entries_of(scan)
    finish(scan, first)
    for question, answer in (
        ("advice", {"named": []}),
        ("outside", ["nobody"]),
        ("culture_1", 4),
        ("comment", "well"),
    ):
        answering.answer_question(
            scan,
            entry=second,
            question=question,
            answer=answer,
            counter=1,
            through_roster_address=True,
        )
    answering.answer_question(
        scan,
        entry=third,
        question="advice",
        answer={"named": []},
        counter=1,
        through_roster_address=True,
    )
    answering.withdraw(scan, entry=third, through_roster_address=True)

    with day(scan, 12):
        inviting.send_due(scan)

    assert addresses() == [fourth.member.email]


def test_at_most_one_mail_in_three_days(school):
    """A scan of eight days: halfway is the fourth, the last call the sixth, two days later."""
    scan = make_open_scan(school, members=1, closes_on=clock.today() + dt.timedelta(days=8))
    days = []
    for number in range(9):
        with day(scan, number):
            inviting.send_due(scan)
        days += [number] * len(sent())

    assert days == [0, 4]


def test_no_reminder_after_the_last_day(scan):
    with day(scan, 21):
        inviting.send_due(scan)

    assert sent() == []


def test_somebody_who_finishes_while_mails_go_out_is_not_reminded(scan, settings):
    inviting.send_due(scan)
    sent()
    rows = inviting.reachable(scan).order_by("pk")
    loaded = list(rows)
    finish(scan, loaded[-1].entry)

    with day(scan, 12):
        for invitation in loaded:
            message = mail.EmailMessage("s", "b", to=[invitation.address])
            inviting.deliver(message, mail.get_connection(), invitation, inviting.REMINDERS[0])

    assert addresses() == sorted(one.address for one in loaded[:-1])


def test_two_workers_never_send_the_same_mail(scan):
    loaded = list(inviting.reachable(scan))
    for _worker in range(2):
        for invitation in loaded:
            message = mail.EmailMessage("s", "b", to=[invitation.address])
            inviting.deliver(message, mail.get_connection(), invitation, inviting.INVITATION)

    assert addresses() == everybody(scan)


# --- extended, cancelled, the report is ready --------------------------------------


def extend(scan):
    opening.extend_scan(
        scan,
        closes_on=scan.closes_on + dt.timedelta(days=7),
        report_on=scan.report_on + dt.timedelta(days=7),
        by=make_account(),
        by_name="F",
    )


def test_everybody_hears_once_that_the_last_day_moved_also_who_finished(scan):
    inviting.send_due(scan)
    sent()
    finish(scan, entries_of(scan)[0])
    extend(scan)

    for _ in range(3):
        inviting.send_due(scan)

    assert {one.subject for one in mail.outbox} == {"The scan stays open longer"}
    assert f"until {scan.closes_on.day} {scan.closes_on:%B %Y}." in mail.outbox[0].body
    assert addresses() == everybody(scan)


def test_an_extension_takes_no_reminder_away(scan):
    inviting.send_due(scan)
    extend(scan)
    inviting.send_due(scan)
    sent()

    with day(scan, 25):
        inviting.send_due(scan)

    assert {subject for _address, subject in sent()} == {"The scan closes in two days"}


def test_everybody_hears_once_that_the_scan_was_cancelled(scan):
    inviting.send_due(scan)
    sent()
    opening.cancel_scan(scan, by=make_account(), by_name="F")

    for _ in range(3):
        inviting.send_due(scan)

    assert {one.subject for one in mail.outbox} == {"The scan has been cancelled"}
    assert [LINK.search(str(one.body)) for one in mail.outbox] == [None] * 4
    assert addresses() == everybody(scan)


def test_the_list_of_a_cancelled_scan_goes_after_a_week(scan):
    opening.cancel_scan(scan, by=make_account(), by_name="F")

    with clock.at(clock.today() + dt.timedelta(days=9)):
        inviting.send_due(scan)

    assert sent() == []
    assert Invitation.objects.count() == 0


def release(scan):
    """Let the report appear on its day, and say which day that was."""
    forget_who_answered(scan)
    Scan.objects.filter(pk=scan.pk).update(status="closed", is_printed=True)
    with clock.at(scan.report_on, hour=9):
        releasing.release_scan(scan)
    return scan.report_on


def test_everybody_hears_once_that_the_report_is_there(scan):
    inviting.send_due(scan)
    sent()
    with clock.at(release(scan), hour=9):
        for _ in range(3):
            jobs.tick()

    assert {one.subject for one in mail.outbox} == {"The report of the scan is ready"}
    assert addresses() == everybody(scan)


def test_nobody_hears_of_a_report_of_long_ago(scan):
    day_of_report = release(scan)

    with clock.at(day_of_report + dt.timedelta(days=9)):
        inviting.send_due(scan)

    assert sent() == []
