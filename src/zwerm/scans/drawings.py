"""The pictures of a report: from the published snapshot to SVG, with words in one language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zwerm.analysis.distributed import TEAMS
from zwerm.analysis.response import BROAD, FULL
from zwerm.pictures.bars import Part, Shares
from zwerm.pictures.dials import Dial, draw_dials
from zwerm.pictures.figures import Figure, Level, Shown, Step, Withheld
from zwerm.pictures.flock import draw_flock
from zwerm.pictures.groups import Group, Key, Tie, draw_groups
from zwerm.pictures.palette import for_print
from zwerm.pictures.participation import Agreement, Participation, draw_participation
from zwerm.pictures.position import Coupling, Share, draw_position
from zwerm.pictures.scales import Family, Fit, Scale, draw_conditions, draw_drives, draw_lines
from zwerm.pictures.svg import Picture, Words
from zwerm.pictures.synthetic import Published
from zwerm.scans import bands, slopes
from zwerm.scans.sentences import (
    Telling,
    answered_in_words,
    fit_ends,
    fit_lead,
    is_shown,
    position,
    recognised,
)
from zwerm.scans.sentences.numbers import FEW
from zwerm.scans.sentences.wording import capital

Say = Callable[[str, dict[str, Any]], str]
"""How a published figure is said: the name of the figure and the figure, to words."""

FLOCK_SEED = 7
QUARTER = 0.25
MOST_NAMED = 10.0
"""The line of "how many colleagues" runs to this many; more is drawn at its end."""


class Drawings:
    """Every picture of one snapshot in one language. None where nothing may be drawn."""

    def __init__(self, snapshot: dict[str, Any], language: str, say: Say) -> None:
        self.snapshot = snapshot
        self.language = language
        self.say = say
        self.tell = Telling(snapshot, language)
        then: dict[str, Any] = snapshot.get("previous") or {}
        self.previous: dict[str, Any] = then.get("figures", {})
        self.told_then = Telling(
            {**snapshot, "figures": self.previous, "intervals": then.get("intervals", {})}, language
        )

    def figure(self, name: str) -> Figure:
        """One figure as the pictures want it, with its bands of doubt."""
        found = self.snapshot["figures"].get(name) or {}
        is_unknown = found.get("reason") in bands.CANNOT_SAY
        reason = _("we cannot say") if is_unknown else _("not shown")
        return bands.banded(self.tell, name, to_figure(found or None, reason))

    def then(self, name: str) -> Figure:
        """The same as it was published last time."""
        return bands.banded(self.told_then, name, to_figure(self.previous.get(name), ""))

    def label(self, name: str) -> str:
        figure = self.snapshot["figures"].get(name)
        return self.say(name, figure) if figure and figure["shown"] else ""

    def dials(self) -> Picture:
        """How collective, how relational, how dynamic."""
        rows = (
            self.dial(
                "mean_named",
                _("Together"),
                _("How many colleagues do you ask?"),
                (0.0, MOST_NAMED, _("nobody"), _("10 colleagues")),
                tuple(team.density * (team.members - 1) for team in TEAMS),
                (2.0, 5.0),
            ),
            self.dial(
                "reciprocity",
                _("Both ways"),
                _("Do they ask you too?"),
                (0.0, 1.0, _("never"), _("always")),
                tuple(team.reciprocity for team in TEAMS),
                (0.2, 0.5),
            ),
            self.dial(
                "centralization",
                _("Different people"),
                _("Do questions go to different people?"),
                (0.6, 0.0, _("always the same"), _("always others")),
                tuple(team.centralization for team in TEAMS),
                (0.2, 0.4),
            ),
        )
        names = ("mean_named", "reciprocity", "centralization")
        said = (
            dial_words(row, bands.spoken(self.tell, name))
            for row, name in zip(rows, names, strict=True)
        )
        return draw_dials(rows, Words(_("Three dials"), " ".join(said)))

    def dial(
        self,
        name: str,
        label: str,
        question: str,
        line: tuple[float, float, str, str],
        teams: tuple[float, ...],
        cuts: tuple[float, float],
    ) -> Dial:
        start, end, start_word, end_word = line
        before = self.then(name)
        has_before = not isinstance(before, Withheld)
        return Dial(
            name=label,
            question=question,
            start=start,
            end=end,
            start_word=start_word,
            end_word=end_word,
            now=self.figure(name),
            now_label=self.label(name),
            before=cast(Shown, before) if has_before else None,
            before_label=_("last time") if has_before else "",
            verdict=slopes.on_dial(self.tell, name) if has_before else None,
            verdict_label=slopes.said_on_dial(self.tell, name) if has_before else "",
            is_joined=slopes.is_joined(self.tell, name),
            teams=teams,
            teams_label=_("14 teams from research"),
            cuts=cuts,
        )

    def change(self) -> Picture | None:
        """Each figure then and now, with the verdict on it; None without verdicts."""
        seen = {
            name: (
                (cast(Shown, self.then(name)), self.say(name, self.previous[name])),
                (cast(Shown, self.figure(name)), self.label(name)),
            )
            for name in slopes.drawn_names(self.tell)
        }
        return slopes.draw_slopes(self.tell, seen)

    def position(self) -> Picture | None:
        """Whether questions follow posts."""
        figures = self.snapshot["figures"]
        if not figures.get("coupling", {}).get("shown"):
            return None
        coupling = Coupling(
            figure=self.figure("coupling"),
            label=self.label("coupling"),
            start_word=_("others are asked more"),
            middle_word=_("no difference"),
            end_word=_("they are asked more"),
        )
        group = self.snapshot["scan"]["post_group"][self.language]
        shares = tuple(
            Share(name, self.figure(figure), self.label(figure), is_staff=is_staff)
            for name, figure, is_staff in (
                (_("%(group)s among the staff") % {"group": group}, "leader_staff_share", True),
                (_("questions that go to them"), "leader_arc_share", False),
            )
            if figures.get(figure, {}).get("shown")
        )
        said = position(Telling(self.snapshot, self.language))[0]
        sentences = (said.lead, *said.lines, bands.spoken(self.tell, "coupling"))
        words = Words(_("Posts and questions"), " ".join(filter(None, sentences)))
        return draw_position(coupling, shares, words)

    def groups(self) -> Picture | None:
        """The map of groups."""
        groups = self.snapshot["groups"]
        if not groups["shown"] or len(groups["nodes"]) < 2:
            return None
        nodes = [
            Group(one["name"], one["members"], one["shown"], _("too few answers"))
            for one in groups["nodes"]
        ]
        key = Key(strong=_("many"), some=_("now and then"), few=_("few"), hidden="")
        names = [one.name for one in nodes]
        seen = [
            f"{names[tie.a]} - {names[tie.b]}: {strength_word(tie.strength)}"
            for tie in group_ties(groups)
        ]
        words = Words(_("Map of the groups"), "; ".join(seen))
        return draw_groups(nodes, group_ties(groups), key, words)

    def flock(self) -> Picture | None:
        """The invented flock that follows the published figures."""
        groups = self.snapshot["groups"]
        if not groups["shown"]:
            return None
        published = Published(
            sizes=tuple(one["members"] for one in groups["nodes"]),
            ties=tuple(group_ties(groups)),
            reciprocity=self.figure("reciprocity"),
            unnamed=self.figure("unnamed"),
            mean_named=self.figure("mean_named"),
            across=self.figure("across"),
        )
        words = Words(
            _("A flock of invented dots"),
            _("No dot is a person. The shape follows the figures of this report."),
        )
        return draw_flock(published, words, FLOCK_SEED)

    def response(self) -> Picture | None:
        """How many answered, beside what was agreed; nothing under ten invited people."""
        response = self.snapshot["response"]
        if response["low"] is None:
            return None
        low, high, is_few = response["low"], response["high"], response["size"] in FEW
        return participation(low, high, answered_in_words(low, high, self.language, in_few=is_few))

    def family(self, family: str) -> Picture | None:
        """The scales of one family, as three shares each."""
        lines = [one for one in self.snapshot["scales"] if one["family"] == family]
        if not lines:
            return None
        scales = [self.scale(one) for one in lines]
        ends = (_("disagree"), _("in between"), _("agree"))
        said = [self.scale_words(one, ends) for one in lines]
        shown = list(filter(is_shown, lines))
        fit = self.fit(shown) if family == "conditions" else None
        if fit:
            said.insert(0, fit_lead(Telling(self.snapshot, self.language), shown))
        words = Words(_("Three shares of each"), " ".join(said))
        if family == "conditions":
            return draw_conditions([Family("", scales, fit)], ends, words)
        if family == "form":
            return draw_lines(scales, words)
        return draw_drives(scales, ends, words)

    def scale(self, scale: dict[str, Any]) -> Scale:
        name = scale["label"][self.language]
        if scale.get("shown") is False:
            return Scale(scale["id"], name, Withheld(_("not shown")))
        word = self.degree(scale)
        shares = [to_figure(scale[part], "") for part in ("disagree", "between", "agree")]
        ends = None
        if scale["kind"] == "line":
            low, high = scale["low_end"][self.language], scale["high_end"][self.language]
            ends = (low, _("in between"), high)
        if any(not isinstance(share, Step) for share in shares):
            return Scale(scale["id"], name, Level(scale["word"]), word=word, ends=ends)
        parts = [
            Part(cast(Shown, share), self.say("share", scale[part]), short_share(scale[part]))
            for share, part in zip(shares, ("disagree", "between", "agree"), strict=True)
        ]
        return Scale(scale["id"], name, Shares(*parts), word=word, ends=ends)

    def degree(self, scale: dict[str, Any]) -> str:
        """How many are on the side of a scale's word, as its sentence and its table have it."""
        side = {"low": "disagree", "high": "agree"}.get(scale["word"])
        if scale["kind"] == "line" and side:
            return self.say("share", scale[side])
        return WORDS[recognised(scale)]()

    def scale_words(self, scale: dict[str, Any], ends: tuple[str, str, str]) -> str:
        """One row for who does not see it: which share is which."""
        name = scale["label"][self.language].removesuffix(".")
        if not is_shown(scale):
            return f"{name}. {capital(_('not shown'))}."
        if scale["kind"] == "line":
            ends = (scale["low_end"][self.language], ends[1], scale["high_end"][self.language])
        shares = (self.say("share", scale[side]) for side in ("disagree", "between", "agree"))
        said = ", ".join(f"{end}: {share}" for end, share in zip(ends, shares, strict=True))
        return f"{name}. {capital(said)}."

    def fit(self, shown: list[dict[str, Any]]) -> Fit | None:
        """The bracket between two conditions; none where several share an end of it."""
        fit = self.snapshot["fit"]
        if not fit["shown"] or fit["word"] == "low":
            return None
        if any(len(shared) > 1 for shared in fit_ends(fit, shown)):
            return None
        label = _("much less") if fit["word"] == "high" else _("somewhat less")
        return Fit(fit["highest"], fit["lowest"], label)


def inline(svg: str, *, printed: bool = False) -> SafeString:
    """A drawing as it stands in a page; with plain colours when it is printed."""
    # Drawn by our own pictures, which escape every word that comes in.
    return mark_safe(for_print(svg) if printed else svg)  # noqa: S308


def participation(low: float, high: float, said: str) -> Picture:
    """The band of participation that everybody sees, beside what was agreed before."""
    agreed = (
        Agreement(BROAD / 100, _("from here: broad lines")),
        Agreement(FULL / 100, _("from here: everything")),
    )
    lines = (f"{one.share:.0%}: {one.words}" for one in agreed)
    described = "; ".join([said.removesuffix("."), *lines])
    return draw_participation(
        Participation(low, high, said, agreed), Words(_("Participation"), described)
    )


WORDS: dict[str, Callable[[], str]] = {
    "low": lambda: _("most disagree"),
    "half_low": lambda: _("about half disagree"),
    "middle": lambda: _("opinions differ"),
    "between": lambda: _("most in between"),
    "half_between": lambda: _("about half in between"),
    "half_high": lambda: _("about half agree"),
    "high": lambda: _("most agree"),
}


def to_figure(figure: dict[str, Any] | None, reason: str) -> Figure:
    """A published figure of the snapshot as a figure of the pictures."""
    if figure is None or not figure["shown"]:
        return Withheld(reason)
    if figure["kind"] == "word":
        return Level(figure["word"])
    return Step(figure["value"], figure["step"], figure.get("end"))


def group_ties(groups: dict[str, Any]) -> list[Tie]:
    return [
        Tie(block["a"], block["b"], block["strength"])
        for block in groups["blocks"]
        if block["strength"] != "hidden"
    ]


def strength_word(strength: str) -> str:
    return {"strong": _("many"), "some": _("now and then"), "few": _("few")}[strength]


def short_share(figure: dict[str, Any]) -> str:
    """A share in as few letters as fit in a small bar: a quarter as a fraction, else tenths.

    Example:
        >>> short_share({"value": 0.25, "step": 0.25, "end": "low"})
        '≤ ¼'
        >>> short_share({"value": 0.3, "step": 0.1, "end": None})
        '3'
    """
    sign = {"low": "≤ ", "high": "≥ ", None: ""}[figure.get("end")]
    quarters = {1: "¼", 2: "½", 3: "¾"}
    if figure["step"] == QUARTER:
        return sign + quarters.get(round(figure["value"] / QUARTER), "")
    return f"{sign}{round(10 * figure['value']):d}"


def dial_words(dial: Dial, doubt: str) -> str:
    """One dial for who does not see it."""
    reason = dial.now.reason if isinstance(dial.now, Withheld) else ""
    said = f"{dial.name}: {dial.question} {capital(dial.now_label or reason)}."
    return f"{said} {doubt}".strip()
