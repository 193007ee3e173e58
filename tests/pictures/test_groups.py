"""The group map: nothing overlaps, and hidden never looks like few."""

import math
import re

import pytest

from tests.pictures import examples, reading
from zwerm.pictures.bending import Curve
from zwerm.pictures.groups import Group, Key, Tie, _hatched_line, draw_groups
from zwerm.pictures.layout import seating
from zwerm.pictures.placing import SIZES_NARROW, SIZES_WIDE, place_groups
from zwerm.pictures.svg import Picture, Sheet

KEY = Key("veel", "soms", "hier gaan weinig vragen", "niet te zien")


def drawn(groups: list[Group], ties: list[Tie], key: Key = KEY) -> Picture:
    return draw_groups(groups, ties, key, examples.words())


def lines(svg: str, token: str) -> list[float]:
    """Widths of the curves in a colour."""
    return [
        float(path.attrib["stroke-width"])
        for path in reading.paths(svg)
        if "Q" in path.attrib["d"] and path.attrib["stroke"].startswith(f"var(--{token},")
    ]


def strokes(svg: str) -> list[str]:
    """Hatched lines between two groups: many short strokes, one path each."""
    shown = [path.attrib["d"] for path in reading.paths(svg)]
    return [path for path in shown if path.count("M") > 10 and "L" in path]


@pytest.mark.parametrize("count", range(2, 10))
@pytest.mark.parametrize("side", ["wide", "narrow"])
@pytest.mark.parametrize("name", [examples.LONG, "Talen", "Maatschappijwetenschappendocenten"])
def test_names_and_circles_never_touch(count: int, side: str, name: str) -> None:
    svg = getattr(drawn(*examples.a_map(count, name)), side)
    assert reading.outside(svg) == []
    assert reading.collisions(svg) == []
    rounds = reading.rounds(svg, "teal-wash")
    assert len(rounds) == count
    names = [text for text in reading.said(svg) if not text.words.isdigit()]
    for x, y, r in rounds:
        for text in names:
            near_x, near_y = min(max(x, text.left), text.right), min(max(y, text.top), text.bottom)
            assert (near_x - x) ** 2 + (near_y - y) ** 2 > r**2, text.words
        others = [other for other in rounds if other != (x, y, r)]
        assert all((x - a) ** 2 + (y - b) ** 2 > (r + c) ** 2 for a, b, c in others)


@pytest.mark.parametrize("count", [0, 1, 10, 16, 30])
def test_few_and_very_many_groups_are_drawn_too(count: int) -> None:
    picture = drawn(*examples.a_map(count))
    for svg in (picture.wide, picture.narrow):
        assert len(reading.rounds(svg, "teal-wash")) == count
        assert reading.outside(svg) == []
        assert reading.collisions(svg) == []


def test_the_area_of_a_circle_follows_the_number_of_members() -> None:
    groups = [Group("Klein", 12), Group("Groot", 27)]
    small, large = sorted(r for _, _, r in reading.rounds(drawn(groups, []).wide, "teal-wash"))
    assert large**2 / small**2 == pytest.approx(27 / 12, rel=0.02)


def test_strong_is_thick_some_is_thin_few_is_nothing() -> None:
    groups = [Group(name, 12) for name in "abcd"]
    ties = [Tie(0, 1, "strong"), Tie(1, 2, "some"), Tie(2, 3, "few")]
    svg = drawn(groups, ties).wide
    assert lines(svg, "teal") == [11]
    assert lines(svg, "teal-mid") == [3]
    assert strokes(svg) == []


def test_a_hidden_tie_is_hatched_and_so_unlike_few() -> None:
    groups = [Group(name, 12) for name in "ab"]
    few, hidden = (drawn(groups, [Tie(0, 1, kind)]).wide for kind in ("few", "hidden"))
    assert (len(strokes(few)), len(strokes(hidden))) == (0, 1)
    assert "niet te zien" in reading.words(hidden)
    assert "niet te zien" not in reading.words(few)


@pytest.mark.parametrize("turn", range(0, 180, 15))
def test_a_hatched_line_never_looks_like_a_thin_line(turn: int) -> None:
    dx, dy = 200 * math.cos(math.radians(turn)), 200 * math.sin(math.radians(turn))
    curve = Curve(Tie(0, 1, "hidden"), 0, 0, dx / 2, dy / 2, dx, dy)
    sheet = Sheet(920, 400)
    _hatched_line(sheet, curve)
    stroke = re.findall(r"M(\S+) (\S+)L([^M\s]+) ([^M\"]+)", sheet.parts[0])[0]
    x1, y1, x2, y2 = (float(part) for part in stroke)
    across = abs((x2 - x1) * dy - (y2 - y1) * dx) / 200
    assert across == pytest.approx(10 * math.sin(math.pi / 3), abs=0.2)


def test_a_hidden_group_is_hatched_says_so_and_has_no_lines() -> None:
    groups = [Group("Talen", 14), Group("Kunst", 12, False, "niet te zien"), Group("Zorg", 13)]
    ties = [Tie(0, 1, "strong"), Tie(1, 2, "hidden"), Tie(0, 2, "some")]
    svg = drawn(groups, ties, Key()).wide
    assert len(reading.rounds(svg, "teal-wash")) == 2
    assert (lines(svg, "teal"), lines(svg, "teal-mid"), strokes(svg)) == ([], [3], [])
    assert reading.words(svg).count("niet te zien") == 1
    hatch = [path for path in reading.paths(svg) if path.attrib["d"].count("L") > 3]
    assert len(hatch) == 1


def test_the_number_of_members_of_a_hidden_group_is_not_written_in_it() -> None:
    svg = drawn([Group("Kunst", 12, False, "niet te zien"), Group("Zorg", 13)], []).wide
    assert [text for text in reading.words(svg) if text.isdigit()] == ["13"]


def test_each_kind_of_line_is_named_once() -> None:
    svg = drawn(*examples.a_map(6, "Talen")).wide
    said = reading.words(svg)
    assert [said.count(word) for word in ("veel", "soms")] == [1, 1]


def test_groups_that_ask_each_other_much_stand_close() -> None:
    ties = [Tie(0, 8, "strong"), *(Tie(a, b, "few") for a, b in ((1, 2), (3, 4), (5, 6)))]
    groups = [Group(f"Groep {number}", 12) for number in range(9)]
    for sizes, reach in ((SIZES_WIDE, 420), (SIZES_NARROW, 260)):
        places = place_groups(groups, ties, sizes)
        apart = ((places[0].x - places[8].x) ** 2 + (places[0].y - places[8].y) ** 2) ** 0.5
        assert apart < reach


def test_every_group_gets_a_seat_of_its_own() -> None:
    for count in range(12):
        _, ties = examples.a_map(count)
        assert sorted(seating(count, ties, is_wide=True)) == list(range(count))


def test_lines_avoid_other_circles_where_they_can() -> None:
    groups = [Group(name, 12) for name in ("a", "b", "c", "d", "e", "f")]
    ties = [Tie(0, 1, "some"), Tie(1, 2, "some"), Tie(3, 4, "strong"), Tie(4, 5, "some")]
    svg = drawn(groups, [*ties, Tie(0, 2, "some")]).wide
    rounds = reading.rounds(svg, "teal-wash")
    for path in reading.paths(svg):
        start, bend, end = _curve(path.attrib["d"])
        for step in range(1, 20):
            t = step / 20
            x, y = (
                (1 - t) ** 2 * start[k] + 2 * t * (1 - t) * bend[k] + t * t * end[k] for k in (0, 1)
            )
            over = [(a, b) for a, b, r in rounds if (x - a) ** 2 + (y - b) ** 2 < r**2]
            assert set(over) <= {_nearest(start, rounds), _nearest(end, rounds)}


def _curve(path: str) -> list[tuple[float, float]]:
    numbers = [float(part) for part in path.replace("M", " ").replace("Q", " ").split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _nearest(
    point: tuple[float, float], rounds: list[tuple[float, float, float]]
) -> tuple[float, float]:
    x, y, _ = min(rounds, key=lambda one: (one[0] - point[0]) ** 2 + (one[1] - point[1]) ** 2)
    return x, y


def test_a_tie_with_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="groups 0 and 5 of 2"):
        drawn([Group("a", 12), Group("b", 12)], [Tie(0, 5, "some")])
