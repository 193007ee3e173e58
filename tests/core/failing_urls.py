"""Addresses that fail as their name says, before those of the site."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from zwerm.core import sealing
from zwerm.core.errors import Refused
from zwerm.urls import urlpatterns as rooms


def fails_with(fault: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise fault

    return view


def unseal(request: HttpRequest) -> HttpResponse:
    """A box of another server: the fault passes by every function that holds a key."""
    sealing.unwrap(settings.SEAL_KEY, bytes(60), "scan")
    return HttpResponse()


urlpatterns = [
    path("400/", fails_with(SuspiciousOperation("planted"))),
    path("403/", fails_with(PermissionDenied("planted"))),
    path("404/", fails_with(Http404("planted"))),
    path("409/", fails_with(Refused("This has a reason."))),
    path("500/", fails_with(RuntimeError("planted"))),
    path("unseal/", unseal),
    path("csrf/", lambda request: HttpResponse()),
    *rooms,
]
