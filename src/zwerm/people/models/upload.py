"""A staff list that was sent in and waits for its confirmation."""

from __future__ import annotations

import uuid

from django.db import models

from zwerm.core import clock
from zwerm.people.models.account import Account
from zwerm.people.scope import SchoolOwned


class Upload(SchoolOwned):
    """The very bytes of the dry run, so that what is confirmed is what was shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    columns = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return self.name
