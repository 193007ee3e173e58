"""What the staff council consents to."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from zwerm.scans.models import Scan

AGREED = (
    "topic_nl",
    "topic_en",
    "asker",
    "form",
    "has_comment",
    "mode",
    "dpia_reference",
    "legal_basis",
    "retain_months",
    "floor_network",
    "floor_scale",
    "floor_comments",
    "is_for_board",
)
"""What the staff council consents to: a later change of one of these undoes its consent."""


def agreements_digest(scan: Scan) -> str:
    """The digest of what the council consents to (see `AGREED`)."""
    agreed: dict[str, Any] = {name: getattr(scan, name) for name in AGREED}
    agreed["instruments"] = sorted(scan.instruments.values_list("text", flat=True))
    return hashlib.sha256(json.dumps(agreed, sort_keys=True).encode()).hexdigest()
