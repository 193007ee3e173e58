"""The report: an immutable snapshot of figures, its printed files, and the comments."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.core.privacy import Erase, Privacy
from zwerm.people.scope import SchoolOwned
from zwerm.scans.kept import WITH_REPORT
from zwerm.scans.models.scan import Scan


class Snapshot(SchoolOwned):
    """The published figures of one scan, made once when it closes.

    It holds no sentences and no comments. `digest` is the SHA-256 of `text`, the canonical
    JSON: pages parse that text, so that what is hashed is what is read.
    """

    privacy = Privacy(
        none=("id", "school", "scan", "schema", "wording", "text", "digest", "made_at"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.OneToOneField(Scan, models.PROTECT, related_name="snapshot")
    schema = models.PositiveSmallIntegerField()
    wording = models.CharField(max_length=20)
    text = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_snapshot_carries_its_digest", condition=~models.Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return f"snapshot {self.digest[:8]}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise Refused(_("A report is fixed once it is made."))
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class ReportFile(SchoolOwned):
    """The printed report in one language, made when the scan closed, kept and hashed."""

    privacy = Privacy(none=("id", "school", "snapshot", "language", "pdf", "digest"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="files")
    language = models.CharField(max_length=2)
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_snapshot_is_printed_once_in_a_language",
                fields=["snapshot", "language"],
            ),
        ]

    def __str__(self) -> str:
        return f"report ({self.language})"


class Comment(SchoolOwned):
    """One comment beside the report: shuffled, without group, name or time."""

    privacy = Privacy(
        what=gettext_lazy("Open texts beside a report"),
        why=gettext_lazy("To let colleagues read what others wrote, without knowing who wrote it."),
        none=("id", "school", "scan", "is_reported", "is_removed"),
        others={
            "text": gettext_lazy(
                "a text of an unknown colleague; one with a name of the roster is held"
            )
        },
        erase=Erase.UNTRACED,
        kept=WITH_REPORT,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="comments")
    text = models.TextField()
    is_reported = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
