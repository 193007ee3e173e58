"""Response: coarse bands while a scan is open, and what the response allows afterwards."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis.response import (
    NETWORK,
    allows,
    band_of,
    bands,
    carried_band,
    contract,
    edges,
    fewest,
    shown_band,
    size_of,
)


@given(st.integers(0, 400))
def test_a_band_is_never_finer_than_four_people_or_ten_points(members: int) -> None:
    found = edges(members)
    if members < 10:
        assert found == ()
        return
    assert 2 <= len(found) == bands(members) <= 10
    assert min(after - before for before, after in pairwise((*found, 100))) >= 10
    counts = [fewest(edge, members) for edge in found]
    assert min(after - before for before, after in pairwise((*counts, members + 1))) >= 4


@given(st.integers(26, 400))
def test_band_and_class_together_leave_at_least_four_counts(members: int) -> None:
    """What a report holds tells its class: a class begins where a band begins."""
    known = [(band_of(count, members), contract(count, members)) for count in range(members + 1)]
    assert min(known.count(one) for one in set(known)) >= 4
    assert len(set(known)) == bands(members)


@given(st.integers(10, 300), st.integers(0, 20))
def test_a_shorter_roster_says_nothing_that_was_not_said(members: int, gone: int) -> None:
    after = members - gone
    for shown in range(bands(members)):
        carried = carried_band(shown, members, after)
        if bands(after):
            assert edges(after)[carried] <= edges(members)[shown]
        else:
            assert carried == 0


def test_twelve_staff_see_thirds() -> None:
    assert bands(12) == 3
    assert [band_of(count, 12) for count in range(13)] == [0] * 4 + [1] * 4 + [2] * 5


@given(st.integers(10, 300))
def test_every_band_holds_at_least_four_counts(members: int) -> None:
    seen = [band_of(count, members) for count in range(members + 1)]
    assert seen == sorted(seen)
    assert set(seen) == set(range(bands(members)))
    assert min(seen.count(band) for band in set(seen)) >= 4


@given(st.integers(10, 120), st.lists(st.booleans(), max_size=60))
def test_a_fall_is_never_seen_before_the_next_rise(members: int, steps: list[bool]) -> None:
    count = shown = 0
    for is_rise in steps:
        after = min(members, count + 1) if is_rise else max(0, count - 1)
        seen = shown_band(shown, count, after, members)
        if after <= count:
            assert seen == shown
        count, shown = after, seen


def test_under_ten_invited_nothing_is_seen() -> None:
    assert shown_band(0, 8, 9, 9) == 0
    with pytest.raises(ValueError, match="not shown"):
        band_of(5, 9)


@pytest.mark.parametrize(("count", "members"), [(-1, 12), (13, 12)])
def test_an_impossible_count_is_refused(count: int, members: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        band_of(count, members)


@pytest.mark.parametrize(
    ("respondents", "members", "agreed"),
    [
        (12, 12, "full"),
        (8, 10, "full"),
        (79, 100, "broad"),
        (65, 100, "broad"),
        (13, 20, "broad"),
        (649, 1000, "little"),
        (0, 12, "little"),
    ],
)
def test_the_contract_is_decided_on_the_exact_share(
    respondents: int, members: int, agreed: str
) -> None:
    assert contract(respondents, members) == agreed


@pytest.mark.parametrize(("respondents", "members"), [(1, 0), (13, 12), (-1, 12)])
def test_an_impossible_response_is_refused(respondents: int, members: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        contract(respondents, members)


def test_broad_allows_the_profile_and_what_it_is_made_of() -> None:
    assert {"mean_named", "reciprocity", "centralization", "profile"} == NETWORK
    assert all(allows("full", one) for one in [*NETWORK, "coupling", "comments"])
    assert all(allows("broad", one) for one in NETWORK)
    assert not any(allows("broad", one) for one in ("coupling", "across", "unnamed", "comments"))
    assert not any(allows("little", one) for one in NETWORK)


@pytest.mark.parametrize(
    ("respondents", "size"),
    [
        (9, "none"),
        (10, "tiny"),
        (19, "tiny"),
        (20, "small"),
        (49, "small"),
        (50, "large"),
        (99, "large"),
        (100, "xlarge"),
    ],
)
def test_the_size_class_decides_the_steps(respondents: int, size: str) -> None:
    assert size_of(respondents) == size
