"""MRQAP against R sna, against a plain loop, and by its properties."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
from bench import _dense
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.networks import complete, empty, ring
from tests.analysis.pairs_table import Table, predictors, table_of, turned
from tests.analysis.permutation_reference import REFERENCE, close_to, invented, published
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.design import INTERCEPT
from zwerm.analysis.mrqap import Mrqap, mrqap
from zwerm.analysis.predictors import Ends, Predictor, absdiff, receiver, same, sender, tied
from zwerm.analysis.regression.fits import Scheme

CHANCE = 10_000
SCHEMES: tuple[tuple[str, Scheme], ...] = (("mrqap", "double_semi_partialling"), ("mrqap_y", "y"))


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("run", "scheme"), SCHEMES)
@pytest.mark.parametrize("name", ["plain", "weight", "silent", "holed"])
def test_mrqap_is_what_sna_says_of_an_invented_network(run: str, scheme: Scheme, name: str) -> None:
    said, network = REFERENCE[run][name], invented()
    found = mrqap(network.ties(name), network.xs, rng=rng(), permutations=CHANCE, scheme=scheme)
    assert [term.name for term in found.terms] == [INTERCEPT, *network.xs]
    check(found, said["b"], said["t"], said["p"], said["reps"])


@pytest.mark.parametrize(
    ("name", "y", "xs"),
    [
        ("advice_on_friendship_reports", "advice", "friendship reports_to"),
        ("friendship_on_advice_reports", "friendship", "advice reports_to"),
        (
            "advice_full",
            "advice",
            "reports_to friendship same_department receiver_level receiver_tenure receiver_age",
        ),
    ],
)
def test_mrqap_of_published_managers_is_what_sna_says(name: str, y: str, xs: str) -> None:
    managers = published("krackhardt-hightech", 21)
    found = mrqap(
        managers.table(y),
        {x: predictor_of_managers(managers, x) for x in xs.split()},
        rng=rng(),
        permutations=CHANCE,
    )
    check_published(found, managers.expected["mrqap"][name])


def predictor_of_managers(managers: Any, name: str) -> Predictor | Table:
    kind, _, column = name.partition("_")
    if kind == "receiver":
        return receiver(managers.column(column))
    if kind == "same":
        return same(managers.column(column).astype(int))
    return np.asarray(managers.table(name))


@pytest.mark.parametrize(
    ("name", "y", "scheme"),
    [
        ("sem2_ssl", "sem2_ssl", "double_semi_partialling"),
        ("sem2_tsl", "sem2_tsl", "double_semi_partialling"),
        ("sem2_ssl_qapy", "sem2_ssl", "y"),
    ],
)
def test_mrqap_of_values_in_a_published_class_is_what_sna_says(
    name: str, y: str, scheme: Scheme
) -> None:
    pupils = published("classroom-mrqap182", 15)
    said = pupils.expected["mrqap"][name]
    names = [term["term"] for term in said["coefficients"][1:]]
    xs = {x: pupils.table(x) for x in names}
    found = mrqap(pupils.table(y), xs, rng=rng(), permutations=CHANCE, scheme=scheme)
    check_published(found, said)


def check_published(found: Mrqap, said: dict[str, Any]) -> None:
    assert found.r_squared == pytest.approx(said["r_squared"], abs=1e-9)
    assert found.pairs == said["n_dyads"]
    b, t, p = ([term[part] for term in said["coefficients"]] for part in ("b", "t", "p_abs"))
    check(found, b, t, p, said["reps"])


def check(found: Mrqap, b: list[float], t: list[float], p: list[float], reps: int) -> None:
    assert [term.b for term in found.terms] == pytest.approx(b, abs=1e-9)
    assert [term.t for term in found.terms] == pytest.approx(t, abs=1e-9)
    for term, said in zip(found.terms, p, strict=True):
        assert close_to(term.p, said, found.permutations, reps), (term, said)


def test_a_plain_loop_over_tables_says_the_same() -> None:
    y, x, tables = drawn(22, seed=1)
    b, t, p = _dense.mrqap(y.astype(float), tables, rng(4), 2_000)
    found = mrqap(arcs_of(y), x, rng=rng(5), permutations=2_000)
    check(found, b.tolist(), t.tolist(), p.tolist(), 2_000)


def drawn(people: int, seed: int) -> tuple[Any, dict[str, Any], list[Table]]:
    """Ties, predictors of three kinds, and the same as tables."""
    draw = rng(seed)
    team, level = draw.integers(0, 3, people), draw.integers(0, 4, people)
    other = draw.random((people, people)) < 0.2
    y = draw.random((people, people)) < 0.1 + 0.1 * (team[:, None] == team) + 0.05 * level
    np.fill_diagonal(y, False)
    one, two = receiver(level), same(team)
    xs = {"level": one, "team": two, "other": arcs_of(other)}
    return y, xs, [table_of(one), table_of(two), other.astype(float)]


@settings(max_examples=40)
@given(
    st.integers(6, 14), st.integers(0, 2**32), st.lists(st.integers(2, 9), min_size=1, max_size=3)
)
def test_coefficients_are_those_of_least_squares(people: int, seed: int, which: list[int]) -> None:
    draw = rng(seed)
    kinds = predictors(people, draw)
    xs = {str(place): kinds[place] for place in which if place != 3}
    y = draw.normal(size=(people, people))
    y[draw.integers(people)] = np.nan
    there = ~np.isnan(y) & ~np.eye(people, dtype=bool)
    columns = np.column_stack([np.ones(there.sum()), *(table_of(x)[there] for x in xs.values())])
    if not xs or np.linalg.matrix_rank(columns) < columns.shape[1]:
        return
    found = mrqap(y, xs, rng=rng(), permutations=1)
    b, _left, _rank, size = np.linalg.lstsq(columns, y[there], rcond=None)
    if size[-1] > 1e-3 * size[0]:
        assert [term.b for term in found.terms] == pytest.approx(b.tolist(), abs=1e-7)


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_relabelling_and_reversing_leave_the_regression_as_it_is(seed: int) -> None:
    draw = rng(seed)
    y, level, team = draw.normal(size=(8, 8)), draw.normal(size=8), np.arange(8) % 3
    order = draw.permutation(8)
    plain = slopes(y, {"level": receiver(level), "team": same(team)})
    relabelled = {"level": receiver(level[order]), "team": same(team[order])}
    assert slopes(turned(y, order), relabelled) == pytest.approx(plain, abs=1e-9)
    reversed_ = {"level": sender(level), "team": same(team)}
    assert slopes(y.T, reversed_) == pytest.approx(plain, abs=1e-9)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.floats(0.1, 50), st.floats(-2_000, 2_000))
def test_scaling_scales_and_p_stays(seed: int, scale: float, shift: float) -> None:
    draw = rng(seed)
    y, level, age = draw.normal(size=(9, 9)), draw.normal(size=9), draw.normal(size=9)
    plain = mrqap(y, {"l": receiver(level), "a": absdiff(age)}, rng=rng(2), permutations=20)
    xs: dict[str, Any] = {"l": receiver(level * scale + shift), "a": absdiff(age * scale + shift)}
    scaled = mrqap(3 * y + 1, xs, rng=rng(2), permutations=20)
    for one, other in zip(plain.terms[1:], scaled.terms[1:], strict=True):
        assert other.b == pytest.approx(3 * one.b / scale, rel=1e-6, abs=1e-9)
        assert other.t == pytest.approx(one.t, rel=1e-6, abs=1e-6)
        assert other.p == one.p
    assert scaled.r_squared == pytest.approx(plain.r_squared, abs=1e-6)


def test_values_of_every_pair_may_lie_far_from_zero() -> None:
    draw, (one, other) = rng(12), np.nonzero(~np.eye(9, dtype=bool))
    near, y = draw.normal(size=72), draw.normal(size=(9, 9))
    plain = mrqap(y, {"way": tied(9, one, other, near)}, rng=rng(2), permutations=50)
    far = mrqap(y, {"way": tied(9, one, other, near + 1e7)}, rng=rng(2), permutations=50)
    assert far.terms[1].b == pytest.approx(plain.terms[1].b, rel=1e-7)
    assert far.terms[1].t == pytest.approx(plain.terms[1].t, rel=1e-7)
    assert far.terms[1].p == plain.terms[1].p


def test_an_isolate_more_counts_as_a_person_without_ties() -> None:
    y, _xs, tables = drawn(14, seed=3)
    wide = [np.pad(table, ((0, 1), (0, 1))) for table in (y, *tables)]
    b, t, _p = _dense.mrqap(wide[0].astype(float), wide[1:], rng(), 1)
    wider = {"level": wide[1], "team": wide[2], "other": wide[3].astype(bool)}
    found = mrqap(arcs_of(wide[0]), wider, rng=rng(), permutations=1)
    assert [term.b for term in found.terms] == pytest.approx(b.tolist(), abs=1e-9)
    assert [term.t for term in found.terms] == pytest.approx(t.tolist(), abs=1e-9)


@pytest.mark.parametrize(("_run", "scheme"), SCHEMES)
def test_pairs_and_structure_give_the_same_p(_run: str, scheme: Scheme) -> None:
    y, xs, _tables = drawn(14, seed=4)
    y = y.astype(float)
    y[[2, 9]] = np.nan
    whole = mrqap(y, xs, rng=rng(), permutations=4_000, scheme=scheme)
    y[0, 1] = np.nan
    holed = mrqap(y, xs, rng=rng(2), permutations=4_000, scheme=scheme)
    assert (whole.pairs, holed.pairs) == (12 * 13, 12 * 13 - 1)
    for one, other in zip(whole.terms, holed.terms, strict=True):
        assert one.p == pytest.approx(other.p, abs=0.05)


def test_where_a_predictor_lacks_the_rows_of_the_silent_they_stay_among_themselves() -> None:
    y, xs, _tables = drawn(12, seed=5)
    answered = np.arange(12) % 4 != 3
    both = {"team": xs["team"], "other": arcs_of(table_bool(xs["other"]), answered)}
    found = mrqap(arcs_of(y, answered), both, rng=rng(), permutations=200)
    only = mrqap(arcs_of(y, answered), {**both, "other": xs["other"]}, rng=rng(), permutations=200)
    assert [term.b for term in found.terms] == pytest.approx([term.b for term in only.terms])


def table_bool(arcs: Any) -> Any:
    table = empty(arcs.people)
    table[arcs.source, arcs.target] = True
    return table


def test_of_ties_without_direction_each_pair_counts_once() -> None:
    half = rng(6).normal(size=(10, 10))
    y, team = half + half.T, np.arange(10) % 2
    xs: dict[str, Any] = {"team": same(team), "age": absdiff(np.arange(10.0) ** 2)}
    both = mrqap(y, xs, rng=rng(), permutations=100)
    once = mrqap(y, xs, rng=rng(), permutations=100, undirected=True)
    assert (both.pairs, once.pairs) == (90, 45)
    assert [term.b for term in once.terms] == [term.b for term in both.terms]
    assert [term.p for term in once.terms] == [term.p for term in both.terms]
    for one, other in zip(once.terms, both.terms, strict=True):
        assert one.t == pytest.approx(other.t * np.sqrt(42 / 87))


@pytest.mark.parametrize(
    ("y", "x", "told"),
    [
        ("way", "age", "y differs between the two ways of a pair"),
        (
            "both",
            "way",
            "x differs between the two ways of a pair, so that it has a direction",
        ),
        ("both", "heavy", "x differs between the two ways of a pair"),
        ("both", "receiver", "x differs between the two ways of a pair"),
        ("half a gap", "age", "y differs between the two ways of a pair"),
        ("silent", "age", "1 rows are missing; of ties without direction each stands in two rows"),
        ("both", "ends", ""),
        ("gap", "sum", ""),
    ],
)
def test_what_has_a_direction_is_no_regression_without(y: str, x: str, told: str) -> None:
    way, age = rng(13).random((8, 8)) < 0.3, rng(14).normal(size=8)
    both = (way | way.T) * 1.0
    there: dict[str, Any] = {
        "way": way * 1.0,
        "both": both,
        "heavy": both * (1 + way),
        "half a gap": np.where(np.eye(8, k=3), np.nan, both),
        "gap": np.where(np.eye(8, k=3) + np.eye(8, k=-3), np.nan, both),
        "silent": np.where(np.arange(8)[:, None] == 2, np.nan, both),
        "age": absdiff(age),
        "receiver": receiver(age),
        "ends": Ends(age, age + 1),
        "sum": age[:, None] + age + 0.1,
    }
    ask = partial(mrqap, there[y], {"x": there[x]}, rng=rng(), permutations=9, undirected=True)
    if told:
        with pytest.raises(ValueError, match=told):
            ask()
    else:
        assert ask().pairs == (28 if y == "both" else 23)


def test_ties_may_be_given_by_their_structure_too() -> None:
    xs = {"age": absdiff(np.arange(7.0) ** 2)}
    y = receiver(np.arange(7) % 3)
    assert slopes(y, xs) == pytest.approx(slopes(table_of(y), xs), abs=1e-12)


@pytest.mark.parametrize(("_run", "scheme"), SCHEMES)
def test_orders_in_which_a_column_says_nothing_of_its_own_count_as_extreme(
    _run: str, scheme: Scheme
) -> None:
    y = rng(7).normal(size=(4, 4))
    y[0, 1] = np.nan
    xs = {"one": receiver([1, 0, 0, 0]), "two": sender([1, 0, 0, 0])}
    found = mrqap(y, xs, rng=rng(), permutations=50, scheme=scheme)
    assert all(0 < term.p <= 1 and np.isfinite(term.t) for term in found.terms)


@pytest.mark.parametrize(
    ("xs", "told"),
    [
        ({}, "needs at least one predictor, got none"),
        ({"level": receiver([2, 2, 2, 2, 2])}, "level is the same for every pair of people; leave"),
        ({"none": empty(5)}, "none is the same for every pair of people; leave it out"),
        ({"all": complete(5)}, "all is the same for every pair of people; leave it out"),
        (
            {"a": receiver([1, 2, 3, 4, 6]), "b": ring(5), "c": receiver([3, 5, 7, 9, 13])},
            "c follows from a; leave one of them out",
        ),
        (
            {"a": receiver([1, 2, 0, 4, 1]), "b": sender([0, 2, 1, 0, 3]), "c": "a + b"},
            "c follows from a and b; leave one of them out",
        ),
        ({"age": receiver([1, 2, np.nan, 4, 5])}, "age has no number for 1 people, the first at"),
        ({"far": ring(4)}, "far is about 4 people, y about 5"),
        ({"gap": "gap"}, "gap has no value for 1 pairs, the first those at places 0 and 2; fill"),
    ],
)
def test_a_bad_predictor_is_named(xs: dict[str, Any], told: str) -> None:
    if xs.get("c") == "a + b":
        xs = {**xs, "c": table_of(xs["a"]) + table_of(xs["b"])}
    if "gap" in xs:
        xs = {"gap": np.where(np.arange(25).reshape(5, 5) == 2, np.nan, rng().normal(size=(5, 5)))}
    with pytest.raises(ValueError, match=told):
        mrqap(rng(8).normal(size=(5, 5)), xs, rng=rng(), permutations=5)


def test_bad_ties_are_refused() -> None:
    level = {"level": receiver([1, 2, 4, 3])}
    alone = arcs_of(ring(4), np.array([False, True, False, False]))
    with pytest.raises(ValueError, match="1 of 4 people answered; people change places"):
        mrqap(alone, level, rng=rng())
    endless = np.full((4, 4), np.inf)
    endless[0] = 1
    with pytest.raises(ValueError, match="y has no number for"):
        mrqap(endless, level, rng=rng())
    with pytest.raises(ValueError, match="2 pairs of people are too few for 2 terms"):
        mrqap(np.array([[0, 1], [2, 0]]), {"level": receiver([1, 2])}, rng=rng())
    with pytest.raises(ValueError, match="all 12 pairs have the same tie"):
        mrqap(empty(4), level, rng=rng())
    with pytest.raises(ValueError, match="all 12 pairs have the same tie"):
        mrqap(complete(4), level, rng=rng())


def test_what_the_predictors_tell_exactly_is_no_regression() -> None:
    with pytest.raises(ValueError, match="the predictors tell exactly who names whom"):
        mrqap(ring(5), {"ring": ring(5), "level": receiver([1, 3, 2, 5, 4])}, rng=rng())


def test_progress_is_told_to_the_end() -> None:
    told: list[float] = []
    y, xs, _tables = drawn(10, seed=9)
    mrqap(y, xs, rng=rng(), permutations=10, progress=told.append)
    assert told[-1] == 1.0


def slopes(y: Any, xs: dict[str, Any]) -> list[float]:
    found = mrqap(y, xs, rng=rng(), permutations=1)
    return [*(term.b for term in found.terms), *(term.t for term in found.terms)]
