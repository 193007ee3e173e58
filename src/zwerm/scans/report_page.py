"""A report as it is read: sentences, pictures and tables of one snapshot in one language.

The page and the PDF are made from this same thing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from zwerm.pictures.svg import Picture
from zwerm.scans import bands
from zwerm.scans.drawings import Drawings, inline
from zwerm.scans.sentences import (
    Coherence,
    ReportText,
    Section,
    TableRow,
    coherence_of,
    report_text,
    say,
    table_heads,
    table_rows,
)

DRAWN_WHOLE = ("conditions", "knowledge", "drives", "own")
BANDED = {"spread": ("mean_named", "reciprocity", "centralization"), "position": ("coupling",)}
"""The figures whose bands of doubt are drawn, by part."""
FAMILIES = ("conditions", "knowledge", "drives", "form", "focus", "reach", "own")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report: a heading that says the finding, and what belongs to it."""

    id: str
    menu: str
    """A few words for the row of links at the top."""
    sections: list[Section]
    wide: SafeString
    narrow: SafeString
    heads: tuple[str, ...]
    rows: list[TableRow]
    caption: str
    coherence: Coherence | None

    @property
    def head(self) -> Section:
        return self.sections[0]

    @property
    def title(self) -> str:
        """The finding as a heading: without the full stop of its sentence."""
        return self.head.lead.removesuffix(".")

    @property
    def others(self) -> list[Section]:
        """What is said beside the finding: no sentence twice, and the same doubt only once."""
        said = {self.head.lead, *self.head.lines}
        others = []
        for one in self.sections[1:]:
            if one.lead not in said:
                others.append(replace(one, doubt="") if one.doubt in said else one)
                said |= {one.lead, one.doubt}
        return others

    @property
    def is_drawn_whole(self) -> bool:
        """The picture shows every line with its words: the sentences need not stand above it."""
        return self.id in DRAWN_WHOLE and bool(self.wide)

    @property
    def has_after(self) -> bool:
        return bool(self.head.doubt or self.head.not_said or self.head.talk)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that stands in a report."""

    text: ReportText
    parts: list[Part]
    has_previous: bool


def compose(snapshot: dict[str, Any], language: str, *, printed: bool = False) -> ReportPage:
    """The report of `snapshot` in `language`; with plain colours when it is printed."""
    with override(language):
        text = report_text(snapshot, language)
        size = snapshot["response"]["size"]
        drawings = Drawings(snapshot, language, lambda name, one: say(name, one, language, size))
        parts = [
            make_part(part, text, snapshot, language, picture(drawings, part), printed=printed)
            for part in order(text)
        ]
    return ReportPage(text, parts, snapshot["previous"] is not None)


@lru_cache(maxsize=32)
def composed(text: str, language: str) -> ReportPage:
    """The report of a stored snapshot. It never changes, so that it is composed once.

    The text itself is the key: equal figures are the same report, for whoever may read it.
    """
    return compose(json.loads(text), language)


def order(text: ReportText) -> list[str]:
    """The parts in the order of the page, without those that say nothing."""
    network = ("spread", "position", "across", "groups", "flock", "lead")
    wanted = (*network, *FAMILIES, "response", "change", "not_shown")
    return [part for part in wanted if text.of_part(part)]


def picture(drawings: Drawings, part: str) -> Picture | None:
    """The picture of a part; None where it has none or may show none."""
    if part in FAMILIES:
        return drawings.family(part)
    draw = {
        "spread": drawings.dials,
        "position": drawings.position,
        "groups": drawings.groups,
        "flock": drawings.flock,
        "response": drawings.response,
        "change": drawings.change,
    }.get(part)
    return draw() if draw else None


def make_part(
    part: str,
    text: ReportText,
    snapshot: dict[str, Any],
    language: str,
    drawn: Picture | None,
    *,
    printed: bool,
) -> Part:
    return Part(
        id=part,
        menu=menu_word(part),
        sections=text.of_part(part),
        wide=inline(drawn.wide if drawn else "", printed=printed),
        narrow=inline("" if printed or not drawn else drawn.narrow, printed=False),
        heads=table_heads(snapshot, part, language),
        rows=table_rows(snapshot, part, language),
        caption=caption(part, snapshot),
        coherence=coherence_of(snapshot, part, language),
    )


def menu_word(part: str) -> str:
    return {
        "spread": _("How spread"),
        "position": _("Posts"),
        "across": _("Across walls"),
        "groups": _("Between groups"),
        "flock": _("The flock"),
        "lead": _("Taking the lead"),
        "conditions": _("What helps"),
        "knowledge": _("What we know"),
        "drives": _("What keeps it worthwhile"),
        "form": _("What it looks like"),
        "focus": _("Influence"),
        "reach": _("How far ideas travel"),
        "own": _("Our own questions"),
        "response": _("How sure"),
        "change": _("Since last time"),
        "not_shown": _("Not shown"),
    }[part]


def caption(part: str, snapshot: dict[str, Any]) -> str:
    """What a reader must know of a picture, under it."""
    names = BANDED.get(part, ())
    is_banded = any(bands.has_bands(snapshot, name) for name in names)
    zones = [soft for name in names if (soft := bands.soft_zones(snapshot, name)) is not None]
    keys = (key_to_bands() if is_banded else "", key_to_zones(zones) if zones else "")
    return " ".join(filter(None, (*keys, key_to_rest(part))))


def key_to_bands() -> str:
    return _(
        "The full colour: our figure, rounded. The band around it: where it would probably lie "
        "had everybody answered. The outer band: where it would lie next week, nine times in ten."
    )


def key_to_zones(zones: Sequence[tuple[str, ...]]) -> str:
    """What the boxes of a word are; of the softer ones only where one is drawn."""
    full = _("Where you see three boxes, the one in full colour is our figure.")
    soft = _("Had everybody answered, it might be the box in a softer shade.")
    return f"{full} {soft}" if any(zones) else full


def key_to_rest(part: str) -> str:
    return {
        "spread": _(
            "The open circles are 14 teams from research (De Jong e.a. 2022). Those were teams of "
            "6 to 16 people. Do not measure your school against them."
        ),
        "groups": _(
            "A thick line: many questions. A thin line: now and then. No line: few. In each "
            "circle stands how many people the group has."
        ),
        "flock": _(
            "The dots are invented. The flock follows the sizes of the groups and the figures in "
            "the table, and nothing else."
        ),
        "change": _(
            "Open: then. Solid: now. A slope stands only where something clearly changed; a level "
            "band holds what may as well have stayed. What cannot be said is not joined."
        ),
    }.get(part, "")
