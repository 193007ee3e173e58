"""Slopes: more stands higher, and then and now are joined only if the verdict says so."""

import re
from dataclasses import replace
from itertools import product

import pytest

from tests.pictures import examples, reading
from zwerm.pictures.change import Slope, draw_change
from zwerm.pictures.dials import Verdict
from zwerm.pictures.figures import Level, Shown, Step

LINE = f"{reading.SVG}line"
LOW, HIGH = Step(0.3, 0.1), Step(0.7, 0.1)
VERDICTS: tuple[Verdict, ...] = ("risen", "fallen", "no clear change", "cannot say")


def slope(then: Shown, now: Shown, verdict: Verdict) -> Slope:
    return Slope(
        "Het terugvragen", 0, 1, (0.2, 0.5), then, "3 van de 10", now, "7 van de 10", verdict,
        "toegenomen",
    )  # fmt: skip


def drawn(*slopes: Slope) -> str:
    return draw_change(slopes, "november 2025", "november 2026", examples.words()).wide


def slanting(svg: str) -> list[tuple[float, float]]:
    """Where each line from then to now begins and ends: the smaller, the higher."""
    lines = [one.attrib for one in reading.parsed(svg).iter(LINE)]
    return [(float(a["y1"]), float(a["y2"])) for a in lines if a["x1"] != a["x2"]]


def corners(svg: str) -> list[tuple[float, ...]]:
    """The heights of each ribbon: top then, top now, bottom now, bottom then."""
    return [
        tuple(float(y) for _x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path.attrib["d"]))
        for path in reading.paths(svg)
    ]


def test_what_rises_slopes_upward_and_what_falls_downward() -> None:
    [(then, now)] = slanting(drawn(slope(LOW, HIGH, "risen")))
    assert now < then
    assert slanting(drawn(slope(HIGH, LOW, "fallen"))) == [(now, then)]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_without_a_verdict_that_way_nothing_slopes(verdict: Verdict) -> None:
    joined = {
        (then, now): len(slanting(drawn(slope(then, now, verdict))))
        for then, now in product((LOW, HIGH), (LOW, HIGH))
    }
    expected = dict.fromkeys(joined, 0)
    if verdict in {"risen", "fallen"}:
        expected[(LOW, HIGH) if verdict == "risen" else (HIGH, LOW)] = 1
    assert joined == expected


def test_the_ribbon_runs_from_one_interval_to_the_other() -> None:
    wide = slope(replace(LOW, low=0.1, high=0.5), replace(HIGH, low=0.6, high=0.8), "risen")
    [(top_then, top_now, bottom_now, bottom_then)] = corners(drawn(wide))
    assert bottom_then - top_then == pytest.approx(2 * (bottom_now - top_now), abs=0.2)
    assert top_now < top_then


def test_no_clear_change_is_a_level_ribbon_that_holds_both() -> None:
    [(top_then, top_now, bottom_now, bottom_then)] = corners(
        drawn(slope(LOW, replace(HIGH, low=0.5, high=0.9), "no clear change"))
    )
    assert (top_then, bottom_then) == (top_now, bottom_now)
    apart = corners(drawn(slope(LOW, HIGH, "risen")))[0]
    assert top_then < apart[1]
    assert bottom_then >= apart[3]


def test_what_cannot_be_said_is_joined_by_nothing() -> None:
    svg = drawn(slope(replace(LOW, low=0.1, high=0.5), HIGH, "cannot say"))
    assert (slanting(svg), corners(svg)) == ([], [])
    assert len(reading.bars(svg, "teal")) == 1
    assert len(reading.bars(svg, "line")) == 1


def test_then_is_open_and_now_is_solid() -> None:
    svg = drawn(slope(LOW, HIGH, "risen"))
    [then], [now] = reading.bars(svg, "paper"), reading.bars(svg, "teal")
    assert then[0] < now[0]


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("value", [0.0, 0.05, 0.5, 0.95, 1.0])
def test_words_keep_clear_wherever_the_values_stand(value: float, verdict: Verdict) -> None:
    long = replace(
        slope(Step(value, 0.1), Level("middle"), verdict),
        name="Hoeveel vragen er bij dezelfde paar mensen terechtkomen",
        then_label="minstens 7 à 8 van de 10 keer",
        now_label="sommigen meer dan anderen",
        verdict_label="geen duidelijke verandering",
    )
    picture = draw_change([long] * 3, "september 2025", "september 2026", examples.words())
    for svg in (picture.wide, picture.narrow):
        assert reading.outside(svg) == []
        assert reading.collisions(svg) == []


def test_nothing_to_draw_is_an_empty_sheet() -> None:
    assert reading.words(drawn()) == []
