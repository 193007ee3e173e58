"""Each request acts at one place, and sees the data of that place only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse

from zwerm.people.acting import choose_place
from zwerm.people.http import SESSION_KEY
from zwerm.people.scope import school_scope


class ActingMiddleware:
    """Put `request.acting` in place and open the scope of its school."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = None
        if request.user.is_authenticated:
            acting = choose_place(request.user, request.session.get(SESSION_KEY))
        request.acting = acting  # type: ignore[attr-defined]  # ours: see ActingRequest
        scope = school_scope(acting.school) if acting and acting.school else nullcontext()
        with scope:
            return self.get_response(request)
