"""A value on its grid: rounding, end bands, and the word for it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis.disclosure.figures import CUTS, HALVES, share_on_grid
from zwerm.analysis.disclosure.grid import Shown, Withheld, end_edge, on_grid, word_of

STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(st.floats(0, 40), st.sampled_from(STEPS), st.integers(50, 300))
def test_from_fifty_respondents_a_value_goes_to_the_nearest_step(
    value: float, step: float, respondents: int
) -> None:
    published = on_grid(value, step, respondents, rng())
    assert abs(published - value) <= step / 2 + 1e-9
    assert math.isclose(published / step, round(published / step), abs_tol=1e-6)


@given(st.floats(0, 40), st.sampled_from(STEPS), st.integers(1, 49), st.integers(0, 999))
def test_under_fifty_a_value_goes_to_one_of_the_two_steps_beside_it(
    value: float, step: float, respondents: int, seed: int
) -> None:
    published = on_grid(value, step, respondents, rng(seed))
    assert abs(published - value) < step + 1e-6
    assert math.isclose(published / step, round(published / step), abs_tol=1e-6)


@pytest.mark.parametrize(
    ("value", "step"), [(0.37, 0.25), (3.1, 1.0), (3.9, 0.5), (0.62, 0.1), (0.01, 0.25)]
)
@pytest.mark.parametrize("respondents", [10, 49])
def test_rounding_at_random_is_right_on_average(
    value: float, step: float, respondents: int
) -> None:
    chance = rng(8)
    draws = [on_grid(value, step, respondents, chance) for _ in range(40_000)]
    standard_error = step / 2 / math.sqrt(len(draws))
    assert abs(np.mean(draws) - value) < 4 * standard_error
    assert len(set(draws)) == 2


def test_a_value_that_lies_on_a_step_stays_there_whatever_the_draw() -> None:
    chance = rng(3)
    for step in STEPS:
        for steps in range(30):
            assert on_grid(steps * step, step, 12, chance) == round(steps * step, 10)


@given(st.sampled_from(STEPS[:4]), st.integers(1, 500))
def test_an_end_band_covers_at_least_four_counts_and_never_meets_the_other(
    step: float, possible: int
) -> None:
    edge = end_edge(step, possible)
    if edge is None:
        assert 3 / possible > 0.5 - step - 1e-9
        return
    inside = [count for count in range(possible + 1) if count / possible <= edge + 1e-9]
    assert len(inside) >= 4
    assert edge < 0.5
    assert math.isclose(edge / step, round(edge / step), abs_tol=1e-6)


@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from(STEPS[:4]),
    st.integers(1, 120),
    st.integers(0, 50),
)
def test_no_share_is_ever_nothing_or_everything(
    counts: tuple[int, int], step: float, respondents: int, seed: int
) -> None:
    count, possible = counts
    shown = share_on_grid(count / possible, possible, step, respondents, HALVES, rng(seed))
    if isinstance(shown, Withheld):
        assert end_edge(step, possible) is None
        return
    edge = end_edge(step, possible)
    assert edge is not None
    assert shown.value is not None
    assert edge <= shown.value <= 1 - edge
    assert (shown.end == "low") == (shown.value == edge)
    assert (shown.end == "high") == (shown.value == round(1 - edge, 10))


def test_the_two_ends_of_a_share_say_the_same_for_at_least_four_counts() -> None:
    for possible in (12, 25, 40, 100, 336):
        low = [share_on_grid(c / possible, possible, 0.05, 60, HALVES, rng()) for c in range(4)]
        high = [
            share_on_grid(1 - c / possible, possible, 0.05, 60, HALVES, rng()) for c in range(4)
        ]
        assert len(set(low)) == 1
        assert len(set(high)) == 1


def test_too_few_possible_counts_for_two_ends_are_not_shown_at_all() -> None:
    assert share_on_grid(0.5, 7, 0.25, 12, HALVES, rng()) == Withheld("few_answers")
    assert share_on_grid(0.5, 0, 0.25, 12, HALVES, rng()) == Withheld("few_answers")
    assert share_on_grid(0.5, 12, 0.25, 12, HALVES, rng()) == Shown("share", "middle", 0.5, 0.25)


def test_a_word_never_cuts_a_step_in_two() -> None:
    assert word_of(0.55, 0.05, None, CUTS["coupling"]) == "middle"
    assert word_of(0.5, 0.1, None, CUTS["coupling"]) == "low"
    assert word_of(0.6, 0.1, None, CUTS["coupling"]) == "middle"
    assert word_of(0.7, 0.1, None, CUTS["coupling"]) == "high"
    assert word_of(0.2, 0.2, None, (0.2, 0.5)) == "middle"
    assert word_of(0.25, 0.25, "low", (0.2, 0.5)) == "low"


@pytest.mark.parametrize("name", sorted(CUTS))
@pytest.mark.parametrize("step", STEPS)
def test_words_rise_with_the_value(name: str, step: float) -> None:
    order = {"low": 0, "middle": 1, "high": 2}
    words = [order[word_of(n * step, step, None, CUTS[name])] for n in range(60)]
    assert words == sorted(words)


def test_what_is_shown_and_what_is_not_become_plain_json() -> None:
    assert Shown("word", "low").to_json() == {"shown": True, "kind": "word", "word": "low"}
    assert Shown("word", "middle", end="low").to_json()["end"] == "low"
    assert Shown("share", "high", 0.75, 0.25, "high").to_json() == {
        "shown": True,
        "kind": "share",
        "word": "high",
        "value": 0.75,
        "step": 0.25,
        "end": "high",
    }
    assert Withheld("contract").to_json() == {"shown": False, "reason": "contract"}
