"""Position against influence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from zwerm.analysis import coupling as module
from zwerm.analysis.coupling import coupling

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
