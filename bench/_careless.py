"""Settings of a site that says "saved" before it saves: `bench kills --careless` must find it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context

from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from zwerm import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
MIDDLEWARE = [*settings.MIDDLEWARE, "bench._careless.SaysSavedFirst"]
SECONDS_LATE = 0.2


class SaysSavedFirst:
    """A tap is acknowledged at once, and saved a moment later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "/save/" not in request.path:
            return self.get_response(request)
        counter = int(request.POST["counter"])
        save = copy_context().run
        threading.Timer(SECONDS_LATE, save, [self.save, request]).start()
        return JsonResponse({"saved": True, "counter": counter})

    def save(self, request: HttpRequest) -> None:
        try:
            self.get_response(request)
        finally:
            connections.close_all()
