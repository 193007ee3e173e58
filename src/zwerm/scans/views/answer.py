"""Answering on a phone: agreements first, then one thing per screen, each tap saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zwerm.core.errors import Refused
from zwerm.scans import library
from zwerm.scans.actions import answering, releasing
from zwerm.scans.forms.answer import read_answer, read_counter, read_numbers
from zwerm.scans.models import RosterEntry
from zwerm.scans.queries.answering import (
    Question,
    colleagues_of,
    first_open,
    may_know,
    place_in_family,
    place_of,
    said,
    tiles,
)
from zwerm.scans.queries.mirror import mirror_is_readable
from zwerm.scans.results.comments import roster_names_in
from zwerm.scans.views.asked import Asked, asked_only, language, too_many_saves
from zwerm.scans.views.coming_in import closed_page


@require_GET
@asked_only
def ask(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The first screen: who asks, why, how long, who sees what; one button."""
    if not asked.scan.is_open:
        return closed_page(request, asked.scan, may_read=True)
    answers, words = asked.answers, asked.words
    context = {
        "asked": asked,
        "scan": asked.scan,
        "screen": library.first_screen(language(), **words),
        "promises": library.promises(language(), **words),
        "next": first_open(asked.questions, answers),
        "begun": bool(answers and answers.given),
        "is_finished": bool(answers and answers.is_finished),
        "groups": asked.scan.partition.groups.all() if asked.scan.partition else [],
    }
    return render(request, "scans/answer_start.html", context)


@require_http_methods(["GET", "POST"])
@asked_only
def question(request: HttpRequest, asked: Asked, question: str) -> HttpResponse:
    """One question. POST saves and goes on: this is how it works without script."""
    if not asked.scan.is_open:
        status = 409 if request.method == "POST" else 200
        return closed_page(request, asked.scan, may_read=True, status=status)
    this = find(asked, question)
    if request.method == "POST":
        return answer_and_go_on(request, asked, this)
    context = frame(asked, this) | asked_as(asked, this)
    return render(request, f"scans/answer_{this['kind']}.html", context)


def find(asked: Asked, question: str) -> Question:
    """The question with this id, if it is asked of this person."""
    for one in asked.questions:
        if one["id"] == question:
            return one
    raise Http404


def frame(asked: Asked, this: Question) -> dict[str, Any]:
    """What stands around every kind of question, with the answer it has now."""
    answers = asked.answers
    given = answers.given.get(this["id"]) if answers else None
    roster = RosterEntry.objects.filter(scan=asked.scan).count() if "promise" in this else 0
    return {
        "asked": asked,
        "scan": asked.scan,
        "question": this,
        "text": this["text"][language()],
        "help": in_language(this.get("help")),
        "answer": given.answer if given else None,
        "counter": given.counter if given else 0,
        "place": place_of(asked.questions, this["id"], roster),
    }


def in_language(pair: dict[str, str] | None) -> str:
    return pair[language()] if pair else ""


def asked_as(asked: Asked, this: Question) -> dict[str, Any]:
    """What only this kind of question needs."""
    if this["kind"] == "roster":
        return as_roster(asked, this)
    if this["kind"] == "kinds":
        kinds = [(one["id"], one[language()], bool(one.get("exclusive"))) for one in this["kinds"]]
        return {"kinds": kinds}
    if this["kind"] == "item":
        return as_item(asked, this)
    answers = asked.answers
    return {"warning": name_warning(asked, (answers and answers.answer(this["id"])) or "")}


def as_roster(asked: Asked, this: Question) -> dict[str, Any]:
    answers = asked.answers
    answer = answers.answer(this["id"]) if answers else None
    colleagues = tiles(colleagues_of(asked.scan, asked.entry), answer)
    return {
        "tiles": colleagues,
        "chosen": sum(one.is_chosen for one in colleagues),
        "is_nobody": answer is not None and not answer["named"],
        "promise": in_language(this.get("promise")),
        "roster": library.roster_texts(language(), **asked.words),
    }


def as_item(asked: Asked, this: Question) -> dict[str, Any]:
    number, of = place_in_family(asked.questions, this)
    points = library.answer_words(language())
    return {
        "points": sorted(((value, said) for value, said in points.items() if value), reverse=True),
        "missing": points[0],
        "family": in_language(this.get("family_label")),
        "intro": in_language(this.get("intro")),
        "number": number,
        "of": of,
    }


def answer_and_go_on(request: HttpRequest, asked: Asked, this: Question) -> HttpResponse:
    """Save what a form without script sent, and show what comes next."""
    saved = save_answer(request, asked, this)
    if this["kind"] == "comment" and (warning := name_warning(asked, request.POST.get("text", ""))):
        messages.warning(request, warning)
    if not saved.was_newer:
        messages.warning(
            request,
            _("On another device you answered this later. That answer is kept: here it is."),
        )
        return redirect("scans:question", asked.scan.pk, this["id"])
    after = place_of(asked.questions, this["id"], 0).after
    if after is not None:
        return redirect("scans:question", asked.scan.pk, after)
    return finish_and_thank(asked)


def finish_and_thank(asked: Asked) -> HttpResponse:
    answering.finish(
        asked.scan, entry=asked.entry, through_roster_address=asked.through_roster_address
    )
    return redirect("scans:thanks", asked.scan.pk)


@require_POST
@asked_only
def save(request: HttpRequest, asked: Asked, question: str) -> JsonResponse:
    """One tap, saved before it is acknowledged. Answers in sentences, also when it says no."""
    this = next((one for one in asked.questions if one["id"] == question), None)
    if this is None:
        return JsonResponse({"saved": False, "sentence": not_asked_now(asked)}, status=409)
    if too_many_saves(asked):
        sentence = _("That went very fast. It is kept on this device and saved in a moment.")
        return JsonResponse({"saved": False, "sentence": sentence}, status=429)
    try:
        saved = save_answer(request, asked, this)
    except Refused as fault:
        return JsonResponse({"saved": False, "sentence": str(fault)}, status=409)
    content: dict[str, Any] = {"saved": saved.was_newer, "counter": saved.counter}
    if this["kind"] == "comment":
        content["warning"] = name_warning(asked, request.POST.get("text", ""))
    return JsonResponse(content)


def not_asked_now(asked: Asked) -> str:
    """Why a question that a page still shows is not asked of this person."""
    if asked.entry.may_be_named:
        return _("This question is not part of this scan. Nothing was saved.")
    return _("You are off the list, so you name nobody. This was not saved. Go on to the rest.")


def save_answer(request: HttpRequest, asked: Asked, this: Question) -> answering.Saved:
    is_roster = this["kind"] == "roster"
    colleagues = colleagues_of(asked.scan, asked.entry) if is_roster else []
    return answering.answer_question(
        asked.scan,
        entry=asked.entry,
        question=this["id"],
        answer=read_answer(this, request.POST, [one.number for one in colleagues]),
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


@require_POST
@asked_only
def finish(request: HttpRequest, asked: Asked) -> HttpResponse:
    """This is all I want to answer: no more reminders."""
    return finish_and_thank(asked)


@require_http_methods(["GET", "POST"])
@asked_only
def thanks(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What I said, only for me; who may know; when the report comes."""
    scan = asked.scan
    if not can_read_own(asked):
        return closed_page(request, scan)
    if request.method == "POST":
        change_may_know(request, asked)
        if not request.accepts("text/html"):
            return HttpResponse(status=204)
        messages.success(request, _("Saved."))
        return redirect("scans:thanks", scan.pk)
    answers, words = asked.answers, asked.words
    colleagues = colleagues_of(scan, asked.entry)
    title, lines = library.thanks_screen(language(), **words)
    context = {
        "asked": asked,
        "scan": scan,
        "title": title,
        "lines": lines,
        "said": said(scan, asked.questions, answers, language()),
        "is_finished": bool(answers and answers.is_finished),
        "next": first_open(asked.questions, answers),
        "known": may_know(asked.questions, answers, colleagues, language()),
        "roster": library.roster_texts(language(), **words),
    }
    return render(request, "scans/answer_thanks.html", context)


def can_read_own(asked: Asked) -> bool:
    """One's own answers: while the scan is open or being closed, and 30 days after the report."""
    scan = asked.scan
    waits_for_report = scan.has_key and scan.released_at is None
    return waits_for_report or mirror_is_readable(scan)


def change_may_know(request: HttpRequest, asked: Asked) -> None:
    """Each question has its own list; a name that is not in it may not know."""
    for question in asked.questions:
        name = f"may_know-{question['id']}"
        if not question.get("may_know") or f"asked-{name}" not in request.POST:
            continue
        numbers = read_numbers(request.POST, name)
        if asked.scan.is_released:
            releasing.change_may_know(
                asked.scan, entry=asked.entry, may_know=numbers, question=question["id"]
            )
            continue
        answering.let_know(
            asked.scan,
            entry=asked.entry,
            question=question["id"],
            may_know=numbers,
            through_roster_address=asked.through_roster_address,
        )


@require_http_methods(["GET", "POST"])
@asked_only
def withdraw(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Erase everything I answered: also after the scan closed, when the report stays as it is."""
    if not can_read_own(asked):
        return closed_page(request, asked.scan)
    if request.method == "POST":
        erase(asked)
        messages.success(request, _("Everything you answered is erased."))
        return redirect("scans:ask" if asked.scan.is_open else "scans:thanks", asked.scan.pk)
    return render(request, "scans/answer_withdraw.html", {"scan": asked.scan})


def erase(asked: Asked) -> None:
    if asked.scan.is_open:
        answering.withdraw(
            asked.scan, entry=asked.entry, through_roster_address=asked.through_roster_address
        )
    elif asked.answers is not None:
        releasing.erase_own(asked.scan, entry=asked.entry)


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
