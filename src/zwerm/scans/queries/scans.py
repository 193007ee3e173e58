"""What the lists and the page of a scan read."""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.analysis import response
from zwerm.people.acting import Acting
from zwerm.scans.models import Scan
from zwerm.scans.permissions import can_see_draft


def scans_for(acting: Acting) -> list[Scan]:
    """Every scan this person may know of, newest first; one query."""
    scans = Scan.objects.all()
    return list(scans if can_see_draft(acting) else scans.seen())


@dataclass(frozen=True, slots=True)
class Participation:
    """How many took part, as coarsely as everybody may know: the edges of a band, as shares."""

    low: float
    high: float
    is_small: bool
    """So few are asked that no number is said, but a word."""


def participation(scan: Scan, members: int) -> Participation | None:
    """The band that everybody sees; None under ten invited people."""
    if not response.bands(members):
        return None
    low, high = response.reach_of(scan.shown_band, members)
    return Participation(low, high, response.size_of(members) in {"none", "tiny"})
