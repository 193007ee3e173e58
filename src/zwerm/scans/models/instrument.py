"""A school's own questions, loaded from a file it has a licence for."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Privacy
from zwerm.people.scope import SchoolOwned


class Instrument(SchoolOwned):
    """One set of scale questions beside the product's own library."""

    privacy = Privacy(none=("id", "school", "name", "source", "licence", "text", "made_at"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=120)
    text = models.TextField(help_text=_("The YAML file as it was loaded."))
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="a_school_has_one_instrument_of_a_name", fields=["school", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
