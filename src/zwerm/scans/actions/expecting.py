"""Writing down what the school expects of its next scan."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import Account
from zwerm.scans.actions.drafting import lock_school, log_change
from zwerm.scans.models import Expectation, Scan
from zwerm.scans.queries.expecting import is_fixed


@transaction.atomic
def record_expectation(
    scan: Scan, *, figure: str, direction: str, note: str, by: Account, by_name: str
) -> Expectation:
    """Keep the one expectation after `scan`. Each change stands in the log of that scan.

    Refused before its report has appeared, and once the next scan has opened. The school is
    held, so that none opens at the same moment.
    """
    lock_school(scan.school)
    scan.refresh_from_db()
    if not scan.is_released:
        raise Refused(
            _("Read the report first, and talk about it. Then write down what you expect.")
        )
    if is_fixed(scan):
        raise Refused(_("The next scan has opened. What was expected of it can no longer change."))
    kept = Expectation.objects.filter(scan=scan).first() or Expectation(
        school=scan.school, scan=scan
    )
    before = (str(kept) if kept.figure else "", kept.note)
    kept.figure, kept.direction, kept.note = figure, direction, note
    kept.changed_at = clock.now()
    kept.save()
    for setting, was, now in zip(
        ("expectation", "expectation_note"), before, (str(kept), note), strict=True
    ):
        log_change(scan, by=by, by_name=by_name, setting=setting, before=was, after=now)
    return kept
