"""The mirror: what one respondent sees of themselves, for thirty days after the report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zwerm.people.http import ActingRequest, at_school
from zwerm.scans.actions import releasing
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.mirror import mirror_of


@require_http_methods(["GET", "POST"])
@at_school
def mirror(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One's own answers, band and who let it be known; and one's own "may know"."""
    if request.acting.member is None:
        raise Http404
    scan = get_object_or_404(Scan.objects.released(), pk=pk)
    entry = get_object_or_404(RosterEntry, scan=scan, member=request.acting.member)
    if request.method == "POST":
        numbers = [int(one) for one in request.POST.getlist("may_know") if one.isdecimal()]
        releasing.change_may_know(scan, entry=entry, may_know=numbers)
        messages.success(request, _("Kept. Somebody may have read the earlier choice already."))
        return redirect("scans:mirror", scan.pk)
    seen = mirror_of(scan, entry, "en" if get_language() == "en" else "nl")
    return render(request, "scans/mirror.html", {"scan": scan, "mirror": seen})
