"""Work in the background that concerns every room: who left long ago goes. Safe to run twice."""

from __future__ import annotations

import datetime as dt
import logging
from calendar import monthrange

from django.utils import timezone

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.home.actions import erase_person
from zwerm.people.actions.erasing import forget_accounts
from zwerm.people.actions.requests import forget_before
from zwerm.people.kept import LEAVERS_MONTHS, REQUESTS_MONTHS
from zwerm.people.models import Member, School
from zwerm.people.scope import school_scope

log = logging.getLogger("zwerm.home")


def tick() -> None:
    """Everything that is due now, school by school; then the accounts that nobody needs."""
    for school in School.objects.all():
        with school_scope(school):
            erase_leavers()
            forget_requests()
    forget_accounts(months_ago(LEAVERS_MONTHS))


def erase_leavers() -> None:
    """Who left long enough ago is erased. One that cannot go now goes at a next tick."""
    for member in Member.objects.filter(left_on__lte=months_ago(LEAVERS_MONTHS)):
        try:
            erase_person(member)
        except Refused:
            log.info("somebody who left is erased later: a report is being made")


def forget_requests() -> None:
    """Requests that were answered long ago go."""
    day = months_ago(REQUESTS_MONTHS)
    forget_before(timezone.make_aware(dt.datetime.combine(day, dt.time())))


def months_ago(months: int) -> dt.date:
    """The same day so many months earlier, or the last day of that month."""
    today = clock.today()
    count = today.year * 12 + today.month - 1 - months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
