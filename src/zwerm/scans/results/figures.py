"""A scan's answers to the snapshot: the only thing a report is made from."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zwerm.scans.models import Scan
from zwerm.scans.queries.reports import report_of, scan_before
from zwerm.scans.results.arrays import Asked
from zwerm.scans.results.change import asked_in, published
from zwerm.scans.results.network import Draws, network_report
from zwerm.scans.results.opinions import opinions

SCHEMA = 1
WORDING = "2026-11"


def figures_of(
    scan: Scan, asked: Asked, *, draws: Draws, changed: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The whole snapshot of schema 1, without what the auditor adds.

    `changed` are the verdicts of `change.change_since`, made before the earlier answers go.
    """
    found = network_report(asked, floor=scan.floor_network, draws=draws)
    lines = opinions(scan, asked, draws, found["groups"])
    previous = previous_of(scan)
    return {
        "schema": SCHEMA,
        "wording": WORDING,
        "school": {"name": scan.school.name, "sector": scan.school.sector},
        "scan": about(scan),
        "members": len(asked.entries),
        **found,
        "scales": lines.scales,
        "fit": lines.fit,
        "previous": previous,
        "change": published(changed, found["figures"], previous),
    }


def about(scan: Scan) -> dict[str, Any]:
    """What the report says of the scan itself."""
    assert scan.opened_at
    assert scan.closes_on
    assert scan.report_on
    questions = (scan.questionnaire or {}).get("questions", ())
    has_group = bool(scan.post_group_nl and scan.post_group_en)
    return {
        "title": scan.title,
        "topic": {"nl": scan.topic_nl, "en": scan.topic_en},
        "form": scan.form,
        "opened_on": timezone.localdate(scan.opened_at).isoformat(),
        "closed_on": scan.closes_on.isoformat(),
        "report_on": scan.report_on.isoformat(),
        "relations": [one["id"] for one in questions if one["kind"] in {"roster", "kinds"}],
        "post_group": {"nl": scan.post_group_nl, "en": scan.post_group_en} if has_group else None,
        "floors": {
            "network": scan.floor_network,
            "scale": scan.floor_scale,
            "comments": scan.floor_comments,
        },
    }


def previous_of(scan: Scan) -> dict[str, Any] | None:
    """The published figures of the scan before, if there is one: for drawing "last time".

    With another topic or question nothing can be laid beside it; with other groups, nothing
    about groups.
    """
    earlier = scan_before(scan)
    content = report_of(earlier) if earlier else None
    if earlier is None or content is None:
        return None
    same_topic = content["scan"]["topic"] == about(scan)["topic"]
    same_topic = same_topic and asked_in(earlier) == asked_in(scan)
    same_groups = earlier.partition_id == scan.partition_id
    figures = {
        name: figure
        for name, figure in content["figures"].items()
        if same_topic and (same_groups or name != "across")
    }
    return {
        "closed_on": content["scan"]["closed_on"],
        "figures": figures,
        "intervals": {
            name: one for name, one in content.get("intervals", {}).items() if name in figures
        },
        "same_topic": same_topic,
        "same_groups": same_groups,
    }
