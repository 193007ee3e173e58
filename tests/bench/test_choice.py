"""The invented schools of the benchmarks resemble schools, and their changes are of known size."""

from __future__ import annotations

import numpy as np
import pytest
from bench import choice

from zwerm.analysis import network
from zwerm.analysis.coupling import coupling
from zwerm.analysis.walls import reach_of

CELLS = [(kind, density) for kind in choice.KINDS for density in choice.DENSITIES]
SIZES = (12, 25, 60, 84, 120, 150)


def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def cells(people: int, world: choice.World = "A", count: int = 40):
    """Two occasions of `count` schools of each kind and density."""
    chance = rng()
    lasting = choice.schools(people, count, chance)
    for kind, density in CELLS:
        temper = choice.temper_of(people, kind, density, world)
        yield (
            (kind, density),
            lasting,
            choice.occasion(lasting, temper, chance),
            choice.occasion(lasting, temper, chance),
        )


def test_the_figures_are_those_of_the_analysis():
    for _cell, lasting, ties, _again in cells(25, count=3):
        found = choice.figures(ties, lasting.team, lasting.leader)
        for number, one in enumerate(ties):
            named = network.indegree(one)
            assert {figure: values[number] for figure, values in found.items()} == pytest.approx(
                {
                    "mean_named": network.mean_named(one),
                    "reciprocity": network.reciprocity(one),
                    "centralization": network.indegree_centralization(one),
                    "gini": network.gini(named),
                    "coupling": coupling(named, lasting.leader),
                    "across": reach_of(one, lasting.team).across_share,
                    "unnamed_share": network.unnamed(one) / len(named),
                }
            )


def test_a_network_without_arcs_has_no_reciprocity_and_nobody_is_named():
    nobody = np.zeros((1, 12, 12), dtype=bool)
    team = choice.teams(12)
    found = choice.figures(nobody, team, choice.leaders(team))
    assert np.isnan(found["reciprocity"][0])
    assert (found["mean_named"][0], found["unnamed_share"][0], found["coupling"][0]) == (0, 1, 0.5)


@pytest.mark.parametrize("people", SIZES)
def test_an_occasion_names_no_more_than_the_cap_and_never_oneself(people):
    for (_kind, density), _lasting, ties, _again in cells(people, count=5):
        assert not ties[:, np.arange(people), np.arange(people)].any()
        assert ties.sum(axis=2).max() <= min(people - 1, choice.MOST_NAMED[density])


def test_the_highest_are_named():
    appeal = np.array([[[-np.inf, 3.0, 1.0], [5.0, -np.inf, 6.0], [0.0, 1.0, -np.inf]]])
    named = choice.highest(appeal, np.array([[1, 2, 0]]))
    assert named[0].astype(int).tolist() == [[0, 1, 0], [1, 0, 1], [0, 0, 0]]


@pytest.mark.parametrize("people", [12, 25, 60, 150])
def test_the_generator_resembles_schools_as_the_first_simulation_did(people):
    """Ranges of the means of a cell; those of the first simulation are of single networks."""
    means: dict[str, list[float]] = {figure: [] for figure in choice.FIGURES}
    variation = []
    for _cell, lasting, ties, _again in cells(people):
        for figure, values in choice.figures(ties, lasting.team, lasting.leader).items():
            means[figure].append(float(values.mean()))
        named = ties.sum(axis=2)
        variation.append(float((named.std(axis=1) / named.mean(axis=1)).mean()))
    bounds = {
        "reciprocity": (0.15, 0.60),
        "centralization": (0.045, 0.45),
        "gini": (0.13, 0.67),
        "unnamed_share": (0.0, 0.29),
        "coupling": (0.45, 0.86),
    }
    for figure, (low, high) in bounds.items():
        assert low <= min(means[figure]) <= max(means[figure]) <= high, figure
    assert 0.48 <= min(variation) <= max(variation) <= 0.77
    assert 2.8 <= min(means["mean_named"]) <= max(means["mean_named"]) <= 6.2


def test_the_kinds_are_what_they_are_called():
    found = {
        cell: {
            figure: values.mean()
            for figure, values in choice.figures(ties, lasting.team, lasting.leader).items()
        }
        for cell, lasting, ties, _again in cells(60)
    }
    for density in choice.DENSITIES:
        even, central, cluster = (found[kind, density] for kind in choice.KINDS)
        assert central["centralization"] > 1.8 * even["centralization"]
        assert central["coupling"] > even["coupling"] + 0.2
        assert cluster["across"] < even["across"] - 0.15
    assert 0.3 < found["central", "dense"]["centralization"] < 0.42


@pytest.mark.parametrize(
    ("people", "in_a", "in_b"),
    [(12, 0.74, 0.59), (25, 0.72, 0.52), (60, 0.75, 0.52), (150, 0.77, 0.55)],
)
def test_named_ties_are_as_stable_as_in_the_first_simulation(people, in_a, in_b):
    wanted_in: dict[choice.World, float] = {"A": in_a, "B": in_b}
    for world, wanted in wanted_in.items():
        kept = [choice.stability(first, second) for _, _, first, second in cells(people, world)]
        assert np.mean(kept) == pytest.approx(wanted, abs=0.025)


@pytest.mark.parametrize("silence", choice.PULL)
def test_the_same_number_of_people_answers_in_each_school(silence):
    chance = rng()
    lasting = choice.schools(25, 30, chance)
    ties = choice.occasion(lasting, choice.temper_of(25, "even", "sparse"), chance)
    for response, wanted in ((1.0, 25), (0.8, 20), (0.65, 17)):
        answered = choice.respondents(ties, response, silence, chance)
        assert set(answered.sum(axis=1)) == {wanted}


def silent_named(silence: choice.Silence, response: float = 0.65) -> float:
    """How many the silent would have named, beside those who answered."""
    shares = []
    for _cell, _lasting, ties, _again in cells(60):
        answered = choice.respondents(ties, response, silence, rng())
        named = ties.sum(axis=2)
        shares.append(named[~answered].mean() / named[answered].mean())
    return float(np.mean(shares))


def test_who_is_silent_follows_the_mechanism():
    assert silent_named("at_random") == pytest.approx(1.0, abs=0.05)
    # "The silent name on average about a third fewer", and half when the pull is stronger.
    assert silent_named("less_connected") == pytest.approx(0.67, abs=0.05)
    assert silent_named("stronger") == pytest.approx(0.56, abs=0.05)
    assert silent_named("much_asked") == pytest.approx(1.53, abs=0.08)


def silent_asked(silence: choice.Silence) -> float:
    """How often the silent are named, beside those who answered."""
    shares = []
    for _cell, _lasting, ties, _again in cells(60):
        answered = choice.respondents(ties, 0.65, silence, rng())
        named = ties.sum(axis=1)
        shares.append(named[~answered].mean() / named[answered].mean())
    return float(np.mean(shares))


def test_silence_may_go_with_being_asked_alone_or_with_asking_alone():
    """In these schools how many one names says nothing of how many name one."""
    assert silent_named("asked_only") == pytest.approx(1.0, abs=0.05)
    assert silent_asked("asked_only") > 1.6
    assert silent_named("asks_little") < 0.65
    assert silent_asked("asks_little") == pytest.approx(1.0, abs=0.05)


def test_the_mean_of_those_who_answer_is_as_much_too_high_as_in_the_first_simulation():
    excess = {}
    for response in (0.8, 0.65):
        found = []
        for _cell, _lasting, ties, _again in cells(25):
            answered = choice.respondents(ties, response, "less_connected", rng())
            named = ties.sum(axis=2)
            found.append(named[answered].mean() / named.mean() - 1)
        excess[response] = np.mean(found)
    assert excess[0.8] == pytest.approx(0.06, abs=0.025)
    assert excess[0.65] == pytest.approx(0.12, abs=0.025)


def test_a_school_where_all_are_equally_connected_can_be_asked_too():
    ring = np.roll(np.eye(12, dtype=bool), 1, axis=1)[None]
    assert choice.connected(ring).tolist() == [[0.0] * 12]
    assert choice.respondents(ring, 0.8, "less_connected", rng()).sum() == 10


@pytest.mark.parametrize(
    ("figure", "before", "after"),
    [
        ("mean_named", 4.0, 4.8),
        ("reciprocity", 0.30, 0.40),
        ("centralization", 0.40, 0.25),
        ("coupling", 0.75, 0.60),
    ],
)
def test_a_change_of_known_size_is_of_that_size_in_fresh_schools(figure, before, after):
    calm = choice.temper_of(60, "central", "dense")
    fresh = choice.schools(60, 300, rng())
    for value in (before, after):
        temper = choice.temper_with(calm, figure, value, pilots=300)
        found = choice.expected(fresh, temper, figure, seed=99)
        assert found == pytest.approx(value, rel=0.05)


def test_a_figure_that_cannot_be_reached_is_refused_with_what_can():
    with pytest.raises(ValueError, match=r"reciprocity of 0\.99 cannot be reached: from 0\.\d+ to"):
        choice.temper_with(choice.temper_of(25, "even", "sparse"), "reciprocity", 0.99, pilots=10)


def test_the_same_seed_gives_the_same_schools():
    first, second = (
        choice.occasion(choice.schools(12, 4, one), choice.temper_of(12, "even", "dense"), one)
        for one in (rng(), rng())
    )
    assert np.array_equal(first, second)
