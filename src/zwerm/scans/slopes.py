"""How verdicts on change are drawn: as slopes of their own, and beside the three dials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import cast

from babel.dates import format_date
from django.utils.translation import gettext as _

from zwerm.analysis.change import mirrored
from zwerm.pictures.change import Slope, draw_change
from zwerm.pictures.dials import Verdict
from zwerm.pictures.figures import Shown
from zwerm.pictures.svg import Picture, Words
from zwerm.scans.sentences import Telling
from zwerm.scans.sentences.change import (
    MOVED,
    both_shown,
    named,
    published_way,
    told,
    verdicts_of,
)
from zwerm.scans.sentences.wording import capital, phrase

LINES: dict[str, tuple[float, tuple[float, float]]] = {
    "mean_named": (10.0, (2.0, 5.0)),
    "reciprocity": (1.0, (0.2, 0.5)),
    "centralization": (0.6, (0.2, 0.4)),
    "coupling": (1.0, (0.55, 0.7)),
}
"""How far the upright line of each figure runs, and the edges between low, middle and high."""
READ_BACKWARDS = frozenset({"centralization"})
"""On the dial of different people a rise of this figure is a step back."""

Seen = tuple[Shown, str]
"""A published figure, and how it is said."""


def word_of(tell: Telling, name: str) -> str:
    """The verdict on a figure; a report without verdicts cannot say."""
    one = verdicts_of(tell).get(name)
    return str(one["word"]) if one else "cannot_say"


def drawn_names(tell: Telling) -> list[str]:
    """The figures with a verdict that were published then and now."""
    if not verdicts_of(tell) or tell.snapshot["change"]["reason"]:
        return []
    return [name for name in told(tell) if both_shown(tell, name)]


def draw_slopes(tell: Telling, seen: Mapping[str, tuple[Seen, Seen]]) -> Picture | None:
    """Each figure then and now, with its verdict; `seen` are those of `drawn_names`."""
    slopes = [slope(tell, name, *pair) for name, pair in seen.items()]
    if not slopes:
        return None
    days = (tell.snapshot["change"]["since"], tell.snapshot["scan"]["closed_on"])
    then, now = (month_of(day, tell.language) for day in days)
    said = " ".join(
        f"{one.name}: {then} {one.then_label}, {now} {one.now_label}; {one.verdict_label}."
        for one in slopes
    )
    return draw_change(slopes, then, now, Words(_("Then and now"), said))


def slope(tell: Telling, name: str, then: Seen, now: Seen) -> Slope:
    most, cuts = LINES[name]
    word = word_of(tell, name)
    return Slope(
        name=capital(named(tell, name)),
        least=0.0,
        most=most,
        cuts=cuts,
        then=then[0],
        then_label=then[1],
        now=now[0],
        now_label=now[1],
        verdict=cast(Verdict, word.replace("_", " ")),
        verdict_label=phrase(f"change.word.{word}", tell.language),
    )


def month_of(day: str, language: str) -> str:
    return str(format_date(dt.date.fromisoformat(day), "MMMM y", locale=language))


def on_dial(tell: Telling, name: str) -> Verdict:
    """The mark beside a dial: it points the way in which the name of the dial does."""
    word = word_of(tell, name)
    if name in READ_BACKWARDS:
        word = mirrored(word)
    return cast(Verdict, word.replace("_", " "))


def said_on_dial(tell: Telling, name: str) -> str:
    """The verdict in the words of its dial."""
    word = word_of(tell, name)
    if word in MOVED:
        return phrase(f"change.dial.{name}.{word}", tell.language)
    if word == "cannot_say":
        return _("cannot say whether this changed")
    return phrase(f"change.word.{word}", tell.language)


def is_joined(tell: Telling, name: str) -> bool:
    """Whether a line may run from then to now on a dial: only the way the verdict goes."""
    wanted = {"risen": 1, "fallen": -1, "no_clear_change": 0}.get(word_of(tell, name))
    return wanted is not None and published_way(tell, name) == wanted
