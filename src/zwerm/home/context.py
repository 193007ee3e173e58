"""What the shell around every page shows: the places one can go, and whether this is a demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zwerm.people.acting import Acting
from zwerm.people.permissions import can_answer_requests


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
    return [
        Place(label, url, icon, is_current=is_at(url, request.path), is_main=is_main)
        for named, is_main in ((rooms, True), (own_pages(acting), False))
        for label, url, icon in named
    ]


def own_pages(acting: Acting) -> list[tuple[str, str, str]]:
    """What is no room: one's own data, and for the privacy officer what people ask about theirs."""
    pages = [
        (_("What Zwerm knows about me"), reverse("home:about_me"), "shield"),
        (_("How I sign in"), reverse("mfa_index"), "key"),
    ]
    if acting.school and can_answer_requests(acting):
        pages.append((_("Requests about data"), reverse("home:requests"), "mail"))
    return pages


def is_at(url: str, here: str) -> bool:
    return here == url or (url != "/" and here.startswith(url))
