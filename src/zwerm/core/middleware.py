"""What happens around every page."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from zwerm.core import visits
from zwerm.core.errors import Refused
from zwerm.core.outage import Outage, rest
from zwerm.core.proxies import is_proxy, visitor
from zwerm.core.views import out_of_order

FROM_A_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
PIECE = 64 * 1024
MOST_THROWN_AWAY = 64 * 1024 * 1024


class VisitMiddleware:
    """Gives each visit a number of its own, by which its lines in the log are found, and writes
    one line about it. The number says nothing of who it is: the next visit has another one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with visits.visit_of(request) as visit:
            response = self.get_response(request)
            visits.done(visit, response.status_code)
        response.headers["X-Request-ID"] = visit.number
        return response


class ProxyMiddleware:
    """Tries are counted by the visitor's address, not by that of our own proxy.

    Only a proxy that the settings name is believed. What anybody else says of where a visit comes
    from, and that it came by https, is thrown away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META
        peer = told.get("REMOTE_ADDR", "")
        if not settings.BEHIND_PROXY or not is_proxy(peer, settings.PROXIES):
            for name in FROM_A_PROXY:
                told.pop(name, None)
        elif forwarded := told.get("HTTP_X_FORWARDED_FOR", ""):
            told["REMOTE_ADDR"] = visitor(peer, forwarded, settings.PROXIES)
        return self.get_response(request)


class HeadersMiddleware:
    """What a browser is told with every answer, also with one that never reached a page.

    It stands outermost: a visit under a wrong host is refused before the others had their turn.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in settings.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class OutageMiddleware:
    """While a database keeps everybody waiting, say so at once: nobody waits behind the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if rest.is_on():
            return out_of_order(request, Outage.AWAY)
        request.came_at = time.monotonic()  # type: ignore[attr-defined]  # read in core.views
        return self.get_response(request)


class LargestBodyMiddleware:
    """Refuse what is far larger than any form of ours, before any of it is kept.

    A file goes to a folder of the server while it comes in, whoever sends it and wherever to: a
    form only sees it when all of it is there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if sent_bytes(request) > settings.LARGEST_BODY:
            throw_away(request)
            return render(request, "413.html", status=413)
        return self.get_response(request)


def sent_bytes(request: HttpRequest) -> int:
    """How much comes, as the visitor says; Django reads no more than that."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def throw_away(request: HttpRequest) -> None:
    """Let what comes pass by, a piece at a time: no browser reads an answer while it still sends.

    Of a film nobody waits for the end: that connection breaks off.
    """
    with suppress(OSError):
        for _ in range(MOST_THROWN_AWAY // PIECE):
            if not request.read(PIECE):
                break


class RefusalMiddleware:
    """Show a refusal as a sentence (409), so that no view has to catch it.

    Also the refusal of a visit to what only a button does (405): somebody who has to sign in
    again after pressing it comes there without having pressed anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            return not_pressed(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "refused.html", {"reason": str(exception)}, status=409)


def not_pressed(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """The same answer with a sentence in it: by itself it would be an empty page."""
    context = {"reason": _("This address works only with the button on its page.")}
    page = render(request, "refused.html", context, status=405)
    page["Allow"] = response["Allow"]
    return page
