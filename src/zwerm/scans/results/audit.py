"""What a report adds up over whom, handed to the auditor before anything is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.auditor import Audit, audit
from zwerm.scans.results.arrays import Asked, Relation, leaders, relation
from zwerm.scans.results.grouping import merged_groups

ADVICE = frozenset(
    {
        "mean_named",
        "reciprocity",
        "centralization",
        "unnamed",
        "across",
        "coupling",
        "leader_staff_share",
        "leader_arc_share",
    }
)
LEAD = frozenset({"takes_lead_formal_share", "takes_lead_overlap"})

People = npt.NDArray[np.bool_]


def audit_report(asked: Asked, report: dict[str, Any]) -> Audit:
    """Check that no sum over fewer people than the floor follows from everything published."""
    return audit(published_sets(asked, report), report["scan"]["floors"]["network"])


def published_sets(asked: Asked, report: dict[str, Any]) -> npt.NDArray[np.int64]:
    """Each set of people over whom the report publishes a sum, as a row of zeros and ones.

    People stand in it by what they give: as respondents of each relation, of whom only those
    who count towards the floor (rule R1) stand here, the others being as good as known; and all
    members as those who are named for advice. A figure that is withheld adds no row.
    """
    shown = {name for name, figure in report["figures"].items() if figure["shown"]}
    is_network = bool(shown & ADVICE) or report["groups"]["shown"]
    talks = np.array([one is not None for one in asked.chosen("outside")], dtype=bool)
    lead, together = relation(asked, "takes_lead"), relation(asked, "works_together")
    blocks = [
        advice_sets(relation(asked, "advice"), report, shown) if is_network else [],
        whole(int((talks & asked.counts).sum())) if "outside" in shown else [],
        whole(lead.eligible) if shown & LEAD else [],
        whole(together.eligible) if "works_together" in shown else [],
    ]
    return side_by_side([block for block in blocks if block])


def advice_sets(advice: Relation, report: dict[str, Any], shown: set[str]) -> list[People]:
    """The sets of the main relation: first who names, beside it who is named."""
    everybody = np.ones(len(advice.entries), dtype=bool)
    named: list[People] = [everybody]
    if shown & {"coupling", "leader_arc_share", "leader_staff_share"}:
        named.append(leaders(advice.entries))
    groups: list[People] = []
    if report["groups"]["shown"]:
        merged = merged_groups(advice, report["scan"]["floors"]["network"])
        groups = [merged.number == number for number in range(len(merged.names))]
    nobody = np.zeros(len(everybody), dtype=bool)
    naming = [one[advice.counted] for one in (everybody, *groups)]
    return [
        *(np.concatenate([one, nobody]) for one in naming),
        *(np.concatenate([nobody[advice.counted], one]) for one in (*named, *groups)),
    ]


def whole(people: int) -> list[People]:
    """The one set of a question that is published for the whole school only."""
    return [np.ones(people, dtype=bool)]


def side_by_side(blocks: list[list[People]]) -> npt.NDArray[np.int64]:
    """All sets as one table: what people give in one relation is another sum than in the next."""
    width = sum(len(block[0]) for block in blocks)
    rows: list[npt.NDArray[np.int64]] = []
    start = 0
    for block in blocks:
        for one in block:
            row = np.zeros(width, dtype=np.int64)
            row[start : start + len(one)] = one
            rows.append(row)
        start += len(block[0])
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)
