"""Answering on a phone: agreements first, then one thing per screen, each tap saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zwerm.core.errors import Refused
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import library, link, sealed
from zwerm.scans.actions import answering, releasing
from zwerm.scans.forms.answer import read_answer, read_counter
from zwerm.scans.library import Questionnaire
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.queries.answering import first_open, place_of, said, tiles
from zwerm.scans.queries.mirror import mirror_is_readable
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.results.comments import roster_names_in

P = ParamSpec("P")
GUESSES_AN_HOUR = 60
SAVES_A_MINUTE = 240


@dataclass(frozen=True, slots=True)
class Asked:
    """Who answers which scan, and how they came in."""

    scan: Scan
    entry: RosterEntry
    through_roster_address: bool

    @property
    def questionnaire(self) -> Questionnaire:
        return library.questionnaire_of(self.scan)


Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def asked_only(
    view: Callable[Concatenate[HttpRequest, Asked, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Only for who is on the roster: by their personal link, or signed in as that member."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, pk: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with crossing_schools("a personal link comes in without a school"):
            scan = get_object_or_404(Scan.objects.seen().select_related("school"), pk=pk)
        with school_scope(scan.school):
            asked = who_is_asked(request, scan)
            if asked is None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if asked is None:
                raise PermissionDenied
            return view(request, asked, *args, **kwargs)

    return page


def who_is_asked(request: HttpRequest, scan: Scan) -> Asked | None:
    """The roster entry behind this request, if there is one."""
    entry = link.remembered(request, scan)
    if entry is not None:
        return Asked(scan, entry, through_roster_address=True)
    acting = cast(Any, request).acting
    member = acting.member if acting else None
    entry = RosterEntry.objects.filter(scan=scan, member=member).first() if member else None
    if entry is None:
        return None
    at_roster = Invitation.objects.filter(entry=entry, address__iexact=acting.account.email)
    return Asked(scan, entry, at_roster.exists())


def words(asked: Asked) -> dict[str, str]:
    return placeholders(asked.scan, language())


def language() -> str:
    return "en" if get_language() == "en" else "nl"


@require_http_methods(["GET", "POST"])
@never_cache
def personal_link(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    """GET shows a button and changes nothing: mail scanners open links too. POST comes in."""
    with crossing_schools("a personal link comes in without a school"):
        scan = get_object_or_404(Scan.objects.seen().select_related("school"), pk=pk)
    limit(request, "link", GUESSES_AN_HOUR, 3600)
    with school_scope(scan.school):
        invitation = link.read_token(scan, token) if scan.wrapped_key else None
        if invitation is None:
            return render(request, "scans/answer_no_link.html", {"scan": scan}, status=404)
        if request.method == "GET":
            return render(request, "scans/answer_link.html", {"scan": scan})
        answer = redirect("scans:ask", scan.pk)
        link.remember(answer, scan, invitation)
        return answer


@require_GET
@asked_only
def ask(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The first screen: who asks, why, how long, who sees what; one button."""
    if not asked.scan.is_open:
        return closed_page(request, asked)
    answers = sealed.read_answers(asked.scan, asked.entry)
    begun = bool(answers and answers.given)
    go_on = first_open(asked.questionnaire, answers)
    context = {
        "scan": asked.scan,
        "screen": library.first_screen(language(), **words(asked)),
        "promises": library.promises(language(), **words(asked)),
        "next": go_on,
        "begun": begun,
        "groups": asked.scan.partition.groups.all() if asked.scan.partition else [],
        "may_be_named": asked.entry.may_be_named,
    }
    return render(request, "scans/answer_start.html", context)


def closed_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """After the last day: when the report comes, and what one answered, for as long as it is."""
    return render(request, "scans/answer_closed.html", {"scan": asked.scan})


@require_http_methods(["GET", "POST"])
@asked_only
def question(request: HttpRequest, asked: Asked, question: str) -> HttpResponse:
    """One question. POST saves and goes on: this is how it works without script."""
    if not asked.scan.is_open:
        return closed_page(request, asked)
    questionnaire = asked.questionnaire
    this = questionnaire.question(question)
    if this is None:
        raise Http404
    answers = sealed.read_answers(asked.scan, asked.entry)
    answer = answers.answer(question) if answers else None
    colleagues = tiles(asked.scan, asked.entry, answer) if this["kind"] == "roster" else []
    place = place_of(questionnaire, question, max(len(colleagues), 40))
    if request.method == "POST":
        save_answer(request, asked, this, colleagues)
        if place.after is None:
            return redirect("scans:thanks", asked.scan.pk)
        return redirect("scans:question", asked.scan.pk, place.after)
    given = answers.given.get(question) if answers else None
    context = {
        "scan": asked.scan,
        "question": this,
        "text": this["text"][language()],
        "help": (this.get("help") or {}).get(language(), ""),
        "promise": (this.get("promise") or {}).get(language(), ""),
        "family": (this.get("family_label") or {}).get(language(), ""),
        "intro": (this.get("intro") or {}).get(language(), ""),
        "answer": answer,
        "counter": given.counter if given else 0,
        "tiles": colleagues,
        "kinds": [(one["id"], one[language()], bool(one.get("exclusive"))) for one in this["kinds"]]
        if this["kind"] == "kinds"
        else [],
        "points": sorted(library.answer_words(language()).items(), reverse=True),
        "roster": library.roster_texts(language(), **words(asked)),
        "place": place,
        "is_nobody": this["kind"] == "roster" and answer is not None and not answer["named"],
    }
    return render(request, f"scans/answer_{this['kind']}.html", context)


@require_POST
@asked_only
def save(request: HttpRequest, asked: Asked, question: str) -> JsonResponse:
    """One tap, saved before it is acknowledged."""
    this = asked.questionnaire.question(question)
    if this is None:
        raise Http404
    limit(request, f"save {asked.entry.pk}", SAVES_A_MINUTE, 60)
    colleagues = tiles(asked.scan, asked.entry, None) if this["kind"] == "roster" else []
    try:
        saved = save_answer(request, asked, this, colleagues)
    except Refused as fault:
        return JsonResponse({"saved": False, "sentence": str(fault)}, status=409)
    content: dict[str, Any] = {"saved": saved.was_newer, "counter": saved.counter}
    if this["kind"] == "comment":
        content["warning"] = name_warning(asked, request.POST.get("text", ""))
    return JsonResponse(content)


def save_answer(
    request: HttpRequest, asked: Asked, this: dict[str, Any], colleagues: list[Any]
) -> answering.Saved:
    present = None
    if this["kind"] == "roster":
        answers = sealed.read_answers(asked.scan, asked.entry)
        present = answers.answer(this["id"]) if answers else None
    return answering.answer_question(
        asked.scan,
        entry=asked.entry,
        question=this["id"],
        answer=read_answer(this, request.POST, colleagues, present),
        counter=read_counter(request.POST),
        through_roster_address=asked.through_roster_address,
    )


def name_warning(asked: Asked, text: str) -> str:
    """What to say while somebody types a name of the roster in the open question."""
    names = list(RosterEntry.objects.filter(scan=asked.scan).values_list("name", flat=True))
    found = roster_names_in(text, names)
    if not found:
        return ""
    return _("There is a name in it: %(names)s. A text with a name is not published.") % {
        "names": ", ".join(found)
    }


@require_http_methods(["GET", "POST"])
@asked_only
def thanks(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What I said, only for me; who may know; when the report comes."""
    scan = asked.scan
    if not scan.is_open and not mirror_is_readable(scan):
        return closed_page(request, asked)
    if request.method == "POST":
        change_may_know(request, asked)
        messages.success(request, _("Saved."))
        return redirect("scans:thanks", scan.pk)
    if scan.is_open:
        answering.finish(scan, entry=asked.entry)
    answers = sealed.read_answers(scan, asked.entry)
    title, lines = library.thanks_screen(language(), **words(asked))
    advice = (answers.answer("advice") if answers else None) or {}
    context = {
        "scan": scan,
        "title": title,
        "lines": lines,
        "said": said(scan, asked.questionnaire, answers, language()),
        "named": [one for one in tiles(scan, asked.entry, advice) if one.is_chosen],
        "knows": set(advice.get("may_know", ())),
        "roster": library.roster_texts(language(), **words(asked)),
    }
    return render(request, "scans/answer_thanks.html", context)


def change_may_know(request: HttpRequest, asked: Asked) -> None:
    numbers = [int(one) for one in request.POST.getlist("may_know") if one.isdecimal()]
    if not asked.scan.is_open:
        releasing.change_may_know(asked.scan, entry=asked.entry, may_know=numbers)
        return
    answers = sealed.read_answers(asked.scan, asked.entry)
    present = answers.answer("advice") if answers else None
    if present:
        kept = [one for one in numbers if one in present["named"]]
        answering.answer_question(
            asked.scan,
            entry=asked.entry,
            question="advice",
            answer={**present, "may_know": kept},
            counter=None,
            through_roster_address=asked.through_roster_address,
        )


@require_http_methods(["GET", "POST"])
@asked_only
def withdraw(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Erase everything I answered."""
    if request.method == "POST":
        answering.withdraw(asked.scan, entry=asked.entry)
        messages.success(request, _("Everything you answered is erased."))
        return redirect("scans:ask", asked.scan.pk)
    return render(request, "scans/answer_withdraw.html", {"scan": asked.scan})


@require_POST
@asked_only
def being_named(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Object to being named, or take that back."""
    if asked.entry.member is None:
        raise Http404
    may_be_named = request.POST.get("may_be_named") == "yes"
    answering.change_being_named(asked.entry.member, may_be_named=may_be_named)
    if may_be_named:
        messages.success(request, _("You are on the list again."))
    else:
        messages.success(request, _("You are off the list. Nobody can name you any more."))
    return redirect("scans:ask", asked.scan.pk)


def limit(request: HttpRequest, what: str, most: int, seconds: int) -> None:
    """Refuse when one address tries too often. Counted in the shared cache."""
    key = f"limit {what} {request.META.get('REMOTE_ADDR', '')}".replace(" ", "-")
    cache.add(key, 0, seconds)
    if cache.incr(key) > most:
        raise Refused(_("Too many tries in a short time. Wait a while and try again."))
