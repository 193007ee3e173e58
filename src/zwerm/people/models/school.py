"""A board has schools, a school has teams."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Privacy
from zwerm.people.scope import SchoolOwned


class Board(models.Model):
    """Who answers for one or more schools."""

    privacy = Privacy(none=("id", "name"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One school: the tenant. Every row that holds its data carries it."""

    privacy = Privacy(none=("id", "board", "name", "sector"))

    class Sector(models.TextChoices):
        PO = "po", _("primary education")
        VO = "vo", _("secondary education")
        MBO = "mbo", _("vocational education")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="schools")
    name = models.CharField(_("name"), max_length=120)
    sector = models.CharField(_("sector"), max_length=3, choices=Sector, default=Sector.VO)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="a_board_has_one_school_of_a_name", fields=["board", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(SchoolOwned):
    """A team, section, department or year group: the school's own word."""

    privacy = Privacy(none=("id", "school", "name"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="a_school_has_one_team_of_a_name", fields=["school", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
