from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from bench._igraph import describe
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import answered, tables
from zwerm.analysis import centrality, network, structure
from zwerm.analysis.suite import suite_of

PER_PERSON = ("indegree", "outdegree", "betweenness", "pagerank", "constraint", "coreness")


@given(answered())
def test_each_figure_is_the_one_of_its_function(given_):
    ties, respondents = given_
    suite = suite_of(ties, respondents)
    for room in (network, structure, centrality):
        for one in fields(suite):
            if hasattr(room, one.name) and one.name != "betweenness_centralization":
                found = getattr(room, one.name)(
                    ties & respondents[:, None] if room is not network else ties,
                    *([respondents] if room is network else []),
                )
                assert found == pytest.approx(getattr(suite, one.name), nan_ok=True), one.name
    assert suite.reach is None


@given(tables(least=3), st.randoms(use_true_random=False))
def test_the_names_of_people_change_no_figure_and_move_each_persons_own(ties, chance):
    order = list(range(len(ties)))
    chance.shuffle(order)
    group = np.arange(len(ties)) % 2
    one, other = suite_of(ties, group=group), suite_of(ties[order][:, order], group=group[order])
    for field in fields(one):
        before, after = getattr(one, field.name), getattr(other, field.name)
        if field.name in PER_PERSON:
            assert after == pytest.approx(before[order], nan_ok=True), field.name
        elif field.name == "reach":
            assert np.array_equal(before.between, after.between)
        else:
            assert after == pytest.approx(before, nan_ok=True), field.name


@given(tables(least=3))
def test_a_network_turned_around_asks_where_it_was_asked(ties):
    one, other = suite_of(ties), suite_of(ties.T)
    assert np.array_equal(one.indegree, other.outdegree)
    assert one.indegree_centralization == other.outdegree_centralization
    for name in ("ties", "density", "reciprocity", "isolates", "transitivity_undirected"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True)


@given(tables())
def test_somebody_alone_is_one_isolate_more_and_changes_no_arc(ties):
    more = np.pad(ties, ((0, 1), (0, 1)))
    one, other = suite_of(ties), suite_of(more)
    assert (other.isolates, other.unnamed) == (one.isolates + 1, one.unnamed + 1)
    assert other.weak_components == one.weak_components + 1
    assert other.ties == one.ties
    assert other.reciprocity == pytest.approx(one.reciprocity, nan_ok=True)
    assert other.transitivity_weak == pytest.approx(one.transitivity_weak, nan_ok=True)


@pytest.mark.parametrize("people", [15, 50, 120])
def test_igraph_alone_says_the_same(people):
    chance = np.random.default_rng(people)
    respondents = chance.random(people) < 0.8
    ties = (chance.random((people, people)) < 4 / people) & respondents[:, None]
    np.fill_diagonal(ties, val=False)
    group = np.arange(people) % 6 - 1
    suite = suite_of(ties, respondents, group)
    source, target = np.nonzero(ties)
    theirs = describe(source, target, respondents.tolist(), group.tolist())
    for one in fields(theirs):
        ours = suite.reach if one.name in {"across_share", "ei_index", "between"} else suite
        assert np.array_equal(getattr(ours, one.name), getattr(theirs, one.name)) or getattr(
            ours, one.name
        ) == pytest.approx(getattr(theirs, one.name), nan_ok=True), one.name


def test_nobody_at_all_is_a_network_without_figures():
    suite = suite_of(np.zeros((0, 0), dtype=bool))
    assert (suite.members, suite.ties, suite.isolates) == (0, 0, 0)
    assert np.isnan(suite.density)
