"""One's own band: for oneself, and only among enough others."""

from __future__ import annotations

import pytest

from zwerm.analysis.disclosure import own_band


@pytest.mark.parametrize(
    ("named", "band"), [(0, "0-2"), (2, "0-2"), (3, "3-5"), (5, "3-5"), (6, "6+"), (60, "6+")]
)
def test_how_often_somebody_was_named_is_one_of_three_bands(named: int, band: str) -> None:
    assert own_band(named, 12) == band


def test_among_fewer_than_twelve_others_there_is_no_band() -> None:
    assert own_band(9, 11) is None
    assert own_band(0, 0) is None
