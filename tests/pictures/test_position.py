"""Position and influence, participation, and the dots of a group."""

import pytest

from tests.pictures import examples, reading
from zwerm.pictures.dots import group_dots
from zwerm.pictures.figures import Figure, Level, Step, Withheld
from zwerm.pictures.participation import Agreement, Participation, draw_participation
from zwerm.pictures.position import Coupling, Share, draw_position


def shares(figure: Figure, is_staff: bool = False) -> str:
    share = Share("Vragen die naar hen gaan", figure, "zoveel", is_staff)
    return draw_position(None, (share,), examples.words()).wide


def test_coupling_stands_on_a_line_from_nothing_to_everything() -> None:
    coupling = Coupling(Step(0.75, 0.1), "7 à 8 keer", "nooit", "gelijk", "altijd")
    svg = draw_position(coupling, (), examples.words()).wide
    assert reading.bars(svg, "teal") == [(20 + 0.7 * 880, 20 + 0.8 * 880)]
    lines = [line.attrib["x1"] for line in reading.parsed(svg).iter(f"{reading.SVG}line")]
    assert lines == ["20", "460"]


@pytest.mark.parametrize(("value", "full", "half"), [(0.2, 2, 0), (0.35, 3, 1), (1.0, 10, 0)])
def test_of_ten_rounds_as_many_are_full_as_the_share(value: float, full: int, half: int) -> None:
    svg = shares(Step(value, 0.05))
    assert len(reading.rounds(svg, "paper")) == 10
    assert len(reading.rounds(svg, "teal")) == full
    assert len(reading.paths(svg)) == half


def test_at_most_is_only_soft_and_at_least_is_soft_to_the_end() -> None:
    most, least = shares(Step(0.2, 0.1, end="low")), shares(Step(0.8, 0.1, end="high"))
    assert [len(reading.rounds(most, token)) for token in ("teal", "band")] == [0, 2]
    assert [len(reading.rounds(least, token)) for token in ("teal", "band")] == [8, 2]


def test_the_share_of_staff_is_drawn_in_ink() -> None:
    svg = shares(Step(0.2, 0.1), is_staff=True)
    assert [len(reading.rounds(svg, token)) for token in ("teal", "ink")] == [0, 2]


def test_a_share_that_is_only_a_word_fills_a_zone() -> None:
    svg = shares(Level("middle"))
    left, right = reading.bars(svg, "teal")[0]
    assert (left, right) == pytest.approx((250 + 0.2 * 460 + 1.5, 250 + 0.5 * 460 - 1.5))


def test_a_withheld_share_says_why() -> None:
    svg = shares(Withheld("Niet te zien"))
    assert "Niet te zien" in reading.words(svg)
    assert "zoveel" not in reading.words(svg)
    assert reading.rounds(svg, "paper") == []


def test_participation_is_solid_to_the_low_edge_and_soft_to_the_high_edge() -> None:
    svg = draw_participation(Participation(0.7, 0.8, "7 à 8"), examples.words()).wide
    ends = {token: reading.bars(svg, token) for token in ("teal", "band")}
    assert ends["teal"] == [(0.5, 643.8)]
    assert ends["band"] == [(0.5, 735.7)]


def test_the_lowest_band_of_participation_is_only_soft() -> None:
    svg = draw_participation(Participation(0, 1 / 3, "minder dan 4"), examples.words()).wide
    assert reading.bars(svg, "teal") == []
    assert len(reading.bars(svg, "band")) == 1


@pytest.mark.parametrize("first", [0.05, 0.5, 0.65])
def test_what_was_agreed_stays_readable_wherever_its_line_is(first: float) -> None:
    agreed = [Agreement(first, "hoe jullie elkaar vinden " * 2), Agreement(0.8, "rol en invloed")]
    picture = draw_participation(Participation(0.7, 0.8, "7 à 8", agreed), examples.words())
    for svg in (picture.wide, picture.narrow):
        assert reading.outside(svg) == []
        assert reading.collisions(svg) == []


@pytest.mark.parametrize(("members", "token"), [(0, "saffron"), (9, "saffron"), (10, "teal")])
def test_a_group_has_a_dot_per_member_and_is_teal_from_the_floor(members: int, token: str) -> None:
    assert len(reading.rounds(group_dots(members, 10), token)) == members


def test_the_stroke_stands_after_the_dot_that_reaches_the_floor() -> None:
    svg = group_dots(12, 10)
    dots = [x for x, _, _ in reading.rounds(svg, "teal")]
    stroke = float(reading.paths(svg)[0].attrib["d"][1:].split()[0])
    assert dots[9] + 3.6 < stroke < dots[10] - 3.6


def test_a_large_group_gets_more_rows_of_dots() -> None:
    assert reading.sheet(group_dots(41))[1] == 42
    assert {y for _, y, _ in reading.rounds(group_dots(41), "teal")} == {7, 21, 35}


def test_fewer_than_no_members_is_refused() -> None:
    with pytest.raises(ValueError, match="got -1"):
        group_dots(-1)
