"""What the lists and the page of a scan read."""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.people.acting import Acting
from zwerm.scans.models import Scan
from zwerm.scans.permissions import can_see_draft

FEWEST_INVITED = 10
"""Under this many, nobody sees how many took part."""


def scans_for(acting: Acting) -> list[Scan]:
    """Every scan this person may know of, newest first; one query."""
    scans = Scan.objects.all()
    return list(scans if can_see_draft(acting) else scans.seen())


@dataclass(frozen=True, slots=True)
class Participation:
    """How many took part, as coarsely as everybody may know. Parts of ten."""

    low: float
    high: float

    @property
    def low_percent(self) -> int:
        return round(100 * self.low)

    @property
    def high_percent(self) -> int:
        return round(100 * self.high)


def participation(scan: Scan, members: int) -> Participation | None:
    """The band that everybody sees; None under ten invited people."""
    from_bands = min(10, members // 4) if members >= FEWEST_INVITED else 0
    if not from_bands:
        return None
    band = min(scan.shown_band, from_bands - 1)
    return Participation(band / from_bands, (band + 1) / from_bands)
