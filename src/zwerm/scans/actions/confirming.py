"""The second person: who confirms changed privacy settings before a scan opens."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.core.mail import NO_AUTOMATIC_REPLY
from zwerm.people.models import Account, Mandate
from zwerm.scans import library
from zwerm.scans.actions.drafting import lock_draft, log_change
from zwerm.scans.models import Scan, SecondLook, SettingsLogLine
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.queries.second_look import (
    differences,
    is_same_person,
    look_digest,
    lookers_at,
    second_look,
)


@transaction.atomic
def confirm(scan: Scan, *, by: Account, by_name: str, shown: str) -> SecondLook:
    """Confirm the changed privacy settings as they were shown, and nothing else.

    Args:
        scan: the draft, which is held.
        by: who confirms; refused when they changed a setting themselves, under any account.
        by_name: their name at the school.
        shown: the digest of what the page showed.
    """
    lock_draft(scan)
    if not differences(scan):
        raise Refused(_("No privacy setting differs from last time. There is nothing to confirm."))
    if by not in lookers_at(scan):
        raise Refused(_("Somebody else has to confirm this: you changed a setting yourself."))
    if shown != look_digest(scan):
        raise Refused(_("The settings changed after you looked. Look at them again."))
    if second_look(scan):
        raise Refused(_("Somebody confirmed this already."))
    log_change(scan, by=by, by_name=by_name, setting="second_look", before="", after="confirmed")
    return SecondLook.objects.create(
        school=scan.school, scan=scan, by=by, settings=look_digest(scan)
    )


@transaction.atomic
def ask(scan: Scan, *, by: Account, by_name: str) -> None:
    """Note that a second look is asked for; once a day. The mail goes in the background."""
    lock_draft(scan)
    if not differences(scan) or second_look(scan):
        raise Refused(_("There is nothing that waits for a second person."))
    asked = SettingsLogLine.objects.filter(scan=scan, setting="second_look", after="asked")
    if asked.filter(at__date=clock.today()).exists():
        raise Refused(_("You asked this today. The mail went out."))
    log_change(scan, by=by, by_name=by_name, setting="second_look", before="", after="asked")


def require_second_person(scan: Scan, *, opener: Account) -> None:
    """Refused when privacy settings changed and nobody but the one who opens looked at them."""
    if not differences(scan):
        return
    look = second_look(scan)
    if look is None or look.by is None:
        raise Refused(_("Privacy settings changed. Somebody else has to confirm them first."))
    if is_same_person(look.by, opener):
        raise Refused(_("You confirmed these settings yourself. Let somebody else open the scan."))


def tell_lookers(scan: Scan) -> None:
    """Mail who may confirm, at most once a day each."""
    send(scan, "second_look", lookers_at(scan))


def tell_facilitators(scan: Scan) -> None:
    """Mail who prepares the scan that it was confirmed."""
    held = Mandate.objects.on(clock.today()).filter(
        school=scan.school_id, kind=Mandate.Kind.FACILITATOR
    )
    send(scan, "second_look_done", list(Account.objects.filter(mandates__in=held).distinct()))


def send(scan: Scan, name: str, to: list[Account]) -> None:
    page = reverse("scans:confirm", args=[scan.pk])
    for account in to:
        language = "en" if account.language == "en" else "nl"
        words = placeholders(scan, language) | {"link": f"{settings.SITE_URL}{page}"}
        mail = library.mail(name, language, **words)
        EmailMessage(mail.subject, mail.body, to=[account.email], headers=NO_AUTOMATIC_REPLY).send()
