"""What a report adds up over whom, handed to the auditor before anything is shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis.auditor import Audit, audit
from zwerm.scans.models import RosterEntry
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
NAMED = "named"
"""In this column stands what others give: how often somebody is named for advice."""
LEAD = frozenset({"takes_lead_formal_share", "takes_lead_overlap"})

People = npt.NDArray[np.bool_]
Gives = tuple[str, Hashable]
"""What one person gives, that is added up: in which question, and whose roster entry."""
Sums = list[frozenset[Gives]]
"""What a report adds up, each sum as the set of what goes into it."""


@dataclass(frozen=True, slots=True)
class Published:
    """Sums that were published, as rows of zeros and ones."""

    columns: list[Gives]
    rows: npt.NDArray[np.int64]
    """Shape (s, c): one row for each sum, one column for what each person gives."""

    def without(self, people: Iterable[Hashable]) -> npt.NDArray[np.int64]:
        """The rows for who knows what `people` answered. How often they are named stays."""
        known = set(people)
        return self.rows[:, [who not in known or one == NAMED for one, who in self.columns]]


def audit_report(asked: Asked, report: dict[str, Any]) -> Audit:
    """Check that no sum over fewer people than the floor follows from everything published."""
    return audit(as_rows(published_sums(asked, report)).rows, report["scan"]["floors"]["network"])


def as_rows(sums: Sums) -> Published:
    """Sums as one table, of one report or of several: of schools of a board, for instance.

    What somebody gives stands in one column, in however many reports it is added up. What they
    give in one question or one scan is another number than what they give in the next.
    """
    columns = sorted(frozenset().union(*sums), key=repr)
    place = {one: i for i, one in enumerate(columns)}
    rows = np.zeros((len(sums), len(columns)), dtype=np.int64)
    for row, one in zip(rows, sums, strict=True):
        row[[place[gives] for gives in one]] = 1
    return Published(columns, rows)


def published_sums(asked: Asked, report: dict[str, Any]) -> Sums:
    """Each set of people over whom the report publishes a sum.

    People stand in it by what they give: as respondents of each relation, of whom only those
    who count towards the floor (rule R1) stand here, the others being as good as known; and all
    members as those who are named for advice. A figure that is withheld adds nothing.
    """
    shown = {name for name, figure in report["figures"].items() if figure["shown"]}
    sums: Sums = []
    if shown & ADVICE or report["groups"]["shown"]:
        sums += advice_sums(relation(asked, "advice"), report, shown)
    if "outside" in shown:
        talks = np.array([one is not None for one in asked.chosen("outside")], dtype=bool)
        sums.append(given("outside", asked.entries, talks & asked.counts))
    for question, figures in (("takes_lead", LEAD), ("works_together", {"works_together"})):
        if shown & figures:
            one = relation(asked, question)
            sums.append(given(question, one.entries, one.counted))
    return sums


def given(question: str, entries: list[RosterEntry], who: People) -> frozenset[Gives]:
    """What the people `who` among `entries` give in one question."""
    chosen = zip(entries, who, strict=True)
    return frozenset((question, entry.pk) for entry, is_in in chosen if is_in)


def advice_sums(advice: Relation, report: dict[str, Any], shown: set[str]) -> Sums:
    """The sums of the main relation: over who names, and over who is named."""
    everybody = np.ones(len(advice.entries), dtype=bool)
    named: list[People] = [everybody]
    if shown & {"coupling", "leader_arc_share", "leader_staff_share"}:
        named.append(leaders(advice.entries))
    groups: list[People] = []
    if report["groups"]["shown"]:
        merged = merged_groups(advice, report["scan"]["floors"]["network"])
        groups = [merged.number == number for number in range(len(merged.names))]
    return [
        *(given("naming", advice.entries, one & advice.counted) for one in (everybody, *groups)),
        *(given(NAMED, advice.entries, one) for one in (*named, *groups)),
    ]
