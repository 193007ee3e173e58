"""Logistic regression of ties, against R and by its properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.analysis.networks import complete, ring
from tests.analysis.pairs_table import Table
from tests.analysis.permutation_reference import REFERENCE, close_to, invented, published
from zwerm.analysis.mrqap import Mrqap, mrqap
from zwerm.analysis.predictors import absdiff, receiver, same
from zwerm.analysis.regression.fits import Scheme
from zwerm.analysis.regression.logistic import fit_logistic

CHANCE = 2_000


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def logistic(y: Table, xs: dict[str, Any], permutations: int = 1, **more: Any) -> Mrqap:
    return mrqap(y, xs, rng=rng(), permutations=permutations, family="logistic", **more)


@pytest.mark.parametrize(
    ("run", "scheme"), [("logistic", "double_semi_partialling"), ("logistic_y", "y")]
)
def test_logistic_mrqap_is_what_sna_says_of_an_invented_network(run: str, scheme: Scheme) -> None:
    said, network = REFERENCE[run], invented()
    found = logistic(network.advice, network.xs, CHANCE, scheme=scheme)
    assert [term.b for term in found.terms] == pytest.approx(said["b"], abs=1e-6)
    # R divides by the standard error of one step before the last.
    assert [term.t for term in found.terms] == pytest.approx(said["t"], abs=1e-4)
    assert found.r_squared == pytest.approx(said["r_squared"], abs=1e-9)
    for term, p in zip(found.terms, said["p"], strict=True):
        assert close_to(term.p, p, CHANCE, said["reps"]), (term, p)


def test_logistic_coefficients_of_published_managers_are_those_of_glm() -> None:
    managers = published("krackhardt-hightech", 21)
    xs = {x: managers.table(x) for x in ("friendship", "reports_to")}
    found = logistic(managers.table("advice"), xs)
    said = managers.expected["mrqap"]["advice_on_friendship_reports"]["logistic"]["coefficients"]
    assert [term.b for term in found.terms] == pytest.approx(list(said.values()), abs=1e-7)


def test_one_fit_among_many_is_the_fit_alone() -> None:
    draw = rng(2)
    shared = np.vstack([np.ones(200), draw.normal(size=200)])
    own = draw.normal(size=(1, 200, 4)) * [1, 10, 0.1, 1_000]
    y = (draw.random(200) < 0.3).astype(float)
    together = fit_logistic(y, shared, own)
    for at in range(4):
        alone = fit_logistic(y, np.zeros((0, 200)), np.vstack([shared, own[:, :, at]])[:, :, None])
        np.testing.assert_allclose(together.b[:, at], alone.b[:, 0], atol=1e-9)
        np.testing.assert_allclose(together.z[:, at], alone.z[:, 0], atol=1e-7)
        assert together.deviance[at] == pytest.approx(alone.deviance[0])


def test_where_to_begin_makes_no_difference() -> None:
    draw = rng(3)
    shared, own = np.ones((1, 90)), draw.normal(size=(1, 90, 2))
    y = (draw.random(90) < 0.5).astype(float)
    one, other = fit_logistic(y, shared, own), fit_logistic(y, shared, own, np.array([1.5]))
    np.testing.assert_allclose(one.b, other.b, atol=1e-9)
    assert one.is_settled.all()
    assert other.is_settled.all()


def test_columns_that_tell_exactly_or_say_the_same_do_not_settle() -> None:
    y = np.repeat([0.0, 1.0], 30)
    shared = np.vstack([np.ones(60), np.arange(60.0) % 5])
    own = np.stack([y, shared[1], np.arange(60.0) % 7], axis=1)[None]
    assert fit_logistic(y, shared, own).is_settled.tolist() == [False, False, True]


def test_missing_pairs_are_left_out() -> None:
    draw = rng(4)
    y = (draw.random((12, 12)) < 0.4).astype(float)
    level = draw.normal(size=12)
    y[3], y[0, 1] = np.nan, np.nan
    there = ~np.isnan(y) & ~np.eye(12, dtype=bool)
    columns = np.asarray([np.ones(there.sum()), np.tile(level, (12, 1))[there]], dtype=float)
    expected = fit_logistic(y[there], np.zeros((0, there.sum())), columns[:, :, None])
    found = logistic(y, {"level": receiver(level)})
    assert [term.b for term in found.terms] == pytest.approx(expected.b[:, 0].tolist(), abs=1e-8)
    assert found.pairs == there.sum()


def test_of_ties_without_direction_each_pair_counts_once() -> None:
    half = rng(5).random((10, 10)) < 0.2
    y, xs = (half | half.T).astype(float), {"team": same(np.arange(10) % 3)}
    both, once = logistic(y, xs, 50), logistic(y, xs, 50, undirected=True)
    assert (both.pairs, once.pairs) == (90, 45)
    for one, other in zip(once.terms, both.terms, strict=True):
        assert (one.b, one.p) == (other.b, other.p)
        assert one.t == pytest.approx(other.t / np.sqrt(2))


@pytest.mark.parametrize("scheme", ["double_semi_partialling", "y"])
def test_orders_that_do_not_settle_count_as_extreme(scheme: Scheme) -> None:
    y = np.zeros((5, 5))
    y[0, 1] = y[2, 1] = y[3, 4] = 1
    level = receiver([0.0, 1, 0, 0, 2])
    found = logistic(y, {"level": level}, 60, scheme=scheme)
    assert all(0 < term.p <= 1 and np.isfinite(term.t) for term in found.terms)


@pytest.mark.parametrize(
    ("y", "told"),
    [
        (2.0 * ring(5), "logistic regression needs ties of 0 and 1, got 2"),
        (-1.0 * ring(5), "logistic regression needs ties of 0 and 1, got -1"),
        (1.0 * complete(5), "all 20 pairs have the same tie"),
        (np.tile(np.arange(5.0) > 2, (5, 1)) * 1.0, "the predictors tell exactly who names whom"),
    ],
)
def test_ties_that_cannot_be_told_apart_so_are_refused(y: Table, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        logistic(y, {"level": receiver(np.arange(5.0))})


def test_a_bad_predictor_is_named_here_too() -> None:
    with pytest.raises(ValueError, match="age is the same for every pair of people"):
        logistic(1.0 * ring(5), {"age": absdiff([3, 3, 3, 3, 3])})
