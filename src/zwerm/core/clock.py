"""What time it is. A demo writes its own past with it, and tests move it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moved_to: ContextVar[dt.datetime | None] = ContextVar("moved_to", default=None)


def now() -> dt.datetime:
    """This moment, aware; or the moment to which the clock was moved."""
    return _moved_to.get() or timezone.now()


def today() -> dt.date:
    """The date now in the site's time zone (Europe/Amsterdam)."""
    return timezone.localdate(now())


@contextmanager
def at(day: dt.date, hour: int = 12) -> Iterator[None]:
    """Within this block it is `day`, at `hour` o'clock in the site's time zone."""
    with at_moment(timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))):
        yield


@contextmanager
def at_moment(moment: dt.datetime) -> Iterator[None]:
    """Within this block it is this moment, whatever the hour is called in the site's time zone."""
    token = _moved_to.set(moment)
    try:
        yield
    finally:
        _moved_to.reset(token)
