"""Three respondents who put their answers together leave seven others in every published cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pytest

from tests.scans.answered import answer_all, make_people, make_scan
from zwerm.analysis.auditor import audit
from zwerm.people.models import School
from zwerm.scans.results.arrays import read_asked
from zwerm.scans.results.audit import Published, as_rows, published_sums
from zwerm.scans.results.figures import figures_of

COLLUDING = 3
LEFT = 7


def kinds_of(published: Published) -> dict[Hashable, list[Hashable]]:
    """People who stand in the very same sums: which of them collude makes no difference."""
    stands: dict[Hashable, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for place, (question, who) in enumerate(published.columns):
        stands[who].append((question, tuple(published.rows[:, place].tolist())))
    alike: dict[Hashable, list[Hashable]] = defaultdict(list)
    for who, cells in stands.items():
        alike[tuple(cells)].append(who)
    return alike


def every_three(published: Published) -> Iterator[tuple[Hashable, ...]]:
    """Every choice of three people, once for each choice of kinds of people."""
    groups = list(kinds_of(published).values())
    for kinds in combinations_with_replacement(range(len(groups)), COLLUDING):
        if all(kinds.count(one) <= len(groups[one]) for one in kinds):
            taken = [groups[one][kinds[:i].count(one)] for i, one in enumerate(kinds)]
            yield tuple(taken)


def smallest_left(published: Published) -> int:
    """The fewest others of whom any three still learn a sum, at most seven."""
    return min(audit(published.without(three), LEFT).smallest for three in every_three(published))


def published(school: School, sizes: list[int], leaders: int, answered: int | None) -> Published:
    staff = make_people(school, sizes)
    scan = make_scan(school, staff, leaders=leaders)
    answer_all(scan, staff, answered=answered)
    asked = read_asked(scan)
    report: dict[str, Any] = figures_of(scan, asked, draws=lambda _name: np.random.default_rng(1))
    assert any(figure["shown"] for figure in report["figures"].values())
    return as_rows(published_sums(asked, report))


@pytest.mark.parametrize(
    ("sizes", "leaders", "answered"),
    [([12], 0, 10), ([13, 13], 10, None), ([13, 14, 16], 10, 38), ([20, 22], 0, 40)],
)
def test_any_three_who_put_their_answers_together_leave_seven_others(
    school: School, sizes: list[int], leaders: int, answered: int | None
) -> None:
    assert smallest_left(published(school, sizes, leaders, answered)) == LEFT


def test_a_cell_of_nine_would_be_seen(school: School) -> None:
    """A fault is planted: one more sum, over nine of those who named."""
    found = published(school, [13, 13], 0, None)
    one = np.zeros((1, len(found.columns)), dtype=np.int64)
    one[0, [i for i, (question, _who) in enumerate(found.columns) if question == "naming"][:9]] = 1
    assert smallest_left(Published(found.columns, np.vstack([found.rows, one]))) == 6


def test_four_who_collude_leave_fewer() -> None:
    """The bound is sharp: ten people less four are six."""
    people = [("naming", number) for number in range(10)]
    found = as_rows([frozenset(people)])
    assert audit(found.without(range(3)), LEFT).passed
    assert audit(found.without(range(4)), LEFT).smallest == 6


def test_kinds_of_people_stand_for_every_three_there_are() -> None:
    """Twelve people in two groups: by kind as by trying each three."""
    people = [("naming", number) for number in range(12)]
    found = as_rows([frozenset(people), frozenset(people[:6])])
    by_kind = {audit(found.without(three), 6).smallest for three in every_three(found)}
    each = {
        audit(found.without(three), 6).smallest
        for three in product(range(12), repeat=3)
        if len(set(three)) == 3
    }
    assert by_kind == each
