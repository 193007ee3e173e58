"""Invented answers: who names whom, and what people think of each sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from zwerm.analysis.simulation import Bonds, Temper, bonds, occasion
from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.sealed import Answers, Given


@dataclass(frozen=True, slots=True)
class Mood:
    """How one scan goes: who is asked for advice, how sentences are judged, how many answer."""

    temper: Temper
    opinion: dict[str, float]
    """By scale or by the start of an item's id: how far above or below the middle."""
    response: float


class School:
    """The people of one demo school and what lasts between them over all its scans."""

    def __init__(self, rng: np.random.Generator, size: int) -> None:
        self.rng = rng
        self.bonds: Bonds = bonds(size, rng)
        self.view = rng.normal(0, 0.5, size)

    def answer(
        self,
        scan: Scan,
        mood: Mood,
        questionnaire: dict[str, Any],
        not_yet: Collection[str] = (),
    ) -> None:
        """Let part of the roster answer `scan`. The order of names decides, not that of ids.

        `not_yet` are accounts that have still to answer: those one can look through the eyes of.
        """
        rows = RosterEntry.objects.filter(scan=scan).select_related("member")
        roster = list(rows.order_by("name"))
        teams = {name: i for i, name in enumerate(sorted({one.team_name for one in roster}))}
        team = np.array([teams[one.team_name] for one in roster])
        leader = np.array([one.is_leader for one in roster])
        ties = occasion(self.bonds, team, leader, mood.temper, self.rng)
        shy = self.rng.permutation(len(roster))
        silent = set(shy[round(mood.response * len(roster)) :])
        for i, entry in enumerate(roster):
            if i in silent or account_of(entry) in not_yet:
                continue
            named = [roster[j].number for j in np.flatnonzero(ties[i])]
            given = self.choose(questionnaire, named, mood, i)
            sealed.write_answers(scan, entry, Answers(given, is_finished=True))
            entry.invitation.is_respondent = entry.invitation.is_finished = True
            entry.invitation.save()

    def choose(
        self, questionnaire: dict[str, Any], named: list[int], mood: Mood, person: int
    ) -> dict[str, Given]:
        given: dict[str, Given] = {}
        for question in questionnaire["questions"]:
            answer: Any = None
            if question["kind"] == "roster":
                answer = {"named": sorted(named), "may_know": []}
            elif question["kind"] == "kinds":
                answer = self.kinds(question)
            elif question["kind"] == "item":
                answer = self.judge(question, mood, person)
            if answer is not None:
                given[question["id"]] = Given(1, answer)
        return given

    def kinds(self, question: dict[str, Any]) -> list[str]:
        ids = [kind["id"] for kind in question["kinds"] if not kind.get("exclusive")]
        chosen = [name for name in ids if self.rng.random() < 0.15]
        return chosen or ["nobody"]

    def judge(self, question: dict[str, Any], mood: Mood, person: int) -> int:
        if self.rng.random() < 0.03:
            return 0
        opinion = next(
            (level for name, level in mood.opinion.items() if question["id"].startswith(name)), 0.0
        )
        level = opinion + self.view[person]
        value = 3 + (-level if question["reversed"] else level) + self.rng.normal(0, 0.8)
        return int(np.clip(np.rint(value), 1, 5))


def account_of(entry: RosterEntry) -> str:
    """The account of who stands here on the roster; empty without one."""
    return str(entry.member.account_id) if entry.member and entry.member.account_id else ""
