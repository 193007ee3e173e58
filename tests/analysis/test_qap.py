"""QAP against R sna, against a plain loop, and by its properties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
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
from zwerm.analysis.permuting import Order
from zwerm.analysis.predictors import absdiff, receiver, same
from zwerm.analysis.qap import qap

CHANCE = 20_000


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", list(REFERENCE["qap"]))
def test_qap_is_what_sna_says_of_an_invented_network(name: str) -> None:
    said, network = REFERENCE["qap"][name], invented()
    y, x = network.for_qap(name)
    found = qap(y, x, rng=rng(), permutations=CHANCE)
    assert found.r == pytest.approx(said["r"], abs=1e-12)
    assert close_to(found.p, said["both"], CHANCE, said["reps"])
    assert close_to(found.p_above, said["above"], CHANCE, said["reps"])
    assert close_to(found.p_below, said["below"], CHANCE, said["reps"])


@pytest.mark.parametrize(
    ("one", "other"),
    [("advice", "friendship"), ("advice", "reports_to"), ("friendship", "reports_to")],
)
def test_qap_of_published_managers_is_what_sna_says(one: str, other: str) -> None:
    managers = published("krackhardt-hightech", 21)
    said = managers.expected["qap"][f"{one}_{other}"]
    found = qap(managers.table(one), managers.table(other), rng=rng(), permutations=CHANCE)
    assert found.r == pytest.approx(said["r"], abs=1e-12)
    assert close_to(found.p_above, said["p_ge"], CHANCE, said["reps"])
    assert close_to(found.p_below, said["p_le"], CHANCE, said["reps"])


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("ssl1_ssl2", "sem1_ssl", "sem2_ssl"),
        ("tsl1_tsl2", "sem1_tsl", "sem2_tsl"),
        ("frn_ssl2", "sem1_frn", "sem2_ssl"),
        ("race_ssl2", "sem1_rce", "sem2_ssl"),
        ("gender_ssl2", "sem1_gnd", "sem2_ssl"),
    ],
)
def test_qap_of_values_in_a_published_class_is_what_sna_says(
    name: str, one: str, other: str
) -> None:
    pupils = published("classroom-mrqap182", 15)
    said = pupils.expected["qap"][name]
    found = qap(pupils.table(one), pupils.table(other), rng=rng(), permutations=CHANCE)
    assert found.r == pytest.approx(said["r"], abs=1e-12)
    assert close_to(found.p_above, said["p_ge"], CHANCE, said["reps"])


def test_a_plain_loop_over_tables_says_the_same() -> None:
    draw = rng(3)
    y, x = (draw.random((25, 25)) < 0.2 for _ in range(2))
    x |= (draw.random((25, 25)) < 0.2) & y
    r, p = _dense.qap(y.astype(float), x.astype(float), rng(4), 5_000)
    found = qap(arcs_of(y), arcs_of(x), rng=rng(5), permutations=5_000)
    assert found.r == pytest.approx(r, abs=1e-12)
    assert close_to(found.p, p, 5_000, 5_000)


@settings(max_examples=40)
@given(st.integers(3, 12), st.integers(0, 2**32), st.integers(0, 99), st.integers(0, 99))
def test_r_is_the_correlation_over_all_pairs(people: int, seed: int, a: int, b: int) -> None:
    kinds = [one for one in predictors(people, rng(seed)) if np.ptp(off(table_of(one))) > 1e-9]
    y, x = kinds[a % len(kinds)], kinds[b % len(kinds)]
    expected = np.corrcoef(off(table_of(y)), off(table_of(x)))[0, 1]
    assert qap(y, x, rng=rng(), permutations=1).r == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40)
@given(st.integers(4, 10), st.integers(0, 2**32))
def test_relabelling_reversing_and_scaling_leave_r_as_it_is(people: int, seed: int) -> None:
    draw = rng(seed)
    y, x = draw.normal(size=(2, people, people))
    order = draw.permutation(people)
    r = r_of(y, x)
    for one, other in (
        (turned(y, order), turned(x, order)),
        (y.T, x.T),
        (x, y),
        (3 * y + 2, 5 - x * -0.5),
    ):
        assert r_of(one, other) == pytest.approx(r, abs=1e-9)
    assert r_of(-y, x) == pytest.approx(-r, abs=1e-9)
    assert r_of(receiver(x[0]), y) == pytest.approx(r_of(np.tile(x[0], (people, 1)), y), abs=1e-9)


def test_scaling_and_the_form_of_the_table_leave_p_as_it_is() -> None:
    draw = rng(6)
    y, x = draw.random((2, 20, 20)) < 0.2
    plain = qap(arcs_of(y), arcs_of(x), rng=rng(1), permutations=500)
    assert qap(y, x, rng=rng(1), permutations=500) == plain
    scaled = qap(7.5 * y, x, rng=rng(1), permutations=500)
    assert (scaled.p, scaled.p_above, scaled.p_below) == (plain.p, plain.p_above, plain.p_below)


def test_an_isolate_more_counts_as_a_person_without_ties() -> None:
    draw = rng(7)
    y, x = (draw.random((2, 15, 15)) < 0.3).astype(float)
    wider = [np.pad(table, ((0, 1), (0, 1))) for table in (y, x)]
    expected = np.corrcoef(off(wider[0]), off(wider[1]))[0, 1]
    assert r_of(*wider) == pytest.approx(expected, abs=1e-12)


def test_pairs_without_a_value_of_either_are_left_out() -> None:
    draw = rng(8)
    y, x = draw.normal(size=(2, 9, 9))
    y[2], y[4, 5], x[3], x[0, 8] = np.nan, np.nan, np.nan, np.nan
    there = ~np.isnan(y + x) & ~np.eye(9, dtype=bool)
    assert r_of(y, x) == pytest.approx(np.corrcoef(y[there], x[there])[0, 1], abs=1e-12)
    assert r_of(y, x) == pytest.approx(r_of(x, y), abs=1e-12)


def test_the_silent_of_both_relations_stay_among_themselves() -> None:
    draw = rng(9)
    y, x = draw.normal(size=(2, 9, 9))
    y[[2, 5]], x[[2, 7]] = np.nan, np.nan
    rows = np.delete(np.arange(9), [2, 5, 7])
    there = ~np.eye(9, dtype=bool)[rows]
    found = qap(y, x, rng=rng(), permutations=400)
    assert found.r == pytest.approx(np.corrcoef(y[rows][there], x[rows][there])[0, 1], abs=1e-12)
    assert 0.05 < found.p <= 1


def among_themselves(answered: list[bool]) -> Iterator[Order]:
    """Every order in which those who answered change places among themselves, and so the others."""
    known = np.array(answered)
    one, other = np.flatnonzero(known), np.flatnonzero(~known)
    for first, second in product(permutations(one), permutations(other)):
        order = np.empty(len(known), dtype=np.int64)
        order[one], order[other] = first, second
        yield order


@pytest.mark.parametrize("seed", [4, 5])
def test_where_both_lack_rows_p_is_that_of_every_order(seed: int) -> None:
    """Each order looks at other pairs of the relation that moves."""
    y, x = rng(seed).normal(size=(2, 6, 6)) + [[[1.0]], [[2.0]]] * np.arange(6.0)[:, None]
    y[:2], x[5] = np.nan, np.nan
    there = ~np.isnan(y) & ~np.isnan(x) & ~np.eye(6, dtype=bool)
    ways = np.array(
        [
            np.corrcoef(y[there], x[np.ix_(order, order)][there])[0, 1]
            for order in among_themselves([True] * 5 + [False])
        ]
    )
    found = qap(y, x, rng=rng(), permutations=4_000)
    exact = float(np.mean(abs(ways) >= abs(ways[0]) - 1e-9))
    assert found.r == pytest.approx(ways[0])
    assert found.p == pytest.approx(exact, abs=3 * np.sqrt(exact * (1 - exact) / 4_000) + 1 / 4_001)


def test_a_relation_with_itself_is_one_and_the_rarest() -> None:
    table = rng(10).normal(size=(12, 12))
    found = qap(table, table, rng=rng(), permutations=99)
    assert found.r == pytest.approx(1)
    assert (found.p, found.p_above, found.p_below) == (0.01, 0.01, 1.0)


def test_when_every_order_says_the_same_p_is_one() -> None:
    found = qap(ring(3), ring(3).T, rng=rng(), permutations=50)
    assert found.r == pytest.approx(-1)
    assert found.p == 1.0


def test_an_order_in_which_nothing_varies_counts_as_extreme() -> None:
    y = empty(6).astype(float)
    y[1, 2] = 1
    x = np.where(np.arange(6)[:, None] == 1, rng(2).normal(size=(6, 6)), 0.0)
    y[[0, 3, 4, 5]] = np.nan
    found = qap(y, x, rng=rng(), permutations=300)
    assert 0.5 < found.p < 1
    assert np.isfinite(found.r)


@pytest.mark.parametrize("flat", [empty(5), complete(5), np.full((5, 5), 7.0)])
def test_a_relation_without_differences_is_refused(flat: Any) -> None:
    for one, other in ((flat, ring(5)), (ring(5), flat)):
        with pytest.raises(ValueError, match="one of the two is the same for every pair of people"):
            qap(one, other, rng=rng())


def test_with_gaps_a_relation_without_differences_is_refused_as_well() -> None:
    flat = np.ones((5, 5))
    flat[0, 1] = np.nan
    with pytest.raises(ValueError, match="one of the two is the same for every pair of people"):
        qap(flat, ring(5), rng=rng())


def test_too_few_people_and_people_of_two_lists_are_refused() -> None:
    alone = arcs_of(ring(4), np.array([True, False, False, False]))
    with pytest.raises(ValueError, match="1 of 4 people answered; people change places"):
        qap(alone, ring(4).T, rng=rng())
    with pytest.raises(ValueError, match="y is about 5 people, x about 4"):
        qap(ring(5), ring(4), rng=rng())
    with pytest.raises(ValueError, match="x has no number for 1 people"):
        qap(ring(4), receiver([1, 2, np.nan, 4]), rng=rng())


def test_too_many_people_for_single_gaps_are_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zwerm.analysis.regression.pairwise.MOST", 4)
    table = ring(5).astype(float)
    table[0, 2] = np.nan
    with pytest.raises(ValueError, match="5 people are too many when single pairs have no value"):
        qap(table, ring(5).T, rng=rng())


def test_negative_values_are_values() -> None:
    y, x = rng(11).normal(size=(2, 8, 8))
    assert r_of(-np.abs(y), x) == pytest.approx(-r_of(np.abs(y), x), abs=1e-9)


def test_progress_is_told_to_the_end() -> None:
    told: list[float] = []
    qap(ring(6), same(np.arange(6) // 2), rng=rng(), permutations=50, progress=told.append)
    assert told[-1] == 1.0


def test_groups_and_differences_meet_ties_of_a_hundred_thousand_arcs() -> None:
    draw = rng(12)
    source, target = draw.integers(0, 5_000, (2, 100_000))
    ties = np.zeros((5_000, 5_000), dtype=bool)
    ties[source, target] = True
    arcs = arcs_of(ties)
    found = qap(arcs, absdiff(draw.normal(size=5_000)), rng=rng(), permutations=20)
    assert abs(found.r) < 0.01
    assert found.p > 0.04


def off(table: Table) -> Table:
    return np.asarray(table[~np.eye(len(table), dtype=bool)])


def r_of(y: Any, x: Any) -> float:
    return qap(y, x, rng=rng(), permutations=1).r
