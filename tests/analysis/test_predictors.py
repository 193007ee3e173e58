"""Relations and properties of people as predictors."""

from __future__ import annotations

import re
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.pairs_table import table_of
from zwerm.analysis.arcs import arcs_between
from zwerm.analysis.mrqap import Family, mrqap
from zwerm.analysis.predictors import (
    Predictor,
    Tied,
    absdiff,
    centred,
    check_numbers,
    known_of,
    predictor_of,
    receiver,
    same,
    sender,
    tied,
)
from zwerm.analysis.qap import qap


def tied_in(table: object) -> Tied:
    found = predictor_of(np.array(table, dtype=float))
    assert isinstance(found, Tied)
    return found


@given(st.integers(2, 8), st.integers(0, 2**32))
def test_a_table_is_what_it_was_but_for_its_diagonal(people: int, seed: int) -> None:
    table = np.random.default_rng(seed).integers(0, 3, (people, people)).astype(float)
    found = table_of(predictor_of(table))
    np.fill_diagonal(table, 0)
    assert found.tolist() == table.tolist()


def test_of_a_nearly_complete_table_the_pairs_that_lack_a_tie_are_kept() -> None:
    found = tied_in(1 - np.eye(5)[::-1] * (np.arange(5) != 2))
    assert (found.rest, len(found.source), set(found.extra)) == (1.0, 4, {-1.0})


def test_empty_rows_are_people_who_did_not_answer_and_single_gaps_are_missing() -> None:
    nan = np.nan
    found = tied_in([[0, 1, nan], [nan, nan, nan], [1, 1, 0]])
    assert found.known.tolist() == [True, False, True]
    assert [ends.tolist() for ends in found.missing] == [[0], [2]]


def test_of_a_table_without_any_answer_nothing_is_known() -> None:
    assert not tied_in(np.full((3, 3), np.nan)).known.any()


def test_arcs_bring_who_answered() -> None:
    silent = np.array([True, False, True])
    found = predictor_of(arcs_between(3, np.array([0]), np.array([1]), silent))
    assert known_of(found).tolist() == silent.tolist()
    assert known_of(receiver([1, 2])).tolist() == [True, True]


def test_without_arcs_every_pair_has_the_rest() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    assert table_of(tied(2, nobody, nobody)).tolist() == [[0, 0], [0, 0]]


def test_groups_may_have_any_number() -> None:
    numbers = same(np.array([1_000_000, -1, 7, -1, 7]))
    assert table_of(numbers)[2].tolist() == [0, 0, 0, 0, 1]
    assert numbers.group.max() == 3


@pytest.mark.parametrize(
    ("source", "target", "values", "told"),
    [
        ([0], [1, 2], None, "source, target and values must match, got 1, 2, 1"),
        ([0], [3], None, "an arc names somebody outside the 3 people"),
        ([0, 1], [0, 2], None, "1 arcs run from somebody to the same person"),
        ([0, 0], [1, 1], None, "1 arcs stand there twice"),
    ],
)
def test_arcs_that_cannot_be_are_refused(
    source: list[int], target: list[int], values: None, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        tied(3, np.array(source), np.array(target), values)


@pytest.mark.parametrize("shape", [(2, 3), (4,), (0, 0)])
def test_a_table_must_be_square(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a table of pairs must be square, got shape"):
        predictor_of(np.zeros(shape))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_who_lacks_a_number_is_counted_and_the_first_is_named(bad: float) -> None:
    for predictor in (receiver([1, bad, bad]), absdiff([1, bad, bad])):
        with pytest.raises(
            ValueError, match="age has no number for 2 people, the first at place 1"
        ):
            check_numbers("age", predictor)
    arcs = tied(2, np.array([0]), np.array([1]), [np.inf])
    with pytest.raises(ValueError, match="load has no number for 1 arcs, the first at place 0"):
        check_numbers("load", arcs)
    check_numbers("team", same(np.array([0, 1])))


@pytest.mark.parametrize("far", [1e60, -1e200, 1e-60, 5e-324])
def test_numbers_that_no_sum_of_squares_can_hold_are_told(far: float) -> None:
    numbers = np.array([1.0, 0.0, 0.5]) * far
    one, other = np.array([0, 1]), np.array([1, 2])
    apart = numbers[:, None] - numbers
    for relation in (
        receiver(numbers),
        sender(numbers),
        absdiff(numbers),
        tied(3, one, other, numbers[::2]),
        predictor_of(apart),
    ):
        with pytest.raises(
            ValueError, match=re.escape(f"of age is {abs(far):g}; take another unit")
        ):
            check_numbers("age", relation)


@pytest.mark.parametrize("unit", [1e50, 1e-50])
@pytest.mark.parametrize("family", get_args(Family))
def test_the_unit_of_a_predictor_says_nothing(unit: float, family: Family) -> None:
    draw = np.random.default_rng(4)
    y, level = (draw.random((9, 9)) < 0.4) * 1.0, draw.normal(size=9)
    level /= abs(level).max()
    xs: list[dict[str, Predictor]] = [
        {"level": receiver(level * one), "apart": absdiff(level)} for one in (1, unit)
    ]
    plain, other = (
        mrqap(y, x, rng=np.random.default_rng(1), permutations=50, family=family) for x in xs
    )
    for one, there in zip(plain.terms, other.terms, strict=True):
        assert there.t == pytest.approx(one.t, rel=1e-7)
        assert there.p == one.p
    ways = [qap(y, x["level"], rng=np.random.default_rng(1), permutations=50) for x in xs]
    assert ways[1].r == pytest.approx(ways[0].r, rel=1e-9)
    assert ways[1].p == ways[0].p


def test_what_is_taken_away_from_the_middle_can_be_given_back() -> None:
    for predictor in (receiver([2, 4, 9]), same(np.array([0, 0, 1])), tied_in(3 - np.eye(3)[::-1])):
        around, middle = centred(predictor)
        off = ~np.eye(3, dtype=bool)
        np.testing.assert_allclose(table_of(around)[off] + middle, table_of(predictor)[off])
