from __future__ import annotations

import numpy as np
import pytest

from zwerm.analysis.simulation import MOST_NAMED, Temper, bonds, occasion

TEAM = np.arange(60) // 10
NOBODY = np.zeros(60, dtype=bool)


def named(temper, seed=1, leader=NOBODY):
    rng = np.random.default_rng(seed)
    return occasion(bonds(60, rng), TEAM, leader, temper, rng)


def test_people_name_as_many_as_the_temper_says_and_never_themselves():
    ties = np.array([named(Temper(mean_named=4), seed) for seed in range(20)])
    assert ties.sum(axis=2).mean() == pytest.approx(4, abs=0.2)
    assert not ties[:, np.arange(60), np.arange(60)].any()


def test_nobody_names_more_than_the_most():
    assert named(Temper(mean_named=40)).sum(axis=1).max() == MOST_NAMED


def test_the_same_seed_gives_the_same_school_and_another_seed_another():
    assert np.array_equal(named(Temper()), named(Temper()))
    assert not np.array_equal(named(Temper()), named(Temper(), seed=2))


def test_the_same_people_asked_again_name_mostly_the_same():
    rng = np.random.default_rng(1)
    lasting = bonds(60, rng)
    one, other = (occasion(lasting, TEAM, NOBODY, Temper(), rng) for _ in range(2))
    kept = (one & other).sum() / one.sum()
    stranger = (one & named(Temper(), seed=2)).sum() / one.sum()
    assert kept > 0.4 > stranger


def test_an_appeal_of_leaders_a_wall_and_a_liking_that_is_shared_show():
    leader = np.arange(60) % 10 == 0
    asked = named(Temper(leader_appeal=3), leader=leader).sum(axis=0)
    assert asked[leader].mean() > 2 * asked[~leader].mean()
    walls = named(Temper(homophily=6))
    assert walls[TEAM[:, None] == TEAM].sum() > 0.9 * walls.sum()
    loose, mutual = named(Temper(mutuality=0)), named(Temper(mutuality=4))
    assert (mutual & mutual.T).mean() / mutual.mean() > (loose & loose.T).mean() / loose.mean()
