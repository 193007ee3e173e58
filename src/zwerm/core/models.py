"""What the shell itself remembers: whether this is a demo, and how far long work has come."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Privacy


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
