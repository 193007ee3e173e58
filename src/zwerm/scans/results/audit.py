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
    """Each set of people over whom the report publishes a sum, as a row of zeros and ones.

    People stand in it twice: first the respondents as those who name, then all members as
    those who are named. A figure that is withheld adds no row.
    """
    advice = relation(asked, "advice")
    naming = int(advice.respondents.sum())
    named = len(advice.entries)
    shown = {name for name, figure in report["figures"].items() if figure["shown"]}
    rows: list[npt.NDArray[np.bool_]] = []
    if shown:
        rows += [beside(np.ones(naming, dtype=bool), named), after(naming, np.ones(named, bool))]
    if shown & {"coupling", "leader_arc_share"}:
        rows.append(after(naming, leaders(advice.entries)))
    if report["groups"]["shown"]:
        group = merged_groups(advice, report["scan"]["floors"]["network"])
        for number in range(len(group.names)):
            rows += [
                beside(group.of_respondents == number, named),
                after(naming, group.number == number),
            ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), naming + named)


def beside(naming: npt.NDArray[np.bool_], named: int) -> npt.NDArray[np.bool_]:
    """A set of those who name."""
    return np.concatenate([naming, np.zeros(named, dtype=bool)])


def after(naming: int, named: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """A set of those who are named."""
    return np.concatenate([np.zeros(naming, dtype=bool), named])
