"""How long this room keeps what it knows of people, and what for; said once for all its models."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Kept

LEAVERS_MONTHS = 13
"""So long somebody who left stays on file: as long as answers of a scan are kept as a rule."""

REQUESTS_MONTHS = 25
"""So long an answered request stays, to show that it was answered in time."""

WHILE_HERE = Kept(
    format_lazy(
        _("As long as you work at the school. It is erased {months} months after you left."),
        months=LEAVERS_MONTHS,
    ),
    by="zwerm.home.jobs.erase_leavers",
)

ANSWERED_FOR = format_lazy(
    _("Until it is answered, and {months} months after that."), months=REQUESTS_MONTHS
)

STAFF = _("To know who works at the school, and who is asked in a scan.")
SIGNING_IN = _("To let you sign in, and nobody else as you.")
