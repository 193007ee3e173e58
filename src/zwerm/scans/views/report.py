"""The report: the same page and the same files for everybody, from one snapshot."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zwerm.people.http import ActingRequest, acting_required, at_school
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import library, printing
from zwerm.scans.actions import closing, moderating
from zwerm.scans.models import Comment, ReportFile, Scan
from zwerm.scans.permissions import can_moderate, can_prepare_scans
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.report_page import composed
from zwerm.scans.views.scans import visible_scan


def show_report(
    request: HttpRequest, scan: Scan, *, for_board: bool = False, may_moderate: bool = False
) -> HttpResponse:
    """The page of a released report. Comments stand beside it, never in it."""
    snapshot = json.loads(scan.snapshot.text)
    comments = Comment.objects.filter(scan=scan, is_removed=False)
    language = "en" if get_language() == "en" else "nl"
    context = {
        "scan": scan,
        "snapshot": snapshot,
        "page": composed(scan.snapshot.text, language),
        "comments": [] if for_board else comments,
        "digest": scan.snapshot.digest,
        "language": language,
        "for_board": for_board,
        "may_moderate": may_moderate,
    }
    return render(request, "scans/report.html", context)


@require_GET
@at_school
def report(request: ActingRequest, pk: UUID) -> HttpResponse:
    scan = released_scan(request, pk)
    return show_report(request, scan, may_moderate=can_moderate(request.acting))


def released_scan(request: ActingRequest, pk: UUID) -> Scan:
    released = Scan.objects.released().select_related("snapshot", "school")
    return get_object_or_404(released, pk=pk)


@require_GET
@acting_required
def board_report(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The report of one school, as that school released it to its board."""
    if request.acting.board is None:
        raise PermissionDenied
    with crossing_schools("a board reads the reports its schools released to it"):
        released = Scan.objects.released().filter(
            school__board=request.acting.board, is_for_board=True
        )
        scan = get_object_or_404(released.select_related("snapshot", "school"), pk=pk)
    with school_scope(scan.school):
        return show_report(request, scan, for_board=True)


@require_GET
@at_school
def report_file(request: ActingRequest, pk: UUID, language: str) -> HttpResponse:
    """The printed report, exactly as it was made when the scan closed."""
    scan = released_scan(request, pk)
    file = ReportFile.objects.filter(snapshot=scan.snapshot, language=language).first()
    if file is None and language in closing.LANGUAGES:
        messages.error(request, str(printing.NoPrinter()))
        return redirect("scans:report", scan.pk)
    if file is None:
        raise Http404
    return pdf_answer(bytes(file.pdf), f"zwerm-{language}.pdf")


@require_GET
@at_school
def report_poster(request: ActingRequest, pk: UUID) -> HttpResponse:
    """What we saw, as a poster for the staff room: drawn from the same snapshot."""
    scan = released_scan(request, pk)
    language = "en" if get_language() == "en" else "nl"
    try:
        pdf = printing.print_snapshot(json.loads(scan.snapshot.text), "poster", language)
    except printing.NoPrinter as fault:
        messages.error(request, str(fault))
        return redirect("scans:report", scan.pk)
    return pdf_answer(pdf, "zwerm-poster.pdf")


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_GET
@at_school
def poster(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The poster that invites people in the staff room, with the code to scan."""
    if not can_prepare_scans(request.acting):
        raise PermissionDenied
    scan = visible_scan(request, pk)
    if not scan.is_open:
        raise Http404
    language = "en" if get_language() == "en" else "nl"
    try:
        pdf = printing.print_invitation(scan, language, placeholders(scan, language))
    except printing.NoPrinter as fault:
        messages.error(request, str(fault))
        return redirect(scan)
    return pdf_answer(pdf, "zwerm-invitation.pdf")


@require_GET
@at_school
def guide(request: ActingRequest, pk: UUID, guide: str) -> HttpResponse:
    """One conversation guide, to print on one sheet."""
    scan = visible_scan(request, pk)
    guides = {one.id: one for one in library.load_guides().guides}
    if guide not in guides:
        raise Http404
    language = "en" if get_language() == "en" else "nl"
    context = {"scan": scan, "guide": guides[guide], "every": library.load_guides()}
    return render(request, "scans/guide.html", {**context, "language": language})


@require_POST
@at_school
def comment_report(request: ActingRequest, pk: UUID, comment: UUID) -> HttpResponse:
    """Anybody may report a comment; the privacy officer looks at it."""
    scan = released_scan(request, pk)
    moderating.report_comment(get_object_or_404(Comment, pk=comment, scan=scan))
    messages.success(request, _("Reported. The privacy officer looks at it."))
    return redirect("scans:report", scan.pk)


@require_POST
@at_school
def comment_remove(request: ActingRequest, pk: UUID, comment: UUID) -> HttpResponse:
    """The privacy officer takes one comment away."""
    if not can_moderate(request.acting):
        raise PermissionDenied
    scan = released_scan(request, pk)
    moderating.remove_comment(get_object_or_404(Comment, pk=comment, scan=scan))
    messages.success(request, _("The text is gone. The report itself has not changed."))
    return redirect("scans:report", scan.pk)
