"""What a draft still lacks before it may open, as sentences, each with the step to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zwerm.core import clock
from zwerm.scans.models import Consent, Scan
from zwerm.scans.queries.agreements import agreements_digest
from zwerm.scans.queries.groups import group_sizes, people_asked

FEWEST_IN_GROUP = 10
FEWEST_COMFORTABLE = 13
FEWEST_DAYS_OPEN = 1
STEPS = ("purpose", "people", "groups", "leaders", "agreements", "dates")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing without which a scan cannot open."""

    step: str
    sentence: str


def missing(scan: Scan) -> list[Missing]:
    """Everything that keeps `scan` from opening, in the order of the steps."""
    return [*_purpose(scan), *_people(scan), *_groups(scan), *_agreements(scan), *_dates(scan)]


def consent_in_force(scan: Scan) -> Consent | None:
    """The council's consent to the agreements as they stand now; None when there is none."""
    last = scan.consents.first()
    if last is None or last.agreements != agreements_digest(scan):
        return None
    return last if last.decision != Consent.Decision.REFUSE else None


def leaders_can_be_shown(scan: Scan) -> bool:
    """The formal leaders and the others are each at least as many as the network floor."""
    asked = people_asked(scan)
    leaders = asked.filter(scans_as_leader=scan).count()
    return leaders >= scan.floor_network and asked.count() - leaders >= scan.floor_network


def _purpose(scan: Scan) -> Iterator[Missing]:
    if not scan.asker:
        yield Missing("purpose", _("Say who asks: the team, the leaders, the council together?"))
    if not (scan.topic_nl and scan.topic_en):
        yield Missing("purpose", _("Choose the one topic, in Dutch and in English."))


def _people(scan: Scan) -> Iterator[Missing]:
    asked = people_asked(scan)
    if asked.count() < 2:
        yield Missing("people", _("Load the staff list: at least two people must be asked."))
    without = asked.filter(email="").count()
    if without:
        yield Missing(
            "people",
            ngettext(
                "%(n)d person has no mail address. Add it, or leave this person out.",
                "%(n)d people have no mail address. Add it, or leave them out.",
                without,
            )
            % {"n": without},
        )


def _groups(scan: Scan) -> Iterator[Missing]:
    sizes = group_sizes(scan)
    if not sizes:
        yield Missing("groups", _("Look at the groups of the report."))
    if len(sizes) < 2:
        return
    for group, size in sizes.items():
        if size < FEWEST_IN_GROUP:
            yield Missing(
                "groups",
                _("%(group)s has %(n)d people. Let it join another group; ten is the least.")
                % {"group": group.name, "n": size},
            )


def _agreements(scan: Scan) -> Iterator[Missing]:
    if not scan.dpia_reference:
        yield Missing("agreements", _("Give the reference of the privacy impact assessment."))
    if not scan.legal_basis:
        yield Missing("agreements", _("Give the legal basis in plain words."))
    last = scan.consents.first()
    if last is None:
        yield Missing("agreements", _("The staff council has not decided yet."))
    elif last.decision == Consent.Decision.REFUSE:
        yield Missing("agreements", _("The staff council did not consent."))
    elif last.agreements != agreements_digest(scan):
        yield Missing(
            "agreements",
            _("An agreement changed after the staff council consented. Ask the council again."),
        )


def _dates(scan: Scan) -> Iterator[Missing]:
    today = clock.today()
    if scan.closes_on is None or scan.report_on is None:
        yield Missing("dates", _("Choose the last day and the day of the report."))
    elif (scan.closes_on - today).days < FEWEST_DAYS_OPEN:
        yield Missing("dates", _("The last day must lie after today."))
    elif scan.report_on <= scan.closes_on:
        yield Missing("dates", _("The report comes at least a day after the last day."))
