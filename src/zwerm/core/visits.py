"""One visit to the site: its number in the logs, which page it was, and how long it took."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest

from zwerm.core import metrics

log = logging.getLogger("zwerm.visits")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a log may know of a visit: never its address, whose tokens and names are secret."""

    request: HttpRequest
    number: str = field(default_factory=lambda: secrets.token_hex(8))
    began: float = field(default_factory=time.perf_counter)

    @property
    def route(self) -> str:
        """The name of the page; `file` for a file of ours, `nowhere` for what is not there."""
        if match := self.request.resolver_match:
            return match.view_name or "nameless"
        is_file = self.request.path_info.startswith(settings.STATIC_URL)
        return "file" if is_file else "nowhere"


_now: ContextVar[Visit | None] = ContextVar("visit", default=None)


def current() -> Visit | None:
    """The visit that this thread answers now; None in a worker and in a command."""
    return _now.get()


@contextmanager
def visit_of(request: HttpRequest) -> Iterator[Visit]:
    """A visit, for as long as it is answered."""
    visit = Visit(request)
    token = _now.set(visit)
    try:
        yield visit
    finally:
        _now.reset(token)


def done(visit: Visit, status: int) -> None:
    """Count a visit, and write its line.

    No line of one in which somebody answers, went it well: when that was is nobody's business, for
    beside the rows that change it could tell who.
    """
    seconds, route = time.perf_counter() - visit.began, visit.route
    is_no_page = route == "file" or route in settings.WATCHED_ROUTES
    if not is_no_page:
        metrics.count(route, status, seconds)
    is_quiet = is_no_page or route in settings.QUIET_ROUTES
    if status >= 500 or not is_quiet:
        log.info("visited", extra={"status": status, "seconds": round(seconds, 3)})
