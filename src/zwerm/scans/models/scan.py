"""A scan: one round of measuring, from draft to report."""

from __future__ import annotations

import datetime as dt
import uuid
from calendar import monthrange
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.models import Work
from zwerm.core.privacy import Erase, Privacy
from zwerm.people.kept import WHILE_HERE
from zwerm.people.models import Member
from zwerm.people.scope import SchoolManager, SchoolOwned
from zwerm.scans.kept import ASKING, RETAIN_MONTHS
from zwerm.scans.models.instrument import Instrument
from zwerm.scans.models.partition import Partition

REPORT_HOUR = 8
"""The report appears at this hour (Europe/Amsterdam) on `report_on`, for everybody at once."""


class ScanQuerySet(models.QuerySet["Scan"]):
    def seen(self) -> ScanQuerySet:
        """Scans of which staff may know: everything but drafts."""
        return self.exclude(status=Scan.Status.DRAFT)

    def open(self) -> ScanQuerySet:
        return self.filter(status=Scan.Status.OPEN)

    def released(self) -> ScanQuerySet:
        return self.filter(status=Scan.Status.RELEASED)

    def due_to_close(self) -> ScanQuerySet:
        """Open scans whose last day is over."""
        return self.open().filter(closes_on__lt=clock.today())

    def without_report(self) -> ScanQuerySet:
        """Closed scans of which the report still has to be made."""
        return self.filter(status=Scan.Status.CLOSED, is_printed=False, withheld_reason="")

    def due_to_release(self) -> ScanQuerySet:
        """Closed scans whose report is ready and whose day has come (the hour is not checked)."""
        return self.filter(
            status=Scan.Status.CLOSED,
            is_printed=True,
            withheld_reason="",
            report_on__lte=clock.today(),
        )


ScanManager = SchoolManager.from_queryset(ScanQuerySet)


class Scan(SchoolOwned):
    """One scan of a school: draft, open, closed, released; or cancelled.

    While it is a draft the facilitator fills it in. Opening freezes everything a promise
    rests on: questions, roster, partition, floors, agreements. It closes at the end of
    `closes_on` and is never closed early. See `scans.actions`.
    """

    privacy = Privacy(
        what=_("How a scan is prepared for you"),
        why=ASKING,
        none=(
            *("id", "school", "status", "previous", "asker", "topic_nl", "topic_en"),
            *("form", "instruments", "has_comment", "questionnaire"),
            *("post_group_nl", "post_group_en", "partition"),
            *("mode", "dpia_reference", "legal_basis", "retain_months", "is_for_board"),
            *("floor_network", "floor_scale", "floor_comments"),
            *("closes_on", "extended_from_on", "report_on"),
            *("opened_at", "closed_at", "released_at", "cancelled_at", "made_at"),
            *("box_bytes", "destroyed_at", "work", "shown_band", "is_printed", "withheld_reason"),
        ),
        own={
            "leaders": {"title": _("scan"), "leaders": _("counts as formal leader")},
            "left_out": {"title": _("scan"), "left_out": _("is not asked")},
        },
        erase=Erase.EMPTIED,
        kept=WHILE_HERE,
    )

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        RELEASED = "released", _("released")
        CANCELLED = "cancelled", _("cancelled")

    class Mode(models.TextChoices):
        PROTECTED = "protected", _("protected")
        OPEN_TEAM = "open_team", _("open team")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_scans"
    )

    # purpose and questions
    title = models.CharField(_("title"), max_length=80)
    asker = models.CharField(_("who asks"), max_length=120, blank=True)
    topic_nl = models.CharField(_("topic in Dutch"), max_length=120, blank=True)
    topic_en = models.CharField(_("topic in English"), max_length=120, blank=True)
    form = models.CharField(_("form"), max_length=12, default="short")
    instruments = models.ManyToManyField(Instrument, blank=True, related_name="scans")
    has_comment = models.BooleanField(_("with an open question"), default=False)
    questionnaire = models.JSONField(null=True, blank=True, editable=False)

    # people
    left_out = models.ManyToManyField(Member, blank=True, related_name="scans_left_out_of")
    leaders = models.ManyToManyField(Member, blank=True, related_name="scans_as_leader")
    post_group_nl = models.CharField(max_length=120, blank=True)
    post_group_en = models.CharField(max_length=120, blank=True)
    partition = models.ForeignKey(
        Partition, models.PROTECT, null=True, blank=True, related_name="scans"
    )

    # agreements
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.PROTECTED)
    dpia_reference = models.CharField(_("impact assessment"), max_length=120, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    retain_months = models.PositiveSmallIntegerField(_("months kept"), default=13)
    floor_network = models.PositiveSmallIntegerField(default=10)
    floor_scale = models.PositiveSmallIntegerField(default=5)
    floor_comments = models.PositiveSmallIntegerField(default=10)
    is_for_board = models.BooleanField(_("released to the board"), default=False)

    # dates
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    extended_from_on = models.DateField(null=True, blank=True, editable=False)
    report_on = models.DateField(_("report on"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    # the seal
    box_bytes = models.PositiveIntegerField(default=0, editable=False)
    destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)

    work = models.ForeignKey(
        Work, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    # what everybody sees of participation: the lower edge of a band, in parts of the roster
    shown_band = models.PositiveSmallIntegerField(default=0, editable=False)
    is_printed = models.BooleanField(default=False, editable=False)
    withheld_reason = models.CharField(max_length=40, blank=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[ScanManager[Self]] = ScanManager()

    class Meta:
        ordering = [F("opened_at").desc(nulls_first=True), "-made_at"]
        constraints = [
            models.CheckConstraint(
                name="a_scan_closes_after_it_opens",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="a_report_comes_after_the_scan_closes",
                condition=Q(report_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(report_on__gte=F("closes_on")),
            ),
            models.CheckConstraint(
                name="floors_may_only_be_raised",
                condition=Q(floor_network__gte=10, floor_scale__gte=5, floor_comments__gte=10),
            ),
            models.CheckConstraint(
                name="answers_are_kept_13_or_25_months",
                condition=Q(retain_months__in=[*RETAIN_MONTHS]),
            ),
            models.CheckConstraint(
                name="an_open_scan_is_not_destroyed",
                condition=~Q(status="open") | Q(opened_at__isnull=False, destroyed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_scan_that_was_opened_has_its_questions",
                condition=Q(opened_at__isnull=True) | Q(questionnaire__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_school_has_one_open_scan",
                fields=["school"],
                condition=Q(status="open"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scans:detail", args=[self.pk])

    @property
    def has_key(self) -> bool:
        """Its answers can still be opened: it was opened and not yet destroyed."""
        return self.opened_at is not None and self.destroyed_at is None

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Answers are taken: the scan is open and its last day is not over."""
        return (
            self.status == self.Status.OPEN
            and self.closes_on is not None
            and clock.today() <= self.closes_on
        )

    @property
    def is_released(self) -> bool:
        return self.status == self.Status.RELEASED

    @property
    def report_at(self) -> dt.datetime | None:
        """The moment at which the report may appear."""
        if self.report_on is None:
            return None
        hour = dt.time(REPORT_HOUR)
        return timezone.make_aware(dt.datetime.combine(self.report_on, hour))

    @property
    def retain_until(self) -> dt.date | None:
        """The last day on which answers may still exist; they go earlier with a next scan."""
        if self.closes_on is None:
            return None
        months = self.closes_on.month - 1 + self.retain_months
        year, month = self.closes_on.year + months // 12, months % 12 + 1
        last_day = monthrange(year, month)[1]
        return dt.date(year, month, min(self.closes_on.day, last_day))

    @property
    def topic(self) -> str:
        """The topic in the language of the person who reads."""
        return self.topic_en if (get_language() or "").startswith("en") else self.topic_nl

    @property
    def site_link(self) -> str:
        return f"{settings.SITE_URL}{self.get_absolute_url()}"
