"""A staff list that was sent in and waits for its confirmation."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.core.privacy import Erase, Kept, Privacy
from zwerm.people.models.account import Account
from zwerm.people.scope import SchoolOwned


class Upload(SchoolOwned):
    """The very bytes of the dry run, so that what is confirmed is what was shown."""

    privacy = Privacy(
        what=_("A staff list that you sent in"),
        why=_("To show what a file would change, before anything is written."),
        none=("id", "school", "columns"),
        own={"by": {"name": _("name of the file"), "made_at": _("sent in")}},
        others={"content": _("names, mail addresses and posts of everybody in the file")},
        erase=Erase.GOES,
        kept=Kept(
            _("Until you confirm it, at most one day."),
            by="zwerm.people.actions.staff.forget_uploads",
        ),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    columns = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return self.name
