"""How long this room keeps what it knows of people, and what for; said once for all its models."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Kept

RETAIN_MONTHS = (13, 25)
"""So many months answers are kept at most; the second only when the staff council consented."""

SEALED = "@sealed"
"""Whose box it is can be said with the key of the scan, and with nothing else."""

BY_ADDRESS = "@invitation"
"""Shown only to who signed in under the address of the frozen roster (rule R1)."""

UNTIL_DESTROYED = Kept(
    format_lazy(
        _(
            "Until the next scan closes, and at most {least} months. That is {most} months when "
            "the staff council consented to it. Then the key and all boxes are destroyed."
        ),
        least=RETAIN_MONTHS[0],
        most=RETAIN_MONTHS[1],
    ),
    by="zwerm.scans.jobs.purge_due",
)

WITH_REPORT = Kept(
    _("As long as the report of the scan is kept: a report is never changed."), by=""
)

ANSWERING = _("To make one report about the whole school, in which nobody can be seen.")
ASKING = _("To ask the right people, remind them, and count nobody twice.")
PROVING = _("To show afterwards that a scan kept to its rules.")
