"""Keys, a value for each person, and what was answered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.scale_answers import Table, answered
from zwerm.analysis.scales import Unfit, describe, enough_of, keyed, person_values

NAN = np.nan


@given(answered(share=0.3))
def test_a_key_turns_answers_and_turned_twice_they_are_as_before(table: Table) -> None:
    once = keyed(table, reverse=[0])
    assert np.array_equal(once[:, 0], 6 - table[:, 0], equal_nan=True)
    assert np.array_equal(keyed(once, reverse=[0]), table, equal_nan=True)


def test_a_key_does_not_change_the_answers_it_got() -> None:
    table = np.array([[1.0, 2.0]])
    keyed(table, reverse=[0])
    assert table.tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize(
    ("table", "options", "reason", "text"),
    [
        ([[1.0, 6.0]], {}, "outside", "person 0, item 1: 6 lies outside the scale of 1 to 5"),
        ([[1.0], [0.5]], {}, "outside", "person 1, item 0: 0.5"),
        ([[1.0]], {"reverse": [1]}, "no_item", "no item 1 to reverse: items run from 0 to 0"),
        ([[1.0]], {"reverse": [-1]}, "no_item", "no item -1"),
        ([[1.0]], {"lowest": 5, "highest": 1}, "no_points", "got 5 to 1"),
        ([[1.0]], {"lowest": NAN}, "no_points", "got nan to 5"),
        ([[1.0]], {"highest": np.inf, "reverse": [0]}, "no_points", "nothing can be reversed"),
        ([1.0], {}, "no_table", "1 dimension"),
    ],
)
def test_answers_that_fit_no_scale_are_refused_with_the_reason(
    table: list[list[float]], options: dict[str, float], reason: str, text: str
) -> None:
    with pytest.raises(Unfit, match=text) as refused:
        keyed(np.array(table), **options)  # type: ignore[arg-type]
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ([1, 2], 1.5),
        ([1, NAN], NAN),
        ([1, 2, NAN], 1.5),
        ([1, NAN, NAN], NAN),
        ([1, 2, 3, NAN], 2.0),
        ([1, 2, NAN, NAN], NAN),
        ([4], 4.0),
    ],
)
def test_a_person_has_a_value_when_enough_items_were_answered(
    answers: list[float], value: float
) -> None:
    found = person_values(np.array([answers], dtype=float))
    assert found.tolist() == pytest.approx([value], nan_ok=True)


def test_how_many_answers_are_enough_may_be_said() -> None:
    answers = np.array([[1.0, NAN, NAN, 2.0], [NAN, NAN, NAN, 5.0]])
    assert person_values(answers, 1).tolist() == [1.5, 5.0]
    with pytest.raises(Unfit, match="from 1 to 4 answers, not 5"):
        person_values(answers, 5)
    with pytest.raises(Unfit, match="from 1 to 4 answers, not 0"):
        person_values(answers, 0)


@given(st.integers(1, 50))
def test_enough_is_at_least_two_thirds_and_never_more_than_all(items: int) -> None:
    assert 2 * items <= 3 * enough_of(items) <= 3 * items


def test_what_was_answered_is_counted() -> None:
    found = describe(np.array([[1.0, 2.0], [3.0, NAN], [5.0, 4.0], [NAN, NAN]]))
    assert (found.people, found.answered, found.missing) == (4, 2, 2)
    assert found.mean == 3.0
    assert found.sd == pytest.approx(18**0.5 / 2)
    first, second = found.items
    assert (first.answered, first.missing, first.mean, first.sd) == (3, 1, 3.0, 2.0)
    assert first.counts == (1, 0, 1, 0, 1)
    assert second.counts == (0, 1, 0, 1, 0)


def test_an_item_that_nobody_answered_has_counts_and_nothing_else() -> None:
    found = describe(np.full((2, 1), NAN))
    assert (found.answered, found.mean, found.sd) == (0, None, None)
    assert (found.items[0].mean, found.items[0].sd) == (None, None)
    assert found.items[0].counts == (0, 0, 0, 0, 0)


def test_answers_between_points_are_not_counted_by_point() -> None:
    assert describe(np.array([[1.5], [2.0]])).items[0].counts is None
    assert describe(np.array([[1.0], [2.0]]), highest=4.5).items[0].counts is None


def test_answers_without_ends_are_not_counted_by_point() -> None:
    table, least, most = np.array([[-3.0], [1e6]]), -np.inf, np.inf
    assert keyed(table, lowest=least, highest=most).tolist() == table.tolist()
    assert describe(table, lowest=least, highest=most).items[0].counts is None
    assert describe(np.array([[0.0], [9.0]]), lowest=0, highest=1e9).items[0].counts is None
