"""The six steps in which a facilitator prepares a scan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zwerm.core.errors import Refused
from zwerm.people.http import ActingRequest, at_school
from zwerm.people.models import Member
from zwerm.scans import library
from zwerm.scans.actions import drafting, grouping, instruments
from zwerm.scans.forms import setup as forms
from zwerm.scans.models import Group, Instrument, Scan
from zwerm.scans.queries.groups import leaders_asked, people_asked, people_with_posts
from zwerm.scans.queries.outlook import outlook_of
from zwerm.scans.queries.readiness import STEPS, leaders_can_be_shown, missing
from zwerm.scans.queries.setup import group_cards, outcome
from zwerm.scans.views.scans import require_facilitator


def draft_of(request: ActingRequest, pk: UUID) -> Scan:
    """The draft to change. A page that stood open since before the opening is told why not."""
    require_facilitator(request)
    scan = get_object_or_404(
        Scan.objects.select_related("partition", "school", "previous__key"), pk=pk
    )
    if not scan.is_draft:
        raise Refused(_("This scan has been opened. Its settings can no longer be changed."))
    return scan


def show(request: ActingRequest, scan: Scan, step: str, **context: object) -> HttpResponse:
    """One step, with where it stands and what is still missing."""
    number = STEPS.index(step)
    lacking = missing(scan)
    return render(
        request,
        f"scans/setup_{step}.html",
        {
            "scan": scan,
            "step": step,
            "steps": STEPS,
            "number": number + 1,
            "before": STEPS[number - 1] if number else None,
            "missing": lacking,
            "missing_here": [one for one in lacking if one.step == step],
            **context,
        },
    )


def go_on(scan: Scan, step: str) -> HttpResponse:
    """To the next step; from the last one back to the same page."""
    number = min(STEPS.index(step) + 1, len(STEPS) - 1)
    return redirect("scans:setup", scan.pk, STEPS[number])


@require_http_methods(["GET", "POST"])
@at_school
def setup(request: ActingRequest, pk: UUID, step: str) -> HttpResponse:
    """The page of one step."""
    pages = {
        "purpose": purpose,
        "people": people,
        "groups": groups,
        "leaders": leaders,
        "agreements": agreements,
        "dates": dates,
    }
    if step not in pages:
        raise Http404
    return pages[step](request, draft_of(request, pk))


def purpose(request: ActingRequest, scan: Scan) -> HttpResponse:
    form = purpose_form(scan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = dict(form.cleaned_data)
        chosen = cleaned.pop("instruments", [])
        by, by_name = request.user, request.acting.name
        drafting.change_scan(scan, by=by, by_name=by_name, **cleaned)
        drafting.choose_instruments(scan, by=by, by_name=by_name, instruments=chosen)
        return go_on(scan, "purpose")
    return show_purpose(request, scan, form, forms.InstrumentForm())


def show_purpose(
    request: ActingRequest, scan: Scan, form: forms.PurposeForm, loading: forms.InstrumentForm
) -> HttpResponse:
    loaded = Instrument.objects.all()
    return show(request, scan, "purpose", form=form, instrument_form=loading, loaded=loaded)


def purpose_form(scan: Scan, sent: QueryDict | None = None) -> forms.PurposeForm:
    """The form of the first step. A form writes on the scan it is given: it gets one of its own."""
    initial = {
        "instruments": scan.instruments.all(),
        "form": scan.form,
        "has_comment": scan.has_comment,
    }
    return forms.PurposeForm(sent, instance=Scan.objects.get(pk=scan.pk), initial=initial)


@require_POST
@at_school
def instrument_load(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Load a school's own questions from a YAML file."""
    scan = draft_of(request, pk)
    form = forms.InstrumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            loaded = instruments.load_instrument(scan.school, text=form.cleaned_data["file"])
        except Refused as fault:
            form.add_error("file", str(fault))
    if not form.is_valid():
        return show_purpose(request, scan, purpose_form(scan), form)
    messages.success(request, _("Loaded: %(name)s. Tick it to ask it.") % {"name": loaded.name})
    return redirect("scans:setup", scan.pk, "purpose")


@require_GET
@at_school
def instrument_file(request: ActingRequest, pk: UUID) -> HttpResponse:
    """A school's own questions as the YAML file that can be loaded again."""
    require_facilitator(request)
    instrument = get_object_or_404(Instrument, pk=pk)
    text = library.write_instrument(library.read_instrument(instrument.text))
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="questions.yaml"'
    return answer


def people(request: ActingRequest, scan: Scan) -> HttpResponse:
    members = Member.objects.filter(left_on__isnull=True)
    form = forms.PeopleForm(
        request.POST or None, members=members, initial={"asked": people_asked(scan)}
    )
    if request.method == "POST" and form.is_valid():
        asked = {member.pk for member in form.cleaned_data["asked"]}
        left_out = [member for member in members if member.pk not in asked]
        drafting.choose_roster(
            scan, left_out=left_out, by=request.user, by_name=request.acting.name
        )
        return go_on(scan, "people")
    return show(request, scan, "people", form=form, count=people_asked(scan).count())


def groups(request: ActingRequest, scan: Scan) -> HttpResponse:
    if request.method == "POST":
        return go_on(scan, "groups")
    grouping.begin_partition(scan)
    cards = group_cards(scan)
    return show(request, scan, "groups", cards=cards, outcome=outcome(scan, cards))


@require_POST
@at_school
def group_merge(request: ActingRequest, pk: UUID) -> HttpResponse:
    scan = draft_of(request, pk)
    of_scan = Group.objects.filter(partition=scan.partition)
    form = forms.MergeForm(request.POST, groups=of_scan)
    if form.is_valid():
        grouping.merge_groups(
            scan, **form.cleaned_data, by=request.user, by_name=request.acting.name
        )
    else:
        messages.error(request, _("Choose the group that it should join."))
    return redirect(reverse("scans:setup", args=[scan.pk, "groups"]))


@require_POST
@at_school
def group_neighbour(request: ActingRequest, pk: UUID) -> HttpResponse:
    scan = draft_of(request, pk)
    of_scan = Group.objects.filter(partition=scan.partition)
    form = forms.NeighbourForm(request.POST, groups=of_scan)
    if form.is_valid():
        grouping.choose_neighbour(
            scan, **form.cleaned_data, by=request.user, by_name=request.acting.name
        )
    else:
        messages.error(request, _("Choose the group that it should join."))
    return redirect("scans:setup", scan.pk, "groups")


@require_POST
@at_school
def groups_again(request: ActingRequest, pk: UUID) -> HttpResponse:
    scan = draft_of(request, pk)
    grouping.start_groups_again(scan, by=request.user, by_name=request.acting.name)
    return redirect("scans:setup", scan.pk, "groups")


def leaders(request: ActingRequest, scan: Scan) -> HttpResponse:
    members = people_with_posts(scan)
    names = {"nl": scan.post_group_nl, "en": scan.post_group_en}
    form = forms.LeadersForm(
        request.POST or None, members=members, initial={"leaders": scan.leaders.all(), **names}
    )
    if request.method == "POST" and form.is_valid():
        drafting.mark_leaders(
            scan, **form.cleaned_data, by=request.user, by_name=request.acting.name
        )
        return go_on(scan, "leaders")
    marked = leaders_asked(scan).count()
    can_show = leaders_can_be_shown(scan)
    return show(request, scan, "leaders", form=form, marked=marked, can_show=can_show)


def agreements(request: ActingRequest, scan: Scan) -> HttpResponse:
    form = forms.AgreementsForm(request.POST or None, instance=Scan.objects.get(pk=scan.pk))
    if request.method == "POST" and form.is_valid():
        drafting.change_scan(
            scan, by=request.user, by_name=request.acting.name, **form.cleaned_data
        )
        return go_on(scan, "agreements")
    return show(request, scan, "agreements", form=form, consent=scan.consents.first())


def dates(request: ActingRequest, scan: Scan) -> HttpResponse:
    form = forms.DatesForm(request.POST or None, instance=Scan.objects.get(pk=scan.pk))
    if request.method == "POST" and form.is_valid():
        drafting.change_scan(
            scan, by=request.user, by_name=request.acting.name, **form.cleaned_data
        )
        messages.success(request, _("The dates are kept."))
        return redirect("scans:setup", scan.pk, "dates")
    count = people_asked(scan).count()
    return show(request, scan, "dates", form=form, count=count, outlook=outlook_of(scan))
