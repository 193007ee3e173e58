from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import answered, complete, empty, ring, star, tables
from zwerm.analysis import network
from zwerm.analysis.arcs import Arcs, arcs_between, arcs_of, both_ways

FIGURES = [
    network.density,
    network.mean_named,
    network.reciprocity,
    network.reciprocity_among_respondents,
    network.reciprocity_dyadic,
    network.indegree_centralization,
    network.outdegree_centralization,
    network.central_members,
    network.most_asked_share,
    network.unnamed,
]


@pytest.mark.parametrize(
    ("ties", "known"),
    [
        (star(5), [0.2, 0.8, 0, 0, 0, 1, 1 / 16, 1, 1, 4]),
        (ring(5), [0.25, 1, 0, 0, 0, 0, 0, 5, 0.2, 0]),
        (complete(5), [1, 4, 1, 1, 1, 0, 0, 5, 0.2, 0]),
    ],
    ids=["star", "ring", "complete"],
)
def test_networks_known_by_heart_have_the_known_figures(ties, known):
    assert [figure(ties) for figure in FIGURES] == pytest.approx(known)


def test_without_arcs_only_what_counts_arcs_is_defined():
    found = [figure(empty(4)) for figure in FIGURES]
    assert found[:2] == [0, 0]
    assert [math.isnan(one) for one in found[2:5]] == [True] * 3
    assert found[5:8] == [0, 0, 4]
    assert math.isnan(found[8])
    assert found[9] == 4


def test_nobody_at_all_has_no_figures():
    found = [figure(empty(0)) for figure in FIGURES]
    assert [math.isnan(one) for one in found] == [True] * 7 + [False, True, False]


def figures(*given_):
    """All figures of one network, by their names."""
    return {figure.__name__: figure(*given_) for figure in FIGURES}


@given(answered())
def test_a_table_and_its_arcs_give_the_same(given_):
    ties, mask = given_
    source, target = np.nonzero(ties)
    arcs = arcs_between(len(ties), source, target, mask)
    assert figures(arcs) == pytest.approx(figures(ties, mask), nan_ok=True)


@given(answered(), st.data())
def test_the_order_of_people_does_not_matter(given_, data):
    ties, mask = given_
    order = data.draw(st.permutations(range(len(ties))))
    turned = figures(ties[np.ix_(order, order)], mask[order])
    assert turned == pytest.approx(figures(ties, mask), nan_ok=True)


@given(answered())
def test_naming_oneself_and_rows_of_the_silent_do_not_count(given_):
    ties, mask = given_
    real = ties & mask[:, None] & ~np.eye(len(ties), dtype=bool)
    assert figures(real, mask) == pytest.approx(figures(ties, mask), nan_ok=True)


@given(answered())
def test_shares_lie_between_0_and_1(given_):
    counts = {"mean_named", "central_members", "unnamed"}
    found = {name: one for name, one in figures(*given_).items() if name not in counts}
    assert {n for n, one in found.items() if not math.isnan(one) and not 0 <= one <= 1 + 1e-12} == (
        set()
    )


@given(tables())
def test_every_arc_is_named_once_and_names_once(ties):
    arcs = len(arcs_of(ties))
    assert network.indegree(ties).sum() == network.outdegree(ties).sum() == arcs


@given(tables())
def test_reciprocity_by_arcs_follows_from_that_by_pairs(ties):
    """With a share p of pairs mutual, 2p of 1 + p arcs are answered."""
    by_pairs = network.reciprocity_dyadic(ties)
    assert network.reciprocity(ties) == pytest.approx(2 * by_pairs / (1 + by_pairs), nan_ok=True)


@given(tables())
def test_both_ways_answers_every_arc(ties):
    both = both_ways(ties)
    assert both.is_answered.all()
    assert network.reciprocity(both) == pytest.approx(1.0 if len(both) else math.nan, nan_ok=True)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_gini_equals_its_definition(values):
    known = np.array(values, dtype=np.int64)
    apart = np.abs(known[:, None] - known[None, :]).sum()
    by_definition = apart / (2 * len(known) ** 2 * known.mean()) if known.sum() else math.nan
    assert network.gini(known) == pytest.approx(by_definition, nan_ok=True)


def test_an_arc_to_a_silent_colleague_can_never_be_answered():
    ties, mask = complete(4), np.array([True, True, True, False])
    assert network.reciprocity(ties, mask) == pytest.approx(6 / 9)
    assert network.reciprocity_among_respondents(ties, mask) == 1


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: network.density(np.zeros((2, 3), dtype=bool)), "square"),
        (lambda: network.density(np.full((2, 2), 2)), "true or false, got int64; write ties != 0"),
        (lambda: network.density(empty(3), np.ones(2, dtype=bool)), "shape"),
        (lambda: arcs_between(2, np.array([0]), np.array([2])), "outside"),
        (lambda: arcs_between(2, np.array([-1]), np.array([0])), "outside"),
        (lambda: arcs_between(2, np.array([0, 1]), np.array([0])), "match"),
    ],
)
def test_what_is_no_network_is_refused(make, fault):
    with pytest.raises(ValueError, match=fault):
        make()


def test_arcs_of_a_large_network_need_no_table():
    """A table of 200,000 people would take 40 gigabytes."""
    people = 200_000
    source = np.arange(people)
    arcs = arcs_between(people, np.tile(source, 2), np.roll(np.tile(source, 2), 1))
    assert isinstance(arcs, Arcs)
    assert network.mean_named(arcs) == 1
    assert network.indegree_centralization(arcs) == 0


def test_arcs_may_be_narrowed_to_who_answered():
    arcs = arcs_of(ring(4))
    answered = np.array([True, False, True, True])
    narrowed = arcs_of(arcs, answered)
    assert narrowed.edges == [(0, 1), (2, 3), (3, 0)]
    assert network.mean_named(arcs, answered) == 1
    assert arcs_of(arcs) is arcs
