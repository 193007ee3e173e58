"""Dials: a figure stands where it is, however it was published."""

import pytest

from tests.pictures import examples, reading
from zwerm.pictures.dials import Dial, draw_dials
from zwerm.pictures.figures import Figure, Level, Step, Withheld
from zwerm.pictures.svg import Picture

# The line of the wide drawing runs from 300 to 900, so a share of .1 is 60 long.
LEFT, TENTH = 300, 60


def dial(now: Figure, **extra) -> Dial:
    given = {"start": 0.0, "end": 1.0, "now_label": "zoveel", "cuts": (0.2, 0.5), **extra}
    return Dial("Over en weer", "Vraag?", now=now, start_word="nooit", end_word="altijd", **given)


def drawn(*dials: Dial) -> Picture:
    return draw_dials(dials, examples.words())


def teal(now: Figure, **extra) -> tuple[float, float]:
    found = reading.bars(drawn(dial(now, **extra)).wide, "teal")
    assert len(found) == 1
    return found[0]


def test_the_step_is_drawn_as_long_as_it_is_published() -> None:
    assert teal(Step(0.35, 0.1)) == (LEFT + 3 * TENTH, LEFT + 4 * TENTH)


def test_a_step_too_small_to_see_is_a_round_in_its_place() -> None:
    assert teal(Step(0.5, 0.01)) == (600 - 7, 600 + 7)


def test_the_interval_is_a_soft_band_around_the_step() -> None:
    svg = drawn(dial(Step(0.35, 0.1, low=0.25, high=0.55))).wide
    assert reading.bars(svg, "band") == [(LEFT + 2.5 * TENTH, LEFT + 5.5 * TENTH)]


def test_without_an_interval_there_is_no_band() -> None:
    assert reading.bars(drawn(dial(Step(0.35, 0.1))).wide, "band") == []


def test_at_most_is_a_bar_from_the_low_end() -> None:
    assert teal(Step(0.2, 0.1, end="low")) == (LEFT, LEFT + 2 * TENTH)


def test_at_least_is_a_bar_to_the_high_end() -> None:
    assert teal(Step(0.8, 0.1, end="high")) == (LEFT + 8 * TENTH, 900)


def test_on_a_turned_line_low_stands_at_the_right() -> None:
    assert teal(Step(0.2, 0.1, end="low"), start=1.0, end=0.0) == (900 - 2 * TENTH, 900)


@pytest.mark.parametrize(
    ("word", "ends"),
    [("low", (0, 2)), ("middle", (2, 5)), ("high", (5, 10))],
)
def test_a_word_fills_its_zone_and_leaves_the_others_open(word, ends) -> None:
    svg = drawn(dial(Level(word))).wide
    left, right = reading.bars(svg, "teal")[0]
    assert (left, right) == pytest.approx(
        (LEFT + ends[0] * TENTH + 1.5, LEFT + ends[1] * TENTH - 1.5), abs=0.11
    )
    assert len(reading.bars(svg, "sunk")) == 2


def test_on_a_turned_line_the_low_zone_stands_at_the_right() -> None:
    left, right = teal(Level("low"), start=1.0, end=0.0)
    assert (left, right) == pytest.approx((900 - 2 * TENTH + 1.5, 900 - 1.5), abs=0.11)


def test_a_withheld_figure_says_why_and_shows_nothing_else() -> None:
    svg = drawn(dial(Withheld("Te weinig antwoorden"), teams=(0.3, 0.4))).wide
    assert "Te weinig antwoorden" in reading.words(svg)
    assert reading.bars(svg, "teal") == []
    assert reading.rounds(svg, "paper") == []
    assert "altijd" not in reading.words(svg)


def test_every_team_is_an_open_round_in_its_place() -> None:
    svg = drawn(dial(Step(0.3, 0.1), teams=(0.405, 0.8))).wide
    assert [x for x, _, _ in reading.rounds(svg, "paper")] == [543.0, 780.0]


def test_last_time_is_an_open_shape_joined_to_now_by_a_dotted_slope() -> None:
    svg = drawn(dial(Step(0.65, 0.1), before=Step(0.35, 0.1), before_label="vorig jaar")).wide
    assert reading.bars(svg, "paper") == [(480, 540)]
    slopes = [
        line
        for line in reading.parsed(svg).iter(f"{reading.SVG}line")
        if line.get("stroke-dasharray") == "1 5"
    ]
    assert [(slope.attrib["x1"], slope.attrib["x2"]) for slope in slopes] == [("510", "690")]


@pytest.mark.parametrize("value", [0.0, 0.05, 0.35, 0.5, 0.65, 0.95, 1.0])
@pytest.mark.parametrize("with_before", [False, True])
def test_labels_keep_clear_wherever_the_value_stands(value: float, with_before: bool) -> None:
    extra = {"before": Step(value, 0.1), "before_label": "3 à 4 van de 10 vorig jaar"}
    long = dial(
        Step(value, 0.1, low=max(value - 0.3, 0), high=min(value + 0.3, 1)),
        now_label="minstens 7 à 8 van de 10 keer",
        teams=(0.3,),
        teams_label="14 teams uit onderzoek",
        verdict="no clear change",
        verdict_label="geen duidelijke verandering",
        **(extra if with_before else {}),
    )
    for svg in (drawn(long, long).wide, drawn(long, long).narrow):
        assert reading.outside(svg) == []
        assert reading.collisions(svg) == []


def test_no_dials_is_an_empty_sheet() -> None:
    assert reading.words(drawn().wide) == []


def test_a_step_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="got 0"):
        Step(0.5, 0)


def test_half_an_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="both ends"):
        Step(0.5, 0.1, low=0.4)
