"""Terms as a researcher writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.pairs_table import Table, table_of
from zwerm.analysis.arcs import Arcs, arcs_between
from zwerm.analysis.predictors import Tied, tied
from zwerm.analysis.terms import KINDS, Wording, parse, parse_sum, predictor_from


@dataclass
class School:
    """Three people, of whom the columns are kept here."""

    level: list[float] = field(default_factory=lambda: [3, 1, 2])
    team: list[str] = field(default_factory=lambda: ["a", "", "a"])

    def numbers(self, column: str) -> Table:
        return np.array(getattr(self, column), dtype=float)

    def words(self, column: str) -> Sequence[str]:
        return list(getattr(self, column))

    def dyads(self, name: str) -> Tied:
        assert name == "floor"
        return tied(3, np.array([0, 1]), np.array([1, 0]), [4.0, 4.0])

    def ties(self, relation: str) -> Arcs | Tied:
        assert relation == "friends"
        return arcs_between(3, np.array([2]), np.array([0]))


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("receiver(level)", [[0, 1, 2], [3, 0, 2], [3, 1, 0]]),
        ("sender(level)", [[0, 3, 3], [1, 0, 1], [2, 2, 0]]),
        ("receiver(team=a)", [[0, 0, 1], [1, 0, 1], [1, 0, 0]]),
        ("sender( team = a )", [[0, 1, 1], [0, 0, 0], [1, 1, 0]]),
        ("same(team)", [[0, 0, 1], [0, 0, 0], [1, 0, 0]]),
        ("absdiff(level)", [[0, 2, 1], [2, 0, 1], [1, 1, 0]]),
        ("dyad(floor)", [[0, 4, 0], [4, 0, 0], [0, 0, 0]]),
        ("tie(friends)", [[0, 0, 0], [0, 0, 0], [1, 0, 0]]),
    ],
)
def test_each_term_has_the_values_it_says(text: str, table: list[list[float]]) -> None:
    assert table_of(predictor_from(parse(text), School())).tolist() == table


def test_people_without_a_word_share_it_with_nobody() -> None:
    nobody = School(team=["", "", ""])
    assert table_of(predictor_from(parse("same(team)"), nobody)).tolist() == [[0.0] * 3] * 3


def test_a_word_that_nobody_has_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"receiver\(team=b\): nobody has 'b' in team") as told:
        predictor_from(parse("receiver(team=b)"), School(team=["a", "", "c"]))
    assert str(told.value).endswith("there is 'a', 'c'")


@pytest.mark.parametrize("text", ["", "level", "reciever(level)", "same()", "same(a", "same(a) b"])
def test_what_is_no_term_is_told_with_the_terms_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="is not a term; a term is one of receiver") as told:
        parse(text)
    assert all(f"{kind}(...)" in str(told.value) for kind in KINDS)


def test_a_column_may_have_brackets_and_plus_signs_in_its_name() -> None:
    parts = parse_sum("absdiff(age (years)) + same(team + floor)")
    assert [part.column for part in parts] == ["age (years)", "team + floor"]


def test_only_a_column_of_people_takes_a_value() -> None:
    assert parse("same(a=b)") == Wording("same(a=b)", "same", "a=b")
    assert parse("sender(a=b=c)") == Wording("sender(a=b=c)", "sender", "a", "b=c")


def test_the_same_term_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'same\(a\)' stands there twice; once is enough"):
        parse_sum("same(a) + receiver(b) + same(a)")


@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.from_regex(r"[a-z_]{1,8}", fullmatch=True)),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_what_is_written_is_read(terms: list[tuple[str, str]]) -> None:
    texts = [f"{kind}({column})" for kind, column in terms]
    found = parse_sum(" + ".join(texts))
    assert [(one.text, one.kind, one.column, one.value) for one in found] == [
        (text, kind, column, None) for text, (kind, column) in zip(texts, terms, strict=True)
    ]
