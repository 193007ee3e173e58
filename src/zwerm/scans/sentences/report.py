"""All sentences of one report in one language, from its published snapshot and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format

from zwerm.scans.sentences.patterns import Patterns
from zwerm.scans.sentences.saying import begin, colleagues, count, share, times

FAMILIES = ("conditions", "knowledge", "drives", "form", "focus", "reach", "own")
MOST_PAIRS = 2


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of one thing: the finding, more lines, how sure, what not, what to discuss."""

    id: str
    lead: str
    lines: list[str] = field(default_factory=list)
    doubt: str = ""
    not_said: str = ""
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Big:
    """One large line of the poster."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportText:
    """The sentences of a report. `sections` holds those of each part, in order."""

    lead: str
    response: list[str]
    sections: dict[str, list[Section]]
    questions: list[str]
    guide: str
    three: list[Big]

    def of_part(self, part: str) -> list[Section]:
        return self.sections.get(part, [])


def report_text(snapshot: dict[str, Any], language: str) -> ReportText:
    """Every sentence of the report of `snapshot`."""
    writer = Writer(snapshot, language)
    sections = {
        "spread": list(writer.spread()),
        "position": list(writer.position()),
        "across": list(writer.across()),
        "groups": list(writer.groups()),
        "flock": list(writer.flock()),
        "lead": list(writer.taking_lead()),
        **{family: list(writer.family(family)) for family in FAMILIES},
        "change": list(writer.change()),
    }
    return ReportText(
        lead=writer.lead(),
        response=writer.response(),
        sections={part: found for part, found in sections.items() if found},
        questions=writer.say.questions(),
        guide=writer.guide(),
        three=writer.three(),
    )


class Writer:
    """Writes one report: it knows the snapshot and the patterns."""

    def __init__(self, snapshot: dict[str, Any], language: str) -> None:
        self.snapshot = snapshot
        self.figures: dict[str, dict[str, Any]] = snapshot["figures"]
        self.language = language
        self.say = Patterns(language)
        self.size: str = snapshot["response"]["size"]
        self.topic: str = snapshot["scan"]["topic"][language]

    # --- helpers of every part ------------------------------------------------

    def shown(self, name: str) -> dict[str, Any] | None:
        figure = self.figures.get(name)
        return figure if figure and figure["shown"] else None

    def reason(self, name: str) -> str:
        return self.say.withheld(self.figures[name]["reason"])

    def share(self, figure: dict[str, Any]) -> str:
        return share(figure, self.language, self.size)

    def doubt(self) -> str:
        """How sure: what the response allows to say, until intervals are computed."""
        word = "tiny" if self.size == "tiny" else self.snapshot["response"]["contract"]
        said = self.say.maybe("response", f"share_{word}")
        return f"{said} {self.say.say('response', 'others')}".strip()

    def section(self, name: str, lead: str, lines: list[str] | None = None) -> Section:
        return Section(
            id=name,
            lead=lead,
            lines=lines or [],
            doubt=self.say.maybe(name, "doubt") or self.doubt(),
            not_said=self.say.maybe(name, "not"),
            talk=self.say.maybe(name, "talk"),
        )

    # --- the top of the page ----------------------------------------------------

    def response(self) -> list[str]:
        if self.size == "none":
            return [self.say.say("response", "lead_none"), self.say.withheld("few_answers")]
        if self.size == "tiny" and self.snapshot["response"]["contract"] != "little":
            return [self.say.say("response", "lead_tiny"), self.say.say("response", "not")]
        key = {"full": "lead_from_80", "broad": "lead_65_79", "little": "lead_under_65"}
        lead = self.say.say("response", key[self.snapshot["response"]["contract"]])
        return [lead, self.say.say("response", "not")]

    def lead(self) -> str:
        """The finding of the whole report, most telling first."""
        central, profile = self.shown("centralization"), self.snapshot["profile"]
        if central and central["word"] == "high":
            return self.dynamic(central)
        if profile["shown"]:
            return self.say.say("profile", f"lead_{profile['word']}")
        if mean := self.shown("mean_named"):
            return self.collective(mean)
        if self.snapshot["fit"]["shown"]:
            return self.fit_lead()
        return self.response()[0]

    def three(self) -> list[Big]:
        """The three large lines of the poster."""
        lines = []
        if mean := self.shown("mean_named"):
            lines.append(Big(begin(colleagues(mean, self.language)), self.collective(mean)))
        if mutual := self.shown("reciprocity"):
            lines.append(Big(begin(self.share(mutual)), self.relational(mutual)))
        best = self.best_of("conditions")
        lines += [Big(one["label"][self.language], self.scale_lead(one)) for one in best]
        return lines[:3]

    def guide(self) -> str:
        """Which conversation guide fits this report."""
        coupling, central = self.shown("coupling"), self.shown("centralization")
        fit = self.snapshot["fit"]
        choices = (
            ("under_ten", self.size == "none"),
            ("low_response", self.snapshot["response"]["contract"] == "little"),
            ("few_carry_much", bool(central and central["word"] == "high")),
            ("follows_posts", bool(coupling and coupling["word"] == "high")),
            ("conditions_misfit", bool(fit["shown"] and fit["word"] == "high")),
        )
        return next((guide for guide, holds in choices if holds), "first_report")

    # --- the network -------------------------------------------------------------

    def collective(self, figure: dict[str, Any]) -> str:
        x = count(figure, self.language)
        return self.say.say("collective", f"lead_{figure['word']}", x=x, topic=self.topic)

    def relational(self, figure: dict[str, Any]) -> str:
        x = times(figure, self.language, self.size)
        x = x if figure["word"] == "high" else begin(x)
        return self.say.say("relational", f"lead_{figure['word']}", x=x)

    def dynamic(self, figure: dict[str, Any]) -> str:
        return self.say.say("dynamic", f"lead_{figure['word']}")

    def spread(self) -> Iterator[Section]:
        """How spread: the profile as heading, the three measures as lines."""
        lines = [
            line(figure)
            for name, line in (
                ("mean_named", self.collective),
                ("reciprocity", self.relational),
                ("centralization", self.dynamic),
            )
            if (figure := self.shown(name))
        ]
        if not lines:
            yield Section(
                "profile", self.reason("mean_named"), talk=self.say.say("response", "talk")
            )
            return
        if unnamed := self.shown("unnamed"):
            lines.append(self.say.say("unnamed", f"lead_{unnamed['word']}", topic=self.topic))
        profile = self.snapshot["profile"]
        if profile["shown"]:
            yield self.section("profile", self.say.say("profile", f"lead_{profile['word']}"), lines)
        else:
            yield self.section("collective", lines[0], lines[1:])

    def position(self) -> Iterator[Section]:
        figure = self.shown("coupling")
        group = self.snapshot["scan"]["post_group"]
        if group is None:
            return
        if figure is None:
            yield Section("position", self.reason("coupling"))
            return
        name = group[self.language]
        lead = self.say.say("position", f"lead_{figure['word']}", post_group=name)
        staff, arcs = self.shown("leader_staff_share"), self.shown("leader_arc_share")
        lines = []
        if staff and arcs:
            lines = [self.say.say("position", "share", a=self.share(staff), b=self.share(arcs))]
        yield self.section("position", begin(lead), lines)

    def across(self) -> Iterator[Section]:
        figure, outside = self.shown("across"), self.shown("outside")
        lines = [self.say.say("across", "outside", x=self.share(outside))] if outside else []
        if figure:
            lead = self.say.say("across", f"lead_{figure['word']}", **self.x_if_middle(figure))
            yield self.section("across", lead, lines)
        elif lines:
            yield self.section("across", lines[0])

    def x_if_middle(self, figure: dict[str, Any]) -> dict[str, str]:
        return {"x": self.share(figure)} if figure["word"] == "middle" else {}

    def groups(self) -> Iterator[Section]:
        """The pairs that stand out, strong ones first."""
        groups = self.snapshot["groups"]
        if not groups["shown"]:
            return
        names = [node["name"] for node in groups["nodes"]]
        said = [
            self.say.say("groups", strength, team_a=names[block["a"]], team_b=names[block["b"]])
            for strength in ("strong", "few")
            for block in [b for b in groups["blocks"] if b["strength"] == strength][:MOST_PAIRS]
        ]
        lead = said[0] if said else self.say.say("groups", "lead_none")
        yield self.section("groups", lead, said[1:])

    def flock(self) -> Iterator[Section]:
        if self.snapshot["groups"]["shown"]:
            lines = [self.say.say("flock", "text"), self.say.say("flock", "near")]
            yield Section("flock", self.say.say("flock", "lead"), lines)

    def taking_lead(self) -> Iterator[Section]:
        if overlap := self.shown("takes_lead_overlap"):
            yield self.section("lead", self.say.say("lead", f"lead_{overlap['word']}_overlap"))

    # --- opinions ------------------------------------------------------------------

    def scales(self, family: str) -> list[dict[str, Any]]:
        return [
            scale
            for scale in self.snapshot["scales"]
            if scale["family"] == family and scale.get("shown") is not False
        ]

    def best_of(self, family: str) -> list[dict[str, Any]]:
        """At most one scale: the one most people recognise."""
        return [scale for scale in self.scales(family) if scale["word"] == "high"][:1]

    def scale_lead(self, scale: dict[str, Any]) -> str:
        label = scale["label"][self.language].rstrip(".")
        return self.say.say("scale", f"lead_{scale['word']}", label=label)

    def fit_lead(self) -> str:
        fit = self.snapshot["fit"]
        labels = {one["id"]: one["label"][self.language] for one in self.snapshot["scales"]}
        return self.say.say(
            "fit",
            f"lead_{fit['word']}_gap",
            a=labels[fit["lowest"]].lower(),
            b=labels[fit["highest"]].lower(),
        )

    def family(self, family: str) -> Iterator[Section]:
        scales = self.scales(family)
        asked = [one for one in self.snapshot["scales"] if one["family"] == family]
        if not scales:
            if asked:
                lead = self.say.say(family, "lead_middle" if family == "form" else "lead")
                yield Section(family, lead, [self.say.withheld(asked[0]["reason"])])
            return
        if family == "form":
            yield self.form(scales)
            return
        lines = [self.scale_lead(scale) for scale in scales if scale["word"] != "middle"][:4]
        name = "fit" if family == "conditions" else "scale"
        if family == "conditions" and self.snapshot["fit"]["shown"]:
            lead = self.fit_lead()
        else:
            lead = self.say.say(family, "lead")
        yield self.section(name, lead, lines or [self.scale_lead(scales[0])])

    def form(self, scales: list[dict[str, Any]]) -> Section:
        """Two lines with two ends each; neither end is the good one."""
        names = {
            ("formality", "high"): "lead_formal",
            ("formality", "low"): "lead_informal",
            ("collectivity", "high"): "lead_collective",
            ("collectivity", "low"): "lead_individual",
        }
        said = [
            self.say.say("form", names[one["id"], one["word"]])
            for one in scales
            if (one["id"], one["word"]) in names
        ]
        lead = said[0] if said else self.say.say("form", "lead_middle")
        return self.section("form", lead, said[1:])

    # --- over time -----------------------------------------------------------------

    def change(self) -> Iterator[Section]:
        previous = self.snapshot["previous"]
        if previous is None:
            return
        day = date_format(dt.date.fromisoformat(previous["closed_on"]), "F Y")
        yield Section(
            "change",
            self.say.change("cannot_say_yet", date=day),
            [self.say.change("why_not")],
            doubt=self.doubt(),
            not_said=self.say.change("not"),
            talk=self.say.change("talk"),
        )
