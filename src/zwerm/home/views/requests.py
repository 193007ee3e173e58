"""The page of the privacy officer: what people asked about their data, and what became of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zwerm.home import actions
from zwerm.home.forms import ReplyForm
from zwerm.people.actions import requests as asked
from zwerm.people.http import ActingRequest, at_school
from zwerm.people.kept import LEAVERS_MONTHS
from zwerm.people.models import Member, PrivacyRequest
from zwerm.people.permissions import can_answer_requests
from zwerm.people.queries import leavers, requests_answered, requests_waiting


def require_officer(request: ActingRequest) -> None:
    if not can_answer_requests(request.acting):
        raise PermissionDenied


@require_GET
@at_school
def request_list(request: ActingRequest) -> HttpResponse:
    require_officer(request)
    context = {
        "waiting": requests_waiting(),
        "answered": requests_answered(),
        "leavers": leavers(),
        "months": LEAVERS_MONTHS,
    }
    return render(request, "home/requests.html", context)


@require_http_methods(["GET", "POST"])
@at_school
def request_answer(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One request: what was asked, and yes or no."""
    require_officer(request)
    rows = PrivacyRequest.objects.select_related("member", "answered_by")
    this = get_object_or_404(rows, pk=pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer(request, this, form.cleaned_data["reply"])
        return redirect("home:requests")
    context = {"this": this, "form": form}
    return render(request, "home/request.html", context, status=400 if form.errors else 200)


def answer(request: ActingRequest, this: PrivacyRequest, reply: str) -> None:
    """Say no when that was pressed, else do it."""
    if request.POST.get("answer") == "no":
        asked.refuse(this, by=request.user, reason=reply)
        messages.success(request, _("Refused. The person reads your reason."))
        return
    actions.fulfil(this, by=request.user, reply=reply)
    messages.success(request, _("Done. The person sees it."))


@require_http_methods(["GET", "POST"])
@at_school
def leaver_erase(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Erase somebody who left and asks for it: they cannot sign in to ask it here."""
    require_officer(request)
    member = get_object_or_404(Member.objects.filter(left_on__isnull=False), pk=pk)
    if request.method == "POST":
        actions.erase_person(member)
        messages.success(request, _("This person is erased."))
        return redirect("home:requests")
    return render(request, "home/leaver_erase.html", {"member": member})
