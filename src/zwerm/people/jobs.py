"""Work in the background of this room: what nobody needs any more goes. Safe to run twice."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from zwerm.people.actions import staff
from zwerm.people.scope import crossing_schools


def tick() -> None:
    """Files that nobody confirmed, and sessions that are over."""
    with crossing_schools("files that nobody confirmed go at every school"):
        staff.forget_uploads()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
