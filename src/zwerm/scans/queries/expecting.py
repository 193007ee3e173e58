"""What a school expects of its next scan, and whether that may still change."""

from __future__ import annotations

from zwerm.people.models import Member
from zwerm.scans.models import Expectation, RosterEntry, Scan
from zwerm.scans.queries.reports import scan_before


def expectation_after(scan: Scan | None) -> Expectation | None:
    """What was written down after `scan`; None when nothing was. One query."""
    return Expectation.objects.filter(scan=scan).first() if scan else None


def is_fixed(scan: Scan) -> bool:
    """Whether the scan after `scan` has opened. One that was cancelled showed nobody anything."""
    later = Scan.objects.filter(opened_at__gt=scan.opened_at)
    return later.exclude(status=Scan.Status.CANCELLED).exists()


def report_after(scan: Scan) -> Scan | None:
    """The scan whose report says what came of what was expected; None until it has appeared."""
    later = Scan.objects.released().filter(opened_at__gt=scan.opened_at)
    found = later.order_by("opened_at").first()
    return found if found and scan_before(found) == scan else None


def figures_to_expect(scan: Scan) -> list[tuple[str, str]]:
    """The figures one may choose; posts only where both groups are large enough. One query."""
    marked = list(RosterEntry.objects.filter(scan=scan).values_list("is_leader", flat=True))
    fewest = min(sum(marked), len(marked) - sum(marked))
    without = () if fewest >= scan.floor_network else (Expectation.Figure.COUPLING,)
    return [(one.value, str(one.label)) for one in Expectation.Figure if one not in without]


def names_unwritten(scan: Scan) -> list[str]:
    """The names that no note holds, for everybody reads it. Two queries.

    Those on the staff list, and on the roster of `scan`: who left since is not written about
    either.
    """
    here = Member.objects.filter(left_on__isnull=True).values_list("name", flat=True)
    asked = RosterEntry.objects.filter(scan=scan).values_list("name", flat=True)
    return [*here, *asked]
