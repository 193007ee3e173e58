"""Long work in the background: shown as progress, safe to run again after a crash."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from zwerm.core import clock, ledger
from zwerm.core.models import Pulse, Work

log = logging.getLogger("zwerm.jobs")


class Steps:
    """How far one piece of work has come, written where a page can read it."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def step(self, message: str) -> None:
        """One more part is done; `message` says what comes now."""
        self.work.done = min(self.work.done + 1, self.work.total)
        self.work.message = message
        self.work.save(update_fields=["done", "message", "changed_at"])


@contextmanager
def steps(work: Work, total: int) -> Iterator[Steps]:
    """Run long work inside this block: busy at the start, done or failed at the end."""
    work.state, work.done, work.total = Work.State.BUSY, 0, total
    work.save()
    try:
        yield Steps(work)
    except BaseException:
        work.state = Work.State.FAILED
        work.save(update_fields=["state", "changed_at"])
        raise
    work.state, work.done = Work.State.DONE, total
    work.save(update_fields=["state", "done", "changed_at"])


def tick() -> None:
    """Tell that a worker is there, and copy what was erased to where a restore does not come."""
    Pulse.objects.update_or_create(pk=1, defaults={"at": clock.now()})
    ledger.write_out()
