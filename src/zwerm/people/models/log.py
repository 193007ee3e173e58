"""Who changed which setting of a school: a book in which nothing is changed or deleted."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Erase, Kept, Privacy
from zwerm.people.models.account import Account
from zwerm.people.scope import SchoolOwned

LOG_KEPT = Kept(
    _("As long as the school uses Zwerm. Your name goes out of it when you are erased."), by=""
)
"""A book from which lines could go would prove nothing; who is erased is in no line of it."""


class LogLine(SchoolOwned):
    """One change: who, what, from what to what, when.

    The database refuses every change of a line but one: that the person behind it is erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    setting = models.CharField(max_length=60)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-at", "setting"]

    def __str__(self) -> str:
        return f"{self.setting}: {self.before} > {self.after}"


class SchoolLogLine(LogLine):
    """A change at the school. Never about whom it was, and no answer."""

    privacy = Privacy(
        what=_("Settings of the school that you changed"),
        why=_("To let the staff council and the privacy officer see who changed a rule."),
        none=("id", "school", "before", "after"),
        own={"by": {"by_name": _("by"), "setting": _("setting"), "at": _("on")}},
        erase=Erase.EMPTIED,
        kept=LOG_KEPT,
    )
