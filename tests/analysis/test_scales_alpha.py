"""Cronbach's alpha, against R psych and by its properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.scale_answers import REFERENCE, Table, answered, answers_of, numbers, published
from zwerm.analysis.scales import Alpha, Missing, Unfit, alpha, covariance, keyed


def check(found: Alpha, expected: dict[str, Any]) -> None:
    for name in ("value", "standardized", "mean_r", "se", "low", "high", "item_rest"):
        assert getattr(found, name) == pytest.approx(expected[name], abs=1e-10), name
    assert found.without == pytest.approx(expected["without"] or (None, None), abs=1e-10)


@pytest.mark.parametrize("name", ["plain", "holed", "seven", "two"])
def test_alpha_is_what_psych_says_of_invented_answers(name: str) -> None:
    check(alpha(answers_of(name)), REFERENCE[name]["alpha"])


def test_listwise_alpha_is_what_psych_says_of_who_answered_all() -> None:
    found = alpha(answers_of("holed"), "listwise")
    check(found, REFERENCE["holed"]["alpha_listwise"])
    assert found.people == int(np.isfinite(answers_of("holed")).all(axis=1).sum())


def test_a_reversed_item_with_its_key_gives_what_psych_says_of_the_plain_one() -> None:
    opposed = REFERENCE["opposed"]
    check(alpha(keyed(answers_of("opposed"), reverse=opposed["reverse"])), opposed["alpha"])


@pytest.mark.parametrize(
    ("scale", "items"),
    [("visual", "x1 x2 x3"), ("textual", "x4 x5 x6"), ("speed", "x7 x8 x9")],
)
def test_alpha_of_the_published_tests_of_pupils_is_what_psych_says(scale: str, items: str) -> None:
    columns, expected = published("holzinger-cfa")
    said = expected["reliability"][scale]
    found = alpha(numbers(columns, *items.split()))
    assert found.value == pytest.approx(said["raw_alpha"], abs=1e-12)
    assert found.standardized == pytest.approx(said["std_alpha"], abs=1e-12)
    assert found.mean_r == pytest.approx(said["average_r"], abs=1e-12)
    assert list(found.item_rest) == pytest.approx(list(said["item_rest_r"].values()), abs=1e-12)
    assert list(found.without) == pytest.approx(list(said["alpha_if_dropped"].values()), abs=1e-12)


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_items_makes_no_difference(table: Table, random: Any) -> None:
    people, items = list(range(len(table))), list(range(table.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    one, other = alpha(table), alpha(table[people][:, items])
    for name in ("value", "standardized", "mean_r", "se", "low", "high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)
    assert [one.item_rest[item] for item in items] == pytest.approx(list(other.item_rest), abs=1e-9)


@given(answered(share=0.2), st.integers(0, 1), st.sampled_from(["pairwise", "listwise"]))
def test_a_reversed_item_with_its_key_makes_no_difference(
    table: Table, item: int, missing: Missing
) -> None:
    opposed = table.copy()
    opposed[:, item] = 6 - opposed[:, item]
    one, other = alpha(table, missing), alpha(keyed(opposed, reverse=[item]), missing)
    assert one.value == pytest.approx(other.value, abs=1e-9)


@given(answered(share=0.1), st.floats(-1e4, 1e4), st.floats(0.01, 100))
def test_another_origin_and_unit_of_all_items_make_no_difference(
    table: Table, origin: float, unit: float
) -> None:
    one, other = alpha(table), alpha(origin + unit * table)
    assert one.value == pytest.approx(other.value, abs=1e-6)
    assert one.se == pytest.approx(other.se, abs=1e-6)


@given(answered())
def test_without_missing_answers_pairwise_and_listwise_are_the_same(table: Table) -> None:
    assert alpha(table).value == alpha(table, "listwise").value


@given(answered(share=0.15))
def test_pairwise_covariances_are_those_of_who_answered_both(table: Table) -> None:
    found = covariance(table).matrix
    both = np.isfinite(table[:, 0]) & np.isfinite(table[:, 1])
    assert found[0, 1] == pytest.approx(np.cov(table[both][:, :2].T)[0, 1], abs=1e-9)


@given(answered(least_items=3))
def test_no_item_and_no_sum_is_ever_said_to_vary_more_than_everything(table: Table) -> None:
    found = alpha(table)
    assert found.value <= 1
    assert found.low <= found.value <= found.high <= 1
    assert all(one is None or -1 - 1e-9 <= one <= 1 + 1e-9 for one in found.item_rest)


def test_copies_of_one_item_agree_completely() -> None:
    found = alpha(np.repeat([[1.0], [2.0], [5.0], [3.0]], 3, axis=1))
    assert found.value == pytest.approx(1)
    assert (found.se, found.low, found.high) == pytest.approx((0, 1, 1), abs=1e-6)


def test_opposed_items_give_an_alpha_below_zero() -> None:
    table = np.array([[1.0, 5.0], [2.0, 3.0], [4.0, 2.0], [5.0, 2.0]])
    assert alpha(table).value < 0


def test_two_items_have_no_alpha_without_one() -> None:
    assert alpha(answers_of("two")).without == (None, None)


def test_items_that_cancel_out_with_one_beside_them_have_no_item_rest() -> None:
    base = np.array([1.0, 2.0, 4.0, 5.0, 3.0])
    third = np.array([1.0, 2.0, 2.0, 5.0, 4.0])
    found = alpha(np.column_stack([base, 6 - base, third]))
    assert found.item_rest[2] is None
    assert found.without[2] is None


def test_the_standardized_alpha_is_missing_where_correlations_cancel_out() -> None:
    base = np.array([1.0, 2.0, 4.0, 5.0, 3.0])
    found = alpha(np.column_stack([base, -2 * base]))
    assert found.standardized is None
    assert found.value < 0


GAP = np.nan
AGAINST_EACH_OTHER = np.array(
    [
        *[[1, 3, GAP], [2, 2, GAP], [3, 1, GAP]],
        *[[1, GAP, 3], [2, GAP, 2], [3, GAP, 1]],
        *[[GAP, 1, 3], [GAP, 2, 2], [GAP, 3, 1]],
    ]
)
"""Each two items run against each other, which three cannot."""


@pytest.mark.parametrize(
    ("table", "reason", "text"),
    [
        (np.ones((5, 1)), "few_items", "two items or more"),
        (np.empty((5, 0)), "few_items", "got 0"),
        (np.ones(5), "no_table", "1 dimension"),
        (np.full((5, 2), np.nan), "few_people", "answered by 0"),
        (np.empty((0, 2)), "few_people", "answered by 0"),
        (np.array([[1.0, 2.0]]), "few_people", "answered by 1"),
        (np.array([[1.0, 3.0], [2.0, 3.0], [3.0, 3.0]]), "same_answers", "item 1 has the same"),
        (np.array([[1e9, 0.1], [2e9, 0.1], [3e9, 0.1]]), "same_answers", "item 1 has the same"),
        (np.array([[1.0, 5.0], [2.0, 4.0], [3.0, 3.0]]), "cancelled", "reverse the opposed"),
        (np.array([[1.0, np.inf], [2.0, 4.0]]), "outside", "infinite"),
        (np.array([[1.0, -1e60], [2.0, 4.0]]), "outside", r"larger than 1e\+50; correct it"),
        (AGAINST_EACH_OTHER, "contradiction", "too many answers are missing.*; try listwise"),
    ],
)
def test_answers_that_allow_no_alpha_are_refused_with_the_reason(
    table: Table, reason: str, text: str
) -> None:
    with pytest.raises(Unfit, match=text) as refused:
        alpha(table)
    assert refused.value.reason == reason


def test_items_that_nobody_answered_together_are_named() -> None:
    nan = np.nan
    table = np.array([[1, 2, nan], [2, 4, nan], [3, nan, 1], [4, nan, 5.0]])
    with pytest.raises(Unfit, match="items 1 and 2: answered by 0") as refused:
        alpha(table)
    assert (refused.value.reason, refused.value.items) == ("few_people", (1, 2))
    with pytest.raises(Unfit, match="try pairwise"):
        alpha(table, "listwise")


def test_people_who_answered_nothing_are_not_counted() -> None:
    table = np.vstack([answers_of("plain"), np.full((9, 5), np.nan)])
    check(alpha(table), REFERENCE["plain"]["alpha"])
    assert alpha(table).people == 60
