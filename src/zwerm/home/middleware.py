"""What a monitor asks is answered before anything else is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve


class WatchMiddleware:
    """A monitor on the server's own network knows no host and no https, and gets no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = watched(request.path_info)
        if match is None:
            return self.get_response(request)
        request.resolver_match = match
        answer: HttpResponse = match.func(request)
        return answer


def watched(path: str) -> ResolverMatch | None:
    """Which address of a monitor this is; None for those of people."""
    if not path.startswith(("/health/", "/metrics")):
        return None
    with suppress(Resolver404):
        match = resolve(path)
        return match if match.view_name in settings.WATCHED_ROUTES else None
    return None
