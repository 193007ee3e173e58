"""What the school expects of its next scan: everybody reads it, the facilitator writes it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zwerm.people.http import ActingRequest, at_school
from zwerm.scans.actions import expecting
from zwerm.scans.forms.expecting import ExpectationForm
from zwerm.scans.models import Scan
from zwerm.scans.permissions import can_prepare_scans
from zwerm.scans.queries.expecting import (
    expectation_after,
    figures_to_expect,
    is_fixed,
    names_unwritten,
    report_after,
)
from zwerm.scans.queries.outlook import outlook_after
from zwerm.scans.views.scans import require_facilitator


@require_http_methods(["GET", "POST"])
@at_school
def expectation(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The one expectation after a report, and what the next scan could see."""
    if request.method == "POST":
        require_facilitator(request)
    scan = get_object_or_404(Scan.objects.released().select_related("school"), pk=pk)
    fixed = is_fixed(scan)
    may_write = can_prepare_scans(request.acting) and not fixed
    form = form_for(request, scan) if may_write or request.method == "POST" else None
    if request.method == "POST" and form and form.is_valid():
        expecting.record_expectation(
            scan, **form.cleaned_data, by=request.user, by_name=request.acting.name
        )
        messages.success(request, _("Kept. Everybody at school reads it on this page."))
        return redirect("scans:expectation", scan.pk)
    context = {
        "scan": scan,
        "form": form if may_write else None,
        "expected": expectation_after(scan),
        "is_fixed": fixed,
        "next_report": report_after(scan),
        "outlook": outlook_after(scan),
    }
    return render(request, "scans/expectation.html", context)


def form_for(request: ActingRequest, scan: Scan) -> ExpectationForm:
    """The form, with what was written before."""
    kept = expectation_after(scan)
    initial = {name: getattr(kept, name, "") for name in ("figure", "direction", "note")}
    return ExpectationForm(
        request.POST or None,
        figures=figures_to_expect(scan),
        names=names_unwritten(scan),
        initial=initial,
    )
