"""What the shell itself remembers: what this database is for, and how work in it goes on."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Erase, Kept, Privacy


class Installation(models.Model):
    """One row: what this database is for. A demo never runs on a real database."""

    privacy = Privacy(none=("id", "is_demo", "made_at"))

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_installation", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return "demo" if self.is_demo else "installation"


class Work(models.Model):
    """Long work in the background, as a person may follow it. It holds no personal data."""

    privacy = Privacy(none=("id", "state", "done", "total", "message", "changed_at"))

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        BUSY = "busy", _("busy")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    message = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_more_is_done_than_there_is",
                condition=models.Q(done__lte=models.F("total")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


class Pulse(models.Model):
    """One row: when a worker last looked at what is due. Without it nobody sees that none runs."""

    privacy = Privacy(none=("id", "at"))

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_pulse", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Erasure(models.Model):
    """That something was erased, so that a backup of before cannot bring it back.

    `what` points at it with keys that mean nothing outside this database; it never says what
    was erased, or whose it was. The same line is kept outside the database: see `core.ledger`.
    """

    privacy = Privacy(
        what=_("That something was erased"),
        why=_("So that a backup of before cannot bring it back."),
        none=("id", "kind", "on"),
        others={"what": _("keys that mean nothing outside the database, and no names")},
        erase=Erase.STAYS,
        stays_because=_("Without it a backup would bring back what was erased."),
        kept=Kept(_("As long as a backup may hold what was erased."), by=""),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=200)
    on = models.DateField(default=clock.today)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
