"""What the staff council decided, and the two books in which rules leave a trace."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Erase, Privacy
from zwerm.people.models import Account
from zwerm.people.models.log import LOG_KEPT, LogLine
from zwerm.people.scope import SchoolOwned
from zwerm.scans.kept import PROVING, WITH_REPORT
from zwerm.scans.models.scan import Scan


class Consent(SchoolOwned):
    """One decision of the staff council on a scan, recorded by a council mandate.

    A consent holds for the agreements as they stood: `agreements` is their digest, and a
    later change of an agreement asks for a new decision.
    """

    privacy = Privacy(
        what=_("Decisions of the staff council that you recorded"),
        why=PROVING,
        none=("id", "school", "decision", "decided_on", "document", "agreements"),
        own={"recorded_by": {"scan": _("scan"), "recorded_at": _("recorded on")}},
        others={"conditions": _("what the council wrote; it may hold a name")},
        erase=Erase.STAYS,
        stays_because=_(
            "A scan rests on this decision. The address of who recorded it is emptied."
        ),
        kept=WITH_REPORT,
    )

    class Decision(models.TextChoices):
        AGREE = "agree", _("consents")
        CONDITIONS = "conditions", _("consents with conditions")
        REFUSE = "refuse", _("does not consent")
        WITHDRAW = "withdraw", _("withdraws its consent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="consents")
    decision = models.CharField(max_length=10, choices=Decision)
    conditions = models.TextField(_("conditions"), blank=True)
    decided_on = models.DateField(_("decided on"))
    document = models.CharField(_("document"), max_length=200)
    agreements = models.CharField(max_length=64, editable=False)
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="conditions_are_written_down",
                condition=~models.Q(decision="conditions") | ~models.Q(conditions=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class SecondLook(SchoolOwned):
    """Somebody else looked at changed privacy settings of a draft, and confirmed them.

    It holds for the settings as they stood: `settings` is their digest.
    """

    privacy = Privacy(
        what=_("Changed privacy settings of a scan that you confirmed"),
        why=PROVING,
        none=("id", "school", "settings"),
        own={"by": {"scan": _("scan"), "at": _("on")}},
        erase=Erase.EMPTIED,
        kept=WITH_REPORT,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="second_looks")
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    settings = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return "second look"


class SettingsLogLine(LogLine):
    """Who changed which setting of a scan, from what to what. Read by council and officer.

    The database refuses every change of a line but two: that the person behind it is erased, and
    that a draft is thrown away.
    """

    privacy = Privacy(
        what=_("Settings of a scan that you changed"),
        why=PROVING,
        none=("id", "school"),
        own={"by": {"scan": _("scan"), "by_name": _("by"), "setting": _("setting"), "at": _("on")}},
        others={
            "before": _("what stood there; it may hold names"),
            "after": _("what stands there now; it may hold names"),
        },
        erase=Erase.EMPTIED,
        kept=LOG_KEPT,
    )

    scan = models.ForeignKey(Scan, models.SET_NULL, null=True, related_name="log")


class LedgerLine(SchoolOwned):
    """That something was destroyed, and when. It never says what it held or whose it was."""

    privacy = Privacy(none=("id", "school", "scan", "what", "reason", "on"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="ledger")
    what = models.CharField(max_length=60)
    reason = models.CharField(max_length=120)
    on = models.DateField(default=clock.today, editable=False)

    class Meta:
        ordering = ["on", "what"]

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"
