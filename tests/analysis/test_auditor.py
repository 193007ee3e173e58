"""The auditor: sums that give a few people away are found, and nothing else is blocked."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwerm.analysis.auditor import Audit, audit, combine, reduced

Rows = npt.NDArray[np.int64]


def rows_of(people: int, *sets: range | set[int]) -> Rows:
    table = np.zeros((len(sets), people), dtype=np.int64)
    for row, members in enumerate(sets):
        table[row, list(members)] = 1
    return table


def test_nine_invented_accounts_and_one_victim_are_too_few() -> None:
    """The nine do not count: of those who do there is one."""
    assert audit(rows_of(1, {0}), 10) == Audit(False, 1, 1, (0,))


def test_a_total_beside_a_part_gives_the_rest_away() -> None:
    found = audit(rows_of(12, range(12), range(10)), 10)
    assert (found.passed, found.smallest, found.offending) == (False, 2, (10, 11))


def test_two_divisions_that_differ_by_a_few_give_these_away() -> None:
    found = audit(rows_of(40, range(20), range(20, 40), range(23), range(23, 40)), 10)
    assert (found.passed, found.offending) == (False, (20, 21, 22))


def test_a_total_minus_several_parts_gives_the_remainder_away() -> None:
    found = audit(rows_of(45, range(45), range(12), range(12, 26), range(26, 40)), 10)
    assert (found.passed, found.offending) == (False, (40, 41, 42, 43, 44))


def test_three_overlapping_sums_give_an_overlap_away() -> None:
    """A + B - (A or B) is who is in both: four people."""
    found = audit(rows_of(36, range(20), range(16, 36), range(36)), 10)
    assert (found.passed, found.offending) == (False, (16, 17, 18, 19))


def test_what_only_follows_by_halves_is_found_as_well() -> None:
    """Three sums over pairs of parts: half their sum minus one of them is one part."""
    parts = [set(range(start, start + 6)) for start in (0, 6, 12)]
    pairs = [parts[0] | parts[1], parts[1] | parts[2], parts[0] | parts[2]]
    found = audit(rows_of(18, *pairs), 10)
    assert (found.passed, found.smallest) == (False, 6)


def test_the_earlier_report_and_this_one_together() -> None:
    """One left and nobody came: the two totals differ by that one."""
    earlier, now = range(30), set(range(30)) - {7}
    assert audit(rows_of(30, earlier), 10).passed
    assert audit(rows_of(30, now), 10).passed
    assert audit(rows_of(30, earlier, now), 10) == Audit(False, 2, 1, (7,))


@pytest.mark.parametrize(
    "table",
    [
        rows_of(10, range(10)),
        rows_of(45, range(45), range(12), range(12, 26), range(26, 45)),
        rows_of(40, range(40), range(10), range(10, 40)),
        rows_of(40, range(25), range(15, 40)),
        np.zeros((0, 12), dtype=np.int64),
        np.zeros((3, 12), dtype=np.int64),
    ],
)
def test_releases_that_give_nobody_away_pass(table: Rows) -> None:
    assert audit(table, 10) == Audit(True, len(table), 10)


def test_exactly_k_people_pass_and_one_fewer_do_not() -> None:
    assert audit(rows_of(30, range(30), range(20)), 10).passed
    assert not audit(rows_of(30, range(30), range(21)), 10).passed


def test_many_disjoint_groups_of_a_large_school_are_checked_at_once() -> None:
    groups = [range(start, start + 10) for start in range(0, 150, 10)]
    assert audit(rows_of(150, range(150), *groups), 10).passed
    assert not audit(rows_of(150, range(150), *groups, range(5)), 10).passed


def test_what_is_too_much_to_prove_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zwerm.analysis.auditor.MOST_CHOICES", 3)
    found = audit(rows_of(8, {0}, {1}, {2}, {3}), 10)
    assert (found.passed, found.was_complete) == (False, False)


@pytest.mark.parametrize("wrong", [[[0, 2]], [[-1, 1]]])
def test_something_else_than_a_set_is_refused(wrong: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="zeros and ones"):
        audit(np.array(wrong), 10)
    with pytest.raises(ValueError, match="zeros and ones"):
        audit(np.array([1, 0]), 10)


NONE_AT_ALL = 99


def in_row_space(rows: Rows, members: tuple[int, ...]) -> bool:
    """The same question by another way: does the rank stay the same?"""
    whole = np.vstack([rows, members])
    return rank(whole) == rank(rows)


def rank(rows: Rows) -> int:
    return int(np.linalg.matrix_rank(rows.astype(float)))


def smallest_by_trying_everything(rows: Rows) -> int:
    """The fewest people of any derivable set, over all sets there are."""
    people = rows.shape[1]
    sets = [one for one in product((0, 1), repeat=people) if any(one)]
    return min((sum(one) for one in sets if in_row_space(rows, one)), default=NONE_AT_ALL)


tables = st.integers(2, 7).flatmap(
    lambda people: st.lists(
        st.lists(st.integers(0, 1), min_size=people, max_size=people), min_size=1, max_size=5
    )
)


@given(tables, st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_the_auditor_finds_what_trying_everything_finds(table: list[list[int]], k: int) -> None:
    rows = np.array(table, dtype=np.int64)
    smallest = smallest_by_trying_everything(rows)
    found = audit(rows, k)
    assert found.passed == (smallest >= k)
    assert found.smallest == min(smallest, k)
    if not found.passed:
        members = tuple(int(one in found.offending) for one in range(rows.shape[1]))
        assert sum(members) == found.smallest
        assert in_row_space(rows, members)


@given(tables, st.integers(0, 999))
@settings(deadline=None)
def test_the_order_of_rows_and_people_does_not_matter(table: list[list[int]], seed: int) -> None:
    rows = np.array(table, dtype=np.int64)
    order = np.random.default_rng(seed)
    shuffled = rows[order.permutation(len(rows))][:, order.permutation(rows.shape[1])]
    assert audit(shuffled, 4).smallest == audit(rows, 4).smallest


def test_the_arithmetic_is_exact_where_floats_would_not_be() -> None:
    """A long chain of thirds and fifths returns to whole numbers, to the last digit."""
    chance = np.random.default_rng(12)
    rows = (chance.random((24, 24)) < 0.5).astype(np.int64)
    echelon, pivots = reduced(rows)
    identity = [[int(i == j) for j in pivots] for i in range(len(pivots))]
    assert [[cell for k, cell in enumerate(row) if k in pivots] for row in echelon] == identity
    whole = combine(echelon, tuple(range(len(pivots))))
    assert whole is None or set(whole) >= set(pivots)


def with_exact_difference(both: int, then_only: int, now_only: int) -> Rows:
    """Two reports, and the exact change among who answered twice: more than is ever published.

    People stand in one column as they answered then and in another as they answered now. Beside
    the sum over all of then, the difference is as good as "only then, and both times now".
    """
    then, people = both + then_only, both + then_only + both + now_only
    difference = {*range(both, then), *range(then, then + both)}
    return rows_of(people, range(then), range(then, people), difference)


@given(st.integers(20, 30), st.integers(1, 9), st.integers(1, 9))
def test_an_exact_change_gives_no_few_away_where_some_came_and_some_went(
    both: int, then_only: int, now_only: int
) -> None:
    assert audit(with_exact_difference(both, then_only, now_only), 10).passed


@pytest.mark.parametrize(("then_only", "now_only"), [(0, 3), (3, 0)])
def test_an_exact_change_would_give_a_few_away_and_so_only_a_word_is_published(
    then_only: int, now_only: int
) -> None:
    found = audit(with_exact_difference(20, then_only, now_only), 10)
    assert (found.passed, found.smallest) == (False, 3)
