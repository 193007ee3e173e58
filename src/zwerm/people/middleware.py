"""Each request acts at one place, and sees the data of that place only.

Whoever must give a second step acts nowhere until this session gave it: that is decided here and
nowhere else, so that no page can forget it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zwerm.people.acting import Acting, choose_place
from zwerm.people.http import SESSION_KEY
from zwerm.people.scope import school_scope
from zwerm.people.second_step import GUARDED, is_proved


class ActingMiddleware:
    """Put `request.acting` in place and open the scope of its school."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = None
        if request.user.is_authenticated:
            acting = choose_place(request.user, request.session.get(SESSION_KEY))
        lacks_step = acting is not None and lacks_second_step(request, acting)
        acting = None if lacks_step else acting
        request.acting = acting  # type: ignore[attr-defined]  # ours: see ActingRequest
        request.lacks_step = lacks_step  # type: ignore[attr-defined]  # the same
        scope = school_scope(acting.school) if acting and acting.school else nullcontext()
        with scope:
            return self.get_response(request)


def lacks_second_step(request: HttpRequest, acting: Acting) -> bool:
    """True if a mandate asks for more than this session has proved. A demo has no secrets."""
    if settings.DEMO or not acting.kinds_anywhere & GUARDED:
        return False
    return not is_proved(request)
