"""Omega of one factor, against R lavaan, psych and factanal, and by its properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import check_grad

from tests.analysis.scale_answers import (
    REFERENCE,
    Table,
    answers_of,
    factorable,
    numbers,
    published,
)
from zwerm.analysis.scales import Omega, Unfit, covariance, keyed, omega
from zwerm.analysis.scales.omega import LEAST_UNIQUE, misfit


def check(found: Omega, expected: dict[str, Any]) -> None:
    """To the precision of lavaan, which stops earlier than we do."""
    for name in ("value", "standardized", "loadings", "uniquenesses"):
        assert getattr(found, name) == pytest.approx(expected[name], abs=1e-6), name
    assert found.heywood == ()


@pytest.mark.parametrize("name", ["plain", "seven"])
def test_omega_is_what_lavaan_says_of_invented_answers(name: str) -> None:
    found = omega(answers_of(name))
    expected = REFERENCE[name]["omega"]
    check(found, expected)
    assert found.chi_square == pytest.approx(expected["chi_square"], abs=1e-8)
    assert found.p == pytest.approx(expected["p"], abs=1e-8)
    assert found.df == expected["df"]


def test_pairwise_and_listwise_omega_are_what_lavaan_says() -> None:
    pairwise, listwise = omega(answers_of("holed")), omega(answers_of("holed"), "listwise")
    check(pairwise, REFERENCE["holed"]["omega"])
    check(listwise, REFERENCE["holed"]["omega_listwise"])
    assert (pairwise.chi_square, pairwise.p) == (None, None)
    said = REFERENCE["holed"]["omega_listwise"]["chi_square"]
    assert listwise.chi_square == pytest.approx(said, abs=1e-8)


def test_a_reversed_item_with_its_key_gives_what_lavaan_says_of_the_plain_one() -> None:
    opposed = REFERENCE["opposed"]
    check(omega(keyed(answers_of("opposed"), reverse=opposed["reverse"])), opposed["omega"])


def test_a_heywood_case_is_named_and_stays_where_factanal_stays() -> None:
    found = omega(answers_of("heywood"))
    assert found.heywood == (2,)
    said = REFERENCE["heywood"]["omega"]["uniquenesses"]
    assert list(found.uniquenesses) == pytest.approx(said, abs=1e-5)


@pytest.mark.parametrize(
    ("scale", "items"),
    [("visual", "x1 x2 x3"), ("textual", "x4 x5 x6"), ("speed", "x7 x8 x9")],
)
def test_omega_of_the_published_tests_of_pupils_is_what_psych_says(scale: str, items: str) -> None:
    """Three items fix one factor exactly: every way of fitting ends at the same."""
    columns, expected = published("holzinger-cfa")
    found = omega(numbers(columns, *items.split()))
    said = expected["reliability"][scale]["mcdonald_omega_total_1factor_minres"]
    assert found.standardized == pytest.approx(said, abs=2e-4)
    assert (found.df, found.chi_square, found.p) == (0, None, None)


@given(factorable(), st.integers(0, 2**32 - 1))
def test_the_slope_of_the_misfit_is_that_of_small_differences(table: Table, seed: int) -> None:
    correlations = covariance(table).correlations
    unique = np.random.default_rng(seed).uniform(0.2, 0.9, len(correlations))
    wrong = check_grad(
        lambda u: misfit(u, correlations)[0], lambda u: misfit(u, correlations)[1], unique
    )
    assert wrong < 1e-4 * max(1.0, float(np.abs(misfit(unique, correlations)[1]).max()))


@given(factorable(least_items=4))
def test_nothing_nearby_fits_better(table: Table) -> None:
    correlations = covariance(table).correlations
    unique = np.array(omega(table).uniquenesses)
    best = misfit(unique, correlations)[0]
    for item in range(len(unique)):
        for step in (-0.02, 0.02):
            moved = unique.copy()
            moved[item] = np.clip(moved[item] + step, LEAST_UNIQUE, 1.0)
            assert misfit(moved, correlations)[0] >= best - 1e-9


@given(factorable(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_items_makes_no_difference(table: Table, random: Any) -> None:
    people, items = list(range(len(table))), list(range(table.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    one, other = omega(table), omega(table[people][:, items])
    assert one.value == pytest.approx(other.value, abs=1e-5)


@given(factorable(), st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_another_origin_and_unit_of_all_items_make_no_difference(
    table: Table, origin: float, unit: float
) -> None:
    assert omega(table).value == pytest.approx(omega(origin + unit * table).value, abs=1e-5)


@given(factorable(), st.integers(0, 2))
def test_a_reversed_item_with_its_key_makes_no_difference(table: Table, item: int) -> None:
    opposed = table.copy()
    opposed[:, item] = 6 - opposed[:, item]
    turned = keyed(opposed, reverse=[item])
    assert omega(table).value == pytest.approx(omega(turned).value, abs=1e-9)


@given(factorable())
def test_omega_lies_between_nothing_and_everything(table: Table) -> None:
    found = omega(table)
    assert 0 <= found.value <= 1
    assert sum(found.loadings) >= 0
    assert all(LEAST_UNIQUE <= one <= 1 for one in found.uniquenesses)


@pytest.mark.parametrize(
    ("table", "reason", "text"),
    [
        (np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0]]), "two_items", "use alpha"),
        (np.ones((5, 1)), "few_items", "two items or more"),
        (np.eye(4), "fewer_than_items", "got 4 for 4"),
        (np.repeat([[1.0], [2.0], [5.0], [3.0]], 3, axis=1), "copies", "leave one out"),
        (np.column_stack([np.eye(5)[:, :3], np.ones(5)]), "same_answers", "item 3"),
    ],
)
def test_answers_that_allow_no_omega_are_refused_with_the_reason(
    table: Table, reason: str, text: str
) -> None:
    with pytest.raises(Unfit, match=text) as refused:
        omega(table)
    assert refused.value.reason == reason


def test_only_the_copies_are_named() -> None:
    rng = np.random.default_rng(4)
    table = rng.integers(1, 6, (40, 4)).astype(float)
    table[:, 3] = table[:, 1]
    with pytest.raises(Unfit, match=r"items \[1, 3\] are copies") as refused:
        omega(table)
    assert refused.value.items == (1, 3)


def test_pairwise_correlations_that_contradict_each_other_are_refused() -> None:
    """One and two go together, two and three too, but one and three are opposed."""
    nan = np.nan
    up = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    table = np.full((15, 3), nan)
    table[:5, 0], table[:5, 1] = up, up
    table[5:10, 1], table[5:10, 2] = up, up
    table[10:, 0], table[10:, 2] = up, up[::-1]
    with pytest.raises(Unfit, match="contradict each other; try listwise") as refused:
        omega(table)
    assert refused.value.reason == "contradiction"
