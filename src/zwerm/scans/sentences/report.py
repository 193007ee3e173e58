"""The whole report in words: its finding, its sections, and the talk that fits it."""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.scans.library.guides import load_guides
from zwerm.scans.sentences import change
from zwerm.scans.sentences.groups import across, flock, groups
from zwerm.scans.sentences.intervals import how_to_read
from zwerm.scans.sentences.opinions import opinions
from zwerm.scans.sentences.poster import Big, sure, three
from zwerm.scans.sentences.posts import lead, position
from zwerm.scans.sentences.spread import response, spread
from zwerm.scans.sentences.telling import Section, Snapshot, Telling
from zwerm.scans.sentences.withheld import folded

QUESTIONS = 3
"""So many questions to talk about stand at the end of the report."""


@dataclass(frozen=True, slots=True)
class ReportText:
    """Every sentence of one report in one language."""

    lead: str
    """The finding: what somebody who reads one sentence should know."""
    response: tuple[str, ...]
    sections: tuple[Section, ...]
    guide: str
    """The conversation guide that fits this report: its id in guide.yaml."""
    questions: tuple[str, ...]
    three: tuple[Big, ...]
    """What stands large on the poster."""
    sure: str
    """How sure those are, under them; empty when there are none."""

    def of_part(self, part: str) -> list[Section]:
        """The sections of one part; empty when it was not asked."""
        return [one for one in self.sections if one.part == part]

    def section(self, name: str) -> Section | None:
        return next((one for one in self.sections if one.id == name), None)


def report_text(snapshot: Snapshot, language: str) -> ReportText:
    """The sentences of a snapshot, from its published values and from nothing else."""
    tell = Telling(snapshot, language)
    sections = every_section(tell)
    found = finding(tell, sections)
    guide = guide_for(snapshot)
    return ReportText(
        lead=found,
        response=tuple(one for one in response_lines(sections[0]) if one not in found),
        sections=sections,
        guide=guide,
        questions=questions_of(guide, tell.language),
        three=three(tell),
        sure=sure(tell),
    )


def every_section(tell: Telling) -> tuple[Section, ...]:
    """All sections in the order of the report; what is not shown at all comes last."""
    told = [
        response(tell),
        *how_to_read(tell),
        *spread(tell),
        *position(tell),
        *across(tell),
        *groups(tell),
        *flock(tell),
        *lead(tell),
        *opinions(tell),
        *change.change(tell),
    ]
    return tuple(folded(tell, told))


def response_lines(section: Section) -> tuple[str, ...]:
    return (section.lead, *section.lines, section.doubt)


def finding(tell: Telling, sections: tuple[Section, ...]) -> str:
    """One sentence on how leadership is spread, and one on what changed or stands out beside it."""
    by_id = {one.id: one.lead for one in sections}
    is_broad_enough = tell.snapshot["response"]["contract"] != "little"
    first = by_id["response"]
    if is_broad_enough:
        names = ("profile", "collective", "position", "fit")
        first = next((by_id[name] for name in names if name in by_id), first)
    beside = (by_id[name] for name in standing_out(tell) if name in by_id)
    second = change.finding(tell) or next((one for one in beside if one != first), "")
    return f"{first} {second}".strip()


def standing_out(tell: Telling) -> list[str]:
    """The sections of which the value is at an end, those that most need a talk first."""
    fit = tell.snapshot["fit"]
    asked = (
        ("dynamic", tell.figure("centralization"), {"high"}),
        ("position", tell.figure("coupling"), {"high"}),
        ("fit", fit, {"high"}),
        ("across", tell.figure("across"), {"low", "high"}),
        ("fit", fit, {"middle"}),
    )
    found = [name for name, figure, ends in asked if figure["shown"] and figure["word"] in ends]
    has_group = tell.snapshot["scan"]["post_group"] is not None
    return [name for name in found if name != "position" or has_group]


def guide_for(snapshot: Snapshot) -> str:
    """The guide for the talk: for a small or silent school, a first report, or a finding."""
    tell, response = Telling(snapshot, "nl"), snapshot["response"]
    central, coupling = word(tell.figure("centralization")), word(tell.figure("coupling"))
    # In this order: what cannot be talked about otherwise, then what needs a talk most.
    choices = (
        ("under_ten", snapshot["members"] < snapshot["scan"]["floors"]["network"]),
        ("low_response", response["contract"] == "little" or response["size"] == "none"),
        ("first_report", snapshot["previous"] is None),
        ("falling_back", bool(change.falling_back(tell))),
        ("few_carry_much", central == "high" or word(snapshot["profile"]) == "low"),
        ("follows_posts", coupling == "high"),
        ("conditions_misfit", word(snapshot["fit"]) == "high"),
    )
    return next((guide for guide, holds in choices if holds), "first_report")


def word(figure: dict[str, object]) -> object:
    """The published word of a figure; None when it is not shown."""
    return figure["word"] if figure["shown"] else None


def questions_of(guide: str, language: str) -> tuple[str, ...]:
    found = next(one for one in load_guides().guides if one.id == guide)
    return tuple(one.in_(language) for one in found.questions[:QUESTIONS])
