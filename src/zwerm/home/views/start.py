"""The start page: what waits for you, then what moves."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zwerm.home.queries import board_reports, moving_at, waiting_for
from zwerm.people.http import ActingRequest, acting_required


@require_GET
@acting_required
def start(request: ActingRequest) -> HttpResponse:
    if request.acting.school is None:
        return redirect("home:board")
    waiting = waiting_for(request.acting)
    context = {"first": waiting[:1], "rest": waiting[1:], "moving": moving_at(request.acting)}
    return render(request, "home/start.html", context)


@require_GET
@acting_required
def board(request: ActingRequest) -> HttpResponse:
    """The reports that schools released to their board. Never persons."""
    if request.acting.board is None:
        return redirect("home:start")
    return render(request, "home/board.html", {"reports": board_reports(request.acting.board)})
