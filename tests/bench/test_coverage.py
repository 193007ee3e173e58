"""The coverage benchmark counts right, keeps what it did, and says plainly what is not held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench import (
    _coverage_goals,
    _coverage_judge,
    _coverage_mark,
    _coverage_page,
    choice,
    coverage,
)
from bench._coverage_grid import AGAIN, Cell, Portion, cells, portions
from bench._coverage_mark import mark_of
from bench._coverage_score import Judged, Row, holds, rows_of, score, share_of
from bench._coverage_store import LEVELS, Found, Store

SEVEN = len(choice.FIGURES)
CELL = Cell(12, 0.8, "at_random", "even", "sparse", "A")


def found(schools: int, value: float = 0.0) -> Found:
    """A result of so many schools in which every number is `value`."""
    levels = np.full((schools, len(LEVELS), SEVEN), value)
    return Found(
        truth=np.full((schools, SEVEN), value),
        again=np.full((schools, AGAIN, SEVEN), value),
        observed=np.full((schools, SEVEN), value),
        completion=levels,
        at_random=levels,
        remeasurement=levels,
        bounds=np.tile([0.0, 1.0], (schools, SEVEN, 1)),
        unsettled=np.ones((schools, SEVEN)),
        basis=np.tile([25.0, 20.0, 2.0, 2.0, np.nan], (schools, 1)),
        seconds=np.full(schools, value),
    )


def judged(schools: int = 100, *, held: float = 1.0, wide: float = 1.0) -> Judged:
    """Schools of which the share `held` lies within its interval, `wide` times the plain one."""
    truth = np.where(np.arange(schools) < held * schools, 0.5, 9.0)[:, None].repeat(SEVEN, 1)
    ends = np.tile(np.array([0.0, 1.0])[None, :, None], (schools, 1, SEVEN))
    return Judged(
        truth=truth,
        again=truth[:, None].repeat(AGAIN, 1),
        completion=ends,
        plain=ends / wide,
        remeasurement=ends,
        shown=np.ones((schools, SEVEN), dtype=bool),
        shown_again=np.ones((schools, SEVEN), dtype=bool),
    )


def hidden(one: Judged) -> Judged:
    """The same, with every figure withheld."""
    nothing = np.zeros_like(one.shown)
    return replace(one, shown=nothing, shown_again=nothing)


def row(one: Judged, *, first: Judged | None = None, **changes: object) -> Row:
    """Six cells that are all alike, but for the first when that is given."""
    cells = [
        replace(CELL, kind=kind, density=density, **changes)  # type: ignore[arg-type]
        for kind in choice.KINDS
        for density in choice.DENSITIES
    ]
    (made,) = rows_of(
        [(cell, score(one)) for cell in cells[1:]] + [(cells[0], score(first or one))]
    )
    return made


def broken(rows: list[Row]) -> list[int]:
    """The numbers of the goals that are not held."""
    return [n for n, goal in enumerate(_coverage_goals.goals(rows)) if goal.broken]


def test_the_grid_has_every_cell_of_the_goals_once_and_the_harder_silences_in_world_a():
    grid = list(cells((12, 25, 60, 150)))
    goal = [cell for cell in grid if cell.is_of_the_goal()]
    assert len(set(grid)) == len(grid) == 4 * 108
    assert len(goal) == 4 * 5 * 3 * 2 * 2
    assert {(c.silence, c.world) for c in grid if c not in goal} == {
        (silence, "A") for silence in ("stronger", "much_asked", "asked_only", "asks_little")
    }
    assert list(cells((12, 25, 60, 150), stress=False)) == goal


def test_who_all_answered_is_asked_once_and_not_per_silence():
    full = [cell for cell in cells((12,)) if cell.response == 1]
    assert {cell.silence for cell in full} == {"at_random"}


def test_more_schools_keep_the_portions_that_were_there():
    assert [one.schools for one in portions(CELL, 45)] == [20, 20, 5]
    assert portions(CELL, 100)[:2] == portions(CELL, 45)[:2]


def test_the_schools_are_the_same_whatever_the_response_and_another_in_another_portion():
    def first(portion: Portion) -> float:
        return float(portion.school_seed().random())

    other = replace(CELL, response=0.65, silence="less_connected")
    assert first(Portion(CELL, 0, 20)) == first(Portion(other, 0, 20))
    assert first(Portion(CELL, 0, 20)) != first(Portion(CELL, 1, 20))
    assert first(Portion(CELL, 0, 20)) != first(Portion(replace(CELL, world="B"), 0, 20))
    assert (
        Portion(CELL, 0, 20).answer_seed().random() != Portion(other, 0, 20).answer_seed().random()
    )


def test_an_interval_holds_its_own_ends_and_no_figure_that_does_not_exist():
    ends = np.array([[[0.2], [0.4]]])
    figures = np.array([[[0.2], [0.4], [0.3], [0.19], [0.41], [np.nan]]])
    assert holds(ends, figures)[0, :, 0].tolist() == [1, 1, 1, 0, 0, 0]


def test_a_share_has_the_standard_error_between_schools():
    held = share_of(np.array([1.0] * 90 + [0.0] * 10))
    assert (held.value, held.schools) == (0.9, 100)
    assert held.error == pytest.approx(0.03, abs=0.0005)


def test_a_share_of_all_has_an_error_too():
    assert 0 < share_of(np.ones(40)).error < 0.03
    assert share_of(np.ones(1)).error == 0.5


def test_only_schools_in_which_a_figure_is_shown_count():
    shown = np.ones((100, SEVEN), dtype=bool)
    shown[90:, 0] = False
    shown[:, 1] = False
    one = score(replace(judged(held=0.9), shown=shown))
    mean = one.coverage("completion", 0)
    everywhere = one.coverage("completion", 0, only_shown=False)
    assert mean
    assert everywhere
    assert (mean.value, everywhere.value) == (1.0, 0.9)
    assert one.coverage("completion", 1) is None
    assert [one.withheld("completion", figure) for figure in range(3)] == [
        pytest.approx(0.1),
        1.0,
        0.0,
    ]
    assert one.withheld("remeasurement", 1) == 0


def test_cells_are_pooled_by_schools_and_the_worst_is_found():
    made = row(judged(held=1.0), first=judged(held=0.4))
    pooled, worst = made.pooled.coverage("completion", 3), made.worst("completion", 3)
    assert pooled
    assert worst
    assert (pooled.value, pooled.schools, worst.value) == (0.9, 600, 0.4)


def test_a_row_of_which_a_cell_is_not_there_is_no_row():
    assert rows_of([(CELL, score(judged()))]) == []


def test_all_goals_are_held_by_good_intervals():
    exact = replace(judged(), completion=np.full((100, 2, SEVEN), 0.5))
    rows = [row(judged(held=0.9)), row(exact, response=1.0)]
    assert [goal.is_held for goal in _coverage_goals.goals(rows)] == [True] * 7


def test_each_goal_breaks_by_itself():
    exact = replace(judged(), completion=np.full((100, 2, SEVEN), 0.5))
    low = replace(judged(), completion=judged().completion - 2)
    forgets = replace(judged(), remeasurement=judged().remeasurement - 2)
    assert broken([row(judged(held=0.84)), row(exact, response=1.0)]) == [0, 5]
    assert broken([row(low)]) == [0, 1]
    assert broken([row(judged(wide=1.5))]) == [2]
    assert broken([row(judged(wide=2.4))]) == [2, 3]
    assert broken([row(judged(), response=1.0)]) == [4]
    assert broken([row(forgets, response=0.65)]) == [5, 6]


def test_a_cell_may_be_under_80_by_two_standard_errors_and_no_more():
    exact = row(judged(), world="B")
    assert 1 not in broken([exact, row(judged(held=0.73))])
    assert 1 in broken([exact, row(judged(held=0.71))])


def test_a_cell_of_re_measurement_may_not_be_under_80_unless_hardly_any_school_shows_it():
    one = replace(judged(), again=judged(held=0.78).again)
    assert 6 in broken([row(one)])
    few = np.zeros((100, SEVEN), dtype=bool)
    few[[0, 1, 98, 99]] = True
    assert 6 not in broken([row(replace(one, shown_again=few))])


def test_a_goal_that_nobody_looked_at_is_not_held():
    assert not any(goal.is_held for goal in _coverage_goals.goals([]))


def test_the_harder_silences_are_no_part_of_the_goals():
    bad = row(judged(held=0.2), silence="much_asked")
    assert broken([bad]) == []
    assert broken([row(judged(held=0.2))]) != []


def test_a_withheld_figure_breaks_no_goal():
    nothing = hidden(judged(held=0.2))
    assert broken([row(nothing)]) == []


def test_a_goal_that_is_not_held_is_written_with_its_place_and_numbers():
    lines = _coverage_page.goal_lines(_coverage_goals.goals([row(judged(held=0.7))]))
    assert lines[0].startswith("- completion holds the figure in at least 85 % of schools, pooled")
    assert "**not held**" in lines[0]
    assert (
        "  - not held: mean_named at 12 people, 80 %, at random, world A: 70.0 % (s.e. 1.9)"
        in lines
    )


def test_the_tables_have_a_line_for_every_row():
    rows = [row(judged(held=0.9)), row(judged(), silence="much_asked"), row(judged(), response=1.0)]
    made = _coverage_page.parts(rows, _coverage_goals.goals(rows), "made")
    assert made["completion"].splitlines()[2:] == [
        "| 12 | 80 % | at random | A |" + " .90 / .90 |" * SEVEN
    ]
    assert made["harder"].splitlines()[2:] == [
        "| 12 | 80 % | much asked | A |" + " 1.00 / 1.00 |" * SEVEN
    ]
    assert len(made["remeasurement"].splitlines()) == 4
    assert " nobody | A |" in made["remeasurement"]


def test_the_page_says_plainly_what_is_not_finished():
    counts = {12: 100, 60: 80, 150: 0}, {12: 20, 60: 10}
    assert _coverage_page.made_lines(counts, (100, 20), 500).splitlines() == [
        "500 draws per school. Schools in each cell of the goals: 100 of 12 people, "
        "80 of 60 people, 0 of 150 people. Schools in each cell of a harder silence: "
        "20 of 12 people, 10 of 60 people.",
        "",
        "**Not finished**: fewer than 100 schools in a cell of the goals with 60 and 150 people, "
        "so those figures are less sure.",
        "",
        "**Not finished**: fewer than 20 schools in a cell of a harder silence with 60 people, "
        "so those figures are less sure.",
    ]


def test_the_harder_silences_are_measured_in_fewer_schools_and_every_first_portion_goes_first():
    options = coverage.read_options(["--sizes", "12", "--networks", "60", "--harder", "20"])
    grid = list(cells([12]))
    work = [one for one in coverage.pieces(grid, options) if isinstance(one, Portion)]
    ours = [cell for cell in grid if cell.is_of_the_goal()]
    assert [one.cell for one in work] == [*grid, *ours, *ours]
    assert [one.number for one in work] == [0] * len(grid) + [1] * len(ours) + [2] * len(ours)


def test_what_is_withheld_everywhere_has_a_dash():
    nothing = hidden(judged())
    made = _coverage_page.parts([row(nothing)], [], "made")
    for part in ("completion", "width", "remeasurement", "remeasurement width"):
        assert made[part].splitlines()[2].endswith("| A |" + " – |" * SEVEN)
    assert made["withheld"].splitlines()[2].endswith("| A |" + " 100 % |" * SEVEN)


def test_a_page_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="no marks <!-- goals -->"):
        _coverage_page.filled("text", {"goals": "new"})


def test_the_page_of_the_docs_has_every_mark():
    text = coverage.PAGE.read_text(encoding="utf-8")
    written = _coverage_page.parts([row(judged())], [], "made")
    assert _coverage_page.filled(text, dict.fromkeys(written, "x")).count("\nx\n") == len(written)


def test_a_saved_result_comes_back_as_it_was(tmp_path):
    store, portion = Store(tmp_path, "mark"), Portion(CELL, 0, 3)
    assert not store.has(portion)
    store.write(portion, found(3, 0.25))
    read = store.read(portion)
    assert read
    assert np.array_equal(read.completion, found(3, 0.25).completion)
    assert [path.suffix for path in tmp_path.iterdir()] == [".npz"]


def test_a_result_of_other_code_or_another_number_of_schools_does_not_count(tmp_path):
    Store(tmp_path, "old").write(Portion(CELL, 0, 3), found(3))
    assert Store(tmp_path, "old").has(Portion(CELL, 0, 3))
    assert not Store(tmp_path, "new").has(Portion(CELL, 0, 3))
    assert not Store(tmp_path, "old").has(Portion(CELL, 0, 4))


def test_a_mark_stays_while_the_draws_do_and_is_another_when_one_differs():
    first = found(2, 0.25)
    slower = replace(first, seconds=first.seconds + 1)
    other = replace(first, completion=first.completion + 1e-6)
    assert _coverage_mark.drawn(slower) == _coverage_mark.drawn(first)
    assert _coverage_mark.drawn(other) != _coverage_mark.drawn(first)
    assert mark_of(500) == mark_of(500) != mark_of(400)


def test_a_cell_has_the_portions_that_are_there(tmp_path):
    store = Store(tmp_path, "mark")
    assert store.of_cell(CELL, 25) is None
    for portion in portions(CELL, 25)[:1]:
        store.write(portion, found(portion.schools))
    part = store.of_cell(CELL, 25)
    assert part
    assert len(part.truth) == 20
    for portion in portions(CELL, 25):
        store.write(portion, found(portion.schools, portion.number))
    whole = store.of_cell(CELL, 25)
    assert whole
    assert whole.truth[:, 0].tolist() == [0.0] * 20 + [1.0] * 5


def test_the_number_of_schools_of_a_size_is_that_of_the_cell_with_fewest():
    other = replace(CELL, kind="central")
    large = replace(CELL, people=150)
    harder = replace(CELL, silence="much_asked")
    some = [score(judged(40)), score(judged(20)), None, score(judged(10))]
    found = coverage.schools_each([CELL, other, large, harder], some)
    assert found == ({12: 20, 150: 0}, {12: 10})


def spread_out(schools: int = 3) -> Found:
    """Schools of which the draws of every figure lie evenly from .3 to .5."""
    levels = np.tile((0.3 + 0.2 * LEVELS)[None, :, None], (schools, 1, SEVEN))
    middle = np.full((schools, SEVEN), 0.4)
    return replace(
        found(schools, 0.4),
        completion=levels,
        at_random=levels,
        remeasurement=levels,
        truth=middle,
        observed=middle,
    )


def test_kept_quantiles_give_the_ends_that_the_draws_gave():
    one = _coverage_judge.judged(spread_out())
    figure = choice.FIGURES.index("gini")
    assert one.plain[0, :, figure].tolist() == pytest.approx([0.31, 0.49])
    half = 0.09 * 1.14
    assert one.completion[0, :, figure].tolist() == pytest.approx([0.4 - half, 0.4 + half])
    assert one.shown[0, figure]


def test_the_quantiles_of_kept_quantiles_are_the_same():
    kept = np.random.default_rng(3).random((len(LEVELS), SEVEN)).cumsum(axis=0)
    doubled = _coverage_judge.twice(kept)
    for share in (0.05, 0.5, 0.95):
        place = int(np.flatnonzero(np.isclose(LEVELS, share))[0])
        assert np.allclose(np.quantile(doubled, share, axis=0), kept[place], rtol=1e-12)


def test_what_has_not_settled_or_rests_on_too_little_is_not_shown_but_has_its_ends():
    result = spread_out()
    result.unsettled[0, 3] = 1.2
    result.basis[1, 4] = 1.5
    one = _coverage_judge.judged(result)
    figures = choice.FIGURES
    assert [figures[at] for at in np.flatnonzero(~one.shown[0])] == ["gini"]
    assert [figures[at] for at in np.flatnonzero(~one.shown[1])] == [
        "mean_named",
        "reciprocity",
        "gini",
    ]
    assert one.shown[2].all()
    assert not np.isnan(one.completion).any()


def test_a_figure_that_does_not_exist_has_no_ends_and_counts_nowhere():
    result = spread_out()
    result.observed[:, choice.FIGURES.index("coupling")] = np.nan
    one = score(_coverage_judge.judged(result))
    assert one.coverage("completion", choice.FIGURES.index("coupling")) is None
    assert one.coverage("completion", choice.FIGURES.index("coupling"), only_shown=False) is None
