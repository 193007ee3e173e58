"""Answers that take as long for an address that nobody knows as for one that is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def in_even_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer what is sent in after a whole number of `EVEN_SECONDS`.

    To look an address up, to make its account and to write its mail takes some hundredths of a
    second, and an unknown address needs nothing of the kind. Waiting hides that, whatever it is.
    """

    @wraps(view)
    def page(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        began = monotonic()
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and settings.EVEN_SECONDS:
            if hasattr(answer, "render"):
                answer.render()
            sleep(settings.EVEN_SECONDS - (monotonic() - began) % settings.EVEN_SECONDS)
        return answer

    return page
