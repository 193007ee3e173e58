"""The figures of many networks at once, and what the answers that are there allow."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import answered, tables
from tests.analysis.p2_pairs import completions
from zwerm.analysis import network
from zwerm.analysis.coupling import coupling
from zwerm.analysis.intervals.bounds import bounds_of
from zwerm.analysis.intervals.pairs import FIGURES, arcs_in, figures_of, pairs_of
from zwerm.analysis.walls import reach_of


def own(ties):
    return ties & ~np.eye(len(ties), dtype=bool)


def one_by_one(ties, group, leader):
    """As the other modules of analysis compute them."""
    named = network.indegree(ties)
    return [
        network.mean_named(ties),
        network.reciprocity(ties),
        network.indegree_centralization(ties),
        network.gini(named),
        coupling(named, leader) if leader.any() and not leader.all() else math.nan,
        reach_of(ties, group).across_share,
        network.unnamed(ties) / len(ties),
    ]


@given(tables(least=3), st.integers(0, 2**32 - 1))
def test_figures_of_many_networks_are_those_of_each(ties, seed):
    rng = np.random.default_rng(seed)
    group, leader = rng.integers(-1, 2, len(ties)), rng.random(len(ties)) < 0.3
    found = figures_of(
        pairs_of(len(ties), group, leader), arcs_in(pairs_of(len(ties), group, leader), ties)
    )
    np.testing.assert_allclose(found[0], one_by_one(own(ties), group, leader), atol=1e-12)


def test_networks_stand_in_rows():
    pairs = pairs_of(4, None, None)
    each = [np.eye(4, k=1, dtype=bool), ~np.eye(4, dtype=bool)]
    arcs = [arcs_in(pairs, ties) for ties in each]
    both = type(arcs[0])(
        np.concatenate([one.there for one in arcs]), np.concatenate([one.back for one in arcs])
    )
    found = figures_of(pairs, both)
    assert found[:, 0].tolist() == [0.75, 3.0]
    assert found[:, 1].tolist() == [0.0, 1.0]
    assert np.isnan(found[:, [4, 5]]).all()


EXACT = ("mean_named", "reciprocity", "across", "unnamed_share")


@given(answered(least=3, most=4), st.integers(0, 2**32 - 1))
def test_no_completion_goes_beyond_the_bounds(ties_and_mask, seed):
    ties, respondents = ties_and_mask
    if (~respondents).sum() > 2:
        respondents = np.arange(len(ties)) > 1
    group = np.random.default_rng(seed).integers(-1, 2, len(ties))
    pairs, seen = pairs_of(len(ties), group, None), own(ties) & respondents[:, None]
    bounds = bounds_of(pairs, seen, respondents)
    now = figures_of(pairs, arcs_in(pairs, seen))[0]
    exists = dict(zip(FIGURES, ~np.isnan(now), strict=True))
    all_of = np.concatenate(
        [figures_of(pairs, arcs_in(pairs, full)) for full in completions(seen, respondents)]
    )
    for figure, (low, high) in zip(FIGURES, bounds, strict=True):
        values = all_of[:, FIGURES.index(figure)]
        values = values[~np.isnan(values)]
        if not len(values):
            continue
        assert low <= values.min() + 1e-12
        assert high >= values.max() - 1e-12
        if figure in EXACT and exists[figure]:
            assert (low, high) == pytest.approx((values.min(), values.max())), figure
