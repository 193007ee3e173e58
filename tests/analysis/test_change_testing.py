"""P-values against programs we did not write: scipy for one figure, R multtest for several."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.change.swaps import FIGURES, differences, rows_of
from zwerm.analysis.change.testing import p_of, spread_of, step_down, studentised
from zwerm.analysis.change.verdicts import Called, Expectation, called_of

REFERENCE = json.loads(
    Path(__file__).with_name("change_reference.json").read_text(encoding="utf-8")
)
PEOPLE = 9
SWAPS = np.array(list(product([False, True], repeat=PEOPLE)))
LEADER = np.where(np.arange(PEOPLE) < 3, 1.0, 0.0)
GROUP = np.arange(PEOPLE) // 3


@pytest.mark.parametrize("figure", FIGURES)
def test_one_figure_has_the_p_value_of_scipy(figure):
    """Each person's two rows are a pair; scipy exchanges within pairs, in all 512 ways."""
    rng = np.random.default_rng(4)
    tables = rng.random((2, PEOPLE, PEOPLE)) < 0.4
    for table in tables:
        np.fill_diagonal(table, False)
    found = differences(rows_of(arcs_of(tables[0]), arcs_of(tables[1]), GROUP, LEADER), SWAPS)

    def statistic(first, _second):
        """How large the difference is when time 1 holds these of the 18 rows."""
        swapped = (np.asarray(first) >= PEOPLE)[None, :]
        both = rows_of(arcs_of(tables[0]), arcs_of(tables[1]), GROUP, LEADER)
        return abs(differences(both, swapped)[figure][0])

    rows = np.arange(2 * PEOPLE)
    reference = stats.permutation_test(
        (rows[:PEOPLE], rows[PEOPLE:]),
        statistic,
        permutation_type="samples",
        alternative="greater",
        n_resamples=np.inf,
        vectorized=False,
    )
    assert p_of(np.abs(studentised(found[figure]))) == pytest.approx(reference.pvalue)


def paired_t(differences_of_pairs):
    """The paired t under every exchange: shape (512,)."""
    turned = np.where(SWAPS, -1, 1) * differences_of_pairs
    return stats.ttest_1samp(turned, 0.0, axis=1).statistic


def test_several_figures_have_the_step_down_p_values_of_multtest():
    names = list(REFERENCE["before"])
    found = {
        name: paired_t(np.subtract(REFERENCE["after"][name], REFERENCE["before"][name]))
        for name in names
    }
    assert [found[name][0] for name in names] == pytest.approx(REFERENCE["t"])
    sides = {name: np.abs(values) for name, values in found.items()}
    assert [p_of(sides[name]) for name in names] == pytest.approx(REFERENCE["rawp"])
    adjusted = step_down(sides)
    assert [adjusted[name] for name in names] == pytest.approx(REFERENCE["adjp"])


def test_the_spread_counts_what_was_seen_and_is_about_zero():
    assert spread_of(np.array([3.0, 1.0, -1.0, -3.0])) == pytest.approx(np.sqrt(5))


def test_where_nothing_differs_nothing_is_extreme():
    assert studentised(np.zeros(3)).tolist() == [0.0, 0.0, 0.0]
    assert p_of(studentised(np.zeros(3))) == 1.0


def test_no_figure_is_surer_than_one_that_stands_out_more():
    """By itself the second one would have a quarter."""
    found = step_down({"one": np.array([2, 2.5, 2.5, 0]), "other": np.array([1.9, 0, 0, 0])})
    assert found == {"one": 0.75, "other": 0.75}


def test_an_expected_figure_is_tested_with_the_others_in_the_other_direction_only():
    """Four of twenty lie as high as what was seen, and all but three as low."""
    seen = np.array([1.0, 2, 2, 2, *[-0.5] * 16])
    assert called_of({"mean_named": seen}) == {"mean_named": Called(None, 0.2)}
    wanted = Expectation("mean_named", "risen")
    assert called_of({"mean_named": seen}, wanted) == {"mean_named": Called(None, 0.85)}
    assert called_of({"mean_named": -seen}, wanted) == {"mean_named": Called(None, 0.2)}


def test_a_surer_figure_never_has_a_larger_p_than_a_less_sure_one():
    rng = np.random.default_rng(2)
    found = step_down({str(n): rng.random(50) for n in range(5)})
    largest = dict(sorted(found.items(), key=lambda one: one[1]))
    assert list(largest.values()) == sorted(found.values())
    assert step_down({}) == {}
