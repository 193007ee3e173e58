"""A mandate is a dated right to act. It is never shown as somebody's role."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Erase, Privacy
from zwerm.people.kept import WHILE_HERE
from zwerm.people.models.account import Account
from zwerm.people.models.school import Board, School


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: dt.date) -> MandateQuerySet:
        """The mandates in force on `day`."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


class Mandate(models.Model):
    """The right of an account to act in one capacity at a school or a board, from a date."""

    privacy = Privacy(
        what=_("What you may do, beside being a colleague"),
        why=_("To let only the right people prepare a scan, decide on it and guard privacy."),
        none=("id",),
        own={
            "account": {
                "kind": _("may act as"),
                "school": _("school"),
                "board": _("board"),
                "from_on": _("from"),
                "until_on": _("until"),
            }
        },
        erase=Erase.GOES,
        kept=WHILE_HERE,
    )

    class Kind(models.TextChoices):
        FACILITATOR = "facilitator", _("facilitator")
        SCHOOL_LEADER = "school_leader", _("school leader")
        STAFF_COUNCIL = "staff_council", _("staff council")
        PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
        BOARD = "board", _("board")
        OPERATOR = "operator", _("operator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="mandates")
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="mandates"
    )
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="mandates")
    kind = models.CharField(max_length=16, choices=Kind)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_mandate_is_for_one_school_or_one_board",
                condition=Q(kind="operator", school__isnull=True, board__isnull=True)
                | Q(kind="board", school__isnull=True, board__isnull=False)
                | (
                    ~Q(kind__in=["operator", "board"]) & Q(school__isnull=False, board__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="a_mandate_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"
