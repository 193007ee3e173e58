"""Sums of products by structure, against every pair one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.pairs_table import predictors, table_of, turned
from zwerm.analysis.permuting import orders
from zwerm.analysis.predictors import Ends, Tied, absdiff, centred, same, tied
from zwerm.analysis.regression import lookup
from zwerm.analysis.regression.falling import LEAF, falling
from zwerm.analysis.regression.products import (
    column_of,
    counted,
    pairs_sharing,
    products_of,
    simplified,
)
from zwerm.analysis.regression.rows import row_products


@settings(max_examples=40)
@given(st.integers(2, 40), st.integers(0, 2**32), st.booleans(), st.booleans())
def test_sums_of_products_are_those_over_all_pairs(
    people: int, seed: int, has_silent: bool, moves_everybody: bool
) -> None:
    rng = np.random.default_rng(seed)
    known = rng.random(people) < 0.7 if has_silent else np.ones(people, dtype=bool)
    all_kinds = [centred(one)[0] for one in predictors(people, rng)]
    columns = [column_of(one, known) for one in all_kinds]
    order = orders(np.ones(people, dtype=bool) if moves_everybody else known, 3, rng)
    found = products_of(columns, columns, known).cross(order)
    tables = [table_of(one) for one in all_kinds]
    expected = [
        [
            [(turned(moved, order[:, at]) * still)[known].sum() for at in range(3)]
            for still in tables
        ]
        for moved in tables
    ]
    np.testing.assert_allclose(found, expected, atol=1e-8)


def test_many_people_are_looked_up_by_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    known = rng.random(30) < 0.8
    all_kinds = predictors(30, rng)
    order = orders(known, 4, rng)
    columns = [column_of(one, known) for one in all_kinds]
    expected = products_of(columns, columns, known).cross(order)
    monkeypatch.setattr(lookup, "CELLS", 0)
    columns = [column_of(one, known) for one in all_kinds]
    np.testing.assert_allclose(products_of(columns, columns, known).cross(order), expected)


def test_an_arc_with_the_mark_of_another_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookup, "CELLS", 0)
    monkeypatch.setattr(lookup, "MARKS", 1)
    relation = tied(5, np.array([0, 3]), np.array([1, 4]), [2.0, 5.0])
    every = np.nonzero(~np.eye(5, dtype=bool))
    places = lookup.Places(np.arange(5, dtype=np.int32)[:, None], *every)
    assert lookup.lookup_of(relation)(places)[:, 0].tolist() == relation.at(*every).tolist()


def test_of_no_arcs_nothing_is_found_by_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "CELLS", 0)
    nobody = np.zeros(0, dtype=np.int64)
    places = lookup.Places(np.arange(3, dtype=np.int32)[:, None], np.array([0]), np.array([2]))
    assert lookup.lookup_of(tied(3, nobody, nobody))(places).tolist() == [[0.0]]


def test_what_belongs_to_a_person_can_be_looked_up_too() -> None:
    one = Ends(np.array([1.0, 2.0]), np.array([10.0, 20.0]))
    places = lookup.Places(np.array([[0, 1], [1, 0]]), np.array([0]), np.array([1]))
    assert lookup.lookup_of(one)(places).tolist() == [[21.0, 12.0]]


def test_many_small_groups_are_kept_as_pairs_and_a_few_large_ones_are_not() -> None:
    small, large = same(np.arange(60) // 2), same(np.arange(60) // 20)
    assert isinstance(simplified(small), Tied)
    assert simplified(large) is large
    np.testing.assert_array_equal(table_of(simplified(small)), table_of(small))


def test_pairs_that_share_a_group_are_all_there_once() -> None:
    found = pairs_sharing(np.array([1, 0, 1, 2, 1]))
    pairs = sorted(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert pairs == [(0, 2), (0, 4), (2, 0), (2, 4), (4, 0), (4, 2)]


@given(st.integers(1, 700), st.integers(0, 2**32))
def test_more_than_fit_in_a_byte_are_counted(rows: int, seed: int) -> None:
    found = np.random.default_rng(seed).random((rows, 3)) < 0.9
    assert counted(found).tolist() == found.sum(axis=0).tolist()


@settings(max_examples=30)
@given(st.integers(0, 4), st.integers(0, 2**32))
def test_falling_pairs_are_all_found(doublings: int, seed: int) -> None:
    rng, size = np.random.default_rng(seed), 2 * LEAF * 2**doublings
    heights = rng.normal(size=(2, size))
    ranks = np.argsort(np.argsort(heights, axis=1), axis=1)
    places = np.sort(rng.normal(size=(2, size)), axis=1)
    found = falling(ranks, heights, places)
    for a, b, total in zip(heights, places, found, strict=True):
        down, up = np.maximum(a[:, None] - a, 0), b[None, :] - b[:, None]
        assert total == pytest.approx((np.triu(down, 1) * np.triu(up, 1)).sum())


@settings(max_examples=20)
@given(st.integers(2, 30), st.integers(0, 2**32))
def test_sums_of_rows_are_those_of_tables(people: int, seed: int) -> None:
    all_kinds = predictors(people, np.random.default_rng(seed))
    tables = np.array([table_of(one) for one in all_kinds])
    expected = np.einsum("kij,lij->kli", tables, tables)
    np.testing.assert_allclose(row_products(all_kinds), expected, atol=1e-9)


def test_differences_of_numbers_far_from_zero_stay_exact() -> None:
    years, rng = 2_000 + np.arange(40) % 7, np.random.default_rng(1)
    column = column_of(absdiff(years.astype(float)), np.ones(40, dtype=bool))
    order = orders(np.ones(40, dtype=bool), 2, rng)
    table = table_of(absdiff(years))
    expected = [(turned(table, order[:, at]) * table).sum() for at in range(2)]
    found = products_of([column], [column], np.ones(40, dtype=bool)).cross(order)
    np.testing.assert_allclose(found[0, 0], expected, rtol=1e-13)
