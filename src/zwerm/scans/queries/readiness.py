"""What a draft still lacks before it may open, as sentences, each with the step to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zwerm.core import clock
from zwerm.scans.models import Consent, Scan
from zwerm.scans.queries.agreements import agreements_digest
from zwerm.scans.queries.groups import group_sizes, leaders_asked, people_asked, unplaced_teams
from zwerm.scans.queries.second_look import differences, second_look

COMFORTABLE_MORE = 3
"""So many people above the least make a group safe for a few who stay silent."""
CONSENTS = (Consent.Decision.AGREE, Consent.Decision.CONDITIONS)
STEPS = ("purpose", "people", "groups", "leaders", "agreements", "dates")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing without which a scan cannot open."""

    step: str
    sentence: str


def missing(scan: Scan) -> list[Missing]:
    """Everything that keeps `scan` from opening, in the order of the steps."""
    return [
        *_purpose(scan),
        *_people(scan),
        *_groups(scan),
        *_agreements(scan),
        *_second_look(scan),
        *_dates(scan),
    ]


def consent_in_force(scan: Scan) -> Consent | None:
    """The council's consent to the agreements as they stand now; None when there is none."""
    last = scan.consents.first()
    if last is None or last.agreements != agreements_digest(scan):
        return None
    return last if last.decision in CONSENTS else None


def fewest_in_group(scan: Scan) -> int:
    """A smaller group could never be shown apart, even if everybody in it answers."""
    return scan.floor_network


def leaders_can_be_shown(scan: Scan) -> bool:
    """The formal leaders and the others are each at least as many as the network floor."""
    leaders = leaders_asked(scan).count()
    others = people_asked(scan).count() - leaders
    return leaders >= scan.floor_network and others >= scan.floor_network


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
    if scan.partition is None:
        yield Missing("groups", _("Look at the groups of the report."))
    elif new := unplaced_teams(scan):
        yield Missing(
            "groups",
            _("Not yet in a group: %(teams)s. Look at the groups of the report.")
            % {"teams": ", ".join(team.name for team in new)},
        )
    least = fewest_in_group(scan)
    for group, size in sizes.items() if len(sizes) > 1 else ():
        if size < least:
            yield Missing(
                "groups",
                _("%(group)s has %(n)d people. Let it join another group; %(least)d is the least.")
                % {"group": group.name, "n": size, "least": least},
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
    elif last.decision == Consent.Decision.WITHDRAW:
        yield Missing("agreements", _("The staff council withdrew its consent."))
    elif last.agreements != agreements_digest(scan):
        yield Missing(
            "agreements",
            _("An agreement changed after the staff council consented. Ask the council again."),
        )


def _second_look(scan: Scan) -> Iterator[Missing]:
    if differences(scan) and second_look(scan) is None:
        yield Missing(
            "confirm", _("Privacy settings changed. Somebody else has to confirm them first.")
        )


def _dates(scan: Scan) -> Iterator[Missing]:
    today = clock.today()
    if scan.closes_on is None or scan.report_on is None:
        yield Missing("dates", _("Choose the last day and the day of the report."))
    elif scan.closes_on <= today:
        yield Missing("dates", _("The last day must lie after today."))
    elif scan.report_on <= scan.closes_on:
        yield Missing("dates", _("The report comes at least a day after the last day."))
