"""Networks as they may be: each arc of the silent, and each answer given again, has its chance."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analysis.p2_pairs import chance, completions
from zwerm.analysis.intervals.draws import (
    Chances,
    asked_again,
    drawn,
    drawn_pairs,
)
from zwerm.analysis.intervals.pairs import FIGURES, Arcs, arcs_in, figures_of, pairs_of

MANY = 40_000


def chances_of(there, back, bonus):
    """The same pair, many times."""
    there, back = (np.full((MANY, 1), odds, dtype=np.float32) for odds in (there, back))
    both = there * back * np.float32(bonus)
    return Chances(
        there, back, np.full((MANY, 1), bonus, np.float32), both, 1 + there + back + both
    )


def near(counted, expected, times=MANY):
    """Whether shares lie within five standard errors."""
    expected = np.array(expected)
    error = np.sqrt(np.maximum(expected * (1 - expected), 1e-4) / times)
    return bool((abs(np.array(counted) - expected) < 5 * error).all())


def test_a_pair_is_drawn_with_its_four_chances():
    chances = chances_of(0.5, 2.0, 3.0)
    arcs = drawn_pairs(chances, np.random.default_rng(1).random((MANY, 1), dtype=np.float32))
    counted = [
        (~arcs.there & ~arcs.back).mean(),
        (arcs.there & ~arcs.back).mean(),
        (~arcs.there & arcs.back).mean(),
        (arcs.there & arcs.back).mean(),
    ]
    assert near(counted, np.array([1, 0.5, 2, 3]) / 6.5)


def test_no_luck_gives_no_arcs():
    chances = chances_of(0.5, 2.0, 3.0)
    arcs = drawn_pairs(chances, np.ones((MANY, 1), dtype=np.float32))
    assert not (arcs.there | arcs.back).any()


@pytest.mark.parametrize("stability", [0.3, 0.5, 0.75])
def test_as_many_arcs_stay_as_was_asked(stability):
    rng = np.random.default_rng(2)
    pairs = pairs_of(40, None, None)
    ties = rng.random((40, 40)) < 0.1
    full = arcs_in(pairs, ties & ~np.eye(40, dtype=bool))
    size = (2000, len(pairs.ends.first))
    there, back = (rng.uniform(0.02, 0.3, size).astype(np.float32) for _way in range(2))
    both = 3 * there * back
    chances = Chances(there, back, np.full((2000, 1), 3, np.float32), both, 1 + there + back + both)
    again = asked_again(full, chances, rng, stability)
    kept = (again.there & full.there).sum() + (again.back & full.back).sum()
    assert kept / 2000 / (full.there.sum() + full.back.sum()) == pytest.approx(stability, abs=0.01)


def test_with_full_stability_nothing_changes():
    chances = chances_of(0.5, 2.0, 3.0)
    full = Arcs(np.array([[True]]), np.array([[False]]))
    again = asked_again(full, chances, np.random.default_rng(3), 1.0)
    assert again.there.all()
    assert not again.back.any()


def test_without_stability_everything_is_drawn_again():
    chances = chances_of(0.5, 2.0, 3.0)
    full = Arcs(np.array([[True]]), np.array([[False]]))
    again = asked_again(full, chances, np.random.default_rng(3), 0.0)
    assert near([again.there.mean(), again.back.mean()], [3.5 / 6.5, 5 / 6.5])


def test_the_rows_of_the_silent_are_drawn_given_what_others_said_of_them():
    """Against the chance of every network that the silent could have made, counted out."""
    rng = np.random.default_rng(4)
    point, group = rng.normal(0, 0.7, 10), np.array([0, 1, 0, 1])
    respondents = np.array([True, False, True, False])
    ties = (rng.random((4, 4)) < 0.6) & respondents[:, None] & ~np.eye(4, dtype=bool)
    pairs, same = pairs_of(4, group, None), group[:, None] == group[None, :]
    points, shift = np.tile(point, (MANY, 1)), np.full((MANY, 1), -0.4)
    found = drawn(pairs, ties, respondents, points, shift, rng, stability=1.0)
    fewer = point + np.concatenate([-0.4 * ~respondents, np.zeros(6)])
    for at, values in ((point, found.at_random), (fewer, found.completion)):
        full = list(completions(ties, respondents))
        weights = np.array([chance(one, at, same) for one in full])
        each = np.concatenate([figures_of(pairs, arcs_in(pairs, one)) for one in full])
        for figure in ("mean_named", "reciprocity", "gini", "across", "unnamed_share"):
            column = FIGURES.index(figure)
            expected = (weights * each[:, column]).sum() / weights.sum()
            spread = np.sqrt((weights * (each[:, column] - expected) ** 2).sum() / weights.sum())
            off = abs(values[:, column].mean() - expected)
            assert off < 5 * spread / np.sqrt(MANY) + 1e-6, figure


def test_nobody_silent_leaves_nothing_to_draw():
    rng = np.random.default_rng(6)
    ties = rng.random((12, 12)) < 0.3
    pairs = pairs_of(12, None, None)
    points = rng.normal(-1, 0.3, (50, 26))
    found = drawn(pairs, ties, np.ones(12, dtype=bool), points, points[:, :1], rng, stability=0.5)
    for values in (found.completion, found.at_random):
        assert (values[:, [0, 1, 2, 3, 6]] == values[0, [0, 1, 2, 3, 6]]).all()
    assert found.remeasurement[:, 0].std() > 0
