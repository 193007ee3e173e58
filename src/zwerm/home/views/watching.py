"""What a monitor asks: is this server alive, can it work, and how does it go."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from zwerm.core import metrics
from zwerm.home import watching

PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nothing of the database: a restart would not mend that."""
    return HttpResponse("alive\n", content_type=PLAIN)


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether visits may be sent here; 503 with a word for each thing that is lacking."""
    if lacking := watching.lacking():
        words = f"not ready: {', '.join(lacking)}\n"
        return HttpResponse(words, content_type=PLAIN, status=503)
    warning = ", but no worker looks" if watching.is_worker_silent() else ""
    return HttpResponse(f"ready{warning}\n", content_type=PLAIN)


@never_cache
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """For Prometheus, by who has the token. Without one in the settings this page is not there."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(given, f"Bearer {token}"):
        raise Http404
    return HttpResponse(metrics.text_of(watching.OfDatabase()), content_type=CONTENT_TYPE_LATEST)
