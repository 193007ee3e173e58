"""What every promise, mail and poster of a scan is filled in with."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from zwerm.core import clock
from zwerm.people.models import Mandate, Member
from zwerm.scans import library
from zwerm.scans.models import Scan
from zwerm.scans.queries.groups import people_asked
from zwerm.scans.queries.readiness import consent_in_force


def placeholders(scan: Scan, language: str) -> dict[str, str]:
    """The words for every placeholder of agreements.yaml, in `language`."""
    with override(language):
        # An opened scan rests on the last decision: it could not open without consent.
        consent = consent_in_force(scan) if scan.is_draft else scan.consents.first()
        return {
            "school": scan.school.name,
            "facilitator": holders(scan, Mandate.Kind.FACILITATOR),
            "asker": scan.asker,
            "topic": scan.topic_en if language == "en" else scan.topic_nl,
            "minutes": minutes(scan),
            "opens_on": day(timezone.localdate(scan.opened_at) if scan.opened_at else None),
            "closes_on": day(scan.closes_on),
            "report_on": day(scan.report_on),
            "consent_on": day(consent.decided_on if consent else None),
            "consent_document": consent.document if consent else _("not yet"),
            "dpia_reference": scan.dpia_reference or _("not yet"),
            "legal_basis": scan.legal_basis or _("not yet"),
            "retain_until": day(scan.retain_until),
            "retain_months": str(scan.retain_months),
            "privacy_officer": holders(scan, Mandate.Kind.PRIVACY_OFFICER),
            "operator": settings.OPERATOR or _("the school's own administrator"),
            "site": scan.site_link,
            "floor_network": str(scan.floor_network),
            "floor_scale": str(scan.floor_scale),
            "floor_comments": str(scan.floor_comments),
        }


def day(date: object) -> str:
    """A date as people say it; "not yet" when there is none."""
    return date_format(date, "j F Y") if date else _("not yet")  # type: ignore[arg-type]


def minutes(scan: Scan) -> str:
    """How long answering takes with this roster, in whole minutes."""
    questionnaire = library.questionnaire_of(scan)
    seconds = questionnaire.expected_seconds(people_asked(scan).count())
    return str(max(1, round(seconds / 60)))


def holders(scan: Scan, kind: Mandate.Kind) -> str:
    """Who holds a mandate at the school today: name and mail address; two queries.

    A privacy officer often works for the board: then there is an address without a name.
    """
    mandates = Mandate.objects.on(clock.today()).filter(school=scan.school_id, kind=kind)
    accounts = dict(mandates.values_list("account_id", "account__email"))
    members = Member.objects.filter(account__in=accounts, left_on__isnull=True)
    names = dict(members.values_list("account_id", "name"))
    said = [f"{names[pk]} ({email})" if pk in names else email for pk, email in accounts.items()]
    return ", ".join(sorted(said)) or _("not yet known")
