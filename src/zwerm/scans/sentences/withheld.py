"""What is said when nothing may be shown, by reason."""

from __future__ import annotations

from collections.abc import Iterable

from zwerm.scans.sentences.telling import Figure, Section, Telling
from zwerm.scans.sentences.wording import phrase

OPINIONS = ("conditions", "knowledge", "drives", "form", "focus", "reach", "own")
"""The families of sentences people agree with or not, in the order of the report."""


def held(
    tell: Telling, part: str, figures: Iterable[tuple[str, Figure]], shown: list[Section]
) -> Section | None:
    """One section about everything of a part that is not shown; None when all is.

    What was not asked is not missed: it is left out without a word. `shown` are the sections
    of the part that do say something; only when there are none the part itself is withheld.
    Else each figure of the network is called by its name: of opinions, the table does that.
    """
    missing: dict[str, list[str]] = {}
    for name, one in figures:
        if not one["shown"] and one["reason"] != "not_asked":
            missing.setdefault(reason(tell, one["reason"], part), []).append(name)
    if not missing:
        return None
    said = [tell.say(f"withheld.lead.{'some' if shown else part}"), *missing]
    if shown and part not in OPINIONS:
        said = [line for why, names in missing.items() for line in (*by_name(tell, names), why)]
    return Section(f"{part}_withheld", part, said[0], tuple(said[1:]))


def by_name(tell: Telling, names: list[str]) -> list[str]:
    """What is not shown, two figures in a sentence at most: more would make it long."""
    words = [phrase(f"withheld.figure.{name}", tell.language) for name in names]
    pairs = [words[at : at + 2] for at in range(0, len(words), 2)]
    return [
        tell.say("withheld.some.two", a=pair[0], b=pair[1])
        if len(pair) == 2
        else tell.say("withheld.some.one", a=pair[0])
        for pair in pairs
    ]


def reason(tell: Telling, name: str, part: str) -> str:
    """Why a figure is not shown."""
    if name == "no_group" and part in {"position", "lead"}:
        is_marked = tell.snapshot["scan"]["post_group"] is not None
        name = "small_post_group" if is_marked else "no_post_group"
    floor = str(tell.snapshot["scan"]["floors"]["network"])
    return tell.say(f"withheld.reason.{name}", floor=floor)


def folded(tell: Telling, sections: list[Section]) -> list[Section]:
    """Parts of which nothing at all is shown, told once at the end instead of each in its place."""
    seen: set[str] = set()
    kept: list[Section] = []
    silent: list[Section] = []
    for one in sections:
        is_whole_part = one.id == f"{one.part}_withheld" and one.part not in seen
        seen.add(one.part)
        (silent if is_whole_part else kept).append(one)
    if not silent:
        return kept
    lines = [line for reasons in by_reason(silent) for line in reasons]
    if tell.snapshot["response"]["contract"] == "little":
        lines.append(tell.say("withheld.ask_again"))
    return [*kept, Section("not_shown", "not_shown", tell.say("withheld.lead.all"), tuple(lines))]


def by_reason(silent: list[Section]) -> list[list[str]]:
    """What is not shown, followed by why: each reason once, after everything it holds for."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in silent:
        found.setdefault(one.lines, []).append(one.lead)
    return [[*dict.fromkeys(leads), *reasons] for reasons, leads in found.items()]
