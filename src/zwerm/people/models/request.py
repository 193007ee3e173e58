"""A request about one's own data, with the month in which the law wants an answer."""

from __future__ import annotations

import datetime as dt
import uuid
from calendar import monthrange

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Erase, Kept, Privacy
from zwerm.people.kept import ANSWERED_FOR
from zwerm.people.models.account import Account
from zwerm.people.models.member import Member
from zwerm.people.scope import SchoolOwned


class PrivacyRequest(SchoolOwned):
    """What one member asked about their own data, and what became of it.

    The privacy officer answers within a month (AVG, article 12). An objection to being named is
    done at once, and stands here as done. `member` becomes empty when the person is erased.
    """

    privacy = Privacy(
        what=_("What you asked about your own data"),
        why=_("To answer your request in time, and to show that it was."),
        none=("id", "school"),
        own={
            "member": {
                "kind": _("what you asked"),
                "words": _("in your words"),
                "asked_at": _("asked on"),
                "state": _("state"),
                "reply": _("answer"),
                "answered_at": _("answered on"),
            }
        },
        others={"answered_by": _("the privacy officer who answered")},
        erase=Erase.EMPTIED,
        kept=Kept(ANSWERED_FOR, by="zwerm.home.jobs.forget_requests"),
    )

    class Kind(models.TextChoices):
        RECTIFY = "rectify", _("a correction")
        OBJECT = "object", _("being named no longer")
        ERASE = "erase", _("being erased")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="privacy_requests"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reply = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="somebody_waits_for_one_answer_of_a_kind",
                fields=["member", "kind"],
                condition=Q(state="waiting"),
            ),
            models.CheckConstraint(
                name="a_request_is_answered_or_waits",
                condition=Q(state="waiting", answered_at__isnull=True)
                | (~Q(state="waiting") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_refusal_has_a_reason",
                condition=~Q(state="refused") | Q(member__isnull=True) | ~Q(reply=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def due_on(self) -> dt.date:
        """The last day for an answer: one calendar month after it was asked."""
        asked = timezone.localdate(self.asked_at)
        year, month = asked.year + asked.month // 12, asked.month % 12 + 1
        return dt.date(year, month, min(asked.day, monthrange(year, month)[1]))

    @property
    def days_left(self) -> int:
        """Days until the last day; below nothing when it is over."""
        return (self.due_on - clock.today()).days

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.days_left < 0
