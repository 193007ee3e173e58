"""Mails of a scan over a real connection, and what happens when something goes wrong."""

import datetime as dt
import re

import pytest
from django.core import mail

from tests.scans.mail_server import Stopped, mail_server
from tests.scans.scans import make_open_scan
from zwerm.core import clock
from zwerm.scans import jobs
from zwerm.scans.actions import inviting
from zwerm.scans.models import Invitation

LINK = re.compile(r"https?://\S+/with/\S+")


@pytest.fixture
def scan(school):
    return make_open_scan(school, members=4)


def addresses():
    return sorted(one.to[0] for one in mail.outbox)


def everybody(scan):
    return sorted(scan.invitations.values_list("address", flat=True))


def day(scan, number):
    """The day that lies so many days after the opening."""
    return clock.at(scan.opened_at.date() + dt.timedelta(days=number))


@pytest.fixture
def server(settings):
    """Real mail over a real connection."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        yield server


def test_all_mails_go_over_one_connection(scan, server):
    inviting.send_due(scan)

    assert sorted(server.addresses()) == everybody(scan)
    assert server.connections == 1
    body = server.messages[0][1].get_payload(decode=True).decode()
    assert LINK.search(body)


@pytest.mark.parametrize("says", [b"550 no such person", b"450 come back later"])
def test_an_address_that_is_refused_stops_no_other_and_is_tried_again_tomorrow(
    scan, server, says, caplog
):
    unlucky = everybody(scan)[1]
    server.refuses[unlucky] = says

    for _ in range(3):
        inviting.send_due(scan)

    others = [one for one in everybody(scan) if one != unlucky]
    assert sorted(server.addresses()) == others
    assert server.connections == 1
    assert unlucky not in caplog.text
    assert "SMTPRecipientsRefused" in caplog.text

    server.refuses.clear()
    with day(scan, 1):
        inviting.send_due(scan)
    assert sorted(server.addresses()) == everybody(scan)


def test_a_lost_connection_costs_nobody_a_mail_and_doubles_none(scan, server):
    server.hangs_up = set(everybody(scan)[1:3])

    for _ in range(3):
        inviting.send_due(scan)

    assert sorted(server.addresses()) == everybody(scan)


def test_a_server_that_cannot_be_reached_is_tried_once_and_again_in_a_minute(
    scan, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False

    inviting.send_due(scan)

    assert caplog.text.count("the mail server cannot be reached") == 1
    assert set(Invitation.objects.values_list("mails_sent", "last_mailed_on")) == {(0, None)}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    inviting.send_due(scan)
    assert addresses() == everybody(scan)


def test_a_stopped_worker_goes_on_where_it_was_without_a_second_mail(scan, settings):
    settings.EMAIL_BACKEND = "tests.scans.mail_server.StopsAfterTwo"
    with pytest.raises(Stopped):
        inviting.send_due(scan)
    assert len(mail.outbox) == 2

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    inviting.send_due(scan)

    assert addresses() == everybody(scan)


def test_mails_are_kept_as_files_where_that_is_set(scan, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    inviting.send_due(scan)

    text = "".join(one.read_text() for one in tmp_path.iterdir())
    assert sorted(re.findall(r"^To: (\S+)$", text, re.M)) == everybody(scan)


def test_the_tick_sends_what_no_worker_sent(scan):
    jobs.tick()
    jobs.tick()

    assert addresses() == everybody(scan)
