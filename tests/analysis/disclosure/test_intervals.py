"""How sure a published figure is: whole steps that follow from what is published."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis.disclosure import (
    Shown,
    ShownIntervals,
    Withheld,
    intervals,
    least_answered,
    may_be_chance,
    show_intervals,
)
from zwerm.analysis.disclosure.intervals import Steps, ends, reach, widths


def mean(value: float, step: float = 0.2) -> Shown:
    return Shown("number", "middle", value, step)


def share(value: float, step: float = 0.05, end: Any = None) -> Shown:
    return Shown("share", "middle", value, step, end)


def found(
    name: str, shown: Shown, respondents: int, members: int, answered: float = 0.8
) -> ShownIntervals:
    interval = show_intervals(name, shown, respondents, members=members, answered=answered)
    assert isinstance(interval, ShownIntervals)
    return interval


# --- the table ---------------------------------------------------------------


def test_the_table_holds_every_row_response_and_size() -> None:
    table = widths()
    assert set(table.rows) == set(intervals.ROWS)
    assert list(table.members) == sorted(table.members)
    assert table.responses == (0.65, 0.8, 0.9)
    for row in table.rows.values():
        assert [len(cells) for cells in row] == [len(table.members)] * 3
        assert all(len(cell) == 4 and min(cell) >= 0 for cells in row for cell in cells)


def test_between_two_sizes_lies_a_straight_line_of_logarithms() -> None:
    table = widths()
    small, large = table.members[4:6]
    ends_of = [table.at("across", one, 0.8) for one in (small, large)]
    between = table.at("across", round(math.sqrt(small * large)), 0.8)
    for low, value, high in zip(*ends_of[:1], between, *ends_of[1:], strict=True):
        assert value == pytest.approx((low + high) / 2, abs=0.002)
    assert table.at("across", 10_000, 0.8) == table.at("across", table.members[-1], 0.8)


@pytest.mark.parametrize("row", [row for row in intervals.ROWS if row != "coupling"])
def test_more_answers_never_leave_more_doubt_above(row: str) -> None:
    """Above the figure: below it reciprocity is hardly wrong at any response."""
    for members in (30, 84, 150):
        above = [widths().at(row, members, answered)[1] for answered in (0.65, 0.8, 0.9)]
        assert above == sorted(above, reverse=True)


def test_of_two_schools_alike_the_larger_is_surer() -> None:
    for row in ("mean_named", "reciprocity", "coupling", "across"):
        sizes = [sum(widths().at(row, members, 0.8)) for members in (25, 50, 84, 150)]
        assert sizes == sorted(sizes, reverse=True)


# --- whole steps -------------------------------------------------------------


def test_an_interval_is_whole_steps_outward() -> None:
    """The share published agrees with the exact width, rounded outward with its own rounding."""
    shown = share(0.35)
    exact = widths().at("reciprocity", 84, 0.8)
    steps = found("reciprocity", shown, 68, 84)
    said = [one for both in (steps.completion, steps.remeasurement) for one in (both.down, both.up)]
    assert list(steps.to_json()) == ["completion", "remeasurement"]
    assert [one for both in steps.to_json().values() for one in both.values()] == said
    for away, number in zip(exact, said, strict=True):
        assert number * 0.05 >= away
        assert number == math.ceil(math.hypot(away / 0.05, 0.45))


def test_a_value_that_was_rounded_at_random_lies_further_off() -> None:
    few = found("reciprocity", share(0.4, 0.1), 49, 60)
    many = found("reciprocity", share(0.4, 0.1), 50, 60)
    assert few.completion.down >= many.completion.down
    assert few.completion.up >= many.completion.up


def test_the_doubt_of_a_mean_grows_with_it() -> None:
    few, many = (found("mean_named", mean(value), 68, 84) for value in (2.0, 6.0))
    assert many.completion.down > few.completion.down
    assert many.completion.up > few.completion.up


@given(
    members=st.integers(12, 400),
    answered=st.sampled_from([0.65, 0.8, 0.9]),
    name=st.sampled_from(["mean_named", "reciprocity", "centralization", "coupling", "across"]),
    place=st.integers(1, 18),
)
def test_next_week_is_never_surer_than_had_everybody_answered(
    members: int, answered: float, name: str, place: int
) -> None:
    step = 0.2 if name == "mean_named" else 0.05
    kind: Any = "share" if name in {"reciprocity", "coupling", "across"} else "number"
    shown = Shown(kind, "middle", round(place * step, 10), step)
    interval = show_intervals(name, shown, 60, members=members, answered=answered)
    if isinstance(interval, Withheld):
        assert interval.reason == "too_wide"
        return
    inner, outer = interval.completion, interval.remeasurement
    assert inner.down >= 1
    assert inner.up >= 1
    assert outer.down >= inner.down
    assert outer.up >= inner.up
    low, high = ends(name, shown, inner)
    assert shown.value is not None
    assert 0 <= low <= shown.value <= high
    assert name == "mean_named" or high <= 1


def test_an_end_band_reaches_to_its_end() -> None:
    low = found("across", share(0.05, end="low"), 68, 84)
    high = found("across", share(0.95, end="high"), 68, 84)
    assert ends("across", share(0.05, end="low"), low.completion)[0] == 0.0
    assert ends("across", share(0.95, end="high"), high.completion)[1] == 1.0
    assert low.completion.down == high.completion.up == 1


def test_an_interval_never_leaves_what_is_possible() -> None:
    assert ends("across", share(0.9), Steps(1, 5)) == (0.85, 1.0)
    assert ends("mean_named", mean(0.4), Steps(5, 5)) == (0.0, 1.4)


# --- words -------------------------------------------------------------------


@pytest.mark.parametrize("word", ["low", "middle", "high"])
def test_a_word_may_be_the_next_one_when_it_moves_in_more_than_one_of_ten_schools(
    word: Any,
) -> None:
    for members in (25, 32, 45):
        moving = widths().at(f"centralization {word}", members, 0.8)
        interval = found("centralization", Shown("word", word), 24, members)
        assert interval.completion == Steps(int(moving[0] > 0.1), int(moving[1] > 0.1))
        assert interval.remeasurement == Steps(int(moving[2] > 0.1), int(moving[3] > 0.1))


def test_the_words_at_the_ends_of_an_interval() -> None:
    assert reach("reciprocity", share(0.35), Steps(2, 2)) == ("middle", "middle")
    assert reach("reciprocity", share(0.35), Steps(2, 4)) == ("middle", "high")
    assert reach("reciprocity", share(0.35), Steps(2, 3)) == ("middle", "middle")
    assert reach("centralization", Shown("word", "low"), Steps(0, 1)) == ("low", "middle")
    assert reach("centralization", Shown("word", "high"), Steps(1, 1)) == ("middle", "high")


# --- what cannot be said -----------------------------------------------------


def reason(name: str, shown: Shown, respondents: int, members: int, answered: float) -> str:
    interval = show_intervals(name, shown, respondents, members=members, answered=answered)
    assert isinstance(interval, Withheld)
    return interval.reason


def test_under_twelve_members_there_is_no_way_to_work_out_the_doubt() -> None:
    assert reason("mean_named", mean(3.0, 1.0), 10, 11, 0.8) == "few_members"
    assert found("mean_named", mean(3.0, 1.0), 10, 12, 0.8)


def test_the_mean_of_a_small_school_needs_the_full_response() -> None:
    assert reason("mean_named", mean(3.0, 1.0), 13, 19, 0.65) == "too_wide"
    assert found("mean_named", mean(3.0, 1.0), 13, 20, 0.65)
    assert found("reciprocity", share(0.5, 0.25), 13, 19, 0.65)


def test_what_is_too_wide_is_not_said() -> None:
    assert reason("mean_named", mean(9.0, 0.5), 20, 30, 0.65) == "too_wide"
    assert found("mean_named", mean(4.0, 0.5), 20, 30, 0.65)


def test_what_may_be_any_of_the_three_words_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = mean(3.0, 1.0)
    assert intervals.may_be_anything("mean_named", shown, Steps(2, 3))
    assert not intervals.may_be_anything("mean_named", shown, Steps(1, 2))
    assert intervals.may_be_anything("centralization", Shown("word", "middle"), Steps(1, 1))


def test_coupling_in_quarters_has_two_words_and_is_said_unless_anything_is_possible() -> None:
    half = share(0.5, 0.25)
    assert not intervals.may_be_anything("coupling", half, Steps(1, 1))
    assert intervals.may_be_anything("coupling", half, Steps(2, 2))
    assert found("coupling", share(0.75, 0.25, "high"), 24, 30)


# --- what is known of the response -------------------------------------------


def test_of_the_response_no_more_is_used_than_its_band_and_its_class() -> None:
    assert least_answered(0.65, "full") == 0.8
    assert least_answered(0.65, "broad") == 0.65
    assert least_answered(0.9, "full") == 0.9
    assert least_answered(0.5, "little") == 0.5


def test_under_sixty_five_per_cent_there_is_nothing_to_say_how_sure_it_is_of() -> None:
    with pytest.raises(ValueError, match="need a response of 65%, got 50%"):
        show_intervals("across", share(0.3), 60, members=84, answered=0.5)


# --- chance ------------------------------------------------------------------


def test_posts_dealt_at_random_do_as_much_unless_the_value_is_far_from_a_half() -> None:
    assert may_be_chance(share(0.6, 0.1), 17, 67, 68)
    assert not may_be_chance(share(0.8, 0.1), 17, 67, 68)
    assert not may_be_chance(share(0.2, 0.1), 17, 67, 68)
    assert may_be_chance(share(0.8, 0.1), 10, 12, 49)


def test_a_value_rounded_at_random_may_sooner_be_chance() -> None:
    assert may_be_chance(share(0.7, 0.1), 30, 30, 49)
    assert not may_be_chance(share(0.7, 0.1), 30, 30, 50)
