"""The profile of a report: what three measures say together, and which of them says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scans.snapshots import make_number, make_share, make_snapshot, make_word
from tests.scans.test_sentences import check_report
from zwerm.analysis.disclosure.figures import show_profile
from zwerm.analysis.disclosure.grid import Shown
from zwerm.scans.sentences import report_text

ASKS = "how many colleagues somebody asks"
BACK = "how often the other asks back"
GOES = "with how many different people questions end up"
TOWARD, AWAY = "This points to spread: {}.", "This points the other way: {}."


def spread_as(mean: Any, back: Any, central: Any) -> dict[str, Any]:
    """The report of a school with these words for the three measures."""
    together = show_profile(Shown("word", mean), Shown("word", back), Shown("word", central), 60)
    return make_snapshot(
        profile=together.to_json(),
        figures__mean_named=make_number(3.6, 0.2, mean),
        figures__reciprocity=make_share(0.35, 0.05, back),
        figures__centralization=make_word(central),
    )


@pytest.mark.parametrize(
    ("words", "lead", "lines"),
    [
        (("middle", "middle", "middle"), "is partly spread here", []),
        (("middle", "low", "middle"), "is partly spread here", [AWAY.format(BACK)]),
        (("middle", "middle", "low"), "is partly spread here", [TOWARD.format(GOES)]),
        (
            ("high", "low", "middle"),
            "is spread in one way and not in another",
            [TOWARD.format(ASKS), AWAY.format(BACK)],
        ),
        (
            ("low", "middle", "low"),
            "is spread in one way and not in another",
            [TOWARD.format(GOES), AWAY.format(ASKS)],
        ),
        (("high", "high", "high"), "is spread over many people here", [AWAY.format(GOES)]),
        (("high", "high", "low"), "is spread over many people here", []),
        (("low", "low", "low"), "now lies mainly with a few people", [TOWARD.format(GOES)]),
        (("low", "middle", "high"), "now lies mainly with a few people", []),
    ],
)
def test_a_profile_names_each_measure_that_says_something_else(
    words: tuple[str, str, str], lead: str, lines: list[str]
) -> None:
    snapshot = spread_as(*words)
    check_report(snapshot)
    sections = report_text(snapshot, "en").sections
    profile = next(one for one in sections if one.id == "profile")
    assert profile.lead == f"Leadership {lead}."
    assert list(profile.lines) == lines
