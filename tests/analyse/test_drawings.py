"""The pictures of the report, read back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from tests.pictures import reading
from zwerm.analyse.drawings.columns import columns_of, draw_columns
from zwerm.analyse.drawings.network import COLOURS, QUIET, Drawn, draw_network
from zwerm.analyse.drawings.triads import KINDS, draw_triads
from zwerm.analysis.arcs import arcs_between, both_ways
from zwerm.analysis.structure import TRIADS, triad_census
from zwerm.pictures.svg import Words

WORDS = Words("A name", "What is seen")
SIDES = ("wide", "narrow")


def drawn(people=40, teams=4, chance=0.08, seed=1, undirected=False):
    rng = np.random.default_rng(seed)
    team = np.arange(people) % teams if teams else np.full(people, -1)
    source, target = np.nonzero(rng.random((people, people)) < chance)
    # Nobody names the last two, and they name nobody.
    kept = (source < people - 2) & (target < people - 2)
    arcs = arcs_between(people, source[kept], target[kept])
    names = tuple(f"Team number {place}" for place in range(teams))
    ids = tuple(f"person {place}" for place in range(people))
    return Drawn(both_ways(arcs) if undirected else arcs, ids, names, team, undirected)


def circles(svg):
    return list(reading.parsed(svg).iter(f"{reading.SVG}circle"))


CASES = [drawn(), drawn(12, 3, 0.3), drawn(150, 9, 0.02), drawn(30, 0), drawn(2, 0), drawn(60, 60)]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("one", CASES)
def test_everybody_is_a_round_on_the_sheet_and_off_each_other(one, side):
    svg = getattr(draw_network(one, WORDS, 1), side)
    wide, high = reading.sheet(svg)
    rounds = np.array(
        [[float(circle.attrib[name]) for name in ("cx", "cy", "r")] for circle in circles(svg)]
    )
    assert len(rounds) == one.arcs.people
    x, y, r = rounds.T
    assert (x - r >= 0).all()
    assert (x + r <= wide).all()
    assert (y - r >= 0).all()
    assert (y + r <= high).all()
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - r[:, None] - r
    np.fill_diagonal(apart, 1)
    assert (apart > -0.2).all()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("one", CASES)
def test_names_stay_on_the_sheet_and_off_each_other(one, side):
    svg = getattr(draw_network(one, WORDS, 1), side)
    assert reading.outside(svg) == []
    assert reading.collisions(svg) == []


def test_every_arc_is_drawn_once_with_its_arrow():
    one = drawn()
    svg = draw_network(one, WORDS, 1).wide
    paths = [path.attrib for path in reading.paths(svg)]
    lines = sum(path["d"].count("M") for path in paths if path["fill"] == "none")
    heads = sum(path["d"].count("M") for path in paths if path["fill"] != "none")
    mutual = int(one.arcs.is_answered.sum()) // 2
    assert (lines, heads) == (len(one.arcs) - mutual, len(one.arcs))


def test_without_direction_there_are_no_arrows():
    svg = draw_network(drawn(undirected=True), WORDS, 1).wide
    assert {path.attrib["fill"] for path in reading.paths(svg)} == {"none"}


def test_who_is_named_more_is_larger():
    source, target = np.array([1, 2, 3, 0]), np.array([0, 0, 0, 1])
    arcs = arcs_between(4, source, target)
    one = Drawn(arcs, ("a", "b", "c", "d"), (), np.full(4, -1), False)
    svg = draw_network(one, WORDS, 1).wide
    sizes = sorted((float(circle.attrib["r"]) for circle in circles(svg)), reverse=True)
    assert sizes[0] > sizes[1] > sizes[2] == sizes[3]


def test_the_largest_teams_have_a_colour_and_the_others_a_quiet_one():
    team = np.repeat(np.arange(7), [1, 9, 8, 7, 6, 5, 4])
    arcs = arcs_between(len(team), np.arange(len(team) - 1), np.arange(1, len(team)))
    one = Drawn(arcs, ("",) * len(team), tuple("gabcdef"), team, False)
    assert one.team_paints == (QUIET, *COLOURS, QUIET)


def test_every_team_is_named_where_there_is_room():
    said = reading.words(draw_network(drawn(), WORDS, 1).wide)
    assert [word for word in said if word.startswith("Team")] == [
        f"Team number {place}" for place in range(4)
    ]


def test_the_same_seed_gives_the_same_drawing_and_another_one_another():
    assert draw_network(drawn(), WORDS, 1) == draw_network(drawn(), WORDS, 1)
    assert draw_network(drawn(), WORDS, 1) != draw_network(drawn(), WORDS, 2)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("named", [[0, 0, 3], [0] * 5, [1, 250, 3, 3, 40], list(range(21)) * 3])
def test_columns_count_everybody_and_their_words_stay_apart(named, side):
    svg = getattr(draw_columns(np.array(named), "times named", "people", WORDS), side)
    assert reading.outside(svg) == []
    assert reading.collisions(svg) == []
    shown = columns_of(np.array(named), 21 if side == "wide" else 11)
    assert sum(column.people for column in shown) == len(named)
    bars = reading.bars(svg, "teal")
    assert len(bars) == sum(1 for column in shown if column.people)


@pytest.mark.parametrize("side", SIDES)
def test_the_sixteen_threes_stand_with_their_numbers(side):
    census = {kind: str(place * 1000) for place, kind in enumerate(TRIADS)}
    svg = getattr(draw_triads(census, WORDS), side)
    assert reading.outside(svg) == []
    assert reading.collisions(svg) == []
    said = reading.words(svg)
    assert said == [word for kind in TRIADS for word in (kind, census[kind])]


@pytest.mark.parametrize("kind", TRIADS)
def test_each_three_is_drawn_as_its_kind(kind):
    number = {"a": 0, "b": 1, "c": 2}
    ties = np.zeros((3, 3), dtype=bool)
    for arc in KINDS[kind].split():
        ties[number[arc[0]], number[arc[1]]] = True
    assert {name for name, count in triad_census(ties).items() if count} == {kind}


@pytest.mark.parametrize(
    "picture",
    [
        draw_network(drawn(), WORDS, 1),
        draw_columns(np.array([1, 2]), "x", "y", WORDS),
        draw_triads(dict.fromkeys(TRIADS, "1"), WORDS),
    ],
)
def test_a_picture_is_spoken_and_carries_no_style(picture):
    for svg in (picture.wide, picture.narrow):
        root = ET.fromstring(svg)  # noqa: S314  # our own drawing
        assert [child.text for child in list(root)[:2]] == ["A name", "What is seen"]
        assert not re.search(r"\b(style|href|id|transform)=", svg)
