"""Each figure of the network: its floor, its steps by size, its ends and its words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis import disclosure
from zwerm.analysis.disclosure import Shown, Withheld
from zwerm.analysis.response import Contract

Show = Callable[[int, Contract, int], Shown | Withheld]


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def mean(respondents: int, agreed: Contract = "full", floor: int = 10) -> Shown | Withheld:
    return disclosure.show_mean_named(
        5 * respondents, max(1, respondents), respondents, agreed=agreed, rng=rng(), floor=floor
    )


def share(
    respondents: int, agreed: Contract = "full", floor: int = 10, name: str = "reciprocity"
) -> Shown | Withheld:
    return disclosure.show_share(name, 40, 100, respondents, agreed=agreed, rng=rng(), floor=floor)


def across(respondents: int, agreed: Contract = "full", floor: int = 10) -> Shown | Withheld:
    return disclosure.show_share(
        "across", 40, 100, respondents, agreed=agreed, rng=rng(), floor=floor, from_respondents=20
    )


def centralization(
    respondents: int, agreed: Contract = "full", floor: int = 10
) -> Shown | Withheld:
    return disclosure.show_centralization(0.31, respondents, agreed=agreed, rng=rng(), floor=floor)


def coupling(respondents: int, agreed: Contract = "full", floor: int = 10) -> Shown | Withheld:
    return disclosure.show_coupling(
        0.62, 40, 60, respondents, agreed=agreed, rng=rng(), floor=floor
    )


def unnamed(respondents: int, agreed: Contract = "full", floor: int = 10) -> Shown | Withheld:
    return disclosure.show_unnamed(10, 60, respondents, agreed=agreed, floor=floor)


def step_of(figure: Shown | Withheld) -> float | str | None:
    return figure.reason if isinstance(figure, Withheld) else figure.step


FEW = "few_answers"


@pytest.mark.parametrize(
    ("show", "steps"),
    [
        (
            mean,
            {9: FEW, 10: 1, 19: 1, 20: 0.5, 49: 0.5, 50: 0.2, 99: 0.2, 100: 0.1, 400: 0.1},
        ),
        (
            share,
            {9: FEW, 10: 0.25, 19: 0.25, 24: 0.25, 25: 0.1, 49: 0.1, 50: 0.05, 400: 0.05},
        ),
        (across, {10: FEW, 19: FEW, 20: 0.25, 24: 0.25, 25: 0.1, 49: 0.1, 50: 0.05}),
        (
            centralization,
            {10: FEW, 19: FEW, 20: None, 49: None, 50: 0.1, 99: 0.1, 100: 0.05},
        ),
        (coupling, {10: FEW, 19: FEW, 20: 0.25, 39: 0.25, 40: 0.1, 150: 0.1}),
        (unnamed, {10: FEW, 19: FEW, 20: None, 150: None}),
    ],
)
def test_every_figure_has_the_floor_and_the_steps_that_were_agreed(
    show: Show, steps: dict[int, float | str | None]
) -> None:
    assert {n: step_of(show(n, "full", 10)) for n in steps} == steps


@pytest.mark.parametrize(
    ("show", "broad"),
    [
        (mean, True),
        (share, True),
        (centralization, True),
        (across, False),
        (coupling, False),
        (unnamed, False),
    ],
)
def test_the_response_contract_decides_what_may_be_shown(show: Show, broad: bool) -> None:
    assert isinstance(show(60, "full", 10), Shown)
    assert isinstance(show(60, "broad", 10), Shown) == broad
    assert show(60, "little", 10) == Withheld("contract")


@pytest.mark.parametrize("show", [mean, share, across, centralization, coupling, unnamed])
def test_a_school_may_raise_the_floor_of_every_figure(show: Show) -> None:
    assert show(29, "full", 30) == Withheld("few_answers")
    assert isinstance(show(30, "full", 30), Shown)


@given(st.integers(10, 400), st.integers(0, 20))
def test_every_step_of_the_mean_holds_at_least_ten_arcs(respondents: int, seed: int) -> None:
    shown = mean(respondents)
    assert isinstance(shown, Shown)
    assert shown.step is not None
    assert round(shown.step * respondents, 6) >= 10


def test_rows_that_do_not_count_make_no_finer_step() -> None:
    fakes_too = disclosure.show_mean_named(300, 60, 12, agreed="full", rng=rng())
    assert fakes_too == Shown("number", "high", 5.0, 1.0)


def test_a_mean_of_nothing_is_said_as_at_most_one_step() -> None:
    assert disclosure.show_mean_named(0, 60, 60, agreed="full", rng=rng()) == Shown(
        "number", "low", 0.2, 0.2, "low"
    )
    nothing = {
        disclosure.show_mean_named(arcs, 60, 60, agreed="full", rng=rng()) for arcs in range(4)
    }
    assert len(nothing) == 1


@pytest.mark.parametrize(
    ("value", "word"), [(0.0, "low"), (0.199, "low"), (0.2, "middle"), (0.4, "high"), (1.0, "high")]
)
def test_centralization_is_a_word_at_twenty_to_49(value: float, word: str) -> None:
    shown = disclosure.show_centralization(value, 30, agreed="full", rng=rng())
    assert shown == Shown("word", word)  # type: ignore[arg-type]


def test_centralization_has_ends_too() -> None:
    low = disclosure.show_centralization(0.01, 60, agreed="full", rng=rng())
    high = disclosure.show_centralization(0.99, 120, agreed="full", rng=rng())
    assert (low, high) == (
        Shown("number", "low", 0.1, 0.1, "low"),
        Shown("number", "high", 0.95, 0.05, "high"),
    )


@pytest.mark.parametrize(("leaders", "others"), [(9, 60), (60, 9), (0, 60)])
def test_coupling_needs_ten_inside_the_group_and_ten_outside(leaders: int, others: int) -> None:
    shown = disclosure.show_coupling(0.8, leaders, others, 60, agreed="full", rng=rng())
    assert shown == Withheld("no_group")


def test_a_coupling_of_a_half_never_reads_as_somewhat_more() -> None:
    for respondents in (20, 39, 40, 150):
        shown = disclosure.show_coupling(0.5, 20, 40, respondents, agreed="full", rng=rng())
        assert isinstance(shown, Shown)
        assert (shown.value, shown.word) == (0.5, "low")


def test_unnamed_is_under_a_tenth_or_up_to_a_quarter_or_more() -> None:
    def word(count: int, members: int) -> tuple[str, str | None]:
        shown = disclosure.show_unnamed(count, members, 25, agreed="full")
        assert isinstance(shown, Shown)
        return shown.word, shown.end

    assert [word(count, 40) for count in (0, 3, 4, 10, 11)] == [
        ("low", None),
        ("low", None),
        ("middle", None),
        ("middle", None),
        ("high", None),
    ]
    assert [word(count, 30) for count in (0, 3, 7, 8)] == [
        ("middle", "low"),
        ("middle", "low"),
        ("middle", "low"),
        ("high", None),
    ]


@given(st.integers(20, 400))
def test_every_end_of_unnamed_covers_at_least_four_counts(members: int) -> None:
    shown = [
        disclosure.show_unnamed(count, members, 25, agreed="full") for count in range(members + 1)
    ]
    assert shown.count(shown[0]) >= 4
    assert shown.count(shown[-1]) >= 4


def test_a_profile_needs_two_of_the_three_and_twenty_respondents() -> None:
    def profile(*words: str, respondents: int = 20) -> Shown | Withheld:
        three = [Shown("word", word) for word in words]  # type: ignore[arg-type]
        return disclosure.show_profile(three[0], three[1], three[2], respondents)

    assert profile("high", "high", "high") == Shown("word", "high")
    assert profile("high", "low", "low") == Shown("word", "high")
    assert profile("low", "high", "high") == Shown("word", "low")
    assert profile("low", "middle", "middle") == Shown("word", "middle")
    assert profile("high", "middle", "high") == Shown("word", "middle")
    assert profile("high", "high", "low", respondents=19) == Withheld("few_answers")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_profile_is_not_shown_without_all_three(place: int) -> None:
    three: list[Shown | Withheld] = [Shown("word", "low")] * 3
    three[place] = Withheld("dominance")
    held = disclosure.show_profile(three[0], three[1], three[2], 40)
    assert held == Withheld("dominance")
