"""The benchmark of change counts right, keeps what it did, and plants what it says."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
from bench import _power_measure, _power_page, power
from bench._power_grid import FIGURES, Case, Portion, cell, planted_cells, portions, still_cells
from bench._power_measure import EXPECTATIONS, WORDS, Found, measure
from bench._power_score import (
    FALLEN,
    RISEN,
    Share,
    Trials,
    all_trials,
    factors_of,
    is_enough,
    moved,
    shifted,
    visible,
    wrong_way,
)
from bench._power_store import Store, mark_of
from scipy import stats

CELL = cell(60, "A", 0.8)
PORTION = Portion(CELL, 0, 2)


def found(schools: int, *, difference: float = 0.0, sd: float = 1.0, word: int = 1) -> Found:
    """What could have been found of so many schools."""
    four, eight, one = np.ones((schools, 4)), np.zeros((schools, 8)), np.ones(schools)
    return Found(
        difference=difference * four,
        sd=sd * four,
        critical=2.0 * one,
        alone=1.3 * four,
        word=word * four,
        called=0 * four,
        one_by_one=0 * one,
        met=eight,
        alarmed=eight,
        twice=40 * one,
        stability=0.75 * one,
        truth=one,
    )


def test_the_upper_limit_is_that_of_clopper_and_pearson():
    reference = stats.binomtest(17, 200, alternative="less").proportion_ci(0.95, method="exact")
    assert Share(17, 200).upper == pytest.approx(reference.high)
    assert Share(0, 50).upper == pytest.approx(1 - 0.05 ** (1 / 50))
    assert Share(3, 3).upper == 1.0
    assert Share(17, 200).error == pytest.approx(np.sqrt(0.085 * 0.915 / 200))


def test_a_report_is_counted_once_however_many_figures_it_calls():
    one = found(3)
    one.word[0] = RISEN
    one.word[1, 2] = FALLEN
    assert moved(one).tolist() == [True, True, False]


def test_a_size_is_what_eight_of_ten_would_have_needed():
    """Critical 2, SD .1: without a difference of its own each needs .2."""
    assert shifted(found(5, sd=0.1), 0, expected=False) == pytest.approx(0.2)
    assert shifted(found(5, sd=0.1), 0, expected=True) == pytest.approx(0.13)
    # A difference of .05 of its own: a rise needs .15 and a fall .25.
    assert shifted(found(5, sd=0.1, difference=0.05), 0, expected=False) == pytest.approx(0.25)


def test_a_figure_that_is_not_tested_has_no_size():
    one = found(5)
    one.alone[:, 3] = np.nan
    assert np.isnan(shifted(one, 3, expected=False))
    assert list(visible(one, {("mean_named", False): 1.5}, expected=False)) == ["mean_named"]
    assert visible(one, {("mean_named", False): 1.5}, expected=False)["mean_named"] == 3.0


def test_the_size_that_is_seen_in_eight_of_ten_is_found_back():
    rng = np.random.default_rng(3)
    size = rng.uniform(0.4, 2.0, 4_000)
    is_seen = rng.random(size.size) < stats.norm.cdf(3 * (size - 1.2) + stats.norm.ppf(0.8))
    trials = Trials(size, is_seen)
    assert trials.at_power() == pytest.approx(1.2, abs=0.04)
    assert 0.005 < trials.error() < 0.04


def test_planted_changes_count_in_the_cell_they_belong_to():
    cells = {CELL: found(4, sd=0.1)}
    for case in planted_cells({CELL: {"reciprocity": 0.2}}):
        cells[case] = found(3, word=FALLEN if case.by > 0.2 else RISEN)
    assert [case.by for case in cells if case.moved] == [0.15, 0.26]
    trials = all_trials(cells, "reciprocity", expected=False)[CELL]
    assert trials.size.tolist() == pytest.approx([5.0] * 6)
    assert trials.is_seen.tolist() == [True] * 3 + [False] * 3
    assert all_trials(cells, "coupling", expected=False) == {}
    assert wrong_way(cells, CELL, "reciprocity") == Share(3, 6)
    assert factors_of(cells).keys() == {("reciprocity", False), ("reciprocity", True)}


def test_an_expectation_counts_when_its_own_rise_is_met():
    cells = {CELL: found(1)}
    (case, _other) = planted_cells({CELL: {"coupling": 0.2}})
    cells[case] = found(2)
    wanted = [(one.figure, one.direction) for one in EXPECTATIONS].index(("coupling", "risen"))
    cells[case].met[0, wanted] = 1
    trials = all_trials(cells, "coupling", expected=True)[CELL]
    assert trials.is_seen.tolist() == [True, False]
    assert trials.size.tolist() == pytest.approx([1 / 1.3] * 2)


def test_the_grid_has_every_cell_once_and_each_in_every_kind():
    cells = still_cells()
    assert len(set(cells)) == len(cells) == 7 * 3 * 2 + 4
    names = [one.name for case in cells for one in portions(case, 60)]
    assert len(set(names)) == len(names) == 46 * 6 * 3
    assert sum(one.pairs for one in portions(CELL, 60)) == 360
    planted = planted_cells({CELL: {"mean_named": 0.5}})
    assert [one.pairs for one in portions(planted[0], 60)] == [60] * 6
    assert {case.still for case in planted} == {CELL}


def test_too_few_who_answer_twice_is_no_cell_with_a_verdict():
    assert (is_enough(cell(25, "A", 1.0)), is_enough(cell(25, "A", 0.8))) == (True, False)


def test_a_portion_gives_the_same_each_time():
    one, other = measure(PORTION), measure(PORTION)
    np.testing.assert_array_equal(one.difference, other.difference)
    assert one.difference.shape == (2, 4)
    assert not np.isnan(one.difference).any()
    assert np.isnan(one.truth).all()
    assert one.critical.min() > 1.6
    another = measure(replace(PORTION, number=1))
    assert not np.array_equal(one.difference, another.difference)


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_planted_rises_about_as_much_as_was_said(figure, monkeypatch):
    monkeypatch.setattr(_power_measure, "PILOTS", 20)
    by = {"mean_named": 1.0}.get(figure, 0.1)
    case = Case(40, "A", 1.0, "central", "dense", moved=figure, by=by)
    one = measure(Portion(case, 0, 20))
    assert one.truth.mean() == pytest.approx(by, rel=0.4)
    assert one.difference[:, FIGURES.index(figure)].mean() == pytest.approx(by, rel=0.6)


def test_a_change_that_cannot_be_reached_is_measured_in_nobody(monkeypatch):
    monkeypatch.setattr(_power_measure, "PILOTS", 5)
    case = Case(25, "A", 1.0, "even", "sparse", moved="reciprocity", by=0.9)
    assert len(measure(Portion(case, 0, 3)).twice) == 0


def test_what_was_measured_is_kept_and_counts_only_for_the_same_code(tmp_path):
    store = Store(tmp_path, mark_of())
    assert store.read(PORTION) is None
    store.write(PORTION, found(2))
    kept = store.read(PORTION)
    assert kept is not None
    np.testing.assert_array_equal(kept.difference, found(2).difference)
    assert Store(tmp_path, "other code").read(PORTION) is None
    assert store.read(replace(PORTION, pairs=3)) is None
    assert store.together([PORTION, replace(PORTION, number=1)]) is None
    store.write(replace(PORTION, number=1), found(2))
    together = store.together([PORTION, replace(PORTION, number=1)])
    assert together is not None
    assert len(together.twice) == 4


def test_central_networks_are_beside_the_tables():
    cells, central = {CELL: found(4, sd=0.1)}, {CELL: found(4, sd=0.13)}
    said = _power_page.central(cells, central)
    assert said.endswith("needs 1.3 to 1.3 times the size of the tables, on average 1.30 times.")


def test_the_promise_counts_reports_and_names_the_highest_cell():
    calm, restless = found(20), found(20)
    restless.word[:3, 1] = FALLEN
    too_few = cell(25, "A", 0.8)
    said = _power_page.promise({CELL: calm, replace(CELL, world="B"): restless, too_few: restless})
    assert said.startswith('Of 40 reports without change, 3 held a "risen" or "fallen": 7.5 %')
    assert "Of 2 cells, 1 lie above 10 %, the highest at 15.0 %" in said


def test_how_often_nothing_can_be_said_stands_by_figure():
    one = found(4)
    one.word[:3, 2] = WORDS.index("cannot_say")
    (line,) = _power_page.cannot_say({CELL: one}).splitlines()[2:]
    assert line == "| 60 | 80 % | at random | 40 | .75 | .00 | .00 | .75 | .00 |"


def marks(names):
    return "".join(f"<!-- {name} -->\n<!-- end of {name} -->\n" for name in names)


def small(tmp_path):
    page = tmp_path / "change.md"
    page.write_text(marks(_power_page.parts({}, {}, "")), encoding="utf-8")
    words = ["--schools", "1", "--planted", "1", "--people", "20", "--jobs", "1"]
    places = ["--folder", tmp_path / "kept", "--page", page, "--sizes", tmp_path / "sizes.json"]
    return [*words, *map(str, places)]


def test_the_benchmark_goes_on_where_it_was(tmp_path, capsys):
    assert power.main(small(tmp_path)) == 0
    assert "0 of 36 portions are there already." in capsys.readouterr().out
    first = (tmp_path / "change.md").read_text(encoding="utf-8")
    assert "Of 12 reports without change" in first
    assert power.main(small(tmp_path)) == 0
    assert "36 of 36 portions are there already." in capsys.readouterr().out
    assert (tmp_path / "change.md").read_text(encoding="utf-8") == first
    # Sizes for the product are written only from all sizes of school.
    assert not (tmp_path / "sizes.json").exists()


def test_ctrl_c_stops_it_and_says_how_to_go_on(tmp_path, capsys, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(power, "measured_cells", stopped)
    assert power.main(small(tmp_path)) == power.STOPPED
    assert "start again to go on" in capsys.readouterr().err


def test_the_sizes_for_the_product_stand_by_people_response_and_stability(tmp_path):
    cells = {case: found(2, sd=case.people**-0.5) for case in still_cells()}
    for case in planted_cells({CELL: dict.fromkeys(FIGURES, 1.0)}):
        cells[case] = found(40)
        cells[case].truth[:] = np.linspace(0.1, 1.2, 40)
        cells[case].word[20:] = RISEN
    _power_page.write_sizes(cells, tmp_path / "sizes.json", "made")
    table = json.loads((tmp_path / "sizes.json").read_text(encoding="utf-8"))
    assert (table["people"], table["responses"]) == (
        [20, 25, 40, 60, 84, 120, 150],
        [0.65, 0.8, 1.0],
    )
    sizes = table["worlds"][0]["any"]["mean_named"]
    assert [len(row) for row in sizes] == [7, 7, 7]
    assert sizes[0] == sorted(sizes[0], reverse=True)
    assert [row[0] / row[3] for row in sizes] == pytest.approx([np.sqrt(3)] * 3, abs=0.01)
    assert len(list(itertools.chain(*sizes))) == 21
