"""The scan before, and the published figures of a report that has appeared."""

from __future__ import annotations

import json
from typing import Any

from zwerm.scans.models import Scan, Snapshot


def scan_before(scan: Scan) -> Scan | None:
    """The scan that `scan` is compared with: of one that was cancelled there is nothing left."""
    earlier = scan.previous
    while earlier is not None and earlier.status == Scan.Status.CANCELLED:
        earlier = earlier.previous
    return earlier


def report_of(scan: Scan) -> dict[str, Any] | None:
    """The snapshot of a scan; None when its report has not appeared. One query."""
    released = Snapshot.objects.filter(scan=scan.pk, scan__status=Scan.Status.RELEASED).first()
    return json.loads(released.text) if released else None
