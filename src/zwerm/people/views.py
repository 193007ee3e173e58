"""The staff list, where somebody acts, and the persons of a demo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zwerm.core.models import Installation
from zwerm.people.acting import places_of
from zwerm.people.actions import staff as actions
from zwerm.people.actions.log import Actor
from zwerm.people.exporting import as_workbook
from zwerm.people.forms import ColumnsForm, PersonForm, UploadForm
from zwerm.people.http import SESSION_KEY, ActingRequest, acting_required, at_school
from zwerm.people.models import Account, Member, Upload
from zwerm.people.permissions import can_keep_staff
from zwerm.people.queries import demo_persons, staff
from zwerm.people.staff_list.columns import FIELDS, label_of
from zwerm.people.staff_list.plan import plan_of, present_members
from zwerm.people.staff_list.reading import UnreadableFile, read_table
from zwerm.people.wanted import wanted_page

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def require_keeper(request: ActingRequest) -> None:
    if not can_keep_staff(request.acting):
        raise PermissionDenied


def actor(request: ActingRequest) -> Actor:
    """Who stands in the log for what this request changes."""
    return Actor(request.user, request.acting.name)


def sent(request: ActingRequest) -> tuple[Any, Any]:
    """What a form takes: the data and files that were sent, or nothing at all for a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@require_GET
@at_school
def staff_list(request: ActingRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:100]
    context = {
        "members": staff(query),
        "query": query,
        "may_keep": can_keep_staff(request.acting),
    }
    return render(request, "people/staff.html", context)


@require_http_methods(["GET", "POST"])
@at_school
def staff_load(request: ActingRequest) -> HttpResponse:
    """Send a file in; it is read at once, and a wrong one is not kept."""
    require_keeper(request)
    form = UploadForm(*sent(request))
    fault = ""
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            read_table(content)
        except UnreadableFile as wrong:
            fault = str(wrong)
        else:
            assert request.acting.school
            upload = actions.keep_upload(
                request.acting.school, by=request.user, name=file.name, content=content
            )
            return redirect("people:plan", upload.pk)
    labels = [label_of(field) for field in FIELDS]
    status = 400 if fault or form.errors else 200
    context = {"form": form, "fault": fault, "labels": labels}
    return render(request, "people/load.html", context, status=status)


def own_upload(request: ActingRequest, pk: UUID) -> Upload:
    """The file that this person sent in."""
    require_keeper(request)
    return get_object_or_404(Upload, pk=pk, by=request.user)


@require_GET
@at_school
def staff_plan(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The dry run: new, changed, left, and the faults of each row."""
    upload = own_upload(request, pk)
    table, plan = plan_of(upload)
    form = ColumnsForm(headings=table.headings, columns=plan.columns)
    return render(request, "people/plan.html", {"upload": upload, "plan": plan, "form": form})


@require_POST
@at_school
def staff_columns(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Say which column of the file holds what."""
    upload = own_upload(request, pk)
    table, plan = plan_of(upload)
    form = ColumnsForm(request.POST, headings=table.headings, columns=plan.columns)
    if not form.is_valid():
        context = {"upload": upload, "plan": plan, "form": form}
        return render(request, "people/plan.html", context, status=400)
    upload.columns = form.chosen()
    actions.choose_columns(upload)
    return redirect("people:plan", upload.pk)


@require_POST
@at_school
def staff_confirm(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Write what was shown, from the very same bytes."""
    upload = own_upload(request, pk)
    try:
        actions.write_upload(
            upload,
            shown=request.POST.get("shown", ""),
            by=actor(request),
            addresses=request.POST.getlist("address"),
            many_leave="many_leave" in request.POST,
            without_faulty="without_faulty" in request.POST,
        )
    except actions.NotTicked as fault:
        return not_ticked(request, upload, fault)
    messages.success(request, _("The staff list is up to date."))
    return redirect("people:staff")


def not_ticked(request: ActingRequest, upload: Upload, fault: actions.NotTicked) -> HttpResponse:
    """The dry run again, with what was ticked, and the sentence at the box that was not."""
    table, plan = plan_of(upload)
    context = {
        "upload": upload,
        "plan": plan,
        "form": ColumnsForm(headings=table.headings, columns=plan.columns),
        "fault": fault,
        "ticked": {*request.POST, *request.POST.getlist("address")},
    }
    return render(request, "people/plan.html", context, status=409)


@require_GET
@at_school
def staff_export(request: ActingRequest) -> HttpResponse:
    require_keeper(request)
    return workbook(as_workbook(present_members()), "zwerm-staff.xlsx")


@require_GET
@at_school
def staff_template(request: ActingRequest) -> HttpResponse:
    """An empty file with the right headings."""
    require_keeper(request)
    return workbook(as_workbook([]), "zwerm-staff-empty.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@at_school
def member_edit(request: ActingRequest, pk: UUID | None = None) -> HttpResponse:
    """Add one person, or correct one."""
    require_keeper(request)
    members = Member.objects.filter(left_on__isnull=True)
    member = get_object_or_404(members, pk=pk) if pk else None
    form = PersonForm(*sent(request), instance=member)
    if form.is_valid():
        assert request.acting.school
        actions.save_person(
            form.save(commit=False),
            school=request.acting.school,
            home_team=form.cleaned_data["home_team"],
            by=actor(request),
        )
        messages.success(request, _("Saved."))
        return redirect("people:staff")
    status = 400 if form.errors else 200
    return render(request, "people/member.html", {"form": form, "member": member}, status=status)


@require_POST
@at_school
def member_leave(request: ActingRequest, pk: UUID) -> HttpResponse:
    require_keeper(request)
    member = get_object_or_404(Member.objects.filter(left_on__isnull=True), pk=pk)
    actions.leave(member)
    messages.success(request, _("This person no longer has access."))
    return redirect("people:staff")


@require_http_methods(["GET", "POST"])
@acting_required
def places(request: ActingRequest) -> HttpResponse:
    """Choose where to act, for who belongs to several schools or a board."""
    mine = places_of(request.user)
    if request.method == "POST":
        if request.POST.get("place") not in {place.key for place in mine}:
            raise PermissionDenied
        request.session[SESSION_KEY] = request.POST["place"]
        return redirect("home:start")
    return render(request, "people/places.html", {"places_to_act": mine})


@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Look through the eyes of an invented person. Exists in a demo only."""
    if not settings.DEMO or not Installation.objects.filter(is_demo=True).exists():
        raise Http404
    groups = demo_persons()
    if request.method == "POST":
        shown = {person.account for _place, persons in groups for person in persons}
        if request.POST.get("account") not in shown:
            raise PermissionDenied
        account = Account.objects.get(pk=request.POST["account"])
        login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, account, "demo")
        return redirect(wanted_page(request))
    return render(request, "people/demo.html", {"groups": groups, "next": wanted_page(request)})
