"""What Zwerm knows about me: to read, to take away, and to ask something about."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zwerm.home import actions
from zwerm.home.forms import AskForm
from zwerm.home.rights import as_json, known_of
from zwerm.people.http import ActingRequest, acting_required, at_school
from zwerm.people.models import Member, PrivacyRequest
from zwerm.people.queries import has_officer, requests_of

Kind = PrivacyRequest.Kind


@require_GET
@acting_required
def about_me(request: ActingRequest) -> HttpResponse:
    """Everything that is known of who reads this, and what they asked about it."""
    member = request.acting.member
    context = {
        "known": known_of(request.user, with_answers=False),
        "member": member,
        "asked": requests_of(member) if member else [],
        "has_officer": has_officer(request.acting.school) if request.acting.school else False,
    }
    return render(request, "home/about_me.html", context)


@require_http_methods(["GET", "POST"])
@at_school
def ask(request: ActingRequest, kind: str) -> HttpResponse:
    """Ask for a correction, for erasure, or to be named no longer."""
    member = asking_member(request, kind)
    form = AskForm(request.POST or None, kind=Kind(kind))
    if request.method == "POST" and form.is_valid():
        actions.ask(member, kind=Kind(kind), words=form.cleaned_data["words"])
        messages.success(request, done_in_words(Kind(kind)))
        return redirect("home:about_me")
    context = {"form": form, "kind": kind, "member": member}
    return render(request, "home/ask.html", context, status=400 if form.errors else 200)


def asking_member(request: ActingRequest, kind: str) -> Member:
    """Who asks: somebody on the staff list of the school where they act."""
    if request.acting.member is None or kind not in Kind.values:
        raise Http404
    return request.acting.member


def done_in_words(kind: Kind) -> str:
    if kind == Kind.OBJECT:
        return _("You are off the list. Nobody can name you any more.")
    return _("The privacy officer of your school has your request. You read the answer here.")


@require_GET
@acting_required
def as_json_file(request: ActingRequest) -> HttpResponse:
    """Everything, also what was answered under seal, for a program to read."""
    text = as_json(known_of(request.user, with_answers=True))
    return attached(text, "application/json; charset=utf-8", "zwerm.json")


@require_GET
@acting_required
def as_html_file(request: ActingRequest) -> HttpResponse:
    """The same, to read oneself: one file with nothing beside it."""
    context = {"known": known_of(request.user, with_answers=True)}
    text = render_to_string("home/about_me_file.html", context)
    return attached(text, "text/html; charset=utf-8", "zwerm.html")


def attached(text: str, kind: str, name: str) -> HttpResponse:
    """A file that a browser keeps and does not open as a page of this site."""
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
