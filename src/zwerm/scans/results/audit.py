"""What a report adds up over whom, handed to the auditor before anything is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.auditor import Audit, audit
from zwerm.scans.results.arrays import Asked, leaders, relation
from zwerm.scans.results.grouping import merged_groups

FEWEST = 10


def audit_report(asked: Asked, report: dict[str, Any], floor: int = FEWEST) -> Audit:
    """Check that no sum over fewer than `floor` people follows from everything published."""
    return audit(published_sets(asked, report), floor)


def published_sets(asked: Asked, report: dict[str, Any]) -> npt.NDArray[np.int64]:
    """Each set of people of whom the report publishes a sum, as a row of zeros and ones.

    Columns are respondents; a figure that is withheld adds no row.
    """
    advice = relation(asked, "advice")
    entries = [advice.entries[i] for i in np.flatnonzero(advice.respondents)]
    rows: list[npt.NDArray[np.bool_]] = []
    shown = {name for name, figure in report["figures"].items() if figure["shown"]}
    if shown:
        rows.append(np.ones(len(entries), dtype=bool))
    if shown & {"coupling", "leader_arc_share"}:
        rows.append(leaders(entries))
    if report["groups"]["shown"]:
        group = merged_groups(advice, report["scan"]["floors"]["network"]).of_respondents
        rows.extend(group == number for number in np.unique(group))
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(entries))
