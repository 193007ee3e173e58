"""Whom to tell of a hole in this installation, for people and programs (RFC 9116)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zwerm.core import clock

HOLDS_FOR = dt.timedelta(days=90)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell, by the setting of the host; there is no such page when nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (clock.now() + HOLDS_FOR).astimezone(dt.UTC).replace(hour=0, minute=0, second=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
