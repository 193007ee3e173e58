"""What people think of the sentences: conditions and their fit, knowledge, drives, form, reach."""

from __future__ import annotations

from typing import Any

from zwerm.scans.sentences.telling import Figure, Section, Telling
from zwerm.scans.sentences.withheld import OPINIONS, held
from zwerm.scans.sentences.wording import phrase, uncapital

Line = dict[str, Any]
"""One line of `scales` in the snapshot."""

ROUGHLY = {"low": 0.0, "middle": 0.5, "high": 1.0}
"""A share of few answers, of which only a word was published."""
LEVELS = {"low": -0.5, "middle": 0.0, "high": 0.5}
"""Where a line of few answers stands, of which only a word was published: as in the fit."""
REACH = ("reach_colleagues", "reach_leaders", "reach_school", "reach_outside")
"""From near to far."""


def opinions(tell: Telling) -> list[Section]:
    """Every family that was asked, each with a finding first."""
    sections: list[Section] = []
    for family in OPINIONS:
        lines = [one for one in tell.snapshot["scales"] if one["family"] == family]
        shown = [one for one in lines if is_shown(one)]
        told = told_family(tell, family, shown) if shown else []
        figures = [(one["id"], {**one, "shown": is_shown(one)}) for one in lines]
        missing = held(tell, family, figures, told)
        sections += [*told, missing] if missing else told
    return sections


def is_shown(line: Line) -> bool:
    return bool(line.get("shown", True))


def told_family(tell: Telling, family: str, shown: list[Line]) -> list[Section]:
    if family == "form":
        return form(tell, shown)
    if family == "focus":
        return [focus(tell, shown)]
    if family == "reach":
        return [reach(tell, shown)]
    fit = tell.snapshot["fit"]
    if family == "conditions" and fit["shown"]:
        return [fit_section(tell, shown), *(one_scale(tell, line) for line in shown)]
    return [family_head(tell, family, shown), *(one_scale(tell, line) for line in shown)]


def fit_section(tell: Telling, shown: list[Line]) -> Section:
    """How far the four conditions lie apart."""
    return Section(
        id="fit",
        part="conditions",
        lead=fit_lead(tell, shown),
        doubt=f"{tell.say('fit.doubt')} {tell.say('scale.doubt')}",
        not_said=tell.say("fit.not"),
        talk=tell.say("fit.talk"),
    )


def fit_lead(tell: Telling, shown: list[Line]) -> str:
    """Which conditions are recognised least and most: none by name that shares its place."""
    fit = tell.snapshot["fit"]
    lowest, highest = fit_ends(fit, shown)
    labels = {line["id"]: uncapital(line["label"][tell.language]) for line in shown}
    said = fit_sentence(fit["word"], len(lowest), len(highest), len(shown))
    return tell.say(f"fit.{said}.{fit['word']}", a=labels[fit["lowest"]], b=labels[fit["highest"]])


def fit_sentence(word: str, lowest: int, highest: int, shown: int) -> str:
    """Which sentence says the fit: by how many conditions share the lowest and highest place."""
    if word == "low" or lowest == highest == 1:
        return "lead"
    if lowest + highest < shown or min(lowest, highest) > 1:
        return "shared"
    return "least" if lowest == 1 else "most"


def fit_ends(fit: dict[str, Any], shown: list[Line]) -> tuple[list[Line], list[Line]]:
    """The conditions at the lowest and at the highest published place."""
    places = {line["id"]: place(line) for line in shown}
    lowest, highest = (
        [line for line in shown if places[line["id"]] == places[fit[end]]]
        for end in ("lowest", "highest")
    )
    return lowest, highest


def family_head(tell: Telling, family: str, shown: list[Line]) -> Section:
    """What is recognised most and least; without a difference to speak of, what follows."""
    lead = tell.say(f"family.{family}")
    lines: tuple[str, ...] = ()
    apart = furthest_apart(shown)
    if apart and family != "own":
        most, least = (uncapital(line["label"][tell.language]) for line in apart)
        lead = tell.say("family.most", label=most)
        lines = (tell.say("family.least", label=least),)
    doubt = tell.say("scale.doubt") if family != "own" else tell.say("response.doubt")
    return Section(
        id=family,
        part=family,
        lead=lead,
        lines=lines,
        doubt=f"{tell.say('family.doubt_small')} {doubt}" if lines else doubt,
        not_said=tell.say("scale.not"),
        talk=tell.say("scale.talk"),
    )


def furthest_apart(shown: list[Line]) -> tuple[Line, Line] | None:
    """The scale recognised most and the one least; None for single sentences, and for ties."""
    if any(line["kind"] != "scale" for line in shown):
        return None
    places = sorted((place(line) for line in shown), reverse=True)
    if len(places) < 2 or places[0] == places[1] or places[-1] == places[-2]:
        return None
    most = next(line for line in shown if place(line) == places[0])
    least = next(line for line in shown if place(line) == places[-1])
    return (most, least) if len(places) > 2 or places[0] > places[1] else None


def place(line: Line) -> float:
    """Where a line stands among others, from its published values: agree minus disagree."""
    if line["agree"]["kind"] == "word" or line["disagree"]["kind"] == "word":
        return LEVELS[line["word"]]
    agree, disagree = float(line["agree"]["value"]), float(line["disagree"]["value"])
    return round(agree - disagree, 6)


def one_scale(tell: Telling, line: Line) -> Section:
    """A scale by its label, or a single sentence by its words.

    How sure, what not and what to talk about hold for the whole family: its head says them.
    """
    label = line["label"][tell.language]
    degree = recognised(line)
    if line["kind"] == "scale":
        lead = tell.say(f"scale.lead.{degree}", label=uncapital(label))
        lines = share_lines(tell, line, degree)
    else:
        lead = tell.say(f"item.lead.{degree}")
        lines = (tell.say("item.quote", label=label), *share_lines(tell, line, degree))
    # Reports of before this was looked at do not say it.
    apart = (tell.say("scale.apart"),) if line.get("apart") else ()
    return Section(id=line["id"], part=line["family"], lead=lead, lines=(*lines, *apart))


def recognised(line: Line) -> str:
    """The word of a line; half of the people is said as half, and not as most.

    Those in between may be the most; only where no side holds half of the people, they differ.
    """
    word = "between" if are_most_between(line) else str(line["word"])
    side = {"high": "agree", "low": "disagree", "between": "between"}.get(word)
    return f"half_{word}" if side and is_half_of(line[side]) else word


def are_most_between(line: Line) -> bool:
    """Whether at least half stand between the two ends, and more than at either."""
    middle, *ends = (roughly(line[side]) for side in ("between", "disagree", "agree"))
    return middle >= 0.5 and middle > max(ends) and line["between"].get("end") != "low"


def is_half_of(share: Figure) -> bool:
    """Whether a share of at least half is about half, and not clearly more."""
    if share["kind"] == "word":
        return bool(share["word"] != "high")
    return bool(share["value"] < 0.55 and share["end"] != "high")


def roughly(share: Figure) -> float:
    """A published share as a number, also when only its word was published."""
    return ROUGHLY[share["word"]] if share["kind"] == "word" else float(share["value"])


def share_lines(tell: Telling, line: Line, degree: str) -> tuple[str, ...]:
    """How many agree, disagree or are in between; left out where the lead has said so already."""
    side = {"low": "disagree", "between": "between", "middle": larger_end(line)}.get(
        degree, "agree"
    )
    if degree.startswith("half") or line[side]["kind"] == "word" or tell.in_few:
        return ()
    about = "scale" if line["kind"] == "scale" else "item"
    return (tell.say_share(f"{about}.{side}", line[side], "people"),)


def larger_end(line: Line) -> str:
    """The end with most people; those who agree where both hold as many."""
    return "disagree" if roughly(line["disagree"]) > roughly(line["agree"]) else "agree"


def form(tell: Telling, shown: list[Line]) -> list[Section]:
    """Places between two ends, neither of which is the good one."""
    # About half at one end is not "mostly": then the sentence between the two says it.
    found = [recognised(line) for line in shown]
    words = [one if one in {"low", "high"} else "middle" for one in found]
    leads = [tell.say(f"form.{line['id']}.{word}") for line, word in zip(shown, words, strict=True)]
    head = profile_section(tell, "form", leads[0], ())
    others = zip(shown[1:], leads[1:], strict=True)
    return [head, *(Section(id=line["id"], part="form", lead=lead) for line, lead in others)]


def focus(tell: Telling, shown: list[Line]) -> Section:
    """On what teachers have most influence; no claim when two are equal."""
    most = max(place(line) for line in shown)
    first = [line for line in shown if place(line) == most]
    lead = tell.say("focus.even")
    lines: tuple[str, ...] = ()
    if len(first) == 1:
        lead = tell.say("focus.lead", area=area(tell, "focus", first[0]))
        lines = share_lines(tell, first[0], "high")
    return profile_section(tell, "focus", lead, lines)


def reach(tell: Telling, shown: list[Line]) -> Section:
    """How far ideas get: as far as most people see them come, step by step from near to far."""
    word = {line["id"]: line for line in shown}
    furthest = None
    for name in REACH:
        if name not in word or recognised(word[name]) != "high":
            break
        furthest = word[name]
    if furthest is None:
        return profile_section(tell, "reach", tell.say("reach.unsure"), ())
    lead = tell.say("reach.lead", area=area(tell, "reach", furthest))
    return profile_section(tell, "reach", lead, share_lines(tell, furthest, "high"))


def area(tell: Telling, family: str, line: Line) -> str:
    return phrase(f"{family}.areas.{line['id']}", tell.language)


def profile_section(tell: Telling, family: str, lead: str, lines: tuple[str, ...]) -> Section:
    return Section(
        id=family,
        part=family,
        lead=lead,
        lines=lines,
        doubt=tell.say("form.doubt"),
        not_said=tell.say(f"{family}.not"),
        talk=tell.say(f"{family}.talk"),
    )
