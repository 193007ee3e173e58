"""What changed since the scan before: a verdict for each figure, and how far it can be trusted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date

from zwerm.analysis.change import FAMILY, visible_change
from zwerm.analysis.response import FULL
from zwerm.scans.sentences.labels import say
from zwerm.scans.sentences.numbers import ABOUT
from zwerm.scans.sentences.telling import Figure, Section, Telling, joined
from zwerm.scans.sentences.visible import visible_line
from zwerm.scans.sentences.wording import phrase

PART = "change"
RANK = {"risen": 0, "fallen": 0, "no_clear_change": 1, "cannot_say": 2}
"""What moved stands first: that is the finding."""
MOVED = frozenset({"risen", "fallen"})
MOST_UNTOLD = 9
"""So many people more than is told may have come: their number is published in tens."""
ABOUT_WORDS = ("ongeveer ", "about ")


def change(tell: Telling) -> list[Section]:
    """Since last time. A report from before there were verdicts says that there are none."""
    found = tell.snapshot.get("change")
    if found is None:
        return without_verdicts(tell)
    if found["reason"]:
        return [not_compared(tell, found)]
    names = told(tell)
    return [first(tell, names), *(section(tell, name) for name in names[1:])]


def verdicts_of(tell: Telling) -> dict[str, dict[str, Any]]:
    """The verdict on each figure, in the order of the tables; empty in a report without."""
    found = (tell.snapshot.get("change") or {}).get("verdicts", {})
    return {name: found[name] for name in FAMILY if name in found}


def told(tell: Telling) -> list[str]:
    """The figures of which a verdict is told, first what moved and what was expected."""
    verdicts = verdicts_of(tell)
    expected = (tell.snapshot["change"]["expectation"] or {}).get("figure")
    has_group = tell.snapshot["scan"]["post_group"] is not None
    asked = [name for name in verdicts if name != "coupling" or has_group or name == expected]
    return sorted(asked, key=lambda name: (RANK[verdicts[name]["word"]], name != expected))


def moved(tell: Telling) -> list[str]:
    """The figures that rose or fell."""
    if not verdicts_of(tell):
        return []
    return [name for name in told(tell) if verdicts_of(tell)[name]["word"] in MOVED]


def falling_back(tell: Telling) -> list[str]:
    """The figures in which the school falls back."""
    return [name for name, one in verdicts_of(tell).items() if one.get("falling_back")]


def first(tell: Telling, names: list[str]) -> Section:
    """The finding, with what holds for all verdicts together."""
    found = tell.snapshot["change"]
    word = verdicts_of(tell)[names[0]]["word"]
    spoken = from_and_to(tell, names[0], word)
    lines = [tell.say("change.went", a=spoken[0], b=spoken[1])] if spoken else []
    lines += section(tell, names[0]).lines
    lines += [] if word in MOVED else [before(tell, found["since"])]
    return Section(
        id="change",
        part=PART,
        lead=lead(tell, names[0], is_short=True),  # it is a heading
        lines=(*lines, *came_and_went(tell, found)),
        doubt=doubt(tell, {verdicts_of(tell)[name]["word"] for name in names}),
        not_said=tell.say("change.not"),
        talk=tell.say("change.talk_falling" if falling_back(tell) else "change.talk"),
    )


def section(tell: Telling, name: str) -> Section:
    """One verdict, with what was expected and how the published figures lie beside it."""
    one = verdicts_of(tell)[name]
    lines = [why_not(tell, one["reason"])] if one["reason"] else []
    lines += seen_from(tell, name) if one["word"] == "no_clear_change" else []
    lines += fell(tell, name, one["falling_back"])
    lines += beside(tell, name, one["word"])
    lines += expected(tell, name)
    return Section(f"change_{name}", PART, lead(tell, name), tuple(lines))


def lead(tell: Telling, name: str, *, is_short: bool = False) -> str:
    """The verdict; with the published values of then and now where those moved with it."""
    word, figure = verdicts_of(tell)[name]["word"], named(tell, name)
    spoken = None if is_short else from_and_to(tell, name, word)
    if spoken:
        key, (a, b) = f"change.verdict.{word}_from", spoken
        return tell.say(key, figure=figure, date=day_of(tell), a=a, b=b)
    return tell.say(f"change.verdict.{word}", figure=figure, date=day_of(tell))


def finding(tell: Telling) -> str:
    """What a reader of one sentence should know of change; empty when nothing clearly moved."""
    back = falling_back(tell)
    if back:
        return fell(tell, back[0], verdicts_of(tell)[back[0]]["falling_back"])[0]
    names = moved(tell)
    return lead(tell, names[0], is_short=True) if names else ""


def named(tell: Telling, name: str) -> str:
    """What a figure is called in the middle of a sentence."""
    return phrase(f"change.figure.{name}", tell.language)


def day_of(tell: Telling) -> str:
    return day_in_words(tell.snapshot["change"]["since"], tell.language)


def day_in_words(day: str, language: str) -> str:
    return str(format_date(dt.date.fromisoformat(day), "d MMMM y", locale=language))


def before(tell: Telling, day: str) -> str:
    return tell.say("change.before", date=day_in_words(day, tell.language))


# --- the published figures beside a verdict -----------------------------------


def both_shown(tell: Telling, name: str) -> tuple[Figure, Figure] | None:
    """A figure as it was published then and now; None unless both were."""
    then = (tell.snapshot["previous"] or {}).get("figures", {}).get(name)
    now = tell.figure(name)
    return (then, now) if then and then["shown"] and now["shown"] else None


def way(then: Figure, now: Figure) -> int:
    """Whether a published figure went up (1), down (-1), or stayed where it was (0)."""
    places = [place(one) for one in (then, now)]
    return (places[1] > places[0] + ABOUT) - (places[1] < places[0] - ABOUT)


def place(figure: Figure) -> float:
    """Where a published figure stands, to compare it with itself."""
    if figure["kind"] == "word":
        return float(("low", "middle", "high").index(figure["word"]))
    return float(figure["value"])


def published_way(tell: Telling, name: str) -> int | None:
    """Which way the published figure went; None where it is not known of both scans.

    A word beside a number has no way: the two were published on different grids.
    """
    pair = both_shown(tell, name)
    if pair is None or pair[0]["kind"] != pair[1]["kind"]:
        return None
    return way(*pair)


def from_and_to(tell: Telling, name: str, word: str) -> tuple[str, str] | None:
    """Then and now in words, if the published values differ, as the verdict says, when spoken."""
    pair = both_shown(tell, name)
    if pair is None or published_way(tell, name) != {"risen": 1, "fallen": -1}.get(word):
        return None
    a, b = (spoken(tell, name, figure) for figure in pair)
    return (a, without_about(b)) if a != b else None


def spoken(tell: Telling, name: str, figure: Figure) -> str:
    """A published value as it stands in a sentence about change."""
    if name in {"reciprocity", "coupling"}:
        return tell.share(figure, "times").words
    return say(name, figure, tell.language)


def without_about(words: str) -> str:
    """`ongeveer` and `about` stand once in a sentence.

    Example:
        >>> without_about("ongeveer 4 collega's")
        "4 collega's"
    """
    for one in ABOUT_WORDS:
        words = words.removeprefix(one)
    return words


def beside(tell: Telling, name: str, word: str) -> list[str]:
    """What must be said when the published figure and the verdict seem to differ."""
    went = published_way(tell, name)
    if went is None:
        return []
    wanted = {"risen": 1, "fallen": -1}.get(word, 0)
    if wanted == 0:
        key = "noise" if word == "no_clear_change" else "unsure"
        return [tell.say(f"change.beside.{key}")] if went else []
    if went == 0:
        return [tell.say("change.beside.unseen")]
    return [tell.say("change.beside.other_way")] if went != wanted else []


# --- what goes with a verdict --------------------------------------------------


def why_not(tell: Telling, reason: str) -> str:
    """Why nothing can be said."""
    return tell.say(f"change.why.{reason}")


def seen_from(tell: Telling, name: str) -> list[str]:
    """From which size a change is mostly seen among the fewest who can have stayed.

    It is reckoned from what is published alone, at the least response that is compared at all.
    """
    stayed = tell.snapshot["members"] - (tell.snapshot["change"]["joined"] or 0) - MOST_UNTOLD
    sizes: dict[str, float] = visible_change(max(stayed, 1), FULL / 100)
    if name not in sizes:
        return []
    return [visible_line(name, sizes[name], tell.language, "change.seen")]


def fell(tell: Telling, name: str, back: str | None) -> list[str]:
    """The sentence on falling back; the other way round where more means that fewer carry."""
    if not back:
        return []
    turned = "_turned" if verdicts_of(tell)[name]["word"] == "risen" else ""
    return [tell.say(f"change.falling.{back}{turned}", figure=named(tell, name))]


def expected(tell: Telling, name: str) -> list[str]:
    """What the school had expected of this figure, beside what came of it."""
    one = tell.snapshot["change"]["expectation"]
    if one is None or one["figure"] != name:
        return []
    words = phrase(f"change.expected.{one['direction']}", tell.language, figure=named(tell, name))
    said = [tell.say(f"change.expectation.{one['outcome']}", expectation=words)]
    return [*said, tell.say("change.expectation.unknown")] if is_open(one) else said


def is_open(expectation: dict[str, str]) -> bool:
    """Whether it cannot be said what came of an expectation."""
    return expectation["outcome"] == "cannot_say"


def came_and_went(tell: Telling, found: dict[str, Any]) -> list[str]:
    """How many people came and went, in tens; nothing about fewer than ten."""
    return [
        tell.say(f"change.people.{name}", n=str(found[name]))
        for name in ("joined", "left")
        if found[name]
    ]


def doubt(tell: Telling, words: set[str]) -> str:
    """How far the verdicts can be trusted, and from what change cannot be told."""
    is_moved, is_still = bool(words & MOVED), "no_clear_change" in words
    has_expectation = tell.snapshot["change"]["expectation"] is not None
    return joined(
        tell.say("change.doubt.twice"),
        tell.say("change.doubt.bands") if any(map(tell.intervals.get, FAMILY)) else "",
        tell.say("change.doubt.moved") if is_moved else "",
        tell.say("change.doubt.still", n=str(tell.snapshot["members"])) if is_still else "",
        tell.say("change.doubt.busy") if is_moved else "",
        tell.say("change.doubt.two" if has_expectation else "change.doubt.one"),
    )


# --- without verdicts ----------------------------------------------------------


def not_compared(tell: Telling, found: dict[str, Any]) -> Section:
    """The two scans are not compared at all, and why."""
    one = found["expectation"]
    return Section(
        id="change",
        part=PART,
        lead=tell.say("change.lead"),
        lines=(
            before(tell, found["since"]),
            why_not(tell, found["reason"]),
            *(expected(tell, one["figure"]) if one else ()),
        ),
        not_said=tell.say("change.not_compared"),
        talk=tell.say("change.talk"),
    )


def without_verdicts(tell: Telling) -> list[Section]:
    """A report that was made before Zwerm could say whether a difference is more than chance."""
    previous = tell.snapshot["previous"]
    if previous is None:
        return []
    return [
        Section(
            id="change",
            part=PART,
            lead=tell.say("change.lead"),
            lines=(before(tell, previous["closed_on"]), *why_apart(tell, previous)),
            doubt=tell.say("change.untested"),
            not_said=tell.say("change.not_compared"),
            talk=tell.say("change.talk"),
        )
    ]


def why_apart(tell: Telling, previous: dict[str, Any]) -> list[str]:
    """Why figures of then do not stand beside those of now."""
    if not previous.get("same_topic", True):
        return [why_not(tell, "topic")]
    if not previous.get("same_groups", True):
        return [why_not(tell, "groups")]
    return []
