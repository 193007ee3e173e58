"""The pictures that a school's report has too, here from exact figures."""

from __future__ import annotations

import math

from zwerm.analyse.drawings.sure import exact
from zwerm.analyse.figures import Coupling, Figures, Reach
from zwerm.analyse.inference.sure import Sure
from zwerm.analyse.words import Words
from zwerm.analysis.distributed import TEAMS
from zwerm.pictures import position
from zwerm.pictures.dials import Dial, draw_dials
from zwerm.pictures.figures import Figure, Step
from zwerm.pictures.groups import Group, Key, Tie, draw_groups
from zwerm.pictures.layout import Strength
from zwerm.pictures.svg import Picture
from zwerm.pictures.svg import Words as Spoken

MOST_NAMED, MOST_CENTRAL = 10.0, 0.6
"""How far the lines run, unless a figure lies farther."""
MOST_GROUPS = 14
FEW, STRONG = 0.5, 1.5
"""Of the average between groups: below the first is few, above the second strong."""


def draw_profile(figures: Figures, words: Words, sure: Sure | None = None) -> Picture:
    """How collective, how relational, how dynamic, beside 14 published teams."""
    now = {
        name: exact(value, words, sure, name)
        for name, value in (
            ("mean_named", figures.mean_named),
            ("reciprocity", figures.reciprocity),
            ("centralization", figures.indegree_centralization),
        )
    }
    farthest = at_least(MOST_NAMED, figures.mean_named, 1)
    rows = [
        dial(
            "together",
            now["mean_named"],
            (0.0, farthest),
            tuple(team.density * (team.members - 1) for team in TEAMS),
            words,
        ),
        dial(
            "both_ways",
            now["reciprocity"],
            (0.0, 1.0),
            tuple(team.reciprocity for team in TEAMS),
            words,
        ),
        dial(
            "different",
            now["centralization"],
            (at_least(MOST_CENTRAL, figures.indegree_centralization, 0.1), 0.0),
            tuple(team.centralization for team in TEAMS),
            words,
        ),
    ]
    spoken = "; ".join(f"{row.name}: {row.now_label or words('says_nothing')}" for row in rows)
    return draw_dials(rows, Spoken(words("profile"), spoken))


def at_least(end: float, value: float | None, step: float) -> float:
    """The end of a line on which the figure fits.

    >>> at_least(10, 11.2, 1), at_least(10, float("nan"), 1)
    (12, 10)
    """
    if value is None or math.isnan(value):
        return end
    return max(end, math.ceil(value / step) * step)


def dial(
    key: str,
    now: Figure,
    line: tuple[float, float],
    teams: tuple[float, ...],
    words: Words,
) -> Dial:
    return Dial(
        name=words(f"{key}_name"),
        question=words(f"{key}_says"),
        start=line[0],
        end=line[1],
        start_word=words(f"{key}_start"),
        end_word=words(f"{key}_end", most=words.number(int(max(line)))),
        now=now,
        now_label=words.number(now.value, 2) if isinstance(now, Step) else "",
        teams=teams,
        teams_label=words("profile_teams"),
    )


def draw_coupling(
    found: Coupling, words: Words, is_undirected: bool = False, sure: Sure | None = None
) -> Picture:
    """Where coupling lies between 0 and 1; below it two shares of ten, where they are known."""
    line = position.Coupling(
        figure=exact(found.value, words, sure, "coupling"),
        label=words.number(found.value, 2),
        start_word=words("coupling_start_undirected" if is_undirected else "coupling_start"),
        middle_word=words("coupling_middle"),
        end_word=words("coupling_end_undirected" if is_undirected else "coupling_end"),
    )
    shares = tuple(
        position.Share(words(key), exact(share, words), words.number(share, 2), is_staff)
        for key, share, is_staff in (
            ("share_of_members", found.share_of_members, True),
            ("share_of_ties", found.share_of_ties, False),
        )
        if share is not None and not math.isnan(share)
    )
    spoken = [line.label, *(f"{share.name}: {share.label}" for share in shares)]
    return position.draw_position(line, shares, Spoken(words("position"), "; ".join(spoken)))


def draw_map(reach: Reach, labels: list[str], words: Words) -> Picture | None:
    """Which teams ask each other; None when there are too few or too many to draw."""
    if not 2 <= len(reach.names) <= MOST_GROUPS:
        return None
    groups = [Group(label, members) for label, members in zip(labels, reach.members, strict=True)]
    ties = strengths(reach)
    strength = {"strong": words("map_strong"), "some": words("map_some"), "few": words("map_few")}
    told = "; ".join(f"{labels[t.a]} - {labels[t.b]}: {strength[t.strength]}" for t in ties)
    key = Key(strong=strength["strong"], some=strength["some"], few=strength["few"])
    return draw_groups(groups, ties, key, Spoken(words("map"), told))


def strengths(reach: Reach) -> list[Tie]:
    """Each pair of teams: its ties per possible one, both directions, beside the average.

    A tie is possible from who answered only.
    """
    pairs = [(a, b) for a in range(len(reach.names)) for b in range(a)]
    ties = {(a, b): reach.ties[a][b] + reach.ties[b][a] for a, b in pairs}
    who, whom = reach.respondents, reach.members
    room = {(a, b): who[a] * whom[b] + who[b] * whom[a] for a, b in pairs}
    average = sum(ties.values()) / max(sum(room.values()), 1)
    return [Tie(a, b, strength(ties[a, b] / max(room[a, b], 1), average)) for a, b in pairs]


def strength(share: float, average: float) -> Strength:
    """Few includes none at all, also where there is nothing between any two teams."""
    if share <= 0 or share < FEW * average:
        return "few"
    return "strong" if share > STRONG * average else "some"
