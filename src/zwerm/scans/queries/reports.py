"""The published figures of a report that has appeared."""

from __future__ import annotations

import json
from typing import Any

from zwerm.scans.models import Scan, Snapshot


def report_of(scan: Scan) -> dict[str, Any] | None:
    """The snapshot of a scan; None when its report has not appeared. One query."""
    released = Snapshot.objects.filter(scan=scan.pk, scan__status=Scan.Status.RELEASED).first()
    return json.loads(released.text) if released else None
