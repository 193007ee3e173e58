"""What people answer, under seal: no name, no time, no order, one size."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Erase, Privacy
from zwerm.people.scope import SchoolOwned
from zwerm.scans.kept import ANSWERING, SEALED, UNTIL_DESTROYED
from zwerm.scans.models.scan import Scan


class ScanKey(SchoolOwned):
    """The key of one scan, wrapped by the server's key. It goes when the answers go.

    It is the only thing in a table of its own for one reason: a backup of the database leaves
    this table out. The copy of the keys is replaced each time, so that no old copy of the
    answers can be opened once a key was destroyed.
    """

    privacy = Privacy(none=("id", "school", "scan", "wrapped"))

    scan = models.OneToOneField(Scan, models.CASCADE, related_name="key")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return "key"


class AnswerBlob(SchoolOwned):
    """One member's sealed answers.

    `slot` is a keyed digest of the roster entry: without the scan's key it says nothing
    about whose answers these are. Every box of a scan has the same size.
    """

    privacy = Privacy(
        what=_("What you answered"),
        why=ANSWERING,
        none=("id", "school", "scan"),
        own={SEALED: {"slot": _("place of the box"), "box": _("your answers")}},
        others={"box": _("whom you named, and what you wrote of others")},
        withheld={"slot": _("It is a number that says nothing without the key of the scan.")},
        erase=Erase.GOES,
        kept=UNTIL_DESTROYED,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="blobs")
    slot = models.BinaryField(max_length=32)
    box = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_slot_holds_one_box", fields=["scan", "slot"]),
        ]

    def __str__(self) -> str:
        return "sealed answers"


class Mirror(SchoolOwned):
    """What one respondent may see of themselves after release, sealed under their own slot."""

    privacy = Privacy(
        what=_("Your own overview of a scan"),
        why=_("To let you see roughly how often you were named. Nobody else sees it."),
        none=("id", "school", "scan"),
        own={SEALED: {"slot": _("place of the box"), "box": _("how often you were named")}},
        others={"box": _("colleagues who let you know that they named you")},
        withheld={"slot": _("It is a number that says nothing without the key of the scan.")},
        erase=Erase.GOES,
        kept=UNTIL_DESTROYED,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="mirrors")
    slot = models.BinaryField(max_length=32)
    box = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_slot_holds_one_mirror", fields=["scan", "slot"]),
        ]

    def __str__(self) -> str:
        return "sealed mirror"
