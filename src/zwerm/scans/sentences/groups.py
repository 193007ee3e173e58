"""Between groups and beyond the school: across, the map of groups, and the flock."""

from __future__ import annotations

from typing import Any

from zwerm.scans.sentences import intervals
from zwerm.scans.sentences.telling import Section, Telling, joined
from zwerm.scans.sentences.withheld import held

MOST_PAIRS = 3
"""More pairs than this are counted in the sentence, and named in the table only."""


def across(tell: Telling) -> list[Section]:
    """How much advice goes to another group, and who talks with people outside the school."""
    inside, outside = tell.figure("across"), tell.figure("outside")
    shown: list[Section] = []
    if inside["shown"]:
        shown.append(
            Section(
                id="across",
                part="across",
                lead=tell.say(f"across.lead.{inside['word']}"),
                lines=(tell.say_share("across.share", inside, "questions"),),
                doubt=joined(
                    intervals.doubt(tell, "across", otherwise=""), tell.say("across.doubt")
                ),
                not_said=tell.say("across.not"),
                talk=tell.say("across.talk"),
            )
        )
    if outside["shown"]:
        shown.append(
            Section(
                id="outside",
                part="across",
                lead=tell.say_share("outside.lead", outside, "people"),
                doubt=tell.doubt(),
                not_said=tell.say("outside.not"),
                talk=tell.say("outside.talk"),
            )
        )
    missing = held(tell, "across", [("across", inside), ("outside", outside)], shown)
    return [*shown, missing] if missing else shown


def groups(tell: Telling) -> list[Section]:
    """The map: which pairs of groups ask each other much, and which little."""
    found = tell.snapshot["groups"]
    if not found["shown"]:
        missing = held(tell, "groups", [("groups", found)], [])
        return [missing] if missing else []
    sentences = pair_sentences(tell, found)
    return [
        Section(
            id="groups",
            part="groups",
            lead=sentences[0],
            lines=tuple(sentences[1:]),
            doubt=tell.say("groups.doubt"),
            not_said=tell.say("groups.not"),
            talk=tell.say("groups.talk"),
        )
    ]


def pair_sentences(tell: Telling, found: dict[str, Any]) -> list[str]:
    """The pairs that stand out, by name when they are few; never silent about hidden groups."""
    names = [node["name"] for node in found["nodes"]]
    pairs: dict[str, list[tuple[str, str]]] = {"strong": [], "some": [], "few": [], "hidden": []}
    for block in found["blocks"]:
        pairs[block["strength"]].append((names[block["a"]], names[block["b"]]))
    if not (pairs["strong"] or pairs["some"] or pairs["few"]):
        sentences = [tell.say("groups.none")]
    elif not pairs["strong"] and not pairs["few"]:
        sentences = [tell.say("groups.even")]
    elif not pairs["strong"] and not pairs["some"]:
        sentences = [tell.say("groups.all_few")]
    else:
        sentences = said_pairs(tell, "strong", pairs) + said_pairs(tell, "few", pairs)
    if pairs["hidden"] or not all(node["shown"] for node in found["nodes"]):
        sentences.append(tell.say("groups.hidden"))
    return sentences


def said_pairs(tell: Telling, strength: str, pairs: dict[str, list[tuple[str, str]]]) -> list[str]:
    chosen = pairs[strength]
    if len(chosen) > MOST_PAIRS:
        return [tell.say(f"groups.many_{strength}", n=str(len(chosen)))]
    return [tell.say(f"groups.{strength}", a=a, b=b) for a, b in chosen]


def flock(tell: Telling) -> list[Section]:
    """The invented flock, which needs the map of groups."""
    if not tell.snapshot["groups"]["shown"]:
        return []
    return [
        Section(
            id="flock",
            part="flock",
            lead=tell.say("flock.lead"),
            lines=(tell.say("flock.line.dots"), tell.say("flock.line.shape")),
            doubt=tell.say("flock.doubt"),
            not_said=tell.say("flock.not"),
            talk=tell.say("flock.talk"),
        )
    ]
