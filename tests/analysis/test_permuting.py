"""People who change places at random."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from scipy.stats import chisquare

from zwerm.analysis import permuting
from zwerm.analysis.permuting import (
    chance,
    check_permutations,
    in_portions,
    inverse_of,
    nobody_moves,
    orders,
    shuffled,
)


def test_every_order_has_the_same_chance() -> None:
    drawn = shuffled(4, 24_000, np.random.default_rng(1))
    counts = Counter(map(tuple, drawn.T.tolist()))
    assert set(counts) == set(permutations(range(4)))
    assert chisquare(list(counts.values())).pvalue > 0.001


def test_orders_of_equal_numbers_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def first_equal(count, kind, rng):
        drawn.append(count)
        first = [7, 7, 7, 3, 2, 1] if len(drawn) == 1 else [2, 3, 1]
        return np.array(first, dtype=kind)[:count] << kind(8)

    monkeypatch.setattr(permuting, "_random_bits", first_equal)
    assert shuffled(3, 2, np.random.default_rng(1)).T.tolist() == [[2, 0, 1], [2, 1, 0]]
    assert drawn == [6, 3]


@pytest.mark.parametrize("people", [0, 1, 2, 256, 257, 1_000])
def test_each_order_has_everybody_once(people: int) -> None:
    drawn = shuffled(people, 5, np.random.default_rng(2))
    assert drawn.shape == (people, 5)
    assert (np.sort(drawn, axis=0) == np.arange(people)[:, None]).all()


def test_who_is_known_takes_the_place_of_who_is_known() -> None:
    known = np.array([True, False, True, True, False])
    drawn = orders(known, 200, np.random.default_rng(3))
    assert (known[drawn] == known[:, None]).all()
    assert len({tuple(one) for one in drawn.T.tolist()}) == 12


def test_the_inverse_brings_everybody_back() -> None:
    drawn = shuffled(9, 30, np.random.default_rng(4))
    back = np.take_along_axis(inverse_of(drawn), drawn, axis=0)
    assert (back == nobody_moves(9)).all()


def test_all_orders_come_by_in_portions_and_each_is_told() -> None:
    told: list[float] = []
    found = in_portions(
        lambda order: order.shape[1],
        np.ones(6, dtype=bool),
        10,
        permuting.AT_ONCE // 4,
        np.random.default_rng(5),
        told.append,
    )
    assert list(found) == [4, 4, 2]
    assert told == [0.4, 0.8, 1.0]


def test_one_order_too_large_for_a_portion_is_taken_by_itself() -> None:
    known, rng = np.ones(2, dtype=bool), np.random.default_rng(6)
    found = in_portions(lambda order: order.shape[1], known, 2, 10 * permuting.AT_ONCE, rng)
    assert list(found) == [1, 1]


def test_the_real_order_is_one_of_all_that_were_looked_at() -> None:
    assert (chance(0, 99), chance(99, 99)) == (0.01, 1.0)


def test_without_permutations_there_is_no_p() -> None:
    with pytest.raises(ValueError, match="permutations must be at least 1, got 0; 2000 is usual"):
        check_permutations(0)
