from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import complete, empty, tables
from zwerm.analysis.walls import reach_of


@st.composite
def grouped(draw):
    ties = draw(tables())
    group = draw(st.lists(st.integers(-1, 3), min_size=len(ties), max_size=len(ties)))
    return ties, np.array(group, dtype=np.int64)


@given(grouped())
def test_the_table_between_groups_holds_every_arc_between_two_people_with_a_group(given_):
    ties, group = given_
    reach = reach_of(ties, group)
    placed = [
        (group[one], group[other])
        for one, other in np.argwhere(ties)
        if one != other and min(group[one], group[other]) >= 0
    ]
    assert reach.total == len(placed)
    assert reach.across == sum(one != other for one, other in placed)
    for (one, other), count in np.ndenumerate(reach.between):
        assert count == placed.count((one, other))


@given(grouped())
def test_the_index_and_the_share_say_the_same(given_):
    reach = reach_of(*given_)
    assert reach.ei_index == pytest.approx(2 * reach.across_share - 1, nan_ok=True)


def test_one_group_has_no_walls_and_everybody_alone_only_walls():
    one, alone = np.zeros(4, dtype=np.int64), np.arange(4)
    assert reach_of(complete(4), one).across_share == 0
    assert reach_of(complete(4), alone).across_share == 1


def test_without_arcs_or_groups_nothing_is_said():
    assert math.isnan(reach_of(empty(3), np.zeros(3, dtype=np.int64)).across_share)
    assert math.isnan(reach_of(complete(3), np.full(3, -1)).ei_index)
    assert reach_of(complete(3), np.full(3, -1)).between.shape == (0, 0)


def test_a_group_is_needed_for_everybody():
    with pytest.raises(ValueError, match=r"group must have shape \(3,\), got \(2,\)"):
        reach_of(complete(3), np.zeros(2, dtype=np.int64))
