"""Whether questions follow posts, and whom people see as taking the lead."""

from __future__ import annotations

from zwerm.scans.sentences import intervals
from zwerm.scans.sentences.telling import Figure, Section, Telling, joined
from zwerm.scans.sentences.withheld import held


def position(tell: Telling) -> list[Section]:
    """Formal posts against being asked."""
    figure, group = tell.figure("coupling"), tell.snapshot["scan"]["post_group"]
    if not figure["shown"] or group is None:
        missing = held(tell, "position", [("coupling", figure)], [])
        return [missing] if missing else []
    return [
        Section(
            id="position",
            part="position",
            lead=tell.say(f"position.lead.{figure['word']}", post_group=group[tell.language]),
            lines=position_lines(tell, figure),
            doubt=joined(
                intervals.of_chance(tell, tell.say("position.doubt")),
                intervals.between(tell, "coupling"),
            ),
            not_said=tell.say("position.not"),
            talk=tell.say("position.talk"),
        )
    ]


def position_lines(tell: Telling, figure: Figure) -> tuple[str, ...]:
    """One number in each sentence: the coupling, and the two shares where both are shown."""
    lines = [
        tell.say("position.draw"),
        tell.say_share("position.coupling", figure, "times"),
    ]
    staff, arcs = tell.figure("leader_staff_share"), tell.figure("leader_arc_share")
    if staff["shown"] and arcs["shown"]:
        lines.append(tell.say_share("position.staff", staff, "people"))
        lines.append(tell.say_share("position.arcs", arcs, "questions"))
    return tuple(lines)


def lead(tell: Telling) -> list[Section]:
    """Whom people see as taking the lead: for the whole school only."""
    overlap, formal = tell.figure("takes_lead_overlap"), tell.figure("takes_lead_formal_share")
    if not overlap["shown"] and not formal["shown"]:
        missing = held(tell, "lead", [("overlap", overlap), ("formal", formal)], [])
        return [missing] if missing else []
    key = f"lead.{overlap['word']}" if overlap["shown"] else "formal_lead"
    line = tell.say_share("lead.formal", formal, "times") if is_told(tell, formal) else ""
    return [
        Section(
            id="lead",
            part="lead",
            lead=tell.say(f"lead.{key}"),
            lines=(line,) if line else (),
            doubt=tell.say("lead.doubt"),
            not_said=tell.say("lead.not"),
            talk=tell.say("lead.talk"),
        )
    ]


def is_told(tell: Telling, formal: Figure) -> bool:
    """Without a group with a post the share that goes to it would say nothing."""
    return bool(formal["shown"] and tell.snapshot["scan"]["post_group"])
