"""The vertex bootstrap: against a plain loop, and against the networks that were drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from bench import _dense
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from tests.analysis.networks import complete, empty, ring, tables
from zwerm.analysis import bootstrap as module
from zwerm.analysis import network
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.bootstrap import (
    Bootstrap,
    Drawn,
    bootstrap,
    draw,
    figures_of,
    happening,
    pool_of,
    two_of,
)

FIGURES = ("density", "mean_named", "reciprocity", "indegree_centralization", "gini_indegree")


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def built(ties: Any, answered: Any, drawn: Drawn, at: int) -> tuple[Any, Any]:
    """The network of one resample, person by person, and who answered in it."""
    times = drawn.times[:, at].astype(int)
    who = np.repeat(np.arange(len(ties)), times)
    start = np.cumsum(times) - times
    table = ties[np.ix_(who, who)] & (who[:, None] != who)
    resamples = drawn.times.shape[1]
    for cell, first, second, towards in zip(
        drawn.cell, drawn.first, drawn.second, drawn.towards, strict=True
    ):
        person, resample = divmod(int(cell), resamples)
        if resample != at:
            continue
        one, other = start[person] + first, start[person] + second
        table[one, other] |= towards >= 0
        table[other, one] |= towards <= 0
    return table & answered[who][:, None], answered[who]


@settings(max_examples=60)
@given(tables(least=3, most=9), st.integers(0, 2**32), st.booleans())
def test_every_resample_has_the_figures_of_the_network_that_was_drawn(
    ties: Any, seed: int, has_silent: bool
) -> None:
    answered = np.ones(len(ties), dtype=bool)
    answered[-1] = not has_silent
    arcs = arcs_of(ties, answered)
    pool = pool_of(arcs)
    drawn = draw(pool, 5, rng(seed))
    found = figures_of(pool, drawn)
    np.fill_diagonal(ties, False)
    for at in range(5):
        table, mask = built(ties, answered, drawn, at)
        expected = [
            network.density(table, mask),
            network.mean_named(table, mask),
            network.reciprocity(table, mask),
            network.indegree_centralization(table, mask),
            network.gini(network.indegree(table, mask)),
        ]
        np.testing.assert_allclose(found[:, at], expected, atol=1e-6)


def test_more_people_than_fit_in_a_table_are_resampled_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ties = rng().random((30, 30)) < 0.1
    plain = bootstrap(ties, rng=rng(2), resamples=50)
    monkeypatch.setattr(module, "MOST_IN_TABLE", 0)
    again = bootstrap(ties, rng=rng(2), resamples=50)
    for figure in FIGURES:
        np.testing.assert_array_equal(getattr(again, figure), getattr(plain, figure))


def test_a_plain_loop_over_tables_says_the_same() -> None:
    ties = rng(3).random((40, 40)) < 0.1
    ties |= ties.T & (rng(4).random((40, 40)) < 0.5)
    np.fill_diagonal(ties, False)
    plain = _dense.bootstrap(ties.astype(float), rng(5), 3_000)
    found = bootstrap(ties, rng=rng(6), resamples=3_000)
    for figure, values in zip(FIGURES, plain, strict=True):
        ours = getattr(found, figure)
        error = np.sqrt((ours.var() + values.var()) / 3_000)
        assert abs(ours.mean() - values.mean()) < 4 * error
        assert ours.std() == pytest.approx(values.std(), rel=0.06)
        assert found.standard_error(figure) == pytest.approx(ours.std(ddof=1))


def test_two_copies_get_a_pair_like_all_pairs() -> None:
    ties = rng(7).random((12, 12)) < 0.4
    np.fill_diagonal(ties, False)
    pool = pool_of(arcs_of(ties))
    drawn = draw(pool, 20_000, rng(8))
    twos = (drawn.times * (drawn.times - 1) / 2).sum()
    mutual, one_way = (ties & ties.T).sum() / 2, (ties & ~ties.T).sum()
    counts = [(drawn.towards == 0).sum(), (drawn.towards == 1).sum(), (drawn.towards == -1).sum()]
    shares = np.array([mutual, one_way / 2, one_way / 2]) / 66
    expected = twos * np.array([*shares, 1 - shares.sum()])
    assert chisquare([*counts, twos - sum(counts)], expected).pvalue > 0.001


def test_everybody_is_drawn_as_often() -> None:
    drawn = draw(pool_of(arcs_of(ring(6))), 5_000, rng(9))
    assert chisquare(drawn.times.sum(axis=1)).pvalue > 0.001
    assert (drawn.times.sum(axis=0) == 6).all()


def test_among_those_who_all_name_each_other_every_resample_does() -> None:
    found = bootstrap(complete(7), rng=rng(), resamples=100)
    assert (found.density == 1).all()
    assert (found.reciprocity == 1).all()
    assert np.allclose(found.gini_indegree, 0)
    assert found.standard_error("density") == 0


def test_a_resample_without_arcs_has_no_reciprocity_and_the_others_do() -> None:
    ties = empty(4)
    ties[0, 1] = ties[1, 0] = True
    found = bootstrap(ties, rng=rng(), resamples=400)
    is_bare = found.mean_named == 0
    assert 0 < is_bare.sum() < 400
    assert (np.isnan(found.reciprocity) == is_bare).all()
    assert (np.isnan(found.gini_indegree) == is_bare).all()
    assert found.standard_error("reciprocity") == 0


def test_where_few_answered_a_resample_may_have_nobody_who_did() -> None:
    ties = np.zeros((9, 9), dtype=bool)
    ties[0, 5] = ties[1, 6] = True
    answered = np.arange(9) < 2
    found = bootstrap(ties, answered, rng=rng(), resamples=300)
    assert 0 < np.isnan(found.density).sum() < 100
    assert np.nanmax(found.reciprocity) == 0


@settings(max_examples=20)
@given(st.integers(0, 400), st.floats(0.05, 1.0), st.integers(0, 2**32))
def test_what_happens_is_among_all_there_is_and_once(many: int, chance: float, seed: int) -> None:
    found = happening(many, chance, rng(seed))
    assert (np.diff(found) > 0).all()
    assert ((found >= 0) & (found < many)).all()


def test_everything_happens_as_often_and_nothing_without_a_chance() -> None:
    found = np.concatenate([happening(20, 0.3, rng(seed)) for seed in range(2_000)])
    assert chisquare(np.bincount(found, minlength=20)).pvalue > 0.001
    assert len(found) == pytest.approx(12_000, rel=0.03)
    assert len(happening(20, 0.0, rng())) == 0
    assert happening(3, 1.0, rng()).tolist() == [0, 1, 2]


def test_far_more_happens_than_was_thought_of_at_first() -> None:
    assert len(happening(100_000, 0.9999, rng())) == pytest.approx(99_990, abs=40)


def test_pairs_are_numbered_once_each() -> None:
    first, second = two_of(np.arange(4_950))
    assert len(set(zip(first.tolist(), second.tolist(), strict=True))) == 4_950
    assert (first < second).all()
    assert second.max() == 99


@pytest.mark.parametrize(
    ("ties", "answered", "resamples", "told"),
    [
        (ring(5), None, 0, "resamples must be at least 1, got 0; 2000 is usual"),
        (ring(2), None, 10, "the bootstrap needs 3 people of whom 2 answered, got 2 and 2"),
        (ring(5), [True, *[False] * 4], 10, "needs 3 people of whom 2 answered, got 5 and 1"),
        (empty(5), None, 10, "nobody is named, so every resample is empty"),
    ],
)
def test_what_cannot_be_resampled_is_refused(
    ties: Any, answered: list[bool] | None, resamples: int, told: str
) -> None:
    mask = None if answered is None else np.array(answered)
    with pytest.raises(ValueError, match=told):
        bootstrap(ties, mask, rng=rng(), resamples=resamples)


def test_a_standard_error_needs_two_resamples() -> None:
    one = np.array([0.5])
    with pytest.raises(ValueError, match="gini_indegree is defined in 1 resamples; it needs 2"):
        Bootstrap(one, one, one, one, one).standard_error("gini_indegree")
