"""How sure a figure is, in words: from its published interval and from nothing else."""

from __future__ import annotations

import math
from typing import Any

from zwerm.analysis.disclosure import Shown, intervals
from zwerm.analysis.disclosure.grid import Word
from zwerm.analysis.disclosure.intervals import Steps
from zwerm.scans.sentences.labels import say
from zwerm.scans.sentences.numbers import ABOUT, is_at
from zwerm.scans.sentences.telling import Figure, Section, Telling, halves, joined
from zwerm.scans.sentences.wording import phrase

COMPLETION, REMEASUREMENT = "completion", "remeasurement"
KINDS = (COMPLETION, REMEASUREMENT)
PROFILED = ("mean_named", "reciprocity", "centralization")
QUARTER = 0.25
QUARTERS = {1: "quarter", 2: "half", 3: "three_quarters"}


def has_intervals(tell: Telling) -> bool:
    """Whether this report is from after there were intervals, and has one."""
    return any(steps(tell, name, COMPLETION) for name in tell.intervals)


def steps(tell: Telling, name: str, kind: str) -> Steps | None:
    """The published steps of one figure; None where it has none."""
    found = tell.intervals.get(name, {}).get(kind)
    return Steps(**found) if found and tell.is_shown(name) else None


def ends(tell: Telling, name: str, kind: str) -> tuple[float, float] | None:
    """Between which values a figure lies; None where it has no interval, or is a word."""
    figure, found = tell.figure(name), steps(tell, name, kind)
    if found is None or figure["kind"] == "word":
        return None
    return intervals.ends(name, published(figure), found)


def reach(tell: Telling, name: str, kind: str) -> tuple[Word, Word] | None:
    """The words at the two ends of an interval."""
    found = steps(tell, name, kind)
    return intervals.reach(name, published(tell.figure(name)), found) if found else None


def published(figure: Figure) -> Shown:
    """A figure of the snapshot as it was published."""
    return Shown(
        figure["kind"], figure["word"], figure.get("value"), figure.get("step"), figure.get("end")
    )


def is_sure(tell: Telling, name: str) -> bool:
    """Whether the word for a figure stays the same over its whole interval."""
    found = reach(tell, name, COMPLETION)
    return found is not None and found[0] == found[1]


# --- sentences ---------------------------------------------------------------


def doubt(tell: Telling, name: str, otherwise: str) -> str:
    """How sure a figure is; `otherwise` is what a report without intervals says."""
    found = tell.intervals.get(name)
    if found is None:
        return otherwise
    if "reason" in found:
        return tell.say("withheld.reason.no_interval")
    sure = tell.say("sure.fairly" if is_sure(tell, name) else "sure.roughly")
    return joined(sure, between(tell, name))


def between(tell: Telling, name: str) -> str:
    """The sentence with the ends of the interval; nothing where no number may be said."""
    found = ends(tell, name, COMPLETION)
    if found is None:
        return ""
    if name == "mean_named":
        return mean_between(tell, *found)
    return "" if tell.in_few else share_between(tell, tell.figure(name)["step"], *found)


def mean_between(tell: Telling, low: float, high: float) -> str:
    """Between which halves a mean lies: outward, and said as such where an end is no half."""
    first, last = halves(low, math.floor), halves(high, math.ceil)
    is_half = is_at(low, first), is_at(high, last)
    if first >= 1 and all(is_half):
        return edged(tell, "mean", (with_half(first), with_half(last)))
    keys = "from" if is_half[0] else "over", "to" if is_half[1] else "under"
    lowest, highest = (
        phrase(f"interval.{key}", tell.language, n=with_half(half))
        for key, half in zip(keys, (first, last), strict=True)
    )
    return edged(tell, "mean" if first < 1 else "mean_within", (lowest, highest), at_most=first < 1)


def with_half(value: float) -> str:
    """A number of halves, without decimals.

    Example:
        >>> with_half(3.5), with_half(4.0)
        ('3½', '4')
    """
    return f"{math.floor(value)}{'½' if value % 1 else ''}"


def share_between(tell: Telling, step: float, low: float, high: float) -> str:
    """Between which tenths and halves of one a share lies, or quarters where published in those."""
    if step == QUARTER:
        quarters = math.floor(4 * low + ABOUT), math.ceil(4 * high - ABOUT)
        said = in_part(tell, quarters[0]), in_part(tell, quarters[1])
        return edged(tell, "part", said, at_most=quarters[0] == 0, at_least=quarters[1] == 4)
    first, last = halves(10 * low, math.floor), halves(10 * high, math.ceil)
    said = with_half(first), with_half(last)
    return edged(tell, "share", said, at_most=first < 1, at_least=last > 9)


def in_part(tell: Telling, quarters: int) -> str:
    return phrase(f"numbers.part.{QUARTERS[quarters]}", tell.language) if quarters % 4 else ""


def edged(
    tell: Telling,
    key: str,
    said: tuple[str, str],
    *,
    at_most: bool = False,
    at_least: bool = False,
) -> str:
    """None and all are never said as the end of an interval (rule R4)."""
    if at_most and at_least:
        return ""
    if at_most:
        return tell.say(f"interval.{key}_at_most", high=said[1])
    if at_least:
        return tell.say(f"interval.{key}_at_least", low=said[0])
    return tell.say(f"interval.{key}", low=said[0], high=said[1])


def of_words(tell: Telling, name: str, otherwise: str) -> str:
    """Of a finding that is a word: whether the word may still become another."""
    found = tell.intervals.get(name)
    if found is None:
        return otherwise
    if "reason" in found:
        return tell.say("withheld.reason.no_interval")
    return tell.say("interval.hardly" if is_sure(tell, name) else "interval.may_change")


def of_profile(tell: Telling) -> str:
    """A summary of three figures is as sure as the least sure of them."""
    if any(reach(tell, name, COMPLETION) is None for name in PROFILED):
        return ""
    is_certain = all(is_sure(tell, name) for name in PROFILED)
    return tell.say("profile.fairly" if is_certain else "profile.roughly")


def of_chance(tell: Telling, otherwise: str) -> str:
    """Whether posts that are dealt at random would do as much."""
    found = tell.intervals.get("coupling", {}).get("chance")
    return tell.say(f"position.chance.{found}") if found else otherwise


def how_to_read(tell: Telling) -> list[Section]:
    """What the two bands are, and what they rest on; nothing where there are none."""
    if not has_intervals(tell):
        return []
    what, basis = ("inner", "outer", "noise"), ("invented", "fewer", "never_all", "much_asked")
    return [
        Section(name, "response", *lead_and_lines(tell, lead, keys))
        for name, lead, keys in (("intervals", "lead", what), ("basis", "basis", basis))
    ]


def lead_and_lines(tell: Telling, lead: str, keys: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return tell.say(f"intervals.{lead}"), tuple(tell.say(f"intervals.{key}") for key in keys)


def is_upward(tell: Telling, name: str) -> bool:
    """Whether the truth more likely lies above what was found than below."""
    found = steps(tell, name, COMPLETION)
    return found is not None and found.up > found.down


# --- cells and labels --------------------------------------------------------


def cell(tell: Telling, name: str, kind: str, number: Any) -> str:
    """An interval in a table; empty where there is none. `number` writes a value of the figure."""
    figure = tell.figure(name)
    if steps(tell, name, kind) is None:
        return ""
    found = ends(tell, name, kind)
    if found is None:
        return of_levels(tell, name, kind)
    low, high = (number(tell, figure, value) for value in found)
    is_whole = name != "mean_named" and found[1] >= 1
    if found[0] <= 0 and is_whole:
        return phrase("tables.value.anything", tell.language)
    if found[0] <= 0:
        return phrase("tables.value.low", tell.language, n=high)
    if is_whole:
        return phrase("tables.value.high", tell.language, n=low)
    return phrase("tables.value.band", tell.language, low=low, high=high)


def of_levels(tell: Telling, name: str, kind: str) -> str:
    """The words between which a word may move."""
    found = reach(tell, name, kind)
    assert found
    said = [say(name, {**tell.figure(name), "word": word}, tell.language) for word in found]
    if said[0] == said[1]:
        return said[0]
    return phrase("tables.value.or", tell.language, a=said[0], b=said[1])
