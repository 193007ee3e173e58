"""rwg, rwg(j), ICC(1) and ICC(2), against R multilevel and by their properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.scale_answers import (
    REFERENCE,
    Table,
    answered,
    answers_of,
    numbered,
    numbers,
    published,
)
from zwerm.analysis.scales import Icc, Unfit, agreement_by_group, icc, rwg, rwgj, uniform_variance

GROUP = np.array(REFERENCE["grouped"]["group"], dtype=np.int64)


def test_agreement_by_group_is_what_multilevel_says_of_invented_answers() -> None:
    found = agreement_by_group(answers_of("grouped"), GROUP)
    said = REFERENCE["grouped"]["rwgj"]
    assert list(found.values) == pytest.approx([one["rwg.j"] for one in said], abs=1e-12)
    assert list(found.people) == [one["gsize"] for one in said]
    assert found.mean == pytest.approx(np.mean([one["rwg.j"] for one in said]), abs=1e-12)


def test_agreement_on_one_item_is_what_multilevel_says() -> None:
    found = agreement_by_group(answers_of("grouped")[:, :1], GROUP)
    said = REFERENCE["grouped"]["rwg_first"]
    assert list(found.values) == pytest.approx([one["rwg"] for one in said], abs=1e-12)


def test_agreement_of_the_published_platoons_is_what_multilevel_says() -> None:
    columns, expected = published("cohesion-agreement")
    answers = numbers(columns, "COH01", "COH02", "COH03", "COH04", "COH05")
    group = numbered(columns["UNIT"])
    found = agreement_by_group(answers, group)
    assert list(found.values) == pytest.approx([one["rwg.j"] for one in expected["rwgj"]])
    first = agreement_by_group(answers[:, :1], group)
    assert list(first.values) == pytest.approx([one["rwg"] for one in expected["rwg_item1"]])


def check(found: Icc, said: dict[str, Any]) -> None:
    """As far as the six decimals of the published answers reach."""
    for name, key in (("one", "icc1_anova"), ("two", "icc2_anova"), ("f", "F"), ("p", "p")):
        assert getattr(found, name) == pytest.approx(said[key], rel=1e-6, abs=1e-7), name
    assert (found.between, found.within) == pytest.approx((said["msb"], said["msw"]))
    assert (found.people, found.groups) == (said["n"], said["groups"])
    assert found.group_size == pytest.approx(said["mean_group_size"])


def test_icc_is_what_multilevel_says_of_invented_answers() -> None:
    answers = answers_of("grouped")
    values = np.where(np.isfinite(answers).all(axis=1), answers.mean(axis=1), np.nan)
    found = icc(values, GROUP)
    for name, said in REFERENCE["grouped"]["icc"].items():
        assert getattr(found, name) == pytest.approx(said, abs=1e-9), name


def test_icc_of_the_published_scales_in_fifty_groups_is_what_multilevel_says() -> None:
    columns, expected = published("klein2000-groups")
    for name, said in expected["icc"].items():
        check(icc(numbers(columns, name)[:, 0], numbered(columns["GRPID"])), said)


def test_icc_of_the_published_classes_of_unequal_size_is_what_multilevel_says() -> None:
    columns, expected = published("nlschools")
    check(icc(numbers(columns, "lang")[:, 0], numbered(columns["class"])), expected["icc_lang"])


def test_icc_of_two_schools_is_what_multilevel_says() -> None:
    columns, expected = published("holzinger-cfa")
    found = icc(numbers(columns, "x1")[:, 0], numbered(columns["school"]))
    check(found, expected["icc_by_school_x1"])


@given(answered(), st.integers(2, 9))
def test_agreement_lies_between_nothing_and_everything(table: Table, points: int) -> None:
    assert 0 <= rwgj(table, points) <= 1


@given(answered())
def test_agreement_on_one_item_counts_its_variance(table: Table) -> None:
    spread = min(table[:, 0].var(ddof=1) / 2, 1.0)
    assert rwg(table[:, 0]) == pytest.approx(1 - spread)


@given(answered(), st.integers(0, 1), st.randoms(use_true_random=False))
def test_order_and_keys_make_no_difference_to_agreement(
    table: Table, item: int, random: Any
) -> None:
    people, items = list(range(len(table))), list(range(table.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    opposed = table[people][:, items]
    opposed[:, item] = 6 - opposed[:, item]
    assert rwgj(table) == pytest.approx(rwgj(opposed), abs=1e-9)


grouped_values = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 2)), min_size=5, max_size=30
).filter(lambda rows: len({group for _v, group in rows}) > 1 and len({v for v, _g in rows}) > 1)


@given(grouped_values, st.randoms(use_true_random=False), st.integers(-3, 3), st.integers(1, 4))
def test_order_names_of_groups_origin_and_unit_make_no_difference_to_icc(
    rows: list[tuple[int, int]], random: Any, origin: int, unit: int
) -> None:
    values, group = (np.array(one) for one in zip(*rows, strict=True))
    order = list(range(len(rows)))
    random.shuffle(order)
    one = icc(values.astype(float), group)
    other = icc((origin + unit * values[order]).astype(float), 7 - group[order])
    assert one.one == pytest.approx(other.one, abs=1e-9)
    assert one.one <= 1


@given(grouped_values)
def test_the_mean_squares_add_up_to_all_differences(rows: list[tuple[int, int]]) -> None:
    values, group = (np.array(one) for one in zip(*rows, strict=True))
    found = icc(values.astype(float), group)
    squares = found.between * (found.groups - 1) + found.within * (found.people - found.groups)
    assert squares == pytest.approx(values.var() * len(values), abs=1e-6)


def test_groups_of_one_mind_have_an_icc_of_one() -> None:
    found = icc(np.array([1.0, 1.0, 4.0, 4.0]), np.array([0, 0, 1, 1]))
    assert (found.one, found.two, found.f, found.p) == (1.0, 1.0, float("inf"), 0.0)


def test_equal_means_of_groups_leave_icc_two_undefined() -> None:
    found = icc(np.array([1.0, 3.0, 1.0, 3.0]), np.array([0, 0, 1, 1]))
    assert (found.one, found.two, found.f, found.p) == (-1.0, None, 0.0, 1.0)


def test_who_has_no_value_or_no_group_is_left_out() -> None:
    values = np.array([1.0, 2.0, 4.0, 5.0, np.nan, 3.0])
    found = icc(values, np.array([0, 0, 1, 1, 0, -1]))
    assert found == icc(values[:4], np.array([0, 0, 1, 1]))


@pytest.mark.parametrize(
    ("values", "group", "reason"),
    [
        ([1.0, 2.0, 3.0], [0, 0, 0], "one_group"),
        ([np.nan, np.nan], [0, 1], "one_group"),
        ([1.0, 2.0, 3.0], [0, 1, 2], "single_members"),
        ([0.1, 0.1, 0.1, 0.1, 0.1], [0, 0, 1, 1, 1], "same_answers"),
    ],
)
def test_values_that_allow_no_icc_are_refused_with_the_reason(
    values: list[float], group: list[int], reason: str
) -> None:
    with pytest.raises(Unfit) as refused:
        icc(np.array(values), np.array(group))
    assert refused.value.reason == reason


def test_a_variance_above_the_uniform_one_counts_as_no_agreement() -> None:
    assert rwg(np.array([1.0, 5.0, 1.0, 5.0])) == 0
    assert rwg(np.array([3.0, 3.0])) == 1


@pytest.mark.parametrize(("points", "variance"), [(2, 0.25), (5, 2.0), (7, 4.0)])
def test_the_uniform_variance_is_that_of_points_chosen_equally_often(
    points: int, variance: float
) -> None:
    assert uniform_variance(points) == variance == np.arange(points).var()


def test_agreement_needs_two_people_and_two_points() -> None:
    with pytest.raises(Unfit, match="two people who answered every item, got 1"):
        rwgj(np.array([[1.0, 2.0], [np.nan, 3.0]]))
    with pytest.raises(Unfit, match="got 0"):
        rwgj(np.empty((0, 0)))
    with pytest.raises(Unfit, match="two points or more, got 1"):
        rwg(np.array([1.0, 1.0]), points=1)


def test_a_group_of_one_has_no_agreement_and_no_part_in_the_mean() -> None:
    answers, group = np.array([[3.0], [4.0], [1.0]]), np.array([0, 0, 1])
    found = agreement_by_group(answers, group)
    assert (found.values, found.people, found.mean) == ((0.75, None), (2, 1), 0.75)
    assert agreement_by_group(answers[2:], group[2:] - 1).mean is None
    assert agreement_by_group(answers, np.full(3, -1)).values == ()


def test_values_and_groups_that_do_not_fit_are_told() -> None:
    group = np.array([0, 0, 1])
    with pytest.raises(Unfit, match=r"group must have shape \(4,\), got \(3,\)"):
        icc(np.ones(4), group)
    with pytest.raises(Unfit, match=r"group must have shape \(2,\), got \(3,\)"):
        agreement_by_group(np.ones((2, 4)), group)
    for far in (np.inf, -1e60):
        with pytest.raises(Unfit, match="infinite, or larger than") as refused:
            icc(np.array([1.0, far, 2.0]), group)
        assert refused.value.reason == "outside"
