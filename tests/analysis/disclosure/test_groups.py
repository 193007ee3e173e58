"""Groups: merging small ones, dominance, and how much two groups ask each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis.disclosure import (
    Block,
    GroupMap,
    Withheld,
    is_dominated,
    merge_small_groups,
    show_group_map,
)
from zwerm.analysis.disclosure.groups import strength_of
from zwerm.analysis.response import Contract

Partition = tuple[list[int], list[int]]


@st.composite
def partitions(draw: st.DrawFn) -> Partition:
    sizes = draw(st.lists(st.integers(0, 30), min_size=1, max_size=8))
    neighbours = [draw(st.integers(-1, len(sizes) - 1)) for _ in sizes]
    return sizes, neighbours


@given(partitions())
def test_no_group_is_left_with_fewer_than_ten_unless_the_school_has_fewer(
    partition: Partition,
) -> None:
    sizes, neighbours = partition
    ends_in = merge_small_groups(sizes, neighbours, 10)
    held: dict[int, int] = {}
    for group, into in enumerate(ends_in):
        held[into] = held.get(into, 0) + sizes[group]
    assert sum(held.values()) == sum(sizes)
    assert all(ends_in[into] == into for into in held)
    assert min(held.values()) >= 10 or len(held) == 1


@given(partitions())
def test_groups_that_are_large_enough_stay_as_they_are(partition: Partition) -> None:
    sizes, neighbours = partition
    large = [size + 10 for size in sizes]
    assert merge_small_groups(large, neighbours, 10) == list(range(len(sizes)))


def test_a_group_joins_the_neighbour_that_was_chosen_and_not_the_smallest() -> None:
    assert merge_small_groups([12, 4, 15], [1, 2, 0], 10) == [0, 2, 2]


def test_merging_goes_on_until_what_is_left_is_large_enough() -> None:
    assert merge_small_groups([3, 4, 20], [1, 0, 0], 10) == [2, 2, 2]
    assert merge_small_groups([3, 8, 20], [1, 0, 0], 10) == [1, 1, 2]


def test_with_fewer_than_ten_in_all_everybody_is_one_group() -> None:
    assert len(set(merge_small_groups([3, 2, 4], [1, 2, 0], 10))) == 1


def test_one_who_gives_over_thirty_per_cent_dominates() -> None:
    def given_by(*out: int) -> npt.NDArray[np.bool_]:
        ties = np.zeros((len(out), 100), dtype=bool)
        start = 0
        for row, count in enumerate(out):
            ties[row, start : start + count] = True
            start += count
        return ties

    assert not is_dominated(given_by(30, 20, 20, 20, 10))
    assert is_dominated(given_by(31, 19, 20, 20, 10))
    assert not is_dominated(given_by(25, 25, 25, 25))
    assert is_dominated(given_by(26, 25, 25, 24))


def test_one_who_receives_over_thirty_per_cent_dominates() -> None:
    ties = np.zeros((100, 5), dtype=bool)
    for column, (start, end) in enumerate([(0, 31), (31, 50), (50, 70), (70, 90), (90, 100)]):
        ties[start:end, column] = True
    assert is_dominated(ties)
    assert is_dominated(ties.T)


@pytest.mark.parametrize("total", range(10, 400, 10))
def test_exactly_thirty_and_exactly_fifty_per_cent_do_not_dominate(total: int) -> None:
    parts = [3 * total // 10, 2 * total // 10, 2 * total // 10, 2 * total // 10, total // 10]
    ties = np.zeros((5, total), dtype=bool)
    start = 0
    for row, count in enumerate(parts):
        ties[row, start : start + count] = True
        start += count
    assert not is_dominated(ties)


def test_without_arcs_nobody_dominates() -> None:
    assert not is_dominated(np.zeros((4, 4), dtype=bool))


def random_ties(people: int, chance: float, seed: int = 5) -> npt.NDArray[np.bool_]:
    ties = np.random.default_rng(seed).random((people, people)) < chance
    np.fill_diagonal(ties, val=False)
    return ties


def groups_of(*sizes: int) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(len(sizes)), sizes).astype(np.int64)


def seen(
    ties: npt.NDArray[np.bool_], group: npt.NDArray[np.int64], counted: int | None = None
) -> GroupMap | Withheld:
    everybody = np.ones(len(ties), dtype=bool)
    few = everybody.copy()
    if counted is not None:
        few[counted:] = False
    return show_group_map(ties, group, everybody, few, agreed="full", draws=steady)


def steady(a: int, b: int) -> np.random.Generator:
    return np.random.default_rng([a, b])


def test_pairs_are_few_some_or_many_against_the_average_between_groups() -> None:
    group = groups_of(12, 12, 12)
    ties = random_ties(36, 0.30)
    ties[:24, :24] |= random_ties(24, 0.55, seed=6)
    ties[24:, 12:24] &= random_ties(12, 0.25, seed=7)
    ties[12:24, 24:] &= random_ties(12, 0.25, seed=8)
    assert seen(ties, group) == GroupMap(
        [True, True, True], [Block(0, 1, "strong"), Block(0, 2, "some"), Block(1, 2, "few")]
    )


def test_nothing_between_any_two_groups_is_few() -> None:
    group = groups_of(12, 12)
    ties = random_ties(24, 0.4) & (group[:, None] == group[None, :])
    assert seen(ties, group) == GroupMap([True, True], [Block(0, 1, "few")])


def test_a_pair_that_one_person_decides_counts_one_class_lower() -> None:
    one_asks = np.zeros((12, 12), dtype=bool)
    one_asks[0, :] = True
    assert strength_of(0.9, 0.3, one_asks) == "some"
    assert strength_of(0.3, 0.3, one_asks) == "few"
    assert strength_of(0.1, 0.3, one_asks) == "few"
    assert strength_of(0.9, 0.3, random_ties(12, 0.5)) == "strong"


def test_a_group_with_too_few_who_count_is_hidden_and_so_are_its_pairs() -> None:
    shown = seen(random_ties(36, 0.3), groups_of(12, 12, 12), counted=33)
    assert isinstance(shown, GroupMap)
    assert shown.shown == [True, True, False]
    assert [block.strength for block in shown.blocks] == ["some", "hidden", "hidden"]


def test_a_map_of_one_group_or_of_too_few_people_is_not_shown() -> None:
    assert seen(random_ties(20, 0.3), groups_of(20)) == Withheld("no_group")
    assert seen(random_ties(20, 0.3), groups_of(20), counted=9) == Withheld("few_answers")
    nobody = np.full(20, -1, dtype=np.int64)
    assert seen(random_ties(20, 0.3), nobody) == Withheld("few_answers")


def test_the_map_needs_a_full_response() -> None:
    everybody = np.ones(24, dtype=bool)
    ties, group = random_ties(24, 0.3), groups_of(12, 12)
    short: tuple[Contract, ...] = ("broad", "little")
    for agreed in short:
        shown = show_group_map(ties, group, everybody, everybody, agreed=agreed, draws=steady)
        assert shown == Withheld("contract")


def test_the_map_does_not_depend_on_the_order_of_people() -> None:
    ties, group = random_ties(36, 0.3), groups_of(12, 12, 12)
    order = np.random.default_rng(2).permutation(36)
    assert seen(ties[np.ix_(order, order)], group[order]) == seen(ties, group)


def test_a_map_becomes_plain_json() -> None:
    shown = seen(random_ties(24, 0.3), groups_of(12, 12))
    assert isinstance(shown, GroupMap)
    assert shown.to_json(["A", "B"], [14, 15]) == {
        "shown": True,
        "nodes": [
            {"name": "A", "members": 14, "shown": True},
            {"name": "B", "members": 15, "shown": True},
        ],
        "blocks": [{"a": 0, "b": 1, "strength": "some"}],
    }


def test_between_small_groups_arcs_are_rounded_to_tens_at_random() -> None:
    """Of 16 arcs where ten is average: ten or twenty, so many of them in six of ten draws."""
    group = groups_of(15, 15, 15)
    everybody = np.ones(45, dtype=bool)
    ties = np.zeros((45, 45), dtype=bool)
    pairs = [(0, 15, 16), (15, 30, 9), (30, 0, 9)]
    for start, other, arcs in pairs:
        for place in range(arcs):
            ties[start + place % 15, other + (place * 4 + place // 15) % 15] = True
    chance = np.random.default_rng(9)
    found = [
        show_group_map(
            ties, group, everybody, everybody, agreed="full", draws=lambda _a, _b: chance
        )
        for _ in range(400)
    ]
    words = [one.blocks[0].strength for one in found if isinstance(one, GroupMap)]
    assert set(words) == {"some", "strong"}
    assert 0.5 < words.count("strong") / 400 < 0.7


def test_from_fifty_answers_arcs_go_to_the_nearest_ten() -> None:
    ties, group = random_ties(60, 0.2), groups_of(30, 30)
    everybody = np.ones(60, dtype=bool)
    found = {str(show(ties, group, everybody, seed)) for seed in range(9)}
    assert len(found) == 1


def show(
    ties: npt.NDArray[np.bool_],
    group: npt.NDArray[np.int64],
    everybody: npt.NDArray[np.bool_],
    seed: int,
) -> GroupMap | Withheld:
    def draws(_a: int, _b: int) -> np.random.Generator:
        return np.random.default_rng(seed)

    return show_group_map(ties, group, everybody, everybody, agreed="full", draws=draws)
