"""Position against influence."""

from __future__ import annotations

import itertools
import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from zwerm.analysis import coupling as module
from zwerm.analysis.coupling import coupling, coupling_p

named_and_leader = st.lists(
    st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=40
).filter(lambda rows: {leads for _n, leads in rows} == {True, False})


def of(rows: list[tuple[int, bool]]) -> float:
    return coupling(np.array([n for n, _l in rows]), np.array([leads for _n, leads in rows]))


@given(named_and_leader)
def test_coupling_is_the_share_of_pairs_in_which_the_leader_is_asked_more(
    rows: list[tuple[int, bool]],
) -> None:
    leaders = [n for n, leads in rows if leads]
    others = [n for n, leads in rows if not leads]
    wins = sum((a > b) + (a == b) / 2 for a in leaders for b in others)
    assert of(rows) == pytest.approx(wins / (len(leaders) * len(others)), abs=1e-12)


@given(named_and_leader)
def test_coupling_equals_the_statistic_of_mann_and_whitney(rows: list[tuple[int, bool]]) -> None:
    leaders = [n for n, leads in rows if leads]
    others = [n for n, leads in rows if not leads]
    u = mannwhitneyu(leaders, others, method="asymptotic").statistic
    assert of(rows) == pytest.approx(u / (len(leaders) * len(others)), abs=1e-12)


@given(named_and_leader)
def test_leaders_and_others_are_each_others_mirror(rows: list[tuple[int, bool]]) -> None:
    turned = [(n, not leads) for n, leads in rows]
    assert of(rows) + of(turned) == pytest.approx(1.0)


def test_the_limits() -> None:
    assert of([(5, True), (1, False), (1, False)]) == 1.0
    assert of([(0, True), (1, False)]) == 0.0
    assert of([(3, True), (3, False), (3, False)]) == 0.5


@pytest.mark.parametrize("leads", [True, False])
def test_without_leaders_or_others_there_is_no_coupling(leads: bool) -> None:
    with pytest.raises(ValueError, match="needs leaders and others"):
        of([(1, leads), (2, leads)])


@given(named_and_leader)
def test_many_people_are_compared_in_parts(rows: list[tuple[int, bool]]) -> None:
    whole, module.AT_ONCE = of(rows), 3
    try:
        assert of(rows) == pytest.approx(whole)
    finally:
        module.AT_ONCE = 1_000


def test_on_a_scale_only_people_of_different_places_are_compared() -> None:
    named, post = np.array([5, 3, 3, 1]), np.array([3, 2, 2, 1])
    assert coupling(named, post) == 1.0
    assert coupling(named, -post) == 0.0


def test_who_has_no_place_on_the_scale_is_left_out() -> None:
    assert coupling(np.array([5, 1, 9]), np.array([1.0, 0.0, np.nan])) == 1.0


def exact_p(named: list[int], leaders: int) -> float:
    """By looking at every way to hand out posts, with the statistic of scipy."""
    pairs = leaders * (len(named) - leaders)
    shares = []
    for chosen in itertools.combinations(range(len(named)), leaders):
        of_leaders = [named[place] for place in chosen]
        of_others = [n for place, n in enumerate(named) if place not in chosen]
        u = mannwhitneyu(of_leaders, of_others, method="asymptotic").statistic
        shares.append(abs(u / pairs - 0.5))
    return float(np.mean(np.array(shares) >= shares[0] - 1e-9))


@pytest.mark.parametrize(
    ("named", "leaders"),
    [
        ([6, 5, 1, 2, 4, 0, 3], 2),
        ([4, 4, 1, 2, 4, 0, 0, 1], 3),
        ([0, 1, 5, 5, 7, 2, 2], 2),
        # Were ties worth nothing, these would be .14 and .12 in place of .04 and .05.
        ([4, 4, 1, 1, 1, 0, 0, 0], 2),
        ([1, 1, 1, 0, 1, 0, 0, 0, 0], 3),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_p_is_the_share_of_ways_to_hand_out_posts(
    named: list[int], leaders: int, seed: int
) -> None:
    leader = np.arange(len(named)) < leaders
    found = coupling_p(np.array(named), leader, np.random.default_rng(seed), 5_000)
    exact = exact_p(named, leaders)
    error = np.sqrt(exact * (1 - exact) / 5_000)
    assert found == pytest.approx(exact, abs=3 * error + 1 / 5_001)


def test_on_a_scale_every_way_to_hand_out_places_counts() -> None:
    named, place = np.array([6, 5, 2, 1, 3, 0]), np.array([3, 2, 2, 1, 1, 1])
    seen = abs(coupling(named, place) - 0.5)
    ways = [
        abs(coupling(named, np.array(one)) - 0.5) for one in itertools.permutations(place.tolist())
    ]
    exact = float(np.mean(np.array(ways) >= seen - 1e-9))
    found = coupling_p(named, place, np.random.default_rng(3), 5_000)
    assert found == pytest.approx(exact, abs=3 * np.sqrt(exact * (1 - exact) / 5_000) + 1 / 5_001)


def test_where_everybody_has_a_place_of_their_own_no_two_places_are_laid_beside_each_other() -> (
    None
):
    """It would take 512 MB."""
    draw = np.random.default_rng(4)
    named, place = draw.integers(0, 3, 8_000), draw.normal(size=8_000)
    tracemalloc.start()
    coupling_p(named, place, np.random.default_rng(1), 3)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 300e6


def test_p_is_told_how_far_it_is_and_is_the_same_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[float] = []
    named, leader = np.array([9, 8, 1, 1, 0, 0, 2]), np.arange(7) < 2
    whole = coupling_p(named, leader, np.random.default_rng(1), 100, told.append)
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 1)
    assert coupling_p(named, leader, np.random.default_rng(1), 100) == whole
    assert told[-1] == 1.0


@given(named_and_leader, st.integers(1, 20))
def test_p_lies_above_0_and_when_nothing_differs_it_is_1(
    rows: list[tuple[int, bool]], permutations: int
) -> None:
    leader = np.array([leads for _n, leads in rows])
    named = np.array([n for n, _leads in rows])
    rng = np.random.default_rng(1)
    assert 0 < coupling_p(named, leader, rng, permutations) <= 1
    assert coupling_p(named * 0, leader, rng, permutations) == 1.0


def test_p_needs_leaders_others_and_an_order() -> None:
    with pytest.raises(ValueError, match="needs leaders and others"):
        coupling_p(np.array([1, 2]), np.array([True, True]), np.random.default_rng(1))
    with pytest.raises(ValueError, match="permutations must be at least 1, got 0"):
        coupling_p(np.array([1, 2]), np.array([True, False]), np.random.default_rng(1), 0)


def test_everybody_needs_a_place() -> None:
    with pytest.raises(ValueError, match=r"named and leader must match, got \(3,\) and \(2,\)"):
        coupling(np.array([1, 2, 3]), np.array([True, False]))


@given(named_and_leader, st.randoms(use_true_random=False))
def test_the_order_of_people_makes_no_difference(
    rows: list[tuple[int, bool]], chance: random.Random
) -> None:
    turned = rows.copy()
    chance.shuffle(turned)
    assert of(turned) == pytest.approx(of(rows), abs=1e-12)


@given(named_and_leader)
def test_somebody_alone_without_a_post_is_one_more_whom_leaders_beat(
    rows: list[tuple[int, bool]],
) -> None:
    leaders = [n for n, leads in rows if leads]
    others, more = len(rows) - len(leaders), np.mean([n > 0 or 0.5 for n in leaders])
    expected = (of(rows) * others + more) / (others + 1)
    assert of([*rows, (0, False)]) == pytest.approx(expected)


def test_who_has_no_place_on_the_scale_is_handed_none() -> None:
    named, place = np.array([9, 5, 4, 1, 1, 0]), np.array([np.nan, 2.0, 1.0, 1.0, 0.0, 0.0])
    with_gap = coupling_p(named, place, np.random.default_rng(1), 500)
    assert with_gap == coupling_p(named[1:], place[1:], np.random.default_rng(1), 500)
