"""Pages that belong to no room: what a browser sees when a form is refused, or something fails."""

from __future__ import annotations

import logging
import sys
import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from zwerm.core.outage import Outage, outage_of, rest

log = logging.getLogger("zwerm.outage")

STATUS = {Outage.FULL: 507, Outage.BUSY: 503, Outage.AWAY: 503}
SECONDS_TO_WAIT = "5"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came in without its token, mostly because a page stood open for days."""
    return render(request, "csrf_failure.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """A fault that nobody caught: when the database or the disk gave out, that is said.

    Django calls this while it handles the fault.
    """
    outage = outage_of(sys.exception())
    if outage is None:
        return server_error(request)
    log.error("the database or the disk is %s", outage.value)
    if outage == Outage.AWAY:
        rest.begin_if_slow(getattr(request, "came_at", time.monotonic()))
    return out_of_order(request, outage)


def out_of_order(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Say what is out of order, without the database: as a page, or as a sentence to a script."""
    status = STATUS[outage]
    if request.accepts("text/html"):
        page = loader.render_to_string(f"{status}.html")
        response = HttpResponse(page, status=status)
    else:
        response = JsonResponse({"saved": False, "sentence": sentence(outage)}, status=status)
    response["Retry-After"] = SECONDS_TO_WAIT
    response["Cache-Control"] = "no-store"
    return response


def sentence(outage: Outage) -> str:
    """What somebody reads beside the answer that they just gave."""
    if outage == Outage.FULL:
        return _("Our disk is full. Kept on this device.")
    return _("Zwerm is out of order. Kept on this device.")
