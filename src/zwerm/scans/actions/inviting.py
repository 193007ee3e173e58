"""Mails of a scan: sent by the system in its own name, to everybody alike.

Everything here may run again, and twice at the same time: a mail is noted in one step before it
goes, so that two workers never both send it, and taken back when it did not go.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.utils import timezone

from zwerm.core import clock
from zwerm.core.mail import NO_AUTOMATIC_REPLY
from zwerm.people.models import Mandate
from zwerm.scans import library
from zwerm.scans.link import personal_link
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.queries.promises import placeholders

log = logging.getLogger("zwerm.scans")

DAYS_BETWEEN = 3
DAYS_BEFORE_CLOSING = 2
DAYS_TO_TELL = 7


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail: its words, and how is noted that it went."""

    name: str
    flag: str = ""
    """Where is noted that it went. Without: it is one of the three mails that one gets at most."""
    only_if: dict[str, Any] = field(default_factory=dict)
    """What must still hold at the moment of sending."""
    to_facilitator: bool = True
    """Replies go to who guides the scan; else to the system's own address."""

    def before(self, invitation: Invitation) -> dict[str, Any]:
        if self.flag:
            return {self.flag: False}
        return {
            "mails_sent": invitation.mails_sent,
            "last_mailed_on": invitation.last_mailed_on,
        }

    def after(self, invitation: Invitation) -> dict[str, Any]:
        if self.flag:
            return {self.flag: True}
        return {"mails_sent": invitation.mails_sent + 1, "last_mailed_on": clock.today()}


INVITATION = Kind("invitation")
# An automatic reply ("I am away") to a reminder would tell a colleague who has not finished.
REMINDERS = [
    Kind(name, only_if={"is_finished": False}, to_facilitator=False)
    for name in ("reminder_1", "reminder_2")
]
EXTENDED = Kind("extended", flag="knows_extension")
# Whoever changed the address may be the facilitator: an answer must not go there.
NEW_ADDRESS = Kind("new_address", flag="knows_new_address", to_facilitator=False)
CANCELLED = Kind("cancelled")
REPORT_READY = Kind("report_ready")


class NoConnection(Exception):
    """The mail server cannot be reached: nothing is wrong with any address."""


def send_due(scan: Scan) -> None:
    """Every mail of `scan` that is due and did not go yet. Called every minute."""
    if scan.status == Scan.Status.OPEN:
        send_reminders(scan)
        send_extension(scan)
        send_new_address(scan)
    elif scan.status == Scan.Status.RELEASED:
        send_report_ready(scan)
    elif scan.status == Scan.Status.CANCELLED:
        send_cancelled(scan)


def send_invitations(scan: Scan) -> None:
    """The first mail, to who did not get it yet."""
    if scan.is_open:
        send(scan, INVITATION, not_tried_today(reachable(scan)).filter(mails_sent=0))


def send_reminders(scan: Scan) -> None:
    """At most two, at least three days apart, only to who has not finished."""
    if not scan.is_open or scan.closes_on is None or scan.opened_at is None:
        return
    send_invitations(scan)
    today = clock.today()
    waited = today - dt.timedelta(days=DAYS_BETWEEN)
    due = reachable(scan).filter(is_finished=False, last_mailed_on__lte=waited)
    opened_on = timezone.localdate(scan.opened_at)
    halfway = opened_on + (scan.closes_on - opened_on) / 2
    last_call = scan.closes_on - dt.timedelta(days=DAYS_BEFORE_CLOSING)
    first, second = REMINDERS
    if today == last_call:
        send(scan, second, due.filter(mails_sent__in=[1, 2]))
    elif halfway <= today < last_call:
        send(scan, first, due.filter(mails_sent=1))


def send_extension(scan: Scan) -> None:
    """Tell everybody that the last day moved. It does not count as a reminder."""
    if scan.is_open and scan.extended_from_on is not None:
        send(scan, EXTENDED, reachable(scan).filter(knows_extension=False))


def send_new_address(scan: Scan) -> None:
    """Tell who stood on the list under another address, at that address, that it changed.

    Found by comparing, so that no way in which a staff list changes is forgotten.
    """
    if scan.is_open:
        rows = scan.invitations.exclude(address="").filter(knows_new_address=False)
        here = rows.filter(entry__member__isnull=False, entry__member__left_on__isnull=True)
        changed = here.exclude(entry__member__email__iexact=F("address")).order_by("pk")
        send(scan, NEW_ADDRESS, changed)


def send_report_ready(scan: Scan) -> None:
    """Tell everybody on the list that the report is there, also who did not answer.

    The counts of mails began anew when the scan closed: who did not get it yet gets it, for a week.
    """
    if is_recent(scan.released_at):
        send(scan, REPORT_READY, not_tried_today(reachable(scan)).filter(mails_sent=0))


def send_cancelled(scan: Scan) -> None:
    """Tell everybody on the list that the scan has stopped, for a week. Then the list goes."""
    if is_recent(scan.cancelled_at):
        send(scan, CANCELLED, not_tried_today(reachable(scan)).filter(mails_sent=0))
    else:
        scan.invitations.all().delete()


def is_recent(moment: dt.datetime | None) -> bool:
    return moment is not None and clock.now() - moment <= dt.timedelta(days=DAYS_TO_TELL)


def reachable(scan: Scan) -> QuerySet[Invitation]:
    """Everybody who still works here under the address that stood on the frozen roster.

    In an order that says nothing: as PostgreSQL lays rows down, those who answered last come last.
    """
    rows: QuerySet[Invitation] = scan.invitations.exclude(address="").order_by("pk")
    return rows.filter(
        entry__member__left_on__isnull=True, entry__member__email__iexact=F("address")
    )


def not_tried_today(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Without the addresses that were refused today: those are tried again tomorrow."""
    return rows.exclude(last_mailed_on=clock.today())


def send(scan: Scan, kind: Kind, to: QuerySet[Invitation]) -> None:
    """One mail to each. A mail that is refused stops no other; the next minute goes on."""
    invitations = list(to)
    if not invitations:
        return
    words = {language: placeholders(scan, language) for language in ("nl", "en")}
    replies_to = facilitators(scan) if kind.to_facilitator else []
    connection = get_connection()
    try:
        for invitation in invitations:
            language = "en" if invitation.language == "en" else "nl"
            message = write(scan, kind, invitation, language, words[language])
            message.reply_to = replies_to
            deliver(message, connection, invitation, kind)
    except NoConnection as fault:
        log.warning("the mail server cannot be reached; it is tried again: %s", fault)
    finally:
        connection.close()


def write(
    scan: Scan, kind: Kind, invitation: Invitation, language: str, words: dict[str, str]
) -> EmailMessage:
    """One mail in the language of one person, with their own link."""
    link = personal_link(scan, invitation) if scan.has_key else scan.site_link
    mail = library.mail(kind.name, language, **words, link=link)
    return EmailMessage(
        mail.subject, mail.body, to=[invitation.address], headers=NO_AUTOMATIC_REPLY
    )


def deliver(
    message: EmailMessage, connection: BaseEmailBackend, invitation: Invitation, kind: Kind
) -> None:
    """Note one mail, and send it over a connection that stays open.

    Raises:
        NoConnection: the mail server cannot be reached.
    """
    try:
        connection.open()
    except OSError as fault:
        raise NoConnection(type(fault).__name__) from fault
    before, after = kind.before(invitation), kind.after(invitation)
    mine = Invitation.objects.filter(pk=invitation.pk, **before, **kind.only_if)
    if not mine.update(**after):
        return
    try:
        connection.send_messages([message])
    except BaseException as fault:
        take_back(invitation, kind, fault)
        if not is_refusal(fault):
            connection.close()
        if not isinstance(fault, Exception):
            raise
        # The address of a person never comes into a log, and a fault may hold it.
        log.warning("a mail of a scan was not accepted: %s", type(fault).__name__)


def take_back(invitation: Invitation, kind: Kind, fault: BaseException) -> None:
    """Note that a mail did not go. An address that is refused is tried again tomorrow."""
    before = kind.before(invitation)
    if is_refusal(fault) and kind.flag:
        return
    if is_refusal(fault):
        before["last_mailed_on"] = clock.today()
    Invitation.objects.filter(pk=invitation.pk).update(**before)


def is_refusal(fault: BaseException) -> bool:
    """The server or the message itself said no; anything else may go well in a minute."""
    refused = isinstance(fault, (SMTPRecipientsRefused, SMTPResponseException))
    return refused or (isinstance(fault, Exception) and not isinstance(fault, OSError))


def facilitators(scan: Scan) -> list[str]:
    """Where replies go: to who guides the scan; else to the site's own address."""
    mandates = Mandate.objects.on(clock.today()).filter(
        school=scan.school_id, kind=Mandate.Kind.FACILITATOR
    )
    return list(mandates.values_list("account__email", flat=True)) or [settings.DEFAULT_FROM_EMAIL]
