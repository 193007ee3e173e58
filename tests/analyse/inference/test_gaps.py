"""Pairs without a value: left out of a test, and of every order of the people."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analyse.files import figures, put
from zwerm.analyse.inference.gaps import told_by_others, without_gaps
from zwerm.analysis.predictors import receiver, tied, tied_of

PEOPLE = 14
RNG = np.random.default_rng(5)
LEVEL = RNG.integers(1, 9, PEOPLE)
METRES = np.triu(RNG.integers(60, 140, (PEOPLE, PEOPLE)), 1)
METRES = (METRES + METRES.T).astype(float)
FLOOR = np.triu(RNG.random((PEOPLE, PEOPLE)) < 0.4, 1)
FLOOR = (FLOOR | FLOOR.T).astype(float)
TIES = RNG.random((PEOPLE, PEOPLE)) < 0.2 + 0.05 * (METRES < 90) + 0.03 * LEVEL
GAP = np.triu(RNG.random((PEOPLE, PEOPLE)) < [[0.7]] * 3 + [[0.05]] * (PEOPLE - 3), 1)
GAP |= GAP.T
np.fill_diagonal(TIES, False)


@pytest.fixture
def found(tmp_path):
    """Ties beside metres between rooms, mostly unknown of some of the people."""
    pairs = [
        f"p{i},p{j},{'' if GAP[i, j] else METRES[i, j]},{FLOOR[i, j]}"
        for i, j in zip(*np.triu_indices(PEOPLE, 1), strict=True)
    ]
    ties = [f"p{i},p{j}" for i, j in zip(*TIES.nonzero(), strict=True)]
    asked = (
        *("--ties", put(tmp_path, "ties.csv", "source,target", *ties)),
        *("--people", put(tmp_path, "people.csv", "id,level", *members())),
        *("--dyads", put(tmp_path, "dyads.csv", "i,j,metres,floor", *pairs)),
        *("--mrqap", "dyad(metres) + receiver(level) + dyad(floor)", "--qap", "dyad(metres)"),
    )
    return figures(tmp_path, *asked, "--no-intervals")["networks"]["all"]


def members():
    return [f"p{i},{LEVEL[i]}" for i in range(PEOPLE)]


def tables():
    """The columns of the regression, the intercept first."""
    metres = np.where(GAP, np.nan, METRES)
    return [np.ones_like(FLOOR), metres, np.tile(LEVEL, (PEOPLE, 1)).astype(float), FLOOR]


def laid_out(columns):
    """The pairs that have everything, and their columns."""
    there = ~GAP & ~np.isnan(sum(columns)) & ~np.eye(PEOPLE, dtype=bool)
    return there, np.column_stack([one[there] for one in columns])


def t_of(columns):
    """Least squares of the ties, as anybody would write it."""
    there, x = laid_out(columns)
    y = TIES[there].astype(float)
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    spread = ((y - x @ b) ** 2).sum() / (len(x) - len(b)) * np.linalg.inv(x.T @ x)
    return b, b / np.sqrt(np.diag(spread))


def rest_of(column, others):
    """What the others do not tell of it; NaN where something is not there."""
    there, x = laid_out([column, *others])
    rest = np.full((PEOPLE, PEOPLE), np.nan)
    rest[there] = x[:, 0] - x[:, 1:] @ np.linalg.lstsq(x[:, 1:], x[:, 0], rcond=None)[0]
    return rest


def test_the_regression_is_that_of_the_pairs_that_have_everything(found):
    b, t = t_of(tables())
    assert [one["b"] for one in found["mrqap"]["terms"]] == pytest.approx(b, abs=1e-9)
    assert [one["t"] for one in found["mrqap"]["terms"]] == pytest.approx(t, abs=1e-7)
    assert found["mrqap"]["pairs"] == PEOPLE * (PEOPLE - 1) - GAP.sum()


@pytest.mark.parametrize("term", [0, 1, 2, 3])
def test_chance_is_that_of_leaving_the_pair_out_in_each_order(found, term):
    """A plain loop: the rest of a term moves with its holes, and a pair with one is left out."""
    columns, orders = tables(), 2000
    others = [one for place, one in enumerate(columns) if place != term]
    rest, rng = rest_of(columns[term], others), np.random.default_rng(1)
    seen, extreme = abs(t_of([rest, *others])[1][0]), 0
    for _ in range(orders):
        order = rng.permutation(PEOPLE)
        extreme += abs(t_of([rest[np.ix_(order, order)], *others])[1][0]) >= seen - 1e-9
    theirs, ours = extreme / orders, found["mrqap"]["terms"][term]["p"]
    middle = (theirs + ours) / 2
    error = (middle * (1 - middle) * (1 / orders + 1 / 2000)) ** 0.5
    assert ours == pytest.approx(theirs, abs=3 * error + 1 / orders)


def test_a_correlation_leaves_the_pair_out_too(found):
    there = ~GAP & ~np.eye(PEOPLE, dtype=bool)
    r = np.corrcoef(TIES[there], METRES[there])[0, 1]
    assert found["qap"]["dyad(metres)"]["r"] == pytest.approx(r, abs=1e-12)


def terms():
    one, two = RNG.normal(size=(2, 6, 6)) + 50
    one[0, 1] = one[2, 3] = two[0, 1] = two[4, 5] = np.nan
    return {"one": tied_of(one), "two": tied_of(two), "level": receiver(RNG.normal(size=6))}


def test_what_is_left_of_a_gap_is_nothing():
    """Whichever terms a pair lacks: the others tell all of them."""
    filled = told_by_others(terms())
    pairs = np.nonzero(~np.eye(6, dtype=bool))
    columns = {name: one.at(*pairs) for name, one in filled.items()}
    keys = 6 * pairs[0] + pairs[1]
    for name, lacks in (("one", (1, 15)), ("two", (1, 29))):
        others = [one for other, one in columns.items() if other != name]
        whole = ~np.isin(keys, (1, 15, 29))
        x = np.column_stack([np.ones(len(keys)), *others])
        weight, *_ = np.linalg.lstsq(x[whole], columns[name][whole], rcond=None)
        left = columns[name] - x @ weight
        assert left[np.isin(keys, lacks)] == pytest.approx([0, 0], abs=1e-9)
        assert abs(left[whole]).max() > 0.1


def test_values_that_are_there_stay_as_they_are():
    before = terms()
    after = told_by_others(before)
    pairs = np.array([1, 2, 3]), np.array([2, 0, 5])
    for name, one in before.items():
        assert after[name].at(*pairs) == pytest.approx(one.at(*pairs), abs=1e-12)
    assert told_by_others({"level": before["level"]}) == {"level": before["level"]}


def test_a_gap_takes_the_tie_of_its_pair_out():
    y = tied(6, np.array([0, 1]), np.array([1, 2]))
    found = without_gaps(y, terms().values())
    assert (found.source.tolist(), found.target.tolist()) == ([1], [2])
    assert [one.tolist() for one in found.missing] == [[0, 2, 4], [1, 3, 5]]
