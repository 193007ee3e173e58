"""Scales: three shares in one bar, how conditions fit, and lines without a good side."""

import pytest

from tests.pictures import examples, reading
from zwerm.pictures.bars import Part, Shares
from zwerm.pictures.figures import Level, Step
from zwerm.pictures.scales import Family, Fit, Scale, draw_conditions, draw_drives, draw_lines

ENDS = ("oneens", "ertussenin", "eens")


def bar(result: Shares) -> str:
    return draw_drives([Scale("variety", "Variatie", result)], ENDS, examples.words()).wide


def lengths(svg: str) -> list[float]:
    found = [bars[0] for token in ("sunk", "band", "teal") if (bars := reading.bars(svg, token))]
    return [right - left for left, right in found]


def test_each_share_is_as_long_as_its_part_of_the_bar() -> None:
    disagree, between, agree = lengths(bar(examples.shares(0.1, 0.2, 0.7)))
    room = 900 - 330 - 2 * 2
    assert disagree + 1 == pytest.approx(0.1 * room, abs=0.2)
    assert between + 1 == pytest.approx(0.2 * room, abs=0.2)
    assert agree == pytest.approx(0.7 * room, abs=0.2)


def test_shares_that_do_not_add_up_still_fill_the_bar() -> None:
    svg = bar(examples.shares(0.25, 0.25, 0.75))
    assert reading.bars(svg, "sunk")[0][0] == pytest.approx(330.5)
    assert reading.bars(svg, "teal")[0][1] == pytest.approx(900, abs=0.2)


def test_a_merged_end_band_takes_the_middle_of_what_it_covers() -> None:
    most = Part(Step(0.2, 0.1, end="low"), "hoogstens 2 van de 10", "≤ 2")
    svg = bar(Shares(most, examples.part(0.4), examples.part(0.5)))
    disagree, between, _ = lengths(svg)
    assert (disagree + 1) / (between + 1) == pytest.approx(0.1 / 0.4, abs=0.01)


def test_words_that_do_not_fit_give_way_to_the_short_ones() -> None:
    svg = bar(examples.shares(0.1, 0.1, 0.8))
    numbers = [text for text in reading.words(svg) if text[0].isdigit()]
    assert numbers == ["1", "1", "8 van de 10"]


def test_a_share_of_nothing_is_left_out() -> None:
    svg = bar(examples.shares(0.0, 0.5, 0.5))
    assert reading.bars(svg, "sunk") == []


def test_shares_that_are_only_words_still_show_which_is_largest() -> None:
    parts = [Part(Level(word), "", "") for word in ("low", "middle", "high")]
    disagree, between, agree = lengths(bar(Shares(*parts)))
    assert disagree < between < agree


def test_the_bracket_runs_from_the_highest_to_the_lowest_condition() -> None:
    names = ("culture", "vision", "space", "structure")
    scales = [Scale(name, name, examples.shares(0.2, 0.3, 0.5)) for name in names]
    family = Family("", scales, Fit("structure", "vision", "groot verschil"))
    svg = draw_conditions([family], ENDS, examples.words()).wide
    middles = [
        float(rect.attrib["y"]) + float(rect.attrib["height"]) / 2
        for rect in reading.parsed(svg).iter(f"{reading.SVG}rect")
        if "--teal," in rect.attrib["fill"]
    ]
    bracket = next(path.attrib["d"] for path in reading.paths(svg) if "v" in path.attrib["d"])
    assert bracket == f"M776.0 {middles[1]:.1f}h8v{middles[3] - middles[1]:.1f}h-8"
    assert "groot verschil" in reading.words(svg)


def test_without_a_fit_there_is_no_bracket() -> None:
    family = Family("", [Scale("culture", "Cultuur", examples.shares(0.2, 0.3, 0.5))])
    assert reading.paths(draw_conditions([family], ENDS, examples.words()).wide) == []


def test_a_fit_of_a_scale_that_is_not_there_is_left_out() -> None:
    scales = [Scale("culture", "Cultuur", examples.shares(0.2, 0.3, 0.5))]
    family = Family("", scales, Fit("culture", "vision", "groot"))
    assert reading.paths(draw_conditions([family], ENDS, examples.words()).wide) == []


def test_on_a_line_without_a_good_side_both_ends_look_alike() -> None:
    scale = Scale("form", "Vorm", examples.shares(0.4, 0.3, 0.3), ends=("los", "", "vast"))
    svg = draw_lines([scale], examples.words()).wide
    assert len(reading.bars(svg, "teal-wash")) == 2
    assert reading.bars(svg, "teal") == []
    assert {"los", "vast"} <= set(reading.words(svg))


@pytest.mark.parametrize("count", [0, 1, 7, 20])
def test_any_number_of_long_scales_stays_readable(count: int) -> None:
    results = (examples.shares(0.1, 0.2, 0.7), Level("low"), examples.shares(0.3, 0.3, 0.4))
    scales = [
        Scale(str(number), examples.LONG * 2, results[number % 3], examples.LONG * 2, "soms eens")
        for number in range(count)
    ]
    picture = draw_drives(scales, ENDS, examples.words())
    for svg in (picture.wide, picture.narrow):
        assert reading.outside(svg) == []
        assert reading.collisions(svg) == []
