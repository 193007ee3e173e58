from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import arcs_table, complete, empty, ring, star, tables
from zwerm.analysis import structure

FIGURES = [
    structure.isolates,
    structure.weak_components,
    structure.strong_components,
    structure.transitivity_weak,
    structure.transitivity_undirected,
    structure.degree_centralization,
]

# Each kind in the letters of Davis & Leinhardt, as the arcs that make it.
KINDS = {
    "003": [],
    "012": [(0, 1)],
    "102": [(0, 1), (1, 0)],
    "021D": [(1, 0), (1, 2)],
    "021U": [(0, 1), (2, 1)],
    "021C": [(0, 1), (1, 2)],
    "111D": [(0, 1), (1, 0), (2, 1)],
    "111U": [(0, 1), (1, 0), (1, 2)],
    "030T": [(0, 1), (1, 2), (0, 2)],
    "030C": [(0, 1), (1, 2), (2, 0)],
    "201": [(0, 1), (1, 0), (1, 2), (2, 1)],
    "120D": [(1, 0), (1, 2), (0, 2), (2, 0)],
    "120U": [(0, 1), (2, 1), (0, 2), (2, 0)],
    "120C": [(0, 1), (1, 2), (0, 2), (2, 0)],
    "210": [(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)],
    "300": list(permutations(range(3), 2)),
}


@pytest.mark.parametrize("kind", structure.TRIADS)
def test_each_kind_of_triad_is_known_by_its_arcs(kind):
    census = structure.triad_census(arcs_table(3, KINDS[kind]))
    assert {name for name, count in census.items() if count} == {kind}


@pytest.mark.parametrize("kind", structure.TRIADS)
def test_the_paths_in_each_kind_are_those_that_can_be_walked(kind):
    ties = arcs_table(3, KINDS[kind])
    walks = [
        (ties[a, b] and ties[b, c], ties[a, b] and ties[b, c] and ties[a, c])
        for a, b, c in permutations(range(3))
    ]
    assert structure.PATHS[kind] == sum(path for path, _closed in walks)
    assert structure.CLOSED[kind] == sum(closed for _path, closed in walks)


@given(tables())
def test_transitivity_equals_its_definition(ties):
    real = ties & ~np.eye(len(ties), dtype=bool)
    walks = [
        real[a, c] for a, b, c in permutations(range(len(ties)), 3) if real[a, b] and real[b, c]
    ]
    share = sum(walks) / len(walks) if walks else math.nan
    assert structure.transitivity_weak(ties) == pytest.approx(share, nan_ok=True)


@given(tables())
def test_the_census_counts_every_three(ties):
    assert sum(structure.triad_census(ties).values()) == math.comb(len(ties), 3)


@pytest.mark.parametrize(
    ("ties", "known"),
    [
        (star(5), [0, 1, 5, math.nan, 0, 1]),
        (ring(5), [0, 1, 1, 0, 0, 0]),
        (complete(5), [0, 1, 1, 1, 1, 0]),
        (empty(5), [5, 5, 5, math.nan, math.nan, 0]),
    ],
    ids=["star", "ring", "complete", "empty"],
)
def test_networks_known_by_heart_have_the_known_structure(ties, known):
    assert [figure(ties) for figure in FIGURES] == pytest.approx(known, nan_ok=True)


@given(tables(), st.data())
def test_the_order_of_people_does_not_matter(ties, data):
    order = data.draw(st.permutations(range(len(ties))))
    turned = [figure(ties[np.ix_(order, order)]) for figure in FIGURES]
    assert turned == pytest.approx([figure(ties) for figure in FIGURES], nan_ok=True)


@given(tables())
def test_every_strong_part_lies_within_a_weak_one(ties):
    weak, strong = structure.weak_components(ties), structure.strong_components(ties)
    assert structure.isolates(ties) <= weak <= strong <= len(ties)


@given(tables())
def test_in_a_core_everybody_has_as_many_ties_as_its_number(ties):
    real = (ties | ties.T) & ~np.eye(len(ties), dtype=bool)
    cores = structure.coreness(ties)
    for k in range(1, int(cores.max(initial=0)) + 1):
        inside = cores >= k
        assert (real[np.ix_(inside, inside)].sum(axis=1) >= k).all()


def test_cores_of_a_triangle_with_a_tail():
    ties = arcs_table(5, [(0, 1), (1, 2), (2, 0), (2, 3)])
    assert structure.coreness(ties).tolist() == [2, 2, 2, 1, 0]


def two_circles():
    """Everybody names everybody in one's own circle of five or four; one arc joins the two."""
    ties = empty(10)
    ties[:5, :5] = True
    ties[5:9, 5:9] = True
    ties[0, 5] = True
    return ties


def test_two_circles_are_two_communities_the_largest_first_and_an_isolate_is_its_own():
    found = structure.communities(two_circles())
    assert found.member_of.tolist() == [1] * 5 + [2] * 4 + [3]
    assert len(found) == 3
    # 17 ties: 10 inside the first circle, 6 inside the second, 1 between.
    expected = 16 / 17 - (21 / 34) ** 2 - (13 / 34) ** 2
    assert found.modularity == pytest.approx(expected)


def test_the_same_seed_finds_the_same_communities():
    ties = np.random.default_rng(5).random((40, 40)) < 0.1
    first, again = structure.communities(ties, 3), structure.communities(ties, 3)
    assert first.member_of.tolist() == again.member_of.tolist()
    assert first.modularity == again.modularity


def test_progress_of_the_search_rises_to_one(monkeypatch):
    monkeypatch.setattr(structure, "MOST_WORK", 4 * 17)
    parts: list[float] = []
    structure.communities(two_circles(), progress=parts.append)
    assert parts == [0.25, 0.5, 0.75, 1.0]


def test_without_ties_everybody_is_alone_and_modularity_is_not_defined():
    found = structure.communities(empty(3))
    assert found.member_of.tolist() == [1, 2, 3]
    assert math.isnan(found.modularity)
