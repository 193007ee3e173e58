"""What the staff council reads and decides, and the log of settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zwerm.core import clock
from zwerm.people.http import ActingRequest, at_school
from zwerm.scans import jobs, library
from zwerm.scans.actions import confirming, drafting
from zwerm.scans.forms.setup import ConsentForm
from zwerm.scans.models import Scan
from zwerm.scans.permissions import (
    can_consent,
    can_prepare_scans,
    can_read_log,
    can_see_draft,
)
from zwerm.scans.queries.log import (
    changes_at_school,
    changes_of,
    destroyed_of,
    differences_in_words,
)
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.queries.readiness import consent_in_force
from zwerm.scans.queries.second_look import look_digest, lookers_at, second_look
from zwerm.scans.views.scans import visible_scan


@require_http_methods(["GET", "POST"])
@at_school
def council(request: ActingRequest, pk: UUID) -> HttpResponse:
    """What the council consents to, and its decision."""
    if not can_see_draft(request.acting):
        raise PermissionDenied
    scan = visible_scan(request, pk)
    form = ConsentForm(request.POST or None, initial={"decided_on": clock.today()})
    if request.method == "POST":
        if not can_consent(request.acting):
            raise PermissionDenied
        if form.is_valid():
            drafting.record_consent(scan, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your decision is recorded. All staff see it."))
            return redirect("scans:council", scan.pk)
    context = {
        "scan": scan,
        "form": form,
        "page": library.council_page(get_language(), **placeholders(scan, get_language())),
        "consents": scan.consents.all(),
        "in_force": consent_in_force(scan) if scan.is_draft else scan.consents.first(),
        "may_consent": can_consent(request.acting) and scan.is_draft,
    }
    return render(request, "scans/council.html", context)


@require_http_methods(["GET", "POST"])
@at_school
def confirm(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Changed privacy settings: who guards privacy confirms them, who prepares asks for it."""
    if not can_see_draft(request.acting):
        raise PermissionDenied
    scan = visible_scan(request, pk)
    if request.method == "POST":
        return look_or_ask(request, scan)
    may = lookers_at(scan) if scan.is_draft else []
    context = {
        "scan": scan,
        "lines": differences_in_words(scan) if scan.is_draft else [],
        "look": second_look(scan) if scan.is_draft else scan.second_looks.first(),
        "digest": look_digest(scan),
        "lookers": may,
        "may_look": request.user in may and can_read_log(request.acting),
        "may_ask": can_prepare_scans(request.acting),
    }
    return render(request, "scans/confirm.html", context)


def look_or_ask(request: ActingRequest, scan: Scan) -> HttpResponse:
    who: dict[str, Any] = {"by": request.user, "by_name": request.acting.name}
    if "ask" in request.POST:
        if not can_prepare_scans(request.acting):
            raise PermissionDenied
        confirming.ask(scan, **who)
        jobs.tell_lookers(scan)
        messages.success(request, _("Who may confirm this gets a mail."))
    else:
        if not can_read_log(request.acting):
            raise PermissionDenied
        confirming.confirm(scan, **who, shown=request.POST.get("shown", ""))
        jobs.tell_confirmed(scan)
        messages.success(request, _("Confirmed. Who prepares the scan gets a mail."))
    return redirect("scans:confirm", scan.pk)


@require_GET
@at_school
def log(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Who changed which setting of this scan."""
    if not can_read_log(request.acting):
        raise PermissionDenied
    scan = visible_scan(request, pk)
    context = {"scan": scan, "lines": changes_of(scan), "destroyed": destroyed_of(scan)}
    return render(request, "scans/log.html", context)


@require_GET
@at_school
def school_log(request: ActingRequest) -> HttpResponse:
    """Who changed which setting of this school, and of every scan of it."""
    if not can_read_log(request.acting):
        raise PermissionDenied
    return render(request, "scans/school_log.html", {"lines": changes_at_school()})
