"""What people think, as three shares; and how far the conditions lie apart."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis.disclosure import (
    Fit,
    Shown,
    ShownScale,
    Withheld,
    lies_apart,
    show_coefficient,
    show_fit,
    show_scale,
)
from zwerm.analysis.disclosure.grid import Word
from zwerm.analysis.disclosure.scales import in_words, share_word


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def people(disagree: int, between: int, agree: int) -> npt.NDArray[np.float64]:
    return np.array([2.0] * disagree + [3.0] * between + [4.0] * agree)


def shown(disagree: int, between: int, agree: int, seed: int = 1) -> ShownScale:
    found = show_scale(people(disagree, between, agree), rng=rng(seed))
    assert isinstance(found, ShownScale)
    return found


def test_the_cuts_belong_to_the_middle() -> None:
    values = np.array([2.49] * 20 + [2.5] * 25 + [3.5] * 25 + [3.51] * 30)
    found = show_scale(values, rng=rng())
    assert isinstance(found, ShownScale)
    assert [one.value for one in (found.disagree, found.between, found.agree)] == [0.2, 0.5, 0.3]


@pytest.mark.parametrize(
    ("answered", "step"), [(5, None), (19, None), (20, 0.25), (49, 0.25), (50, 0.1), (200, 0.1)]
)
def test_words_under_twenty_then_quarters_then_tenths(answered: int, step: float | None) -> None:
    found = shown(0, answered // 2, answered - answered // 2)
    assert {one.step for one in (found.disagree, found.between, found.agree)} == {step}


def test_fewer_than_five_people_are_not_shown() -> None:
    assert show_scale(people(0, 0, 4), rng=rng()) == Withheld("few_answers")
    assert show_scale(people(0, 0, 7), rng=rng(), floor=8) == Withheld("few_answers")
    assert show_scale(people(0, 0, 19), rng=rng(), from_people=20) == Withheld("few_answers")


@given(st.integers(20, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_no_share_of_a_scale_is_nothing_or_everything(counts: tuple[int, int]) -> None:
    agree, answered = counts
    found = shown(answered - agree, 0, agree)
    for one in (found.disagree, found.between, found.agree):
        assert one.value is not None
        assert one.step is not None
        assert one.step <= one.value <= 1 - one.step
        assert (one.end is None) == (one.step < one.value < round(1 - one.step, 10))


def test_a_scale_is_kept_with_its_word_and_its_three_shares() -> None:
    found = shown(10, 20, 70).to_json()
    assert list(found) == ["word", "disagree", "between", "agree"]
    assert (found["word"], found["agree"]["value"], found["disagree"]["end"]) == (
        "high",
        0.7,
        "low",
    )


@given(st.integers(7, 19))
def test_the_end_words_of_few_answers_cover_at_least_four_counts(answered: int) -> None:
    words = [share_word(count, answered) for count in range(answered + 1)]
    assert words.count("low") == words.count("high") >= 4
    assert words == sorted(words, key=["low", "middle", "high"].index)


def test_with_five_or_six_answers_each_end_is_as_wide_as_it_can_be() -> None:
    assert [share_word(count, 5) for count in range(6)] == ["low"] * 3 + ["high"] * 3
    assert [share_word(n, 6) for n in range(7)] == ["low"] * 3 + ["middle"] + ["high"] * 3


@given(st.integers(5, 19), st.data())
def test_the_word_of_few_answers_follows_from_the_published_words(
    answered: int, data: st.DataObject
) -> None:
    disagree = data.draw(st.integers(0, answered))
    between = data.draw(st.integers(0, answered - disagree))
    found = shown(disagree, between, answered - disagree - between)
    assert found == in_words(found.disagree.word, found.between.word, found.agree.word)


@pytest.mark.parametrize(
    ("disagree", "agree", "word"),
    [
        ("low", "high", "high"),
        ("high", "low", "low"),
        ("low", "middle", "high"),
        ("middle", "low", "low"),
        ("middle", "middle", "middle"),
        ("low", "low", "middle"),
    ],
)
def test_few_answers_get_the_word_of_the_larger_side(
    disagree: Word, agree: Word, word: Word
) -> None:
    assert in_words(disagree, "low", agree).word == word


@given(st.integers(20, 200), st.integers(0, 30), st.data())
def test_the_word_of_a_scale_follows_from_its_published_shares(
    answered: int, seed: int, data: st.DataObject
) -> None:
    disagree = data.draw(st.integers(0, answered))
    found = shown(disagree, 0, answered - disagree, seed)
    agree, not_agree = found.agree.value or 0, found.disagree.value or 0
    if found.word == "high":
        assert agree >= 0.5
        assert agree > not_agree
    elif found.word == "low":
        assert not_agree >= 0.5
        assert not_agree > agree


def scale(agree: float, disagree: float) -> ShownScale:
    shares = [Shown("share", "middle", one, 0.1) for one in (disagree, 0.2, agree)]
    return ShownScale("middle", *shares)


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (scale(0.6, 0.2), scale(0.5, 0.2), "low"),
        (scale(0.6, 0.2), scale(0.4, 0.3), "middle"),
        (scale(0.8, 0.1), scale(0.4, 0.2), "high"),
    ],
)
def test_fit_is_the_gap_between_published_values(
    first: ShownScale, second: ShownScale, word: Word
) -> None:
    assert show_fit({"culture": first, "structure": second}) == Fit(
        word,
        "culture",
        "structure",
    )


def test_fit_needs_every_condition_that_was_asked() -> None:
    one = scale(0.6, 0.2)
    assert show_fit({}) == Withheld("not_asked")
    assert show_fit({"culture": one}) == Withheld("not_asked")
    held = show_fit({"culture": one, "vision": Withheld("few_answers")})
    assert held == Withheld("few_answers")


def test_fit_of_few_answers_follows_from_words() -> None:
    many, few = in_words("low", "low", "high"), in_words("high", "low", "low")
    fit = show_fit({"culture": many, "structure": few})
    assert isinstance(fit, Fit)
    assert fit.to_json() == {
        "shown": True,
        "word": "high",
        "highest": "culture",
        "lowest": "structure",
    }


# --- how questions hang together: R5b, from 50 people, to one decimal ---------


def coefficient(value: float, people: int = 50, floor: int = 0) -> Shown | Withheld:
    return show_coefficient(value, people, rng=rng(), floor=floor)


@pytest.mark.parametrize("people", [0, 5, 20, 49])
def test_no_coefficient_is_shown_of_fewer_than_fifty_people(people: int) -> None:
    assert coefficient(0.7, people) == Withheld("few_answers")
    assert isinstance(coefficient(0.7, 50), Shown)


def test_a_school_may_raise_the_floor_of_coefficients_and_never_lower_it() -> None:
    assert coefficient(0.7, 59, floor=60) == Withheld("few_answers")
    assert isinstance(coefficient(0.7, 60, floor=60), Shown)
    assert coefficient(0.7, 49, floor=5) == Withheld("few_answers")


@pytest.mark.parametrize(
    ("value", "published", "end", "word"),
    [
        (-3.0, 0.1, "low", "low"),
        (0.0, 0.1, "low", "low"),
        (0.1, 0.1, "low", "low"),
        (0.2, 0.2, None, "low"),
        (0.4, 0.4, None, "low"),
        (0.5, 0.5, None, "middle"),
        (0.6, 0.6, None, "middle"),
        (0.7, 0.7, None, "high"),
        (0.8, 0.8, None, "high"),
        (0.9, 0.9, "high", "high"),
        (1.0, 0.9, "high", "high"),
    ],
)
def test_a_coefficient_has_one_decimal_and_merged_ends(
    value: float, published: float, end: str | None, word: Word
) -> None:
    assert coefficient(value) == Shown("number", word, published, 0.1, end)  # type: ignore[arg-type]


@pytest.mark.parametrize("people", [50, 500])
def test_a_coefficient_goes_up_or_down_at_random_by_its_distance_at_any_size(people: int) -> None:
    shown = [show_coefficient(0.53, people, rng=rng(seed)) for seed in range(2_000)]
    values = [one.value for one in shown if isinstance(one, Shown)]
    assert set(values) == {0.5, 0.6}
    assert values.count(0.6) / 2_000 == pytest.approx(0.3, abs=0.04)


@given(st.floats(-5, 1), st.integers(50, 500))
def test_a_coefficient_is_never_published_finer_than_a_tenth(value: float, people: int) -> None:
    found = coefficient(value, people)
    assert isinstance(found, Shown)
    assert found.value in [round(tenth / 10, 1) for tenth in range(1, 10)]
    assert (found.end is None) == (0.1 < found.value < 0.9)


@pytest.mark.parametrize(
    ("disagree", "agree", "is_apart"),
    [(0.3, 0.3, True), (0.5, 0.5, True), (0.2, 0.6, False), (0.3, 0.2, False)],
)
def test_answers_lie_apart_when_three_in_ten_stand_on_each_side(
    disagree: float, agree: float, is_apart: bool
) -> None:
    agreed = Shown("number", "middle", 0.6, 0.1)
    assert lies_apart(scale(agree, disagree), agreed) is is_apart
    assert lies_apart(scale(agree, disagree), Withheld("few_answers")) is is_apart


def test_answers_lie_apart_when_the_published_agreement_is_low() -> None:
    quiet = scale(0.6, 0.2)
    assert lies_apart(quiet, Shown("number", "low", 0.4, 0.1))
    assert not lies_apart(quiet, Shown("number", "middle", 0.5, 0.1))


@pytest.mark.parametrize(
    ("disagree", "agree", "is_apart"),
    [
        ("middle", "middle", True),
        ("high", "middle", True),
        ("low", "high", False),
        ("middle", "low", False),
    ],
)
def test_answers_of_few_lie_apart_when_neither_side_is_a_smaller_part(
    disagree: Word, agree: Word, is_apart: bool
) -> None:
    few = in_words(disagree, "low", agree)
    assert lies_apart(few, Withheld("few_answers")) is is_apart
