from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.networks import complete, empty, tables
from zwerm.analysis import network, walls


@st.composite
def grouped(draw):
    ties = draw(tables())
    group = draw(st.lists(st.integers(-1, 3), min_size=len(ties), max_size=len(ties)))
    return ties, np.array(group, dtype=np.int64)


@given(grouped())
def test_the_table_between_groups_holds_every_arc_that_counts(given_):
    ties, group = given_
    between = walls.between_groups(ties, group)
    assert between.sum() == network.grouped(ties, group)
    assert between.sum() - np.trace(between) == network.across(ties, group)


@given(grouped())
def test_the_index_and_the_share_say_the_same(given_):
    ties, group = given_
    share = walls.across_share(ties, group)
    assert walls.ei_index(ties, group) == pytest.approx(2 * share - 1, nan_ok=True)


def test_one_group_has_no_walls_and_everybody_alone_only_walls():
    one, alone = np.zeros(4, dtype=np.int64), np.arange(4)
    assert walls.across_share(complete(4), one) == 0
    assert walls.across_share(complete(4), alone) == 1


def test_without_arcs_or_groups_nothing_is_said():
    assert math.isnan(walls.across_share(empty(3), np.zeros(3, dtype=np.int64)))
    assert math.isnan(walls.across_share(complete(3), np.full(3, -1)))
    assert walls.between_groups(complete(3), np.full(3, -1)).shape == (0, 0)
