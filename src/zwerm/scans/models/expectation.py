"""What a school expects of its next scan, written down after the talk."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Erase, Privacy
from zwerm.people.scope import SchoolOwned
from zwerm.scans.kept import WITH_REPORT
from zwerm.scans.models.scan import Scan


class Expectation(SchoolOwned):
    """One figure and one direction, expected of the scan after `scan`.

    It is tested first and alone when that next scan closes. It may change until that scan
    opens; from then on it is fixed (see `scans.queries.expecting.is_fixed`). The note never
    enters a report: it is a text of somebody, and a report holds none.
    """

    privacy = Privacy(
        what=_("What the school expects of its next scan"),
        why=_("To see later whether it came true."),
        none=("id", "school", "scan", "figure", "direction", "changed_at"),
        others={"note": _("a text of the facilitator; it may hold a name")},
        erase=Erase.UNTRACED,
        kept=WITH_REPORT,
    )

    class Figure(models.TextChoices):
        MEAN_NAMED = "mean_named", _("How many colleagues people ask for advice")
        RECIPROCITY = "reciprocity", _("How often the other asks back")
        CENTRALIZATION = "centralization", _("How far questions end up with the same few people")
        COUPLING = "coupling", _("How far questions follow posts")

    class Direction(models.TextChoices):
        RISEN = "risen", _("more than now")
        FALLEN = "fallen", _("less than now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.OneToOneField(Scan, models.CASCADE, related_name="expectation")
    figure = models.CharField(max_length=20, choices=Figure)
    direction = models.CharField(max_length=6, choices=Direction)
    note = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_expectation_has_a_direction",
                condition=models.Q(direction__in=["risen", "fallen"]),
            ),
            models.CheckConstraint(
                name="an_expectation_is_about_a_figure_with_a_verdict",
                condition=models.Q(
                    figure__in=["mean_named", "reciprocity", "centralization", "coupling"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.direction}"
