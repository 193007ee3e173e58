"""The list of scans, the page of one, and what a facilitator may do with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zwerm.core import clock
from zwerm.people.http import ActingRequest, at_school
from zwerm.scans import drawings, jobs
from zwerm.scans.actions import closing, drafting, opening, releasing
from zwerm.scans.forms.setup import ExtendForm
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.permissions import can_consent, can_prepare_scans, can_read_log, can_see
from zwerm.scans.queries.groups import to_join_next_time
from zwerm.scans.queries.outlook import last_day_of
from zwerm.scans.queries.scans import participation, scans_for
from zwerm.scans.sentences import answered_in_words


def visible_scan(request: ActingRequest, pk: UUID) -> Scan:
    """The scan, if this person may know of it; else a 404."""
    scan = get_object_or_404(Scan.objects.select_related("work", "school"), pk=pk)
    if not can_see(request.acting, scan):
        raise Http404
    return scan


def require_facilitator(request: ActingRequest) -> None:
    if not can_prepare_scans(request.acting):
        raise PermissionDenied


@require_GET
@at_school
def scan_list(request: ActingRequest) -> HttpResponse:
    scans = scans_for(request.acting)
    has_draft = any(scan.is_draft for scan in scans)
    may_start = can_prepare_scans(request.acting) and not has_draft
    context = {
        "scans": scans,
        "may_start": may_start,
        "may_read_log": can_read_log(request.acting),
    }
    return render(request, "scans/list.html", context)


@require_POST
@at_school
def scan_start(request: ActingRequest) -> HttpResponse:
    require_facilitator(request)
    assert request.acting.school
    scan = drafting.start_scan(
        request.acting.school,
        by=request.user,
        by_name=request.acting.name,
        title=_("Scan %(month)s") % {"month": date_format(clock.today(), "F Y")},
    )
    return redirect("scans:setup", scan.pk, "purpose")


@require_GET
@at_school
def scan_detail(request: ActingRequest, pk: UUID) -> HttpResponse:
    scan = visible_scan(request, pk)
    if scan.is_draft and can_prepare_scans(request.acting):
        return redirect("scans:setup", scan.pk, "purpose")
    members = RosterEntry.objects.filter(scan=scan).count()
    context = {
        "scan": scan,
        "members": members,
        "participation": drawn_participation(scan, members) if scan.opened_at else None,
        "is_asked": is_asked(request, scan),
        **held_back(request, scan),
        "may_consent": can_consent(request.acting),
        "may_read_log": can_read_log(request.acting),
        "may_hurry": settings.DEMO and can_prepare_scans(request.acting),
    }
    return render(request, "scans/detail.html", context)


def drawn_participation(scan: Scan, members: int) -> dict[str, SafeString] | None:
    """The picture of what everybody may know of participation, for a broad page and a phone."""
    band = participation(scan, members)
    if band is None:
        return None
    language = get_language() or "nl"
    said = answered_in_words(band.low, band.high, language, in_few=band.is_small)
    picture = drawings.participation(band.low, band.high, said)
    return {
        "wide": drawings.inline(picture.wide),
        "narrow": drawings.inline(picture.narrow),
    }


def is_asked(request: ActingRequest, scan: Scan) -> bool:
    member = request.acting.member
    return member is not None and RosterEntry.objects.filter(scan=scan, member=member).exists()


@require_GET
@at_school
def scan_work(request: ActingRequest, pk: UUID) -> HttpResponse:
    """How far the report of a closed scan has come; asked for every second while busy."""
    scan = visible_scan(request, pk)
    context = {"scan": scan, **held_back(request, scan)}
    return render(request, "scans/detail.html#work", context)


def held_back(request: ActingRequest, scan: Scan) -> dict[str, Any]:
    """What a facilitator may do next time about a report that may not appear."""
    joined = to_join_next_time(scan) if scan.withheld_reason else None
    return {"may_prepare": can_prepare_scans(request.acting), "joined": joined}


@require_POST
@at_school
def scan_open(request: ActingRequest, pk: UUID) -> HttpResponse:
    require_facilitator(request)
    scan = visible_scan(request, pk)
    opening.open_scan(scan, by=request.user, by_name=request.acting.name)
    jobs.tell(scan)
    messages.success(request, _("The scan is open. Everybody gets a personal link by mail."))
    return redirect(scan)


@require_http_methods(["GET", "POST"])
@at_school
def scan_extend(request: ActingRequest, pk: UUID) -> HttpResponse:
    require_facilitator(request)
    scan = visible_scan(request, pk)
    opening.require_extendable(scan)
    form = ExtendForm(request.POST or None, instance=Scan.objects.get(pk=scan.pk))
    if request.method == "POST" and form.is_valid():
        opening.extend_scan(
            scan,
            closes_on=form.cleaned_data["closes_on"],
            report_on=form.cleaned_data["report_on"],
            by=request.user,
            by_name=request.acting.name,
        )
        jobs.tell(scan)
        messages.success(request, _("The last day has moved. Everybody hears of it by mail."))
        return redirect(scan)
    context = {"scan": scan, "form": form, "last_day": last_day_of(scan)}
    return render(request, "scans/extend.html", context)


@require_http_methods(["GET", "POST"])
@at_school
def scan_cancel(request: ActingRequest, pk: UUID) -> HttpResponse:
    require_facilitator(request)
    scan = visible_scan(request, pk)
    if request.method == "POST":
        opening.cancel_scan(scan, by=request.user, by_name=request.acting.name)
        jobs.tell(scan)
        messages.success(request, _("The scan is cancelled. All its answers are destroyed."))
        return redirect(scan)
    return render(request, "scans/cancel.html", {"scan": scan})


@require_http_methods(["GET", "POST"])
@at_school
def scan_discard(request: ActingRequest, pk: UUID) -> HttpResponse:
    require_facilitator(request)
    scan = visible_scan(request, pk)
    if request.method == "POST":
        drafting.discard_draft(scan, by=request.user, by_name=request.acting.name)
        messages.success(request, _("The draft is gone. Nobody had been asked anything."))
        return redirect("scans:list")
    return render(request, "scans/discard.html", {"scan": scan})


@require_POST
@at_school
def scan_close_now(request: ActingRequest, pk: UUID) -> HttpResponse:
    """In a demo only: do as if the last day were over."""
    if not settings.DEMO:
        raise Http404
    require_facilitator(request)
    scan = visible_scan(request, pk)
    closing.close_scan(scan, now=True)
    jobs.make_report(scan)
    return redirect(scan)


@require_POST
@at_school
def scan_release_now(request: ActingRequest, pk: UUID) -> HttpResponse:
    """In a demo only: do as if the day of the report had come."""
    if not settings.DEMO:
        raise Http404
    require_facilitator(request)
    scan = visible_scan(request, pk)
    releasing.release_scan(scan, now=True)
    jobs.tell(scan)
    return redirect(scan)
