"""From sealed answers to arrays: the only place where rows become matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.queries.answering import is_respondent
from zwerm.scans.sealed import Answers


@dataclass(frozen=True, slots=True)
class Asked:
    """Everybody on the frozen roster, with their answers, in the order of their numbers."""

    entries: list[RosterEntry]
    answers: list[Answers | None]
    """One for each entry; None for who never answered anything."""

    @property
    def counts(self) -> npt.NDArray[np.bool_]:
        """Shape (m,): answered by a link or code to the roster's address (privacy rule R1)."""
        counts = [bool(one and one.through_roster_address) for one in self.answers]
        return np.array(counts, dtype=bool)

    @property
    def took_part(self) -> int:
        """How many of the whole roster took part, as `actions.answering` counts them too."""
        both = zip(self.entries, self.answers, strict=True)
        return sum(is_respondent(entry, given) for entry, given in both if given)

    def chosen(self, question: str) -> list[Any]:
        """The answer of each entry to `question`; None where it is missing."""
        return [one.answer(question) if one else None for one in self.answers]


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation among the members who may be sender and target, in one order."""

    ties: npt.NDArray[np.bool_]
    """Shape (m, m): `ties[i, j]` when i named j. Rows of non-respondents are false."""
    respondents: npt.NDArray[np.bool_]
    """Shape (m,): who named somebody or chose nobody."""
    counted: npt.NDArray[np.bool_]
    """Shape (m,): the respondents who count towards the floors (privacy rule R1)."""
    entries: list[RosterEntry]

    @property
    def answered(self) -> int:
        return int(self.respondents.sum())

    @property
    def eligible(self) -> int:
        """How many count towards the floors."""
        return int(self.counted.sum())


def read_asked(scan: Scan) -> Asked:
    """Decrypt, in memory only, what everybody on the roster of `scan` answered."""
    entries = list(RosterEntry.objects.filter(scan=scan).select_related("group").order_by("number"))
    given = {entry.pk: answers for entry, answers in sealed.every_answer(scan, entries)}
    return Asked(entries, [given.get(entry.pk) for entry in entries])


def relation(asked: Asked, question: str) -> Relation:
    """The arcs of one relation. Who objects to being named is neither sender nor target."""
    kept = [i for i, entry in enumerate(asked.entries) if entry.may_be_named]
    entries = [asked.entries[i] for i in kept]
    place = {entry.number: i for i, entry in enumerate(entries)}
    chosen = asked.chosen(question)
    ties = np.zeros((len(kept), len(kept)), dtype=bool)
    respondents = np.zeros(len(kept), dtype=bool)
    for row, i in enumerate(kept):
        if chosen[i] is None:
            continue
        respondents[row] = True
        for number in chosen[i]["named"]:
            if number in place and place[number] != row:
                ties[row, place[number]] = True
    return Relation(ties, respondents, respondents & asked.counts[kept], entries)


def leaders(entries: list[RosterEntry]) -> npt.NDArray[np.bool_]:
    """Shape (m,): who counts as formal leader in this scan."""
    return np.array([entry.is_leader for entry in entries], dtype=bool)
