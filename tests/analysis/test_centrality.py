from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import complete, empty, ring, star, tables
from zwerm.analysis import centrality, structure

PER_PERSON = [
    centrality.betweenness,
    centrality.pagerank,
    centrality.constraint,
    structure.coreness,
]


@given(tables(), st.data())
def test_everybody_keeps_their_figure_in_another_order(ties, data):
    order = data.draw(st.permutations(range(len(ties))))
    for figure in PER_PERSON:
        turned = figure(ties[np.ix_(order, order)])
        assert turned == pytest.approx(figure(ties)[order], abs=1e-9, nan_ok=True)


def shortest_paths(ties):
    """The length of the shortest path between any two people, and how many there are."""
    people = len(ties)
    length, number = np.full((people, people), np.inf), np.zeros((people, people))
    walks = np.eye(people)
    for steps in range(people):
        new = np.isinf(length) & (walks > 0)
        length[new], number[new] = steps, walks[new]
        walks = walks @ (ties & ~np.eye(people, dtype=bool))
    return length, number


@given(tables())
def test_betweenness_equals_its_definition(ties):
    length, number = shortest_paths(ties)
    people = range(len(ties))
    known = [
        sum(
            number[a, v] * number[v, b] / number[a, b]
            for a in people
            for b in people
            if len({a, b, v}) == 3
            and np.isfinite(length[a, b])
            and length[a, v] + length[v, b] == length[a, b]
        )
        for v in people
    ]
    assert centrality.betweenness(ties) == pytest.approx(known, abs=1e-9)


def test_progress_of_betweenness_rises_to_one(monkeypatch):
    monkeypatch.setattr(centrality, "AT_ONCE", 4)
    parts: list[float] = []
    whole = centrality.betweenness(ring(10), parts.append)
    assert parts == [0.4, 0.8, 1.0]
    assert whole.tolist() == [36.0] * 10


@pytest.mark.parametrize(("ties", "known"), [(ring(6), 0), (complete(6), 0), (empty(6), 0)])
def test_where_all_lie_alike_between_others_nothing_is_central(ties, known):
    through = centrality.betweenness(ties)
    assert centrality.betweenness_centralization(through) == pytest.approx(known)


def test_a_star_both_ways_is_wholly_central():
    through = centrality.betweenness(star(6) | star(6).T)
    assert through.tolist() == [20, 0, 0, 0, 0, 0]
    assert centrality.betweenness_centralization(through) == 1


def test_centralization_needs_three_people():
    assert math.isnan(centrality.betweenness_centralization(np.zeros(2)))


@given(tables())
def test_pagerank_is_a_share_that_satisfies_its_equation(ties):
    real = (ties & ~np.eye(len(ties), dtype=bool)).astype(float)
    out, people = real.sum(axis=1), len(ties)
    step = np.where(out[:, None] > 0, real / np.maximum(out, 1)[:, None], 1 / people)
    ranks = centrality.pagerank(ties)
    assert ranks.sum() == pytest.approx(1)
    assert ranks == pytest.approx(0.15 / people + 0.85 * ranks @ step, abs=1e-9)


def constraint_by_definition(ties):
    """Burt's: the sum over contacts j of (p_ij + sum_q p_iq p_qj)^2, ties counted both ways."""
    strength = ties.astype(float) + ties.T
    np.fill_diagonal(strength, 0)
    total = strength.sum(axis=1, keepdims=True)
    part = np.divide(strength, total, out=np.zeros_like(strength), where=total > 0)
    through = (part + part @ part) * (strength > 0)
    np.fill_diagonal(through, 0)
    return np.where(total[:, 0] > 0, (through**2).sum(axis=1), np.nan)


@given(tables())
def test_constraint_equals_its_definition(ties):
    known = constraint_by_definition(ties)
    assert centrality.constraint(ties) == pytest.approx(known, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("figure", [*PER_PERSON])
def test_nobody_at_all_has_no_figure(figure):
    assert figure(empty(0)).tolist() == []
