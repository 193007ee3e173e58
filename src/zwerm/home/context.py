"""What the shell around every page shows: the places one can go, and whether this is a demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zwerm.people.acting import Acting


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail on a desktop and the bar on a phone."""

    label: str
    url: str
    icon: str
    is_current: bool
    is_main: bool = True


def shell(request: HttpRequest) -> dict[str, object]:
    """Context for every template: `places`, `demo_mode`, `demo_url`."""
    return {
        "places": places(request),
        "demo_mode": settings.DEMO,
        "demo_url": reverse("people:demo") if settings.DEMO else "",
    }


def places(request: HttpRequest) -> list[Place]:
    """Only rooms that exist yet are places. A board has one: the reports of its schools."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return []
    if acting.school is None:
        rooms = [(_("Start"), reverse("home:board"), "start")]
    else:
        rooms = [
            (_("Start"), reverse("home:start"), "start"),
            (_("Scan"), reverse("scans:list"), "scan"),
            (_("People"), reverse("people:staff"), "people"),
        ]
    here = request.path
    return [
        Place(label, url, icon, here == url or (url != "/" and here.startswith(url)))
        for label, url, icon in rooms
    ]
