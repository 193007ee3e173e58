"""Mails of a scan: sent by the system in its own name, to everybody alike."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from zwerm.core import clock
from zwerm.people.models import Mandate
from zwerm.scans import library
from zwerm.scans.link import personal_link
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.queries.promises import placeholders

log = logging.getLogger("zwerm.scans")

DAYS_BETWEEN = 3
DAYS_BEFORE_CLOSING = 2


def send_invitations(scan: Scan) -> None:
    """The first mail, to who did not get it yet: safe to run again after a failure."""
    if scan.is_open:
        send(scan, "invitation", scan.invitations.filter(mails_sent=0))


def send_reminders(scan: Scan) -> None:
    """At most two, at least three days apart, only to who has not finished."""
    send_invitations(scan)
    today = clock.today()
    if scan.closes_on is None or scan.opened_at is None:
        return
    waited = today - dt.timedelta(days=DAYS_BETWEEN)
    due = scan.invitations.filter(is_finished=False, last_mailed_on__lte=waited)
    opened_on = scan.opened_at.date()
    halfway = opened_on + (scan.closes_on - opened_on) / 2
    last_call = scan.closes_on - dt.timedelta(days=DAYS_BEFORE_CLOSING)
    if last_call <= today <= scan.closes_on:
        send(scan, "reminder_2", due.filter(mails_sent__in=[1, 2]))
    elif halfway <= today < last_call:
        send(scan, "reminder_1", due.filter(mails_sent=1))


def send_extension(scan: Scan) -> None:
    """Tell everybody that the last day moved. It does not count as a reminder."""
    send(scan, "extended", scan.invitations.all(), counts=False)


def send_report_ready(scan: Scan) -> None:
    """Tell everybody on the list that the report is there, also who did not answer."""
    send(scan, "report_ready", scan.invitations.all(), counts=False)


def send(scan: Scan, name: str, to: Iterable[Invitation], *, counts: bool = True) -> None:
    """One mail to each; an address that fails is tried again at the next tick."""
    words = {language: placeholders(scan, language) for language in ("nl", "en")}
    replies_to = facilitators(scan)
    with get_connection() as connection:
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
            if deliver(message) and counts:
                count_mail(invitation)


def deliver(message: EmailMessage) -> bool:
    """Send one mail. A failure is noted without its address and does not stop the others."""
    try:
        message.send()
    except Exception as fault:
        log.warning("a mail of a scan was not accepted: %s", type(fault).__name__)
        return False
    return True


@transaction.atomic
def count_mail(invitation: Invitation) -> None:
    """Note at once that this one went, so that a crash never sends it twice."""
    invitation.mails_sent += 1
    invitation.last_mailed_on = clock.today()
    invitation.save(update_fields=["mails_sent", "last_mailed_on"])


def facilitators(scan: Scan) -> list[str]:
    """Where replies go: to who guides the scan; else to the site's own address."""
    mandates = Mandate.objects.on(clock.today()).filter(
        school=scan.school_id, kind=Mandate.Kind.FACILITATOR
    )
    return list(mandates.values_list("account__email", flat=True)) or [settings.DEFAULT_FROM_EMAIL]
