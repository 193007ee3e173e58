"""The start page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zwerm.people.http import ActingRequest, acting_required


@require_GET
@acting_required
def start(request: ActingRequest) -> HttpResponse:
    return render(request, "home/start.html")
