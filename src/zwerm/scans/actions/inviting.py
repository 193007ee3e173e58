"""Mails of a scan: sent by the system in its own name, to everybody alike."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.utils import timezone

from zwerm.core import clock
from zwerm.people.models import Mandate
from zwerm.scans import library
from zwerm.scans.link import personal_link
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.queries.promises import placeholders

log = logging.getLogger("zwerm.scans")

DAYS_BETWEEN = 3
DAYS_BEFORE_CLOSING = 2
DAYS_TO_TELL = 7


def send_invitations(scan: Scan) -> None:
    """The first mail, to who did not get it yet: safe to run again after a failure."""
    if scan.is_open:
        send(scan, "invitation", not_tried_today(reachable(scan)).filter(mails_sent=0))


def send_reminders(scan: Scan) -> None:
    """At most two, at least three days apart, only to who has not finished.

    Safe to call every minute: it also sends what failed before.
    """
    if not scan.is_open or scan.closes_on is None or scan.opened_at is None:
        return
    send_invitations(scan)
    today = clock.today()
    waited = today - dt.timedelta(days=DAYS_BETWEEN)
    due = reachable(scan).filter(is_finished=False, last_mailed_on__lte=waited)
    opened_on = timezone.localdate(scan.opened_at)
    halfway = opened_on + (scan.closes_on - opened_on) / 2
    last_call = scan.closes_on - dt.timedelta(days=DAYS_BEFORE_CLOSING)
    if today == last_call:
        send(scan, "reminder_2", due.filter(mails_sent__in=[1, 2]))
    elif halfway <= today < last_call:
        send(scan, "reminder_1", due.filter(mails_sent=1))


def send_extension(scan: Scan) -> None:
    """Tell everybody that the last day moved. It does not count as a reminder."""
    failed = send(scan, "extended", reachable(scan), counts=False)
    if failed:
        send(scan, "extended", reachable(scan).filter(pk__in=failed), counts=False)


def send_report_ready(scan: Scan) -> None:
    """Tell everybody on the list that the report is there, also who did not answer.

    The counts of mails began anew when the scan closed, so that this is safe to run again: who
    did not get it yet gets it, for a week.
    """
    released = scan.released_at
    if released and clock.now() - released <= dt.timedelta(days=DAYS_TO_TELL):
        send(scan, "report_ready", not_tried_today(reachable(scan)).filter(mails_sent=0))


def reachable(scan: Scan) -> QuerySet[Invitation]:
    """Everybody who still works here under the address that stood on the frozen roster."""
    rows: QuerySet[Invitation] = scan.invitations.exclude(address="")
    return rows.filter(
        entry__member__left_on__isnull=True, entry__member__email__iexact=F("address")
    )


def not_tried_today(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Without the addresses that were refused today: those are tried again tomorrow."""
    return rows.exclude(last_mailed_on=clock.today())


def send(scan: Scan, name: str, to: Iterable[Invitation], *, counts: bool = True) -> list[int]:
    """One mail to each. A mail that fails stops no other; what failed is handed back."""
    words = {language: placeholders(scan, language) for language in ("nl", "en")}
    replies_to = facilitators(scan)
    connection = get_connection()
    failed = []
    for invitation in to:
        language = "en" if invitation.language == "en" else "nl"
        link = personal_link(scan, invitation) if scan.wrapped_key else scan.site_link
        mail = library.mail(name, language, **words[language], link=link)
        message = EmailMessage(
            mail.subject,
            mail.body,
            to=[invitation.address],
            reply_to=replies_to,
            connection=connection,
        )
        if not deliver(message, connection, invitation, counts=counts):
            failed.append(invitation.pk)
    connection.close()
    return failed


def deliver(
    message: EmailMessage, connection: BaseEmailBackend, invitation: Invitation, *, counts: bool
) -> bool:
    """Send one mail over a connection that stays open, and note at once that it went."""
    try:
        connection.open()
        message.send()
    except Exception as fault:
        # The address of a person never comes into a log, and a fault may hold it.
        log.warning("a mail of a scan was not accepted: %s", type(fault).__name__)
        connection.close()
        if counts and isinstance(fault, SMTPRecipientsRefused):
            note_mail(invitation, sent=0)
        return False
    if counts:
        note_mail(invitation, sent=1)
    return True


def note_mail(invitation: Invitation, *, sent: int) -> None:
    """Keep how many mails went and when, so that a crash never sends one twice."""
    invitation.mails_sent += sent
    invitation.last_mailed_on = clock.today()
    invitation.save(update_fields=["mails_sent", "last_mailed_on"])


def facilitators(scan: Scan) -> list[str]:
    """Where replies go: to who guides the scan; else to the site's own address."""
    mandates = Mandate.objects.on(clock.today()).filter(
        school=scan.school_id, kind=Mandate.Kind.FACILITATOR
    )
    return list(mandates.values_list("account__email", flat=True)) or [settings.DEFAULT_FROM_EMAIL]
