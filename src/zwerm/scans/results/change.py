"""What changed since the scan before: verdicts, from the sealed answers of both.

Computed before anything else when a scan closes, for right after it the earlier answers go. Only
words leave this file: no difference, no probability, no number of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.change import FAMILY, FEWEST_ANSWERS, Change, change_of, falling_back, mirrored
from zwerm.analysis.change.verdicts import Figure
from zwerm.analysis.disclosure import is_dominated
from zwerm.core import clock
from zwerm.scans import sealed
from zwerm.scans.models import Expectation, RosterEntry, Scan
from zwerm.scans.queries.reports import report_of, scan_before
from zwerm.scans.results.arrays import Asked, Relation, leaders, read_asked, relation
from zwerm.scans.results.network import agreed_for

Verdicts = dict[str, dict[str, Any]]

UNTOLD = frozenset({"few_answers", "dominance", "subtraction"})
"""Why a figure is not shown so that no verdict is given on it either: persons could be told."""
FEWER_CARRY = frozenset({"centralization", "coupling"})
"""Figures of which more means that fewer people carry: there a school falls back when they rise."""
OTHER_WORLD = frozenset({"topic", "question", "groups"})
"""With these reasons verdicts of before are about something else: a series begins anew."""


def change_since(scan: Scan, asked: Asked, rng: np.random.Generator) -> dict[str, Any] | None:
    """What the snapshot of `scan` holds of change; None where there is no scan before it.

    Args:
        scan: the scan that closes.
        asked: its answers.
        rng: draws the swaps, and nothing else.
    """
    earlier = scan_before(scan)
    if earlier is None:
        return None
    assert earlier.closes_on
    expected = Expectation.objects.filter(scan=earlier).first()
    reason = why_not(scan, earlier, asked)
    twice = None if reason else both_times(earlier, asked)
    floor = max(scan.floor_network, earlier.floor_network)
    if twice:
        reason = twice.why_not(floor)
    found = twice.compared(floor, expected, rng) if twice and not reason else None
    words = words_of(found, reason)
    return {
        "since": earlier.closes_on.isoformat(),
        "reason": reason,
        "verdicts": with_falling_back(words, series_before(scan)),
        "expectation": outcome_of(expected, found),
        **came_and_went(earlier, asked),
    }


def why_not(scan: Scan, earlier: Scan, asked: Asked) -> str | None:
    """Why these two scans are not compared, the first reason that holds; None if they are."""
    report = report_of(earlier)
    reasons = (
        ("topic", (scan.topic_nl, scan.topic_en) != (earlier.topic_nl, earlier.topic_en)),
        ("question", asked_in(scan) != asked_in(earlier)),
        ("groups", scan.partition_id != earlier.partition_id),
        ("no_report", report is None),
        ("contract_before", bool(report and report["response"]["contract"] != "full")),
        ("contract", agreed_for(asked) != "full"),
        ("gone", not may_still_be_read(earlier)),
    )
    return next((name for name, holds in reasons if holds), None)


def may_still_be_read(earlier: Scan) -> bool:
    """Whether the earlier answers are there, and so by right.

    On the day after their retention this report may be made before they are destroyed.
    """
    last_day = earlier.retain_until
    return sealed.can_open(earlier) and last_day is not None and clock.today() <= last_day


def asked_in(scan: Scan) -> object:
    """The words of the main question as they were frozen."""
    questions = (scan.questionnaire or {}).get("questions", ())
    return next((one["text"] for one in questions if one["id"] == "advice"), None)


@dataclass(frozen=True, slots=True)
class Twice:
    """The main relation at both scans, among the people who stood on both rosters, in one order."""

    before: Relation
    now: Relation

    @property
    def counted(self) -> int:
        """How many answered both times and count towards the floors (rule R1)."""
        return int((self.before.counted & self.now.counted).sum())

    def why_not(self, floor: int) -> str | None:
        """Why nothing is said of these people; None when there are enough and none decides it."""
        if self.counted < max(FEWEST_ANSWERS, floor):
            return "few_answers"
        if is_dominated(self.before.ties) or is_dominated(self.now.ties):
            return "dominance"
        return None

    def compared(
        self, floor: int, expected: Expectation | None, rng: np.random.Generator
    ) -> Change:
        """The verdicts. Who has a post is as it stands now, for both scans: see change.md."""
        marked = leaders(self.now.entries)
        is_large = min(int(marked.sum()), int((~marked).sum())) >= floor
        return change_of(
            arcs_of(self.before.ties, self.before.respondents),
            arcs_of(self.now.ties, self.now.respondents),
            rng=rng,
            leader=marked if is_large else None,
            expectation=(
                (cast(Figure, expected.figure), cast(Any, expected.direction)) if expected else None
            ),
        )


def both_times(earlier: Scan, asked: Asked) -> Twice:
    """Who stood on both rosters and may be named both times, matched by member."""
    before, now = relation(read_asked(earlier), "advice"), relation(asked, "advice")
    place = {entry.member_id: i for i, entry in enumerate(before.entries) if entry.member_id}
    both = [
        (place[entry.member_id], i)
        for i, entry in enumerate(now.entries)
        if entry.member_id and entry.member_id in place
    ]
    return Twice(among(before, [i for i, _ in both]), among(now, [i for _, i in both]))


def among(one: Relation, kept: list[int]) -> Relation:
    """A relation among some of its members, in the order of `kept`."""
    chosen = np.array(kept, dtype=np.int64)
    return Relation(
        ties=one.ties[np.ix_(chosen, chosen)],
        respondents=one.respondents[chosen],
        counted=one.counted[chosen],
        entries=[one.entries[i] for i in kept],
    )


def words_of(found: Change | None, reason: str | None) -> Verdicts:
    """A word for each figure, and why there is none; nothing that is more exact."""
    if found is None:
        return {name: {"word": "cannot_say", "reason": reason} for name in FAMILY}
    return {name: {"word": one.word, "reason": one.reason} for name, one in found.verdicts.items()}


def outcome_of(expected: Expectation | None, found: Change | None) -> dict[str, str] | None:
    """What the school expected, and what became of it. Its note stays outside the report."""
    if expected is None:
        return None
    outcome = found.expectation.word if found and found.expectation else "cannot_say"
    return {"figure": expected.figure, "direction": expected.direction, "outcome": outcome}


def came_and_went(earlier: Scan, asked: Asked) -> dict[str, int | None]:
    """How many people came and went since, in tens; None for fewer than ten."""
    rows = RosterEntry.objects.filter(scan=earlier)
    then = list(rows.values_list("member_id", flat=True))
    now = {entry.member_id for entry in asked.entries}
    return {
        "joined": in_tens(len(now - set(then))),
        "left": in_tens(sum(one is None or one not in now for one in then)),
    }


def in_tens(people: int) -> int | None:
    """A number of people rounded down to tens; None under ten.

    Example:
        >>> in_tens(27), in_tens(9)
        (20, None)
    """
    return people // 10 * 10 or None


def series_before(scan: Scan) -> dict[str, list[str]]:
    """The verdicts in the reports before this one, by figure, from old to new.

    They end where a scan was about something else than the one after it.
    """
    series: dict[str, list[str]] = {name: [] for name in FAMILY}
    earlier = scan_before(scan)
    while earlier is not None:
        change = (report_of(earlier) or {}).get("change")
        if change is None or change["reason"] in OTHER_WORLD:
            break
        for name in FAMILY:
            series[name].insert(0, change["verdicts"][name]["word"])
        earlier = scan_before(earlier)
    return series


def with_falling_back(words: Verdicts, before: dict[str, list[str]]) -> Verdicts:
    """The same verdicts, each with whether the school falls back in it."""
    return {
        name: {**one, "falling_back": fell_back(name, [*before[name], one["word"]])}
        for name, one in words.items()
    }


def fell_back(name: str, words: list[str]) -> str | None:
    """Whether the last verdict of a series is a falling back; where more is less, it is turned."""
    if name in FEWER_CARRY:
        words = [mirrored(word) for word in words]
    return falling_back(words)


def published(
    change: dict[str, Any] | None, figures: dict[str, Any], previous: dict[str, Any] | None
) -> dict[str, Any] | None:
    """The same without a verdict on a figure that may be told of persons, now or last time."""
    if change is None:
        return None
    then = (previous or {}).get("figures", {})
    verdicts = dict(change["verdicts"])
    for name, one in verdicts.items():
        hidden = next(
            (why for why in map(untold, (figures.get(name), then.get(name))) if why), None
        )
        if hidden and one["word"] != "cannot_say":
            verdicts[name] = {"word": "cannot_say", "reason": hidden, "falling_back": None}
    return {**change, "verdicts": verdicts, "expectation": told(change["expectation"], verdicts)}


def untold(figure: dict[str, Any] | None) -> str | None:
    """Why nothing may be said of a figure because of persons; None when it may."""
    if figure is None or figure["shown"]:
        return None
    reason: str = figure["reason"]
    return reason if reason in UNTOLD else None


def told(expected: dict[str, str] | None, verdicts: Verdicts) -> dict[str, str] | None:
    """What became of an expectation, as far as its own figure may be told."""
    if expected is None or verdicts[expected["figure"]]["reason"] not in UNTOLD:
        return expected
    return {**expected, "outcome": "cannot_say"}
