"""The table of widths: made from invented schools, the same each time, and it holds."""

from __future__ import annotations

import json

import numpy as np
import pytest
from bench import choice, widths
from bench._coverage_real import FOLDER, real_schools

from zwerm.analysis.disclosure import intervals


def test_the_table_is_the_same_each_time_and_for_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widths, "MEMBERS", (12, 25))
    once, again = (widths.made(8, seed=3) for _ in range(2))
    assert once == again
    assert set(once["widths"]) == set(intervals.ROWS)
    assert json.loads(widths.written(once))["widths"] == once["widths"]


def test_nine_in_ten_lie_within_the_width_of_their_row() -> None:
    cell = widths.lived(25, 0.8, 60, seed=2)
    down, up, down_again, up_again = widths.width("reciprocity", cell)
    for truth, low, high in (("everybody", down, up), ("next_week", down_again, up_again)):
        apart = [getattr(one, truth)["reciprocity"] - one.observed["reciprocity"] for one in cell]
        every = np.concatenate(apart)
        inside = (every >= -low - 1e-4) & (every <= high + 1e-4)
        assert inside.mean() >= 0.9


def test_a_row_of_hardly_any_school_is_empty() -> None:
    cell = widths.lived(12, 0.8, 1, seed=2)[:1]
    assert widths.width_of("mean_named", cell) == [0.0] * 4


@pytest.mark.parametrize(("people", "response"), [(12, 0.8), (25, 0.8), (60, 0.65), (84, 0.9)])
def test_the_published_bands_hold_in_schools_that_the_table_was_not_made_from(
    people: int, response: float
) -> None:
    """As promised: 85 % of all, whatever the figure, had everybody answered and next week."""
    cell = widths.lived(people, response, 25, seed=11)
    seen = set()
    for name in intervals.FIGURES:
        for row in widths.line(people, name, cell, seed=11):
            seen.add(row[2])
            assert float(row[3]) >= 0.85, row
            assert float(row[7]) >= 0.85, row
    assert {"mean_named", "reciprocity"} <= seen


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real schools are not beside this checkout")
@pytest.mark.parametrize("silence", widths.SILENCES)
@pytest.mark.parametrize("response", [0.8, 0.65])
def test_the_published_bands_hold_in_real_schools(response: float, silence: choice.Silence) -> None:
    """Rows of five real schools deleted again and again; they are no part of the table."""
    rng = np.random.default_rng(8)
    within: dict[str, list[float]] = {}
    for whole in real_schools().values():
        for name, share in held(whole, response, silence, rng).items():
            within.setdefault(name, []).append(share)
    assert {"mean_named", "reciprocity"} <= set(within)
    for name, shares in within.items():
        assert np.mean(shares) >= 0.85, name


def held(
    whole: choice.Many, response: float, silence: choice.Silence, rng: np.random.Generator
) -> dict[str, float]:
    """How often each published band of one school holds its figure of everybody."""
    people, nobody = len(whole), np.arange(len(whole)) == 0
    each = np.arange(people)
    ties = np.repeat(whole[None], 40, axis=0)
    answered = choice.respondents(ties, response, silence, rng)
    count = int(answered[0].sum())
    observed = choice.figures(ties & answered[:, :, None], each, nobody)
    observed["mean_named"] = observed["mean_named"] * people / count
    everybody = choice.figures(ties, each, nobody)
    seen = widths.Seen("even", observed, everybody, everybody, count)
    found = {}
    for name in ("mean_named", "reciprocity", "centralization"):
        rows = widths.counted(people, name, seen, rng) if count >= 10 else []
        if rows:
            found[name] = float(np.mean([row[0] for row in rows]))
    return found


def test_people_who_name_hardly_anybody_leave_the_mean_as_it_is() -> None:
    talkative = np.ones((200, 50))
    quiet = widths.quietened(talkative, 0.25, np.random.default_rng(1))
    assert quiet.mean() == pytest.approx(1.0, abs=0.02)
    assert set(np.round(np.unique(quiet), 2)) == {0.02, 1.33}
