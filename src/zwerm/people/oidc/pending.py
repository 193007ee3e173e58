"""Somebody at a provider of whom this site does not know yet who it is: kept in one session."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

KEY = "who_at_school"
MINUTES = 15


@dataclass(frozen=True, slots=True)
class Pending:
    """Who signed in at a provider, and is asked who they are here."""

    provider: str
    uid: str
    said: str
    """What the provider calls them; shown once, and never kept."""
    wanted: str
    """The page for which they had to sign in."""
    at: float


def called(claims: Mapping[str, Any]) -> str:
    """By what somebody recognises their account at a provider; nothing when it says nothing."""
    names = [claims.get(one) for one in ("name", "preferred_username")]
    return next((one.strip()[:80] for one in names if isinstance(one, str) and one.strip()), "")


def keep(request: HttpRequest, *, provider: str, uid: str, said: str, wanted: str) -> None:
    """Remember it for a quarter of an hour, in this window."""
    request.session[KEY] = asdict(Pending(provider, uid, said, wanted, time.time()))


def pending_of(request: HttpRequest) -> Pending | None:
    """Who came from a provider a short while ago, in this window."""
    kept = request.session.get(KEY)
    found = Pending(**kept) if kept else None
    return found if found and time.time() - found.at < 60 * MINUTES else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
