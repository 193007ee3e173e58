"""A partition is how a school is divided into groups for its reports."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Privacy
from zwerm.people.models import Team
from zwerm.people.scope import SchoolOwned


class Partition(SchoolOwned):
    """One division of the school, shared by every scan that uses it.

    "The same partition" means this same object: only then may two scans be compared. Once
    a scan has opened with it, it never changes (`is_fixed`).
    """

    privacy = Privacy(none=("id", "school", "is_fixed", "made_at"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    is_fixed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"partition of {self.school}"


class Group(SchoolOwned):
    """One group of a partition: one or more teams, and the group it joins when too few answer."""

    privacy = Privacy(
        none=("id", "school", "partition", "name", "neighbour", "teams", "order"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partition = models.ForeignKey(Partition, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    neighbour = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="neighbours_of"
    )
    teams = models.ManyToManyField(Team, related_name="groups")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                name="a_partition_has_one_group_of_a_name", fields=["partition", "name"]
            ),
            models.CheckConstraint(
                name="a_group_is_not_its_own_neighbour",
                condition=Q(neighbour__isnull=True) | ~Q(neighbour=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
