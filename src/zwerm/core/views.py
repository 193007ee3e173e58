"""Pages that belong to no room: what a browser sees when a form is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came in without its token, mostly because a page stood open for days."""
    return render(request, "csrf_failure.html", status=403)
