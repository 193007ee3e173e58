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
from zwerm.scans.forms.answer import read_numbers
from zwerm.scans.link import remembered
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.answering import questions_for, require_roster_address
from zwerm.scans.queries.mirror import mirror_of


@require_http_methods(["GET", "POST"])
@at_school
def mirror(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One's own answers, band or who let it be known; and one's own "may know"."""
    scan, entry = own_entry(request, pk)
    if request.method == "POST":
        change_may_know(request, scan, entry)
        messages.success(request, _("Kept. Somebody may have read the earlier choice already."))
        return redirect("scans:mirror", scan.pk)
    seen = mirror_of(scan, entry, "en" if get_language() == "en" else "nl")
    return render(request, "scans/mirror.html", {"scan": scan, "mirror": seen})


@require_http_methods(["GET", "POST"])
@at_school
def mirror_erase(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Erase one's own answers after the report; the report itself stays as it is."""
    scan, entry = own_entry(request, pk)
    if request.method == "POST":
        releasing.erase_own(scan, entry=entry)
        messages.success(request, _("Your answers are erased. The report stays as it is."))
        return redirect("scans:mirror", scan.pk)
    return render(request, "scans/mirror_erase.html", {"scan": scan})


def own_entry(request: ActingRequest, pk: UUID) -> tuple[Scan, RosterEntry]:
    """The released scan, and this person's own place on its roster.

    Refused for who came in under another address than that of the roster, whatever was answered:
    whoever changed the staff list could otherwise read that, or whether a colleague did (rule R1).
    """
    if request.acting.member is None:
        raise Http404
    scan = get_object_or_404(Scan.objects.released().select_related("key"), pk=pk)
    rows = RosterEntry.objects.select_related("invitation")
    entry = get_object_or_404(rows, scan=scan, member=request.acting.member)
    invitation = entry.invitation
    require_roster_address(
        invitation.is_of(request.user) or remembered(request, scan) == invitation
    )
    return scan, entry


def change_may_know(request: ActingRequest, scan: Scan, entry: RosterEntry) -> None:
    """Each question has its own list; a name that is not in it may not know."""
    for question in questions_for(scan, entry):
        name = f"may_know-{question['id']}"
        if f"asked-{name}" in request.POST:
            numbers = read_numbers(request.POST, name)
            releasing.change_may_know(scan, entry=entry, may_know=numbers, question=question["id"])
