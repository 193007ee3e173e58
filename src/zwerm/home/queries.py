"""What waits for somebody, and what moves in the school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.people.acting import Acting
from zwerm.people.models import Board
from zwerm.people.permissions import can_answer_requests
from zwerm.people.queries import requests_waiting
from zwerm.people.scope import crossing_schools
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.permissions import can_consent, can_prepare_scans, can_read_log
from zwerm.scans.queries.readiness import consent_in_force
from zwerm.scans.queries.second_look import differences, lookers_at, second_look

RECENT = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for this person, with how many minutes it takes."""

    title: str
    line: str
    url: str
    icon: str
    button: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Moving:
    """One thing that happened or will happen in the school."""

    on: dt.date
    sentence: str
    url: str


def waiting_for(acting: Acting) -> list[Waiting]:
    """What waits for this person at this school, most pressing first."""
    return [
        *_to_answer(acting),
        *_to_handle(acting),
        *_to_decide(acting),
        *_to_confirm(acting),
        *_to_prepare(acting),
        *_to_read(acting),
    ]


def moving_at(acting: Acting) -> list[Moving]:
    """What moves in the school, newest first: moments of its scans."""
    moments: list[Moving] = []
    for scan in Scan.objects.seen():
        url = scan.get_absolute_url()
        if scan.opened_at:
            words = _("%(scan)s opened.") % {"scan": scan.title}
            moments.append(Moving(timezone.localdate(scan.opened_at), words, url))
        if scan.released_at:
            words = _("The report of %(scan)s appeared.") % {"scan": scan.title}
            moments.append(Moving(timezone.localdate(scan.released_at), words, url))
    return sorted(moments, key=lambda one: one.on, reverse=True)[:4]


def board_reports(board: Board) -> list[Scan]:
    """The released reports that the board's schools released to it, newest first; one query."""
    with crossing_schools("a board reads the reports its schools released to it"):
        released = Scan.objects.released().filter(school__board=board, is_for_board=True)
        return list(released.select_related("school").order_by("-released_at"))


def _to_answer(acting: Acting) -> Iterator[Waiting]:
    """A scan that is open and that this person has not finished: only they themselves see it.

    Under another address than that of the roster it stands there in any case: whoever changed the
    staff list would otherwise read here whether a colleague answered (privacy rule R1).
    """
    entries = RosterEntry.objects.filter(
        member=acting.member, scan__status=Scan.Status.OPEN, invitation__isnull=False
    )
    for entry in entries.select_related("scan", "invitation") if acting.member else []:
        invitation = entry.invitation
        if invitation.is_finished and invitation.is_of(acting.account):
            continue
        if entry.scan.is_open and entry.scan.closes_on:
            day = date_format(entry.scan.closes_on, "l j F")
            yield Waiting(
                title=_("Whom do you ask for advice?"),
                line=_("The scan is open until the end of %(day)s.") % {"day": day},
                url=reverse("scans:ask", args=[entry.scan_id]),
                icon="scan",
                button=_("Begin, it takes 5 minutes"),
                minutes=5,
            )


def _to_handle(acting: Acting) -> Iterator[Waiting]:
    """What people asked about their data: one line for all, with the first last day."""
    waiting = requests_waiting() if can_answer_requests(acting) else []
    if waiting:
        day = date_format(min(one.due_on for one in waiting), "j F")
        yield Waiting(
            title=_("What do people ask about their data?"),
            line=_("The first answer has to come by %(day)s.") % {"day": day},
            url=reverse("home:requests"),
            icon="mail",
            button=_("See what is asked"),
        )


def _to_decide(acting: Acting) -> Iterator[Waiting]:
    drafts = Scan.objects.filter(status=Scan.Status.DRAFT) if can_consent(acting) else []
    for scan in drafts:
        if consent_in_force(scan) is None:
            yield Waiting(
                title=_("Does the staff council consent?"),
                line=_("%(scan)s is in preparation.") % {"scan": scan.title},
                url=reverse("scans:council", args=[scan.pk]),
                icon="shield",
                button=_("Read what you decide on"),
                minutes=10,
            )


def _to_confirm(acting: Acting) -> Iterator[Waiting]:
    """Changed privacy settings that wait for a second person, who may be this one."""
    drafts = Scan.objects.filter(status=Scan.Status.DRAFT) if can_read_log(acting) else []
    for scan in drafts:
        waits = differences(scan) and second_look(scan) is None
        if waits and acting.account in lookers_at(scan):
            yield Waiting(
                title=_("Do these privacy settings fit?"),
                line=_("%(scan)s: they differ from last time.") % {"scan": scan.title},
                url=reverse("scans:confirm", args=[scan.pk]),
                icon="shield",
                button=_("Look at what changed"),
                minutes=2,
            )


def _to_prepare(acting: Acting) -> Iterator[Waiting]:
    drafts = Scan.objects.filter(status=Scan.Status.DRAFT) if can_prepare_scans(acting) else []
    for scan in drafts:
        yield Waiting(
            title=_("Go on with your draft"),
            line=scan.title,
            url=reverse("scans:setup", args=[scan.pk, "dates"]),
            icon="todo",
            button=_("See what is missing"),
        )


def _to_read(acting: Acting) -> Iterator[Waiting]:
    latest = Scan.objects.released().order_by("-released_at").first()
    if latest and latest.released_at and clock.now() - latest.released_at < RECENT:
        yield Waiting(
            title=_("The report is here"),
            line=_("%(scan)s. Everybody reads the same.") % {"scan": latest.title},
            url=reverse("scans:report", args=[latest.pk]),
            icon="eye",
            button=_("Read the report"),
            minutes=10,
        )
