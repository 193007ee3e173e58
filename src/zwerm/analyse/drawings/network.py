"""The network as a drawing: everybody a round, every tie a line with its arrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analyse.drawings.names import Room, beside, near, rounds
from zwerm.analyse.drawings.places import Frame, places_of
from zwerm.analysis.arcs import Arcs, Mask
from zwerm.analysis.network import indegree
from zwerm.pictures.lettering import width
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import NARROW, WIDE, Attribute, Picture, Sheet, Words, number

Numbers = npt.NDArray[np.int64]
Points = npt.NDArray[np.float64]

MOST_PEOPLE = 500
"""A drawing of more people is a cloud that says nothing."""
MANY = 600
"""So many lines or more are drawn lighter, so that people stay in sight."""
MOST_NAMED = 90
LONGEST_NAME = 16

COLOURS = ("teal", "pic-vermillion", "pic-blue", "pic-purple", "ink")
"""For the largest teams, in this order; the others share a quiet one."""
QUIET, QUIET_SHARE = "context", "0.45"
"""Laid on thin, so that a name on it can be read."""
SPOKE: dict[str, Attribute] = {"stroke": colour("paper"), "stroke_width": 1.2}
SILENT: dict[str, Attribute] = {
    "stroke": colour("ink"),
    "stroke_width": 1.6,
    "stroke_dasharray": "3 2.4",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: the people with their names and teams, and their arcs."""

    arcs: Arcs
    ids: tuple[str, ...]
    team_names: tuple[str, ...]
    team: Numbers
    is_undirected: bool

    @property
    def silent(self) -> Mask:
        """Who did not answer: of them no line runs, whatever they would have said."""
        return ~self.arcs.respondents

    def paint(self, person: int) -> str:
        return self.team_paint(int(self.team[person]))

    def team_paint(self, team: int) -> str:
        if not self.team_names:
            return COLOURS[0]
        return self.team_paints[team] if team >= 0 else QUIET

    @property
    def team_paints(self) -> tuple[str, ...]:
        sizes = np.bincount(self.team[self.team >= 0], minlength=len(self.team_names))
        order = np.lexsort((np.arange(len(sizes)), -sizes)).tolist()
        return tuple(
            COLOURS[order.index(team)] if order.index(team) < len(COLOURS) else QUIET
            for team in range(len(sizes))
        )


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes of one drawing, by the number of people on it."""

    page: float
    high: float
    smallest: float
    largest: float
    arrow: float
    size: float
    team_size: float


def look_of(page: float, people: int) -> Look:
    is_wide = page > NARROW
    crowd = min(1.0, (40 / max(people, 1)) ** 0.5)
    scale = crowd if is_wide else 0.72 * crowd
    return Look(
        page=page,
        high=(600.0 if is_wide else 470.0) if people > 12 else 380.0,
        smallest=max(2.6, 6.5 * scale),
        largest=max(5.0, 22.0 * scale),
        arrow=max(3.2, 7.5 * scale),
        size=13.0 if is_wide else 11.5,
        team_size=18.0 if is_wide else 15.0,
    )


def draw_network(drawn: Drawn, words: Words, seed: int) -> Picture:
    """The same network for a broad page and, laid out anew, for a phone."""
    return Picture(_drawing(drawn, words, seed, WIDE), _drawing(drawn, words, seed, NARROW))


def _drawing(drawn: Drawn, words: Words, seed: int, page: float) -> str:
    sheet = Sheet(page)
    look = look_of(page, drawn.arcs.people)
    named = indegree(drawn.arcs)
    radii = _radii(named, look)
    margin = look.largest + 16
    frame = Frame(margin, margin, page - margin, look.high - margin)
    places = places_of(drawn.arcs, drawn.team, radii, frame, seed)
    tied = np.union1d(drawn.arcs.source, drawn.arcs.target)
    sheet.grow(look.high if len(tied) else 10)
    _lines(sheet, drawn, places, radii, look)
    _place_alone(sheet, drawn, places, np.setdiff1d(np.arange(len(named)), tied), radii)
    for person in np.argsort(-radii, kind="stable"):
        x, y = places[person]
        fill = drawn.paint(int(person))
        sheet.circle(
            x,
            y,
            float(radii[person]),
            fill,
            fill_opacity=QUIET_SHARE if fill == QUIET else None,
            **(SILENT if drawn.silent[person] else SPOKE),
            data_p=str(person),
        )
    _names(sheet, drawn, places, radii, look)
    return sheet.svg(words)


def _radii(named: Numbers, look: Look) -> Points:
    """The area of a round grows with the times named."""
    most = max(int(named.max(initial=0)), 1)
    return look.smallest + (look.largest - look.smallest) * np.sqrt(named / most)


def _lines(sheet: Sheet, drawn: Drawn, places: Points, radii: Points, look: Look) -> None:
    """One element for all lines one way, one for those both ways, one for each kind of arrow."""
    arcs, answered = drawn.arcs, drawn.arcs.is_answered
    one_way = list(zip(arcs.source[~answered], arcs.target[~answered], strict=True))
    first = answered & (arcs.source < arcs.target)
    both = list(zip(arcs.source[first], arcs.target[first], strict=True))
    thick = 2.2 if sheet.is_wide else 1.7
    arrows = not drawn.is_undirected
    for pairs, heads, paint, stroke in (
        (one_way, one_way, "edge", 0.9),
        (both, [*both, *((b, a) for a, b in both)], "teal-mid", thick),
    ):
        ends = [_ends(places, radii, a, b, look, arrows, pairs is both) for a, b in pairs]
        lines = "".join(f"M{_at(start)}L{_at(end)}" for start, end in ends)
        if lines:
            sheet.add(
                "path",
                d=lines,
                fill="none",
                stroke=colour(paint),
                stroke_width=stroke if arrows else 1.2,
                stroke_opacity="0.6" if len(arcs) < MANY else "0.35",
            )
        if arrows and heads:
            shapes = "".join(_arrow(places, radii, a, b, look) for a, b in heads)
            sheet.add("path", d=shapes, fill=colour(paint))


def _ends(
    places: Points, radii: Points, a: int, b: int, look: Look, arrows: bool, both: bool
) -> tuple[Points, Points]:
    """From the edge of one round to the arrow at the other."""
    way = _way(places, a, b)
    back = look.arrow * 0.8 if arrows else 0.0
    start = places[a] + way * (radii[a] + (back + 1 if both else 0.5))
    return start, places[b] - way * (radii[b] + 1 + back)


def _arrow(places: Points, radii: Points, a: int, b: int, look: Look) -> str:
    way = _way(places, a, b)
    across = np.array([-way[1], way[0]]) * look.arrow * 0.36
    tip = places[b] - way * (radii[b] + 1)
    back = tip - way * look.arrow
    return f"M{_at(tip)}L{_at(back + across)}L{_at(back - across)}Z"


def _way(places: Points, a: int, b: int) -> Points:
    """The direction from one to the other, of length 1."""
    way: Points = places[b] - places[a]
    return way / max(float(np.hypot(*way)), 1e-6)


def _at(point: Points) -> str:
    return f"{number(float(point[0]))} {number(float(point[1]))}"


def _place_alone(sheet: Sheet, drawn: Drawn, places: Points, alone: Numbers, radii: Points) -> None:
    """Who is tied to nobody stands in rows below the others, with room for names if they come."""
    if not len(alone):
        return
    radius = float(radii[alone[0]])
    names = [drawn.ids[person] for person in alone] if len(drawn.ids) <= MOST_NAMED else []
    longest = max((width(name[:LONGEST_NAME], 13.0) for name in names), default=0.0)
    pitch, high = max(4 * radius, 22.0) + longest, max(4 * radius, 22.0)
    a_row = max(1, int((sheet.width - 2 * radius) // pitch))
    top = sheet.height + 6
    for place, person in enumerate(alone):
        x, y = 2 * radius + pitch * (place % a_row), top + high * (place // a_row) + radius
        places[person] = x, y
    sheet.grow(top + high * (-(-len(alone) // a_row)) + radius + 14)


def _names(sheet: Sheet, drawn: Drawn, places: Points, radii: Points, look: Look) -> None:
    """First the teams, then as many people as there is room for, the most named first."""
    room = Room(sheet.width, sheet.height)
    room.take(rounds(places, radii))
    for team, name in enumerate(drawn.team_names):
        _team_name(sheet, drawn, room, places[drawn.team == team], team, name, look)
    if len(drawn.ids) > MOST_NAMED:
        return
    for person, name in _fit_for_names(drawn, radii):
        inside = width(name, look.size) <= 2 * radii[person] - 5
        middle = (
            places[person]
            if inside
            else beside(room, places[person], float(radii[person]), name, look.size)
        )
        if middle is not None:
            paint = _ink_on(drawn.paint(person)) if inside else "ink"
            weight = 600 if inside else None
            y = float(middle[1]) + look.size * 0.35
            # The script gives a name that lies on a round another colour with the round.
            own: dict[str, Attribute] = {"class": "beside"}
            if inside:
                own = {"data_n": str(person)}
            sheet.text(float(middle[0]), y, name, look.size, paint, "middle", weight, **own)


def _ink_on(paint: str) -> str:
    return "ink" if paint == QUIET else "on-teal"


def _fit_for_names(drawn: Drawn, radii: Points) -> Iterator[tuple[int, str]]:
    for person in np.argsort(-radii, kind="stable").tolist():
        if len(drawn.ids[person]) <= LONGEST_NAME:
            yield person, drawn.ids[person]


def _team_name(
    sheet: Sheet, drawn: Drawn, room: Room, members: Points, team: int, name: str, look: Look
) -> None:
    shown = name if width(name, look.team_size) < sheet.width / 2 else f"{name[:18]}…"
    found = near(room, members, shown, look.team_size) if len(members) else None
    if found is None:
        return
    paint = drawn.team_paint(team)
    fill = "ink-soft" if paint == QUIET else paint
    x, y = float(found[0]), float(found[1]) + look.team_size * 0.35
    # Paper behind the words, for lines run everywhere.
    half = width(shown, look.team_size) / 2 + 3
    sheet.add(
        "rect",
        x=x - half,
        y=float(found[1]) - look.team_size * 0.6,
        width=2 * half,
        height=look.team_size * 1.2,
        rx=4.0,
        fill=colour("paper"),
        opacity="0.82",
    )
    sheet.text(x, y, shown, look.team_size, fill, "middle", 650)
